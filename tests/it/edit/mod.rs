//! Editing, archiving and unarchiving a stored business.

mod archive;
mod form;
mod keys;
