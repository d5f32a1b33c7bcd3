//! What differs between two schemas.

use crate::model::Id;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Create(Id),
    Drop(Id),
    Alter {
        id: Id,
        fields: Vec<FieldChange>,
    },
    /// The object goes on under another name; `to` is the desired identity.
    Rename {
        from: Id,
        to: Id,
    },
}

/// A field that changes; the texts are for people and empty when unset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    pub name: &'static str,
    pub old: String,
    pub new: String,
}

impl Change {
    /// Returns the identity that the change is known by: the desired one, or that of what goes.
    pub fn id(&self) -> &Id {
        match self {
            Self::Create(id)
            | Self::Drop(id)
            | Self::Alter { id, .. }
            | Self::Rename { to: id, .. } => id,
        }
    }
}
