//! Reusable controls that know nothing of Thred: they draw what they are given and report what
//! was done to them.

mod banner;
mod bare_field;
mod button;
mod choice;
mod countdown;
mod empty;
mod field;
mod frames;
mod icon_button;
mod key_hint;
mod key_value;
mod link;
mod menu;
mod modal;
mod nav_row;
mod notice;
mod paint;
mod pick_row;
mod progress;
mod secret;
mod segments;
mod select;
mod setting_row;
mod split_button;
mod steps;
mod table;
mod table_head;
mod table_row;
mod tag;
mod toast;
mod words;

#[cfg(test)]
mod tests;

pub use banner::Banner;
pub use bare_field::{Filter, FilterField, FilterFieldResponse, bare_field};
pub use button::Button;
pub use choice::{RadioRow, choice, radio_list, tabs};
pub use countdown::{Phase, RingSize, pill, ring};
pub use empty::empty_state;
pub use field::{FieldResponse, Message, TextField};
pub use frames::{card_frame, floating_card_frame};
pub use icon_button::IconButton;
pub use key_hint::key_hint;
pub use key_value::{KeyValue, KeyValueResponse};
pub use link::{link, link_styled};
pub use menu::{MenuRow, menu};
pub use modal::{Modal, ModalResponse, ModalUi};
pub use nav_row::NavRow;
pub use notice::{Notice, NoticeResponse, fold, fold_row};
pub use pick_row::PickRow;
pub use progress::{divider, progress_bar, skeleton_rows};
pub use secret::{SecretField, SecretResponse};
pub use segments::{segments, segments_width, toggle};
pub use select::Select;
pub use setting_row::SettingRow;
pub use split_button::{SplitButton, SplitResponse};
pub use steps::{Tile, stage_line, tiles};
pub use table::{ColumnWidth, DataTable, SortMark, TableColumn, TableResponse};
pub use table_row::TableRow;
pub use tag::{ChipResponse, FilterChip, Tone, app_mark, hue_chip, hue_switch, status_dot, tag};
pub use toast::{Toast, ToastKind, ToastsResponse, toasts};
pub use words::{cut_middle, line, paragraph};
