//! Proofs that the fault layer does what its names say: a test that trusts a broken fault proves nothing.

mod lists;
mod probe;
mod tokens;
mod transport;
mod writes;
