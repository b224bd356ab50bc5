//! The forms that write businesses, and the archive.

pub mod creating;
pub mod editing;
pub mod messages;

pub(super) mod archive;
pub(super) mod saving;
