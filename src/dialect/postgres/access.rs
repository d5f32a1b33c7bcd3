//! Owners and privileges: `ALTER … OWNER TO`, `GRANT`, `REVOKE`.

use std::collections::BTreeSet;

use super::{
    privileges::{self, Grantable},
    routine,
};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{
        Access, Aggregate, Domain, Function, Grant, Grantee, Grants, Holder, Holders, Id,
        MaterializedView, Namespace, Procedure, Schema, Sequence, Verbatim, View,
    },
};

/// Returns the statements that lead from one access to the other; `None` stands for that of a new object.
pub(super) fn change(cx: &Cx, id: &Id, before: Option<&Access>, after: &Access) -> Vec<Sql> {
    let Some(what) = What::of(cx, id) else { return Vec::new() };
    let mut before = match before {
        Some(before) => before.clone(),
        None if is_public(cx, id) => privileges::public_access(),
        None => Access {
            owner: Some(Holder::Creator),
            grants: Some(privileges::initial(cx.current, &Holder::Creator, what.class, id)),
        },
    };
    let mut res = Vec::new();
    if let Some(owner) = &after.owner
        && before.owner.as_ref() != Some(owner)
    {
        res.push(Sql::Statement(format!("ALTER {} OWNER TO {}", what.owned, holder(cx, owner))));
        privileges::change_owner(&mut before, owner.clone());
    }
    if let (Some(current), Some(desired)) = (&before.grants, &after.grants) {
        let owner = after.owner.as_ref().or(before.owner.as_ref()).unwrap_or(&Holder::Creator);
        res.extend(grants(cx, (&what.granted, what.class), owner, current, desired));
    }
    res
}

/// Returns the default schema's way back to what it is at first.
pub(super) fn reset_public(cx: &Cx, id: &Id, before: &Access) -> Vec<Sql> {
    change(cx, id, Some(before), &privileges::public_access())
}

fn is_public(cx: &Cx, id: &Id) -> bool {
    id.is::<Namespace>() && cx.dialect.is_default_schema(id.owner.name.as_str())
}

/// An object in the words of ALTER and of GRANT.
struct What {
    class: Grantable,
    owned: String,
    granted: String,
}

impl What {
    fn of(cx: &Cx, id: &Id) -> Option<Self> {
        let schema = if cx.desired.find(id).is_some() { cx.desired } else { cx.current };
        let class = Grantable::of(schema, id);
        let name = cx.dialect.qname(&id.owner);
        let (owned, granted) = match class {
            Some(Grantable::Table) => (format!("{} {name}", relation(id)), format!("TABLE {name}")),
            Some(Grantable::Routine) => routine_words(cx, schema, id),
            Some(Grantable::Type) => {
                let word = if id.is::<Domain>() { "DOMAIN" } else { "TYPE" };
                (format!("{word} {name}"), format!("TYPE {name}"))
            }
            Some(Grantable::Sequence) => both(format!("SEQUENCE {name}")),
            Some(Grantable::Schema) => both(format!("SCHEMA {name}")),
            _ if id.is::<Verbatim>() => {
                let it = schema.verbatims.get(&id.owner)?;
                let foreign = if it.what == "SERVER" { "FOREIGN " } else { "" };
                let own = format!("{} {}", it.what, it.target);
                (own.clone(), format!("{foreign}{own}"))
            }
            _ if id.is::<crate::model::Statistics>() => both(format!("STATISTICS {name}")),
            _ => return None,
        };
        // What has no privileges still has an owner.
        Some(Self { class: class.unwrap_or(Grantable::Server), owned, granted })
    }
}

fn both(words: String) -> (String, String) {
    (words.clone(), words)
}

fn relation(id: &Id) -> &'static str {
    if id.is::<View>() {
        "VIEW"
    } else if id.is::<MaterializedView>() {
        "MATERIALIZED VIEW"
    } else if id.is::<Sequence>() {
        "SEQUENCE"
    } else {
        "TABLE"
    }
}

fn routine_words(cx: &Cx, schema: &Schema, id: &Id) -> (String, String) {
    let (word, granted) = if id.is::<Procedure>() {
        ("PROCEDURE", "PROCEDURE")
    } else if id.is::<Aggregate>() {
        ("AGGREGATE", "FUNCTION")
    } else {
        ("FUNCTION", "FUNCTION")
    };
    let own = if id.is::<Function>() {
        schema.functions.get(&id.owner).map(|it| &it.routine)
    } else {
        schema.procedures.get(&id.owner).map(|it| &it.routine)
    };
    if let Some(it) = own {
        return (
            routine::reference(cx, word, &id.owner, it),
            routine::reference(cx, granted, &id.owner, it),
        );
    }
    let text = id.owner.name.as_str();
    let types = &text[crate::model::routine::bare(&id.owner.name).len()..];
    let signature = format!("{}{types}", routine::own_name(cx, &id.owner));
    // An aggregate without arguments is named with an asterisk.
    let owned = if types == "()" { signature.replace("()", "(*)") } else { signature.clone() };
    (format!("{word} {owned}"), format!("{granted} {signature}"))
}

/// Returns the statements that lead from some privileges to others: what goes, goes first.
pub(super) fn grants(
    cx: &Cx,
    on: (&str, Grantable),
    owner: &Holder,
    current: &Grants,
    desired: &Grants,
) -> Vec<Sql> {
    let statement = |verb, (who, own): (&Grantee, &BTreeSet<Grant>)| {
        let who = match who {
            Grantee::Public => "PUBLIC".to_owned(),
            Grantee::Owner => holder(cx, owner),
            Grantee::Role(name) => cx.dialect.ident(name),
        };
        statement(cx, verb, on, &who, own)
    };
    let mut res = Vec::new();
    let current = &without_remains(cx, on.1, current, desired, &mut |who, all| {
        res.extend(statement("REVOKE", (who, all)));
    });
    for (who, gone) in minus(&current.given, &desired.given) {
        let kept = desired.given.get(&who);
        let downgraded = |it: &&Grant| {
            let plain = Grant { grantable: false, ..(*it).clone() };
            it.grantable && kept.is_some_and(|kept| kept.contains(&plain))
        };
        // Who gets the right to grant on keeps the privilege.
        let upgraded = |it: &&Grant| {
            let grantable = Grant { grantable: true, ..(*it).clone() };
            kept.is_some_and(|kept| kept.contains(&grantable))
        };
        let options: BTreeSet<Grant> = gone.iter().filter(downgraded).cloned().collect();
        let whole = gone.iter().filter(|it| !downgraded(it) && !upgraded(it));
        let whole: BTreeSet<Grant> = whole.cloned().collect();
        res.extend(statement("REVOKE GRANT OPTION FOR", (&who, &options)));
        res.extend(statement("REVOKE", (&who, &whole)));
    }
    for (who, gone) in minus(&desired.withheld, &current.withheld) {
        res.extend(statement("REVOKE", (&who, &gone)));
    }
    for (who, new) in minus(&current.withheld, &desired.withheld) {
        res.extend(statement("GRANT", (&who, &new)));
    }
    for (who, new) in minus(&desired.given, &current.given) {
        let (option, plain): (BTreeSet<Grant>, BTreeSet<Grant>) =
            new.into_iter().partition(|it| it.grantable);
        let had = current.given.get(&who);
        let plain = plain.into_iter().filter(|it| {
            let grantable = Grant { grantable: true, ..it.clone() };
            !had.is_some_and(|had| had.contains(&grantable))
        });
        let plain: BTreeSet<Grant> = plain.collect();
        res.extend(statement("GRANT", (&who, &plain)));
        res.extend(statement("GRANT", (&who, &option)));
    }
    res.into_iter().map(Sql::Statement).collect()
}

/// Returns the current privileges without those of whoever loses a part of all: `revoke` takes all of them, as MAINTAIN,
/// which goes without saying among all, would be left behind.
fn without_remains(
    cx: &Cx,
    class: Grantable,
    current: &Grants,
    desired: &Grants,
    revoke: &mut dyn FnMut(&Grantee, &BTreeSet<Grant>),
) -> Grants {
    let mut res = current.clone();
    if class != Grantable::Table || cx.dialect.version.is_some_and(|it| it < 17) {
        return res;
    }
    let holds = |own: &BTreeSet<Grant>, privilege: &str| {
        own.iter().any(|it| it.column.is_none() && it.privilege == privilege)
    };
    let holds_all = |own: &BTreeSet<Grant>| class.all().iter().all(|it| holds(own, it));
    res.given.retain(|who, own| {
        let leaves = |kept: &BTreeSet<Grant>| !kept.is_empty() && !holds_all(kept);
        let is_left = holds_all(own) && desired.given.get(who).is_some_and(leaves);
        if is_left {
            revoke(who, own);
        }
        !is_left
    });
    res
}

fn minus(all: &Holders, without: &Holders) -> Holders {
    let left = |(who, own): (&Grantee, &BTreeSet<Grant>)| {
        let none = BTreeSet::new();
        let other = without.get(who).unwrap_or(&none);
        (who.clone(), own.difference(other).cloned().collect::<BTreeSet<Grant>>())
    };
    all.iter().map(left).filter(|it| !it.1.is_empty()).collect()
}

fn statement(
    cx: &Cx,
    verb: &str,
    (on, class): (&str, Grantable),
    who: &str,
    grants: &BTreeSet<Grant>,
) -> Option<String> {
    let first = grants.first()?;
    let whole: BTreeSet<&str> =
        grants.iter().filter(|it| it.column.is_none()).map(|it| it.privilege).collect();
    let mut words: Vec<String> = if class.all().iter().all(|it| whole.contains(it)) {
        vec!["ALL".to_owned()]
    } else {
        whole.iter().map(|it| it.to_uppercase()).collect()
    };
    let limited: BTreeSet<&str> =
        grants.iter().filter(|it| it.column.is_some()).map(|it| it.privilege).collect();
    for privilege in limited {
        let own = grants.iter().filter(|it| it.privilege == privilege);
        let columns: Vec<Name> = own.filter_map(|it| it.column.clone()).collect();
        words.push(format!("{} ({})", privilege.to_uppercase(), cx.dialect.idents(&columns)));
    }
    let (direction, option) = match verb {
        "GRANT" if first.grantable => ("TO", " WITH GRANT OPTION"),
        "GRANT" => ("TO", ""),
        _ => ("FROM", ""),
    };
    let list = words.join(", ");
    Some(format!("{verb} {list} ON {on} {direction} {who}{option}"))
}

pub(super) fn holder(cx: &Cx, it: &Holder) -> String {
    match it {
        Holder::Creator => "CURRENT_USER".to_owned(),
        Holder::Role(name) => cx.dialect.ident(name),
    }
}
