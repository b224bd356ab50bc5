//! The Thred Partner API: transport, sign-in, retries, paging and wire types.
