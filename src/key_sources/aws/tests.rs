//! Tests of the source against a fake AWS that returns real responses.

mod answers;
mod fake;
#[cfg(unix)]
mod process;
mod sign_in;
mod token_file;
