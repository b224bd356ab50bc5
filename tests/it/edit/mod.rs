//! Changing a stored business.
