//! Who owns objects, who may do what with them, and the roles and policies that this is about.

mod comment;
mod default_grant;
mod grant;
mod limits;
mod object;
mod owner;
mod policy;
mod role;

pub(super) use comment::{given, set as comment};
pub(super) use default_grant::alter as default_grant;
pub(super) use grant::grant;
pub(super) use owner::{set as set_owner, to as owner_to};
pub(super) use policy::{
    alter as alter_policy, create as create_policy, drop as drop_policies, rename as rename_policy,
};
pub(super) use role::{Roles, change as change_role, check_session, name_of, read_role};
