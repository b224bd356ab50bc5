//! The JSON of the API, read leniently: a field that is absent, null or of an undocumented type is unknown and does not affect its neighbours.

mod business;
mod indent;
mod lenient;
mod page;
mod parse;
mod raw;
mod repair;
mod stated;
mod token;

pub(super) use business::{read_acknowledgement, read_business, read_created, read_created_again};
pub(super) use page::{BusinessPage, NextLink, read_page};
pub(super) use parse::Unreadable;
pub(super) use token::{TokenWire, read_token};
