//! Whatever goes wrong, and whatever is pressed after it: each `external_id` is created at most once, and what the
//! console says of it holds.
