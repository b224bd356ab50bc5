//! The list in a file.
