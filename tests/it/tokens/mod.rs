//! `T` and what follows it.

mod clipboard;
mod copy;
mod countdown;
mod formats;
mod glance;
mod guard;
