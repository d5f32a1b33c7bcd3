//! Who owns an object, and who may do what with it.

use std::{collections::BTreeMap, collections::BTreeSet, fmt};

use super::value::{Lenient, Show};
use crate::base::Name;

/// Owner and privileges of an object; what is unset is not managed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    pub owner: Option<Name>,
    pub grants: Option<Grants>,
}

/// Privileges by who holds them; the owner's own included where they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants(pub BTreeMap<Grantee, BTreeSet<Grant>>);

/// Who holds a privilege.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grantee {
    Public,
    Role(Name),
}

/// One privilege.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// In lower case: `select`, `execute`.
    pub privilege: &'static str,
    /// The column that it is limited to.
    pub column: Option<Name>,
    pub grantable: bool,
}

impl Lenient for Access {
    fn met_by(&self, current: &Self) -> bool {
        self.owner.met_by(&current.owner) && self.grants.met_by(&current.grants)
    }
}

impl Show for Access {
    fn show(&self) -> String {
        let owner = self.owner.as_ref().map(|it| format!("owner {it}"));
        let grants = self.grants.as_ref().map(Show::show);
        owner.into_iter().chain(grants).collect::<Vec<_>>().join("; ")
    }
}

impl Show for Grants {
    fn show(&self) -> String {
        let text = |(who, what): (&Grantee, &BTreeSet<Grant>)| {
            let what: Vec<String> = what.iter().map(ToString::to_string).collect();
            format!("{who}: {}", what.join(", "))
        };
        self.0.iter().map(text).collect::<Vec<_>>().join("; ")
    }
}

impl fmt::Display for Grantee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::Role(name) => fmt::Display::fmt(name, f),
        }
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.privilege)?;
        if let Some(column) = &self.column {
            write!(f, " ({column})")?;
        }
        if self.grantable { f.write_str(" with grant option") } else { Ok(()) }
    }
}
