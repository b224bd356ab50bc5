//! What stands over a page.

pub(in crate::widgets) mod menu;
pub(in crate::widgets) mod menu_keys;
pub(in crate::widgets) mod modal;
pub(in crate::widgets) mod toast;
