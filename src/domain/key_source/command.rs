//! A command that prints the key, as stored in the settings file.

mod line;
mod problem;
mod scrub;
mod source;
mod templates;
#[cfg(test)]
mod tests;

pub use problem::{CommandExit, CommandProblem};
pub use scrub::scrubbed;
pub use source::CommandSource;
pub(super) use source::SPEC;
