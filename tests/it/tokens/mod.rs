//! Copying tokens with `T`, and the page of tokens.

mod clipboard;
mod copy;
mod countdown;
mod formats;
mod glance;
mod guard;
mod row_menu;
