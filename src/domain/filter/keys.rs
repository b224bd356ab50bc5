//! The keys of terms.

/// The keys of terms, as typed before the colon.
pub const KEYS: [&str; 7] = [
    "country", "type", "currency", "is", "token", "ext", "created",
];
