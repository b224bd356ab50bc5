//! Reusable controls that know nothing of Thred.
