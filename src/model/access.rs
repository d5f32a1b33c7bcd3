//! Who owns an object, and who may do what with it.

use std::{collections::BTreeMap, collections::BTreeSet, fmt};

use super::value::{Lenient, Show};
use crate::base::Name;

/// Owner and privileges of an object; what is unset is not managed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    pub owner: Option<Holder>,
    pub grants: Option<Grants>,
}

/// Who owns an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// The role that runs migrations, whatever its name is there.
    #[default]
    Creator,
    Role(Name),
}

/// How the privileges on an object differ from those that every new object of its kind has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    pub given: Holders,
    /// What the owner or PUBLIC would have by themselves, and were deprived of.
    pub withheld: Holders,
}

/// Privileges by who holds them.
pub type Holders = BTreeMap<Grantee, BTreeSet<Grant>>;

/// Who holds a privilege.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grantee {
    /// Whoever owns the object.
    Owner,
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

impl Grants {
    /// Returns whether the privileges are those that every new object has.
    pub fn is_usual(&self) -> bool {
        self.given.is_empty() && self.withheld.is_empty()
    }

    /// A column has another name now, or is gone.
    pub fn rename_column(&mut self, from: &Name, to: Option<&Name>) {
        for grants in self.given.values_mut() {
            let (own, mut others): (BTreeSet<Grant>, BTreeSet<Grant>) =
                std::mem::take(grants).into_iter().partition(|it| it.column.as_ref() == Some(from));
            if let Some(to) = to {
                let renamed = |it: Grant| Grant { column: Some(to.clone()), ..it };
                others.extend(own.into_iter().map(renamed));
            }
            *grants = others;
        }
        self.given.retain(|_, it| !it.is_empty());
    }
}

impl Lenient for Access {
    fn met_by(&self, current: &Self) -> bool {
        self.owner.met_by(&current.owner) && self.grants.met_by(&current.grants)
    }
}

impl Show for Access {
    fn show(&self) -> String {
        let owner = match &self.owner {
            Some(Holder::Role(name)) => Some(format!("owner {name}")),
            Some(Holder::Creator) | None => None,
        };
        let grants = self.grants.as_ref().map(Show::show).filter(|it| !it.is_empty());
        owner.into_iter().chain(grants).collect::<Vec<_>>().join("; ")
    }
}

impl Show for Grants {
    fn show(&self) -> String {
        let text = |(who, what): (&Grantee, &BTreeSet<Grant>), no: &str| {
            let what: Vec<String> = what.iter().map(ToString::to_string).collect();
            format!("{who}: {no}{}", what.join(", "))
        };
        let given = self.given.iter().map(|it| text(it, ""));
        given.chain(self.withheld.iter().map(|it| text(it, "no "))).collect::<Vec<_>>().join("; ")
    }
}

impl fmt::Display for Grantee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Owner => f.write_str("owner"),
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
