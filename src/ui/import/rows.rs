//! The rows of the file with their results and reasons.

use std::ops::Range;

use egui::{Color32, Id, Ui};

use super::super::words;
use crate::domain::import::{RowOutcome, RowVerdict, Verdict};
use crate::domain::share_mode::ShareMode;
use crate::domain::text::visible;
use crate::state::import::open_file::{ImportStep, OpenFile};
use crate::state::import::row_result::RowResult;
use crate::theme::{self, Icon, Palette, Type, column, size, space};
use crate::widgets::{ColumnWidth, DataTable, TableColumn, line, offer_focus, row_link, with_end};

/// What the page remembers of the table between frames.
#[derive(Default)]
pub(super) struct RowsView {
    /// The position of the selected row.
    pub(super) selected: Option<usize>,
    /// The position to which the table has followed the run.
    followed: Option<usize>,
    /// The positions on the screen.
    visible: Range<usize>,
}

impl RowsView {
    /// The position to scroll to: that of the last row that was sent, unless the user has selected a row or scrolled away.
    fn follow(&mut self, open: &OpenFile) -> Option<usize> {
        let ImportStep::Running(run) = &open.step else {
            // The result begins with the rows that failed.
            let has_followed = self.followed.take().is_some() && self.selected.is_none();
            return has_followed.then_some(0);
        };
        let Some(last) = run.last else {
            // The rows were just put into the order of the file.
            self.selected = None;
            return None;
        };
        // While rows are being sent, they are in the order of the file.
        let sent = open.shown.partition_point(|row| *row as usize <= last);
        let position = sent.checked_sub(1)?;
        let is_in_view = self.followed.is_none_or(|row| self.visible.contains(&row))
            || self.visible.contains(&position);
        let moves = self.selected.is_none() && is_in_view && self.followed != Some(position);
        moves.then(|| *self.followed.insert(position))
    }
}

/// Draws the rows. Returns the row to be corrected.
pub(super) fn show<'a>(
    ui: &mut Ui,
    open: &'a OpenFile,
    view: &mut RowsView,
    gutter: f32,
    share: ShareMode,
) -> Option<&'a Verdict> {
    let legal_name = legal_name_width(ui.available_width() - 2.0 * gutter);
    let columns = [
        TableColumn::new("Line", ColumnWidth::Fixed(column::LINE)),
        TableColumn::new("Outcome", ColumnWidth::Fixed(column::OUTCOME)),
        TableColumn::new("external_id", ColumnWidth::Fixed(column::EXTERNAL_ID_TIGHT)),
        TableColumn::new("Legal name", ColumnWidth::Fixed(legal_name)),
        TableColumn::new("Country", ColumnWidth::Fixed(column::COUNTRY)),
        TableColumn::new("Reason", ColumnWidth::Rest(column::NAME_MIN)),
    ];
    let total = open.shown.len();
    let is_running = matches!(open.step, ImportStep::Running(_));
    let can_be_corrected = open.can_be_corrected();
    let mut asked = None;
    let response = DataTable::new(Id::unique("import rows"), "Rows of the file", &columns)
        .gutter(gutter)
        .selected(view.selected)
        .scroll_to(view.follow(open))
        .show(ui, total, |row| {
            let at = row.index();
            let Some(verdict) = open.shown_row(at) else {
                return;
            };
            let result = open.result_of(verdict);
            // During the run, the response is still on its way. The outcome is unknown only if the run ends without one.
            let reason = match &result {
                RowResult::Sent(RowOutcome::Sending) if is_running => String::new(),
                _ => reason_of(&result, share),
            };
            let is_corrected = open.file.sheet.corrections.is_in(verdict.row);
            let reason = match (is_corrected, reason.is_empty()) {
                (false, _) => reason,
                (true, true) => "Corrected".to_owned(),
                (true, false) => format!("Corrected. {reason}"),
            };
            row.name(format!(
                "Line {}, row {} of {}, {}, {}. {reason}",
                verdict.line,
                at + 1,
                words::count(total as u64),
                share.text(&verdict.legal_name),
                result.name(),
            ));
            row.cell(|ui| {
                let p = theme::palette(ui.ctx());
                line(ui, Type::Mono, p.muted, &verdict.line.to_string());
            });
            row.cell(|ui| outcome(ui, &result));
            row.cell(|ui| {
                let p = theme::palette(ui.ctx());
                line(
                    ui,
                    Type::Mono,
                    p.text,
                    &or_dash(&share.text(&verdict.external_id)),
                );
            });
            row.cell(|ui| {
                let p = theme::palette(ui.ctx());
                let (style, color) = if verdict.legal_name.trim().is_empty() {
                    (Type::Body, p.muted)
                } else {
                    (Type::BodyStrong, p.strong)
                };
                line(ui, style, color, &or_dash(&share.text(&verdict.legal_name)));
            });
            row.cell(|ui| {
                let p = theme::palette(ui.ctx());
                line(ui, Type::Body, p.text, &or_dash(&verdict.country));
            });
            row.cell(|ui| {
                let p = theme::palette(ui.ctx());
                let color = if needs_a_person(&result) {
                    p.text
                } else {
                    p.muted
                };
                let say = |ui: &mut Ui| line(ui, Type::Body, color, &visible(&reason));
                let is_invalid = matches!(verdict.outcome, RowVerdict::Invalid { .. });
                if !can_be_corrected || !is_invalid {
                    say(ui);
                    return;
                }
                let name = format!("Correct line {}", verdict.line);
                let (_, link) = with_end(ui, say, |ui| row_link(ui, "Correct…", &name));
                if link.clicked() {
                    asked = Some(verdict);
                }
            });
        });
    offer_focus(&response.response);
    if response.chosen.is_some() {
        view.selected = response.chosen;
    }
    view.visible = response.visible;
    let opened = response.opened.filter(|_| can_be_corrected);
    asked.or_else(|| open.shown_row(opened?))
}

/// In a narrow window, the reason needs the width more than the name does.
fn legal_name_width(room: f32) -> f32 {
    let others = column::LINE + column::OUTCOME + column::EXTERNAL_ID_TIGHT + column::COUNTRY;
    (room - others - column::REASON).clamp(column::LEGAL_NAME_MIN, column::LEGAL_NAME)
}

/// The reason for the row's result. A reason that needs attention, or any note, quotes the file, the server or another business, so share
/// mode hides it.
fn reason_of(result: &RowResult<'_>, share: ShareMode) -> String {
    let has_notes = matches!(result, RowResult::Validated(verdict) if !verdict.notes.is_empty());
    if share.is_on() && (needs_a_person(result) || has_notes) {
        "Reason hidden in share mode".to_owned()
    } else {
        result.reason()
    }
}

fn or_dash(text: &str) -> std::borrow::Cow<'_, str> {
    if text.trim().is_empty() {
        "–".into()
    } else {
        visible(text)
    }
}

fn outcome(ui: &mut Ui, result: &RowResult<'_>) {
    let p = theme::palette(ui.ctx());
    let (icon, color, words) = look(p, result);
    ui.spacing_mut().item_spacing.x = space::S;
    ui.add(icon.image(size::icon::NORMAL, color));
    line(ui, Type::Body, words, result.name());
}

/// Icon, its colour, and the text colour.
fn look(p: &Palette, result: &RowResult<'_>) -> (Icon, Color32, Color32) {
    match result {
        RowResult::Validated(verdict) => match verdict.outcome {
            RowVerdict::Create => (Icon::Plus, p.muted, p.text),
            RowVerdict::Exists { .. } => (Icon::Check, p.muted, p.text),
            RowVerdict::Differs { .. } => (Icon::NotEqual, p.warn, p.warn),
            RowVerdict::Invalid { .. } => (Icon::StopSign, p.danger, p.danger),
        },
        RowResult::Waiting | RowResult::Unsent => (Icon::Clock, p.muted, p.muted),
        RowResult::Sent(outcome) => match outcome {
            RowOutcome::Sending => (Icon::Refresh, p.link, p.text),
            RowOutcome::Unclear { .. } => (Icon::Warning, p.warn, p.warn),
            RowOutcome::Created { differs, .. } | RowOutcome::Existed { differs, .. }
                if !differs.is_empty() =>
            {
                (Icon::NotEqual, p.warn, p.text)
            }
            RowOutcome::Created { .. } => (Icon::CheckCircle, p.ok, p.text),
            RowOutcome::Existed { .. } => (Icon::Check, p.muted, p.text),
            RowOutcome::Rejected { .. } => (Icon::StopSign, p.danger, p.danger),
        },
    }
}

fn needs_a_person(result: &RowResult<'_>) -> bool {
    match result {
        RowResult::Validated(verdict) => matches!(
            verdict.outcome,
            RowVerdict::Invalid { .. } | RowVerdict::Differs { .. }
        ),
        RowResult::Waiting | RowResult::Unsent => false,
        RowResult::Sent(RowOutcome::Created { differs, .. }) => !differs.is_empty(),
        RowResult::Sent(_) => true,
    }
}
