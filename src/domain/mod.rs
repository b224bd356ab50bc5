//! Pure types and rules of the console: no I/O, no clock reads, no drawing.

pub mod time;
