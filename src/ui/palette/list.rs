//! The lines of the palette in their groups.

use egui::{Id, ScrollArea, Ui};

use crate::domain::business::BusinessId;
use crate::theme::{Icon, Type, row, space, widget_sizes};
use crate::widgets::{Row, palette_group};

use super::super::pick_list::PickList;
use super::target::PaletteTarget;

pub(super) struct PaletteLine {
    pub(super) target: PaletteTarget,
    pub(super) group: String,
    pub(super) icon: Icon,
    pub(super) text: String,
    /// Shown instead of `text` if no font can draw it.
    pub(super) stand_in: Option<String>,
    /// Indices of the matched characters in `text`.
    pub(super) letters: Vec<u32>,
    /// Grey text after `text`.
    pub(super) hint: String,
    /// Indices of the matched characters in `hint`.
    pub(super) hint_letters: Vec<u32>,
    pub(super) key: String,
    /// Why the line is unavailable.
    pub(super) unavailable_reason: Option<&'static str>,
}

impl PaletteLine {
    /// The business that the line opens.
    pub(super) fn business(&self) -> Option<BusinessId> {
        match self.target {
            PaletteTarget::Business(id) => Some(id),
            PaletteTarget::Action(_) => None,
        }
    }
}

/// Number of visible rows before the list scrolls.
const VISIBLE_ROWS: usize = 9;
/// Number of group headings for which the visible height has room.
const GROUPS: f32 = 3.0;

pub(super) fn row_ids(lines: &[PaletteLine]) -> Vec<Id> {
    lines
        .iter()
        .map(|line| Id::unique(("palette row", line.target)))
        .collect()
}

/// Draws the lines. Returns the line that was clicked.
pub(super) fn show(ui: &mut Ui, lines: &[PaletteLine], list: &mut PickList) -> Option<usize> {
    let most =
        VISIBLE_ROWS as f32 * row::COMFORTABLE + GROUPS * widget_sizes::PALETTE_GROUP + space::M;
    let room = ui.available_height() - widget_sizes::PALETTE_FOOT - space::XS;
    let ids = row_ids(lines);
    let mut clicked = None;
    ScrollArea::vertical()
        .id_salt("lines")
        .max_height(most.min(room))
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(space::XS);
            let mut group = "";
            for (at, (line, id)) in lines.iter().zip(&ids).enumerate() {
                if line.group != group {
                    group = &line.group;
                    palette_group(ui, group);
                }
                let shown = line.stand_in.as_ref().unwrap_or(&line.text);
                let row = Row::command(*id, line.icon, shown)
                    .spoken(&line.text)
                    .letters(&line.letters)
                    .hint(&line.hint)
                    .hint_letters(&line.hint_letters)
                    .key(&line.key)
                    .disabled_if(line.unavailable_reason)
                    .selected(at == list.chosen)
                    .position(at, lines.len())
                    .show(ui);
                if row.clicked() {
                    clicked = Some(at);
                }
                list.follow(at, &row);
            }
            if lines.is_empty() {
                let p = crate::theme::palette(ui.ctx());
                ui.add_space(space::M);
                ui.horizontal(|ui| {
                    ui.add_space(space::L);
                    ui.label(Type::Body.rich("Nothing matches").color(p.muted));
                });
                ui.add_space(space::S);
            }
            ui.add_space(space::S);
        });
    clicked
}
