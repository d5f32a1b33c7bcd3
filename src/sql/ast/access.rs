//! Roles, owners, privileges and policies.

use super::{Ident, ObjectName, ObjectRef, Sql};
use crate::base::Span;

/// A role as a statement names it.
#[derive(Clone, Debug)]
pub struct RoleRef<'a> {
    pub kind: RoleKind<'a>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum RoleKind<'a> {
    Named(Ident<'a>),
    /// Everybody.
    Public,
    /// `CURRENT_USER`, `CURRENT_ROLE`.
    Current,
    /// `SESSION_USER`.
    Session,
}

/// `CREATE POLICY` and `ALTER POLICY`; what is unset is not stated.
#[derive(Clone, Debug)]
pub struct PolicyDef<'a> {
    pub name: Ident<'a>,
    pub table: ObjectName<'a>,
    pub permissive: Option<bool>,
    pub command: Option<&'static str>,
    pub roles: Option<Vec<RoleRef<'a>>>,
    pub using: Option<Sql<'a>>,
    pub check: Option<Sql<'a>>,
}

/// `ALTER POLICY p ON t RENAME TO q`.
#[derive(Clone, Debug)]
pub struct RenamePolicy<'a> {
    pub name: Ident<'a>,
    pub table: ObjectName<'a>,
    pub to: Ident<'a>,
}

/// `CREATE ROLE`, `ALTER ROLE`.
#[derive(Clone, Debug)]
pub struct RoleDef<'a> {
    pub name: RoleRef<'a>,
    /// `superuser`, `login`, …, false behind `NO`.
    pub flags: Vec<(&'static str, bool)>,
    /// Roles that it becomes a member of.
    pub in_roles: Vec<RoleRef<'a>>,
    /// Roles that become members of it.
    pub members: Vec<RoleRef<'a>>,
}

/// `GRANT` and `REVOKE` of privileges on objects.
#[derive(Clone, Debug)]
pub struct Grant<'a> {
    pub revoke: bool,
    /// Empty for ALL.
    pub privileges: Vec<Privilege<'a>>,
    pub on: GrantTarget<'a>,
    pub roles: Vec<RoleRef<'a>>,
    /// `WITH GRANT OPTION`; of REVOKE, that only the option goes.
    pub option: bool,
}

/// A privilege, perhaps on some columns only; no word stands for ALL.
#[derive(Clone, Debug)]
pub struct Privilege<'a> {
    pub word: Option<Ident<'a>>,
    pub columns: Vec<Ident<'a>>,
}

#[derive(Clone, Debug)]
pub enum GrantTarget<'a> {
    Objects(Vec<ObjectRef<'a>>),
    /// `ALL TABLES IN SCHEMA a, b`.
    AllIn {
        what: &'static str,
        schemas: Vec<Ident<'a>>,
    },
    /// Databases, tablespaces, parameters: not the schema's.
    Outside,
}

/// `GRANT role TO role`.
#[derive(Clone, Debug)]
pub struct GrantRole<'a> {
    pub revoke: bool,
    pub roles: Vec<RoleRef<'a>>,
    pub members: Vec<RoleRef<'a>>,
}

/// `ALTER DEFAULT PRIVILEGES`.
#[derive(Clone, Debug)]
pub struct DefaultGrant<'a> {
    /// `FOR ROLE`; the current role without it.
    pub creators: Vec<RoleRef<'a>>,
    /// Empty for all schemas.
    pub schemas: Vec<Ident<'a>>,
    pub revoke: bool,
    pub privileges: Vec<Privilege<'a>>,
    /// `tables`, `sequences`, `functions`, `types`, `schemas`.
    pub objects: &'static str,
    pub roles: Vec<RoleRef<'a>>,
    pub option: bool,
}

/// `ALTER … OWNER TO role`.
#[derive(Clone, Debug)]
pub struct SetOwner<'a> {
    pub if_exists: bool,
    pub on: ObjectRef<'a>,
    pub to: RoleRef<'a>,
}

/// Statements about roles.
#[derive(Clone, Debug)]
pub enum RoleChange<'a> {
    Create(RoleDef<'a>),
    Alter(RoleDef<'a>),
    Rename {
        name: RoleRef<'a>,
        to: Ident<'a>,
    },
    Drop {
        names: Vec<RoleRef<'a>>,
        if_exists: bool,
    },
    Grant(GrantRole<'a>),
    /// `REASSIGN OWNED BY a TO b`.
    Reassign {
        from: Vec<RoleRef<'a>>,
        to: RoleRef<'a>,
    },
    /// `DROP OWNED BY a`.
    DropOwned {
        by: Vec<RoleRef<'a>>,
        cascade: bool,
    },
}
