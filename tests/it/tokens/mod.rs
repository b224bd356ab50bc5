//! `T` and what follows it.

mod copy;
