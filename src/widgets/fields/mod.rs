//! Fields to type in or choose from.

pub(in crate::widgets) mod bare_field;
pub(in crate::widgets) mod field;
pub(in crate::widgets) mod filter_field;
pub(in crate::widgets) mod search_box;
pub(in crate::widgets) mod secret;
pub(in crate::widgets) mod select;
pub(in crate::widgets) mod selection;
