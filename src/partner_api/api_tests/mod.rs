//! The client over real HTTP on loopback, against servers that behave and misbehave.

mod faults;
mod hostile;
mod sign_in;
mod tokens;
