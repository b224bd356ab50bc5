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
use crate::widgets::{DataTable, TableColumn, TableRow, line, offer_focus, row_link, with_end};

/// The positions of rows in the table.
#[derive(Default)]
pub(super) struct RowPositions {
    pub(super) selected: Option<usize>,
    /// Where the table has followed the run to.
    followed: Option<usize>,
    /// The rows on the screen.
    visible: Range<usize>,
}

impl RowPositions {
    /// The position to scroll to: that of the last row that was sent, unless the user has selected a row or scrolled away.
    fn follow(&mut self, open: &OpenFile) -> Option<usize> {
        let ImportStep::Running(run) = &open.step else {
            // The result begins with the rows that failed.
            let has_followed = self.followed.take().is_some() && self.selected.is_none();
            return has_followed.then_some(0);
        };
        if self.followed.is_none() {
            // The rows were just put into the order of the file.
            self.selected = None;
        }
        let last = run.last?;
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
    positions: &mut RowPositions,
    gutter: f32,
    share: ShareMode,
) -> Option<&'a Verdict> {
    let legal_name = legal_name_width(ui.available_width() - 2.0 * gutter);
    let columns = [
        TableColumn::fixed("Line", column::LINE),
        TableColumn::fixed("Result", column::OUTCOME),
        TableColumn::fixed("external_id", column::EXTERNAL_ID_TIGHT),
        TableColumn::fixed("Legal name", legal_name),
        TableColumn::fixed("Country", column::COUNTRY),
        TableColumn::rest("Reason", column::NAME_MIN),
    ];
    let total = open.shown.len();
    let can_be_corrected = open.can_be_corrected();
    let mut asked = None;
    let response = DataTable::new(Id::unique("import rows"), "Rows of the file", &columns)
        .gutter(gutter)
        .selected(positions.selected)
        .scroll_to(positions.follow(open))
        .show(ui, total, |row| {
            let Some(verdict) = open.shown_row(row.index()) else {
                return;
            };
            let is_invalid = matches!(verdict.outcome, RowVerdict::Invalid { .. });
            if fill(row, open, verdict, can_be_corrected && is_invalid, share) {
                asked = Some(verdict);
            }
        });
    offer_focus(&response.response);
    if response.chosen.is_some() {
        positions.selected = response.chosen;
    }
    positions.visible = response.visible;
    let opened = response.opened.filter(|_| can_be_corrected);
    asked.or_else(|| open.shown_row(opened?))
}

/// Fills a row. Returns whether the user wants to correct it, which `has_link` offers.
fn fill(
    row: &mut TableRow<'_, '_>,
    open: &OpenFile,
    verdict: &Verdict,
    has_link: bool,
    share: ShareMode,
) -> bool {
    let result = open.result_of(verdict);
    let reason = reason(open, verdict, &result, share);
    let legal_name = share.text(&verdict.legal_name);
    row.name(format!(
        "Line {}, row {} of {}, {legal_name}, {}. {reason}",
        verdict.line,
        row.index() + 1,
        words::count(open.shown.len() as u64),
        result.name(),
    ));
    row.text(Type::Mono, |p| p.muted, &verdict.line.to_string());
    row.cell(|ui| outcome(ui, &result));
    let external_id = share.text(&verdict.external_id);
    row.text(Type::Mono, |p| p.text, &or_dash(&external_id));
    if verdict.legal_name.trim().is_empty() {
        row.text(Type::Body, |p| p.muted, &or_dash(&legal_name));
    } else {
        row.text(Type::BodyStrong, |p| p.strong, &or_dash(&legal_name));
    }
    row.text(Type::Body, |p| p.text, &or_dash(&verdict.country));
    let mut is_asked = false;
    row.cell(|ui| {
        let p = theme::palette(ui.ctx());
        let color = match needs_a_person(&result) {
            true => p.text,
            false => p.muted,
        };
        let say = |ui: &mut Ui| line(ui, Type::Body, color, &visible(&reason));
        if has_link {
            let name = format!("Correct line {}", verdict.line);
            let (_, link) = with_end(ui, say, |ui| row_link(ui, "Correct…", &name));
            is_asked = link.clicked();
        } else {
            say(ui);
        }
    });
    is_asked
}

/// The text of the last column.
fn reason(open: &OpenFile, verdict: &Verdict, result: &RowResult<'_>, share: ShareMode) -> String {
    let is_running = matches!(open.step, ImportStep::Running(_));
    // During the run, the response is still on its way. The outcome is unknown only if the run ends without one.
    let reason = match result {
        RowResult::Sent(RowOutcome::Sending) if is_running => String::new(),
        _ => reason_of(result, share),
    };
    let is_corrected = open.file.sheet.corrections.is_in(verdict.row);
    match (is_corrected, reason.is_empty()) {
        (false, _) => reason,
        (true, true) => "Corrected".to_owned(),
        (true, false) => format!("Corrected. {reason}"),
    }
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
            RowOutcome::Unknown { .. } => (Icon::Warning, p.warn, p.warn),
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
