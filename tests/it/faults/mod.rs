//! Tests of the fault layer itself, because a test that relies on a broken fault proves nothing.

mod lists;
mod probe;
mod tokens;
mod transport;
mod writes;
