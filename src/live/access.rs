//! Owners and privileges in PostgreSQL's catalog: told as what differs from what every new object has.

use super::{Row, reader::Reader, row::SEPARATOR};
use crate::{
    base::Name,
    dialect::postgres::privileges::Grantable,
    model::{Access, Grant, Grantee, Grants, Holder, Holders},
};

/// Privileges as their words in GRANT, in lower case.
const PRIVILEGES: [&str; 11] = [
    "create",
    "delete",
    "execute",
    "insert",
    "maintain",
    "references",
    "select",
    "trigger",
    "truncate",
    "update",
    "usage",
];

/// Returns two SQL expressions: the owner and the privileges, those that go without saying included.
pub(super) fn access(owner: &str, acl: &str, kind: char) -> String {
    let acl = format!("coalesce({acl}, acldefault('{kind}', {owner}))");
    format!("{}, '{kind}{SEPARATOR}' || coalesce({}, '')", holder(owner), grants(&acl))
}

/// Returns an SQL expression: a role, marked where the database is its own.
pub(super) fn holder(role: &str) -> String {
    format!(
        "CASE WHEN {role} = (SELECT d.datdba FROM pg_catalog.pg_database d WHERE d.datname = current_database())
            THEN '{SEPARATOR}' ELSE '' END || pg_get_userbyid({role})"
    )
}

/// Returns an SQL expression: the items of an ACL, as a list.
pub(super) fn grants(acl: &str) -> String {
    format!(
        "(SELECT string_agg(lower(x.privilege_type) || '=' || x.is_grantable || '=' || coalesce(g.rolname, ''), '{SEPARATOR}')
            FROM aclexplode({acl}) x LEFT JOIN pg_catalog.pg_roles g ON g.oid = x.grantee)"
    )
}

impl Reader<'_> {
    /// Returns the owner and the privileges that [`access`] asked for.
    pub(super) fn access(&self, row: &Row, at: usize) -> Access {
        let (owner, name) = self.holder(row, at);
        let text = row.text(at + 1);
        let (kind, items) = text.split_once(SEPARATOR).unwrap_or_default();
        let Some(class) = class_of(kind) else {
            return Access { owner: Some(owner), grants: None };
        };
        let held = self.held(items.split(SEPARATOR), Some(&name), None);
        Access { owner: Some(owner), grants: Some(compared(class, held)) }
    }

    /// Returns the role that [`holder`] asked for, and its name.
    pub(super) fn holder(&self, row: &Row, at: usize) -> (Holder, Name) {
        let text = row.text(at);
        let bare = text.strip_prefix(SEPARATOR);
        let name = self.dialect.table_name(bare.unwrap_or(text));
        let holder = if bare.is_some() { Holder::Creator } else { Holder::Role(name.clone()) };
        (holder, name)
    }

    /// Returns the privileges on a column.
    pub(super) fn column_grants(&self, row: &Row, at: usize, column: &Name) -> Holders {
        self.held(row.list(at), None, Some(column))
    }

    /// Returns the default privileges of a role, limited to a schema or not.
    pub(super) fn default_grants(
        &self,
        row: &Row,
        at: usize,
        (role, class, is_limited): (&Name, Grantable, bool),
    ) -> Grants {
        let held = self.held(row.list(at), Some(role), None);
        if is_limited {
            Grants { given: without_maintain(class, held), ..Grants::default() }
        } else {
            compared(class, held)
        }
    }

    fn held<'t>(
        &self,
        items: impl Iterator<Item = &'t str>,
        owner: Option<&Name>,
        column: Option<&Name>,
    ) -> Holders {
        let mut res = Holders::new();
        for item in items {
            let mut parts = item.splitn(3, '=');
            let mut next = || parts.next().unwrap_or_default();
            let (privilege, grantable, role) = (next(), next() == "true", next());
            let Some(privilege) = PRIVILEGES.into_iter().find(|it| *it == privilege) else {
                continue;
            };
            let name = self.dialect.table_name(role);
            let grantee = match owner {
                _ if role.is_empty() => Grantee::Public,
                Some(owner) if *owner == name => Grantee::Owner,
                _ => Grantee::Role(name),
            };
            let grant = Grant { privilege, column: column.cloned(), grantable };
            res.entry(grantee).or_default().insert(grant);
        }
        res
    }
}

/// The letters are those of `acldefault`.
fn class_of(kind: &str) -> Option<Grantable> {
    Some(match kind {
        "r" => Grantable::Table,
        "s" => Grantable::Sequence,
        "f" => Grantable::Routine,
        "T" => Grantable::Type,
        "n" => Grantable::Schema,
        _ => return None,
    })
}

/// Returns how what is held differs from what every new object has.
fn compared(class: Grantable, held: Holders) -> Grants {
    let mut held = without_maintain(class, held);
    let usual = [(Grantee::Owner, class.all()), (Grantee::Public, class.of_public())];
    let mut withheld = Holders::new();
    for (who, privileges) in usual {
        let own = held.remove(&who).unwrap_or_default();
        let has = |privilege: &str| own.iter().any(|it| it.privilege == privilege);
        let missing = privileges.iter().filter(|it| !has(it));
        let missing: std::collections::BTreeSet<Grant> =
            missing.map(|privilege| Grant { privilege, column: None, grantable: false }).collect();
        if !missing.is_empty() {
            withheld.insert(who.clone(), missing);
        }
        let more = own.into_iter().filter(|it| !privileges.contains(&it.privilege));
        let more: std::collections::BTreeSet<Grant> = more.collect();
        if !more.is_empty() && who != Grantee::Owner {
            held.insert(who, more);
        }
    }
    Grants { given: held, withheld }
}

/// MAINTAIN, which old servers do not have, goes without saying where all others are held.
fn without_maintain(class: Grantable, mut held: Holders) -> Holders {
    for own in held.values_mut() {
        let has = |privilege: &&str| own.iter().any(|it| it.privilege == *privilege);
        if class.all().iter().all(has) {
            own.retain(|it| it.privilege != "maintain");
        }
    }
    held
}
