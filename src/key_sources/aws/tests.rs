//! The source against a stand-in that says what AWS says.

mod answers;
mod fake;
mod sign_in;
