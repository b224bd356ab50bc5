//! Tests of the source against a fake AWS that returns real responses.

mod answers;
mod fake;
mod sign_in;
