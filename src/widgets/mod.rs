//! Reusable controls that know nothing of Thred: they draw what they are given and report user input.

mod buttons;
mod control;
mod copy_text;
mod fields;
mod focus;
mod frames;
mod inside;
mod marks;
mod missing_glyphs;
mod overlays;
mod paint;
mod roving;
mod rows;
mod shift_state;
mod table;
mod trailing;
mod truncated;
mod words;

#[cfg(test)]
mod tests;

pub use buttons::button::Button;
pub use buttons::check_box::check_box;
pub use buttons::choice::{RadioRow, choices, radio_list, tabs};
pub use buttons::link::{link, link_styled, row_link};
pub use buttons::segments::{segments, segments_width, toggle};
pub use buttons::split_button::SplitButton;
pub use copy_text::{copy_text, copy_truncated_text};
pub use fields::bare_field::bare_field;
pub use fields::field::{MAX_TYPED_LEN, TextField};
pub use fields::filter_field::{FilterField, FilterFieldResponse, FilterTerm};
pub use fields::search_box::search_box;
pub use fields::secret::SecretField;
pub use fields::select::{Select, is_select_focused};
pub use fields::selection::select_text;
pub use focus::{
    focus_on, free_focus, hold_arrow_keys, is_focus_moving, keep_focus, offer_focus, settle_focus,
    was_entered,
};
pub use frames::{card, card_in, floating_card_frame};
pub use inside::{row_in, row_of};
pub use marks::banner::Banner;
pub use marks::bar_chart::{ChartBar, bar_columns, bar_rows};
pub use marks::countdown::{pill, ring};
pub use marks::day_track::day_track;
pub use marks::empty::empty_state;
pub use marks::message::{Message, message_line};
pub use marks::notice::{Notice, expander, expander_row};
pub use marks::progress::{divider, progress_bar, skeleton_rows};
pub use marks::step_column::step_column;
pub use marks::steps::{Tile, stage_line, tiles};
pub use marks::tag::{Tone, app_mark, hue_switch, status_dot, tag};
pub use marks::time_lanes::{TimeBar, TimeLanes};
pub use missing_glyphs::{can_draw_any, missing_glyph};
pub use overlays::menu::{context_menu, menu, menu_divider, panel, pick_from};
pub use overlays::modal::{Modal, ModalResponse, ModalUi};
pub use overlays::toast::{ToastCard, ToastsResponse, toasts};
pub use roving::was_activated;
pub use rows::change_row::change_row;
pub use rows::key_footer::key_footer;
pub use rows::key_help::{key_help, term_help};
pub use rows::key_value::KeyValue;
pub use rows::palette_group::palette_group;
pub use rows::row::Row;
pub use rows::setting_row::SettingRow;
pub use shift_state::pressed_with_shift;
pub use table::{ColumnWidth, DataTable, RowExtension, TableColumn, TableResponse, TableRow};
pub use trailing::{at_end, with_end};
pub use words::{line, marked_line, paragraph, remark, sentences, truncate_middle, with_note};
