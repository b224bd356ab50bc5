//! The embedded Thred-compatible server with generated data.
