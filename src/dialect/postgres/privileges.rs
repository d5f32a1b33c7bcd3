//! Which privileges there are on what, and who has them without a GRANT
//! (<https://www.postgresql.org/docs/current/ddl-priv.html>).

use crate::{
    base::{Name, QName},
    model::{
        Access, Aggregate, CompositeType, Domain, EnumType, Function, Grant, Grantee, Grants,
        Holder, Id, MaterializedView, Namespace, Procedure, RangeType, Schema, Sequence, Table,
        Verbatim, View,
    },
};

/// The role that a cluster begins with: it makes what nobody else is said to make.
pub const BOOTSTRAP: &str = "postgres";
/// The role that owns the schema `public`: <https://www.postgresql.org/docs/15/release-15.html>.
const DATABASE_OWNER: &str = "pg_database_owner";
/// The comment on the schema `public` of every new database.
pub const PUBLIC_COMMENT: &str = "standard public schema";

/// A class of objects with privileges of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grantable {
    Table,
    Sequence,
    Routine,
    Type,
    Schema,
    Language,
    Server,
}

impl Grantable {
    /// Returns what GRANT can give on the object.
    pub fn of(schema: &Schema, id: &Id) -> Option<Self> {
        let routine = id.is::<Function>() || id.is::<Procedure>() || id.is::<Aggregate>();
        let is_type = id.is::<EnumType>()
            || id.is::<Domain>()
            || id.is::<CompositeType>()
            || id.is::<RangeType>();
        if id.is::<Table>() || id.is::<View>() || id.is::<MaterializedView>() {
            Some(Self::Table)
        } else if id.is::<Sequence>() {
            Some(Self::Sequence)
        } else if routine {
            Some(Self::Routine)
        } else if is_type {
            Some(Self::Type)
        } else if id.is::<Namespace>() {
            Some(Self::Schema)
        } else if id.is::<Verbatim>() {
            match schema.verbatims.get(&id.owner)?.what {
                "LANGUAGE" => Some(Self::Language),
                "FOREIGN DATA WRAPPER" | "SERVER" => Some(Self::Server),
                _ => None,
            }
        } else {
            None
        }
    }

    /// Returns the class that ALTER DEFAULT PRIVILEGES calls by that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "tables" => Self::Table,
            "sequences" => Self::Sequence,
            "functions" => Self::Routine,
            "types" => Self::Type,
            "schemas" => Self::Schema,
            _ => return None,
        })
    }

    /// Returns the word of ALTER DEFAULT PRIVILEGES.
    pub fn word(self) -> Option<&'static str> {
        Some(match self {
            Self::Table => "tables",
            Self::Sequence => "sequences",
            Self::Routine => "functions",
            Self::Type => "types",
            Self::Schema => "schemas",
            Self::Language | Self::Server => return None,
        })
    }

    /// Returns what ALL stands for. MAINTAIN, which PostgreSQL 17 brought, is told of only where it is granted alone:
    /// with all others it is part of ALL, as it is nowhere before.
    pub fn all(self) -> &'static [&'static str] {
        match self {
            Self::Table => {
                &["delete", "insert", "references", "select", "trigger", "truncate", "update"]
            }
            Self::Sequence => &["select", "update", "usage"],
            Self::Routine => &["execute"],
            Self::Schema => &["create", "usage"],
            Self::Type | Self::Language | Self::Server => &["usage"],
        }
    }

    /// Returns the privilege of that name, if there is such a one here.
    pub fn privilege(self, word: &str) -> Option<&'static str> {
        if self == Self::Table && word == "maintain" {
            return Some("maintain");
        }
        self.all().iter().find(|it| **it == word).copied()
    }

    /// Returns what PUBLIC has without a GRANT.
    pub fn of_public(self) -> &'static [&'static str] {
        match self {
            Self::Routine | Self::Type | Self::Language => self.all(),
            _ => &[],
        }
    }

    /// Gives the privilege to somebody.
    pub fn give(self, grants: &mut Grants, who: &Grantee, grant: Grant) {
        let plain = Grant { grantable: false, ..grant.clone() };
        let usual = match who {
            Grantee::Owner => grant.column.is_none(),
            Grantee::Public => {
                grant.column.is_none() && self.of_public().contains(&grant.privilege)
            }
            Grantee::Role(_) => false,
        };
        if usual {
            take_from(&mut grants.withheld, who, &plain);
            return;
        }
        let own = grants.given.entry(who.clone()).or_default();
        let grantable = Grant { grantable: true, ..grant.clone() };
        if grant.grantable {
            own.remove(&plain);
        } else if own.contains(&grantable) {
            return;
        }
        own.insert(grant);
    }

    /// Takes the privilege from somebody, on the columns too where it is that on a whole table.
    pub fn take(self, grants: &mut Grants, who: &Grantee, grant: &Grant) {
        let plain = Grant { grantable: false, ..grant.clone() };
        let is_usual = *who == Grantee::Owner
            || *who == Grantee::Public && self.of_public().contains(&grant.privilege);
        if is_usual && grant.column.is_none() {
            grants.withheld.entry(who.clone()).or_default().insert(plain);
        }
        if let Some(own) = grants.given.get_mut(who) {
            own.retain(|it| {
                it.privilege != grant.privilege
                    || grant.column.is_some() && it.column != grant.column
            });
            if own.is_empty() {
                grants.given.remove(who);
            }
        }
    }
}

/// Takes away only the right to grant the privilege on.
pub fn take_option(grants: &mut Grants, who: &Grantee, grant: &Grant) {
    let grantable = Grant { grantable: true, ..grant.clone() };
    if let Some(own) = grants.given.get_mut(who)
        && own.remove(&grantable)
    {
        own.insert(Grant { grantable: false, ..grant.clone() });
    }
}

/// The object has another owner: what the old one could do the new one can.
pub fn change_owner(access: &mut Access, to: Holder) {
    let own = match &to {
        Holder::Creator => Name::exact(BOOTSTRAP),
        Holder::Role(name) => name.clone(),
    };
    access.owner = Some(to);
    let Some(grants) = &mut access.grants else { return };
    let who = Grantee::Role(own);
    for grant in grants.given.remove(&who).unwrap_or_default() {
        take_from(&mut grants.withheld, &Grantee::Owner, &Grant { grantable: false, ..grant });
    }
}

/// Returns the privileges that an object has when its creator has just made it.
pub fn initial(schema: &Schema, creator: &Holder, class: Grantable, id: &Id) -> Grants {
    let Some(word) = class.word() else { return Grants::default() };
    let entry = |space: Option<Name>| {
        schema.default_privileges.get(&default_key(creator, space, word)).map(|it| &it.grants)
    };
    let mut res = entry(None).cloned().unwrap_or_default();
    // The default schema has no name, and a schema is in none.
    let space = id.owner.schema.clone().unwrap_or_else(|| Name::exact("public"));
    if let Some(more) = entry(Some(space)).filter(|_| class != Grantable::Schema) {
        for (who, grants) in &more.given {
            for grant in grants {
                class.give(&mut res, who, grant.clone());
            }
        }
    }
    res.given.remove(&Grantee::Owner);
    res
}

/// Returns the key of a role's default privileges.
pub fn default_key(creator: &Holder, space: Option<Name>, objects: &str) -> QName {
    let name = match creator {
        Holder::Creator => objects.to_owned(),
        Holder::Role(role) => format!("{role}/{objects}"),
    };
    QName::new(space, Name::exact(name))
}

/// Returns the schema `public` as every database has it at first.
pub fn public_access() -> Access {
    let usage = Grant { privilege: "usage", column: None, grantable: false };
    let given = [(Grantee::Public, [usage].into())].into();
    Access {
        owner: Some(Holder::Role(Name::exact(DATABASE_OWNER))),
        grants: Some(Grants { given, ..Grants::default() }),
    }
}

fn take_from(holders: &mut crate::model::Holders, who: &Grantee, grant: &Grant) {
    if let Some(own) = holders.get_mut(who) {
        own.remove(grant);
        if own.is_empty() {
            holders.remove(who);
        }
    }
}

/// Returns whether the server brings the role along
/// (<https://www.postgresql.org/docs/current/predefined-roles.html>).
pub fn is_predefined(role: &str) -> bool {
    role == BOOTSTRAP || PREDEFINED.contains(&role)
}

const PREDEFINED: &[&str] = &[
    "pg_checkpoint",
    "pg_create_subscription",
    "pg_database_owner",
    "pg_execute_server_program",
    "pg_maintain",
    "pg_monitor",
    "pg_read_all_data",
    "pg_read_all_settings",
    "pg_read_all_stats",
    "pg_read_server_files",
    "pg_signal_backend",
    "pg_stat_scan_tables",
    "pg_use_reserved_connections",
    "pg_write_all_data",
    "pg_write_server_files",
];
