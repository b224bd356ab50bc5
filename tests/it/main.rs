//! All integration tests, in one binary: a clean build takes minutes, linking many takes more.

mod faults;
mod support;
