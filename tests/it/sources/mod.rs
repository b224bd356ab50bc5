//! Keys from real tools and servers, which `tests/sources/run` starts.

mod aws;
mod command;
mod vault;
