//! Damaged and arbitrary input for everything that reads what others wrote: servers, users, other programs, a crash.
//!
//! Each reader has a folder in `corpus/` with inputs that are good, that were found bad once, or that are likely to be.
//! All of them are read as they are; then 256 variants of them, the same ones every time. [`PROPTEST_CASES`] sets how
//! many, and `FUZZ_ANEW` asks for others:
//!
//! ```sh
//! FUZZ_ANEW=1 PROPTEST_CASES=200000 cargo test --test fuzz wire::
//! ```
//!
//! What a failure prints as its minimal input becomes another file of the corpus, so that it is tried for ever.
//!
//! [`PROPTEST_CASES`]: https://docs.rs/proptest/latest/proptest/test_runner/struct.Config.html

#![expect(clippy::unwrap_used, reason = "a test ends at what it does not expect")]

mod canned;
mod cells;
mod certificates;
mod csv;
mod dates;
mod files;
mod filter;
mod input;
mod json;
mod lesson;
mod paste;
mod wire;
