//! Rows of lists and pages.

pub(in crate::widgets) mod change_row;
pub(in crate::widgets) mod key_footer;
pub(in crate::widgets) mod key_help;
pub(in crate::widgets) mod key_value;
pub(in crate::widgets) mod palette_group;
pub(in crate::widgets) mod row;
mod row_atoms;
pub(in crate::widgets) mod setting_row;
mod show_row;
