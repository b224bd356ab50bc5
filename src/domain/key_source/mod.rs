//! Where the key of a session comes from, and how external sources are configured.

pub mod aws;
pub mod command;
pub mod vault;

mod external;
mod fetched_key;
mod form;
mod kind;
mod problem;
mod remembered;
mod secret;
mod source;

pub use external::ExternalSource;
pub use fetched_key::{FetchedKey, KeyVersion};
pub use form::{FieldComplaint, SourceField, SourceSpec, SourceTemplate, TypedSource};
pub use kind::{SourceKind, SourcePrompt};
pub use problem::{KeyProblem, SourceProblem};
pub use remembered::RememberedSource;
pub use secret::{FieldNames, read_secret};
pub use source::KeySource;
