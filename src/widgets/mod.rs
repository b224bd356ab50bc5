//! Reusable controls that know nothing of Thred: they draw what they are given and report what
//! was done to them.

mod button;
mod choice;
mod countdown;
mod field;
mod key_hint;
mod link;
mod menu;
mod paint;
mod progress;
mod secret;
mod split_button;
mod table;
mod table_head;
mod table_row;
mod tag;

pub use button::{Button, IconButton};
pub use choice::{RadioRow, checkbox, choice, radio_list, tabs};
pub use countdown::{Phase, RingSize, pill, ring};
pub use field::{FieldResponse, Message, TextField};
pub use key_hint::key_hint;
pub use link::{link, link_styled};
pub use menu::{MenuRow, menu, menu_is_open};
pub use progress::{divider, progress_bar, skeleton_rows};
pub use secret::{SecretField, SecretResponse};
pub use split_button::{SplitButton, SplitResponse};
pub use table::{ColumnWidth, DataTable, SortMark, TableColumn, TableResponse};
pub use table_row::TableRow;
pub use tag::{ChipResponse, FilterChip, Tone, hue_chip, hue_switch, status_dot, tag};
