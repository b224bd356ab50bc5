//! Elements drawn above a page: dialogs, menus, toasts.

pub(in crate::widgets) mod menu;
pub(in crate::widgets) mod menu_keys;
pub(in crate::widgets) mod modal;
pub(in crate::widgets) mod toast;
