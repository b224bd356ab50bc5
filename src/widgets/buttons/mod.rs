//! Buttons and other clickable controls.

pub(in crate::widgets) mod button;
pub(in crate::widgets) mod check_box;
pub(in crate::widgets) mod choice;
pub(in crate::widgets) mod key_hint;
pub(in crate::widgets) mod link;
pub(in crate::widgets) mod segments;
pub(in crate::widgets) mod split_button;
