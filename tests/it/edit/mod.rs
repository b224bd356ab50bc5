//! Changing, archiving and taking back a stored business.

mod archive;
mod form;
