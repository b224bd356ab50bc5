//! Damaged and random input for everything that parses data from servers, users, other programs, or after a crash.
//!
//! Each reader has a folder in `corpus/` with inputs that are valid, that once caused a failure, or that are likely to.
//! A test reads all of them, and then 256 variants of them, the same in each run. [`PROPTEST_CASES`] sets the number of
//! variants, and `FUZZ_ANEW` selects new ones:
//!
//! ```sh
//! FUZZ_ANEW=1 PROPTEST_CASES=200000 cargo test --test fuzz wire::
//! ```
//!
//! When a test fails, add the minimal input that it prints to the corpus.
//!
//! [`PROPTEST_CASES`]: https://docs.rs/proptest/latest/proptest/test_runner/struct.Config.html

#![expect(clippy::unwrap_used, reason = "a test fails on anything unexpected")]

mod canned;
mod cells;
mod certificates;
mod csv;
mod dates;
#[expect(dead_code, reason = "only the clock is used here")]
#[path = "../support/doubles.rs"]
mod doubles;
mod files;
mod filter;
mod input;
mod json;
mod listed_types;
mod paste;
mod wire;
