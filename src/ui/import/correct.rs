//! The dialog for correcting cells of a row before the import.

use std::collections::BTreeMap;

use egui::{Context, Id, Key, Modifiers, Ui};

use super::super::business_form::{REASON_HIDDEN, submit_key, takes_submit_key};
use super::super::focus::FormFocus;
use super::super::pasted_secret::reject_secret_in_dialog;
use super::columns::named;
use crate::domain::draft::Field;
use crate::domain::import::{ColumnTarget, Repairs, RowVerdict, Verdict};
use crate::domain::share_mode::ShareMode;
use crate::domain::text::{excerpt, visible};
use crate::state::import::messages::ImportCommand;
use crate::state::import::open_file::OpenFile;
use crate::theme::{self, Type, dialog, space};
use crate::ui::Screen;
use crate::widgets::{
    Button, MAX_TYPED_LEN, Message, Modal, ModalUi, TextField, focus_on, line, select_text,
    with_end,
};

/// Length at which quoted text of the file is truncated, in characters.
const QUOTED: usize = 60;

/// The row being corrected.
pub(in super::super) struct RowCorrection {
    row: usize,
    line: u64,
    cells: Vec<CellEditor>,
    /// The last corrections checked, and their verdict.
    validated: Option<(BTreeMap<usize, String>, Verdict)>,
    /// Whether the user is asked to confirm discarding the changes.
    asks_to_close: bool,
    typed_in: FormFocus,
    /// The column whose field had the focus last.
    focused: Option<usize>,
    has_begun: bool,
}

struct CellEditor {
    column: usize,
    /// Name of the column in the file.
    name: String,
    field: Field,
    text: String,
    before: String,
    in_file: String,
}

impl RowCorrection {
    /// The mapped cells of a row, invalid ones first. `None` if the row does not exist.
    pub(in super::super) fn of(open: &OpenFile, verdict: &Verdict) -> Option<Self> {
        let sheet = &open.file.sheet;
        let (read, in_file) = (sheet.row(verdict.row)?, sheet.rows.get(verdict.row)?);
        let targets = open.mapping.targets().iter().enumerate();
        let fields = targets.filter_map(|(column, target)| match target {
            ColumnTarget::Field(field) => Some((column, *field)),
            ColumnTarget::ThredId | ColumnTarget::Unused => None,
        });
        let mut cells: Vec<CellEditor> = fields
            .map(|(column, field)| CellEditor {
                column,
                name: named(sheet.header.get(column).map_or("", String::as_str), column),
                field,
                text: read.text(column).into_owned(),
                before: read.text(column).into_owned(),
                in_file: in_file.text(column).into_owned(),
            })
            // A text field would truncate it, and laying it out would freeze the window.
            .filter(|cell| cell.text.chars().count() <= MAX_TYPED_LEN)
            .collect();
        let wrong = wrong_fields(verdict);
        cells.sort_by_key(|cell| (!wrong.contains(&cell.field), cell.field));
        Some(Self {
            row: verdict.row,
            line: verdict.line,
            cells,
            validated: None,
            asks_to_close: false,
            typed_in: FormFocus::default(),
            focused: None,
            has_begun: false,
        })
    }

    /// Draws the dialog. Returns whether it should close.
    pub(in super::super) fn show(&mut self, ctx: &Context, screen: &mut Screen<'_>) -> bool {
        let state = screen.state;
        let Some(workspace) = state.workspace() else {
            return true;
        };
        let Some(open) = workspace
            .import
            .open()
            .filter(|open| open.can_be_corrected())
        else {
            return true;
        };
        let texts = self.texts();
        if !matches!(&self.validated, Some((validated, _)) if *validated == texts) {
            let verdict = open.validated_with(self.row, texts.clone(), &workspace.list);
            self.validated = verdict.map(|verdict| (texts, verdict));
        }
        if !std::mem::replace(&mut self.has_begun, true)
            && let Some(first) = self.cells.first()
        {
            focus_on(ctx, field_id(first.column));
        }
        if !self.asks_to_close {
            self.typed_in.follow(ctx);
        }
        reject_secret_in_dialog(ctx, screen);
        let title = format!("Correct line {}", self.line);
        let modal = Modal::new(Id::unique("import correction"), &title).width(dialog::NORMAL);
        let by_key =
            !self.asks_to_close && (takes_submit_key(ctx) || (self.is_typing(ctx) && enter(ctx)));
        let shown = modal.show(ctx, |parts| {
            parts.body_to_footer(|ui| self.fields(ui, &open.file.repairs, state.share));
            self.footer(parts, state.share)
        });
        if by_key || shown.inner == Some(true) {
            if self.is_changed() {
                screen.send(ImportCommand::Correct(self.row, self.texts()));
            }
            return true;
        }
        if shown.inner == Some(false) {
            return true;
        }
        if shown.escape || shown.close_clicked {
            // A second Escape keeps the input.
            if std::mem::take(&mut self.asks_to_close) {
                self.typed_in.go_back(ctx);
            } else if self.is_changed() {
                self.asks_to_close = true;
            } else {
                return true;
            }
        }
        false
    }

    fn texts(&self) -> BTreeMap<usize, String> {
        let cells = self.cells.iter();
        cells.map(|cell| (cell.column, cell.text.clone())).collect()
    }

    fn is_changed(&self) -> bool {
        self.cells.iter().any(|cell| cell.text != cell.before)
    }

    fn is_typing(&self, ctx: &Context) -> bool {
        let focused = ctx.memory(|memory| memory.focused());
        let mut cells = self.cells.iter();
        cells.any(|cell| focused == Some(field_id(cell.column)))
    }

    fn fields(&mut self, ui: &mut Ui, repairs: &Repairs, share: ShareMode) {
        let verdict = self.validated.as_ref().map(|(_, verdict)| verdict);
        for cell in &mut self.cells {
            let in_file = format!("In the file: {}", quoted(&cell.in_file));
            let as_empty = format!("“{}” is treated as empty.", quoted(&cell.text));
            let as_empty = Some(as_empty).filter(|_| repairs.treat_as_empty(&cell.text));
            let reason = verdict.and_then(|verdict| reason_at(verdict, cell.field));
            let reason = reason.map(|reason| match &as_empty {
                Some(as_empty) => format!("{as_empty} {reason}"),
                None => reason.to_owned(),
            });
            let message = match (&reason, &as_empty) {
                (Some(reason), _) => Some(Message::Wrong(reason)),
                (None, Some(as_empty)) => Some(Message::Hint(as_empty)),
                (None, None) if cell.text != cell.in_file => Some(Message::Hint(&in_file)),
                (None, None) => None,
            };
            // The messages quote the file and other businesses.
            let message = match share.is_on() {
                true => reason.is_some().then_some(Message::Wrong(REASON_HIDDEN)),
                false => message,
            };
            let mut field = TextField::new(cell.field.label(), &mut cell.text)
                .id(field_id(cell.column))
                .message(message);
            if !cell.name.eq_ignore_ascii_case(cell.field.label()) {
                field = field.label_hint(&cell.name);
            }
            if cell.field.is_code() {
                field = field.mono();
            }
            if share.hides(cell.field) {
                field = field.hidden();
            }
            let is_wrong = reason.is_some();
            let response = field.show(ui);
            if response.has_focus() && self.focused.replace(cell.column) != Some(cell.column) {
                // Typing replaces the value. A click puts the cursor where it is.
                let is_clicked = response.clicked() || response.is_pointer_button_down_on();
                if is_wrong && !is_clicked {
                    let length = cell.text.chars().count();
                    select_text(ui.ctx(), field_id(cell.column), 0..length);
                }
            }
            ui.add_space(space::M);
        }
    }

    /// Returns whether to save the correction, once the dialog should close.
    fn footer(&mut self, parts: &mut ModalUi<'_>, share: ShareMode) -> Option<bool> {
        let (is_changed, asks) = (self.is_changed(), self.asks_to_close);
        let differs = self.cells.iter().any(|cell| cell.text != cell.in_file);
        let words = if asks {
            "Discard your changes?".to_owned()
        } else if share.is_on() {
            String::new()
        } else {
            let fields: Vec<Field> = self.cells.iter().map(|cell| cell.field).collect();
            let verdict = self.validated.as_ref().map(|(_, verdict)| verdict);
            verdict.map_or_else(String::new, |verdict| verdict_text(verdict, &fields))
        };
        parts.footer(|ui| {
            let p = theme::palette(ui.ctx());
            with_end(
                ui,
                |ui| line(ui, Type::Body, p.text, &words),
                |ui| {
                    if asks {
                        return self.answer(ui);
                    }
                    if differs && Button::plain("Use the file’s values").show(ui).clicked() {
                        for cell in &mut self.cells {
                            cell.text.clone_from(&cell.in_file);
                        }
                    }
                    if Button::outlined("Cancel").show(ui).clicked() {
                        return Some(false);
                    }
                    let unavailable_reason = (!is_changed).then_some("Nothing was changed");
                    let key = submit_key();
                    let save = Button::filled("Save correction")
                        .key_hint(&key)
                        .disabled_if(unavailable_reason)
                        .show(ui);
                    save.clicked().then_some(true)
                },
            )
            .1
        })
    }

    fn answer(&mut self, ui: &mut Ui) -> Option<bool> {
        if Button::plain("Discard").show(ui).clicked() {
            return Some(false);
        }
        let keep = Button::filled("Keep editing").key_hint("Esc").takes_focus();
        if keep.show(ui).clicked() {
            self.asks_to_close = false;
            self.typed_in.go_back(ui.ctx());
        }
        None
    }
}

fn field_id(column: usize) -> Id {
    Id::unique(("import correction", column))
}

/// Consumed before a text field sees it, which would only lose the focus.
fn enter(ctx: &Context) -> bool {
    ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
}

fn wrong_fields(verdict: &Verdict) -> Vec<Field> {
    match &verdict.outcome {
        RowVerdict::Invalid { reasons } => {
            reasons.iter().filter_map(|reason| reason.field).collect()
        }
        _ => Vec::new(),
    }
}

fn reason_at(verdict: &Verdict, field: Field) -> Option<&str> {
    let RowVerdict::Invalid { reasons } = &verdict.outcome else {
        return None;
    };
    let mut reasons = reasons.iter();
    let found = reasons.find(|reason| reason.field == Some(field))?;
    Some(found.at_field())
}

/// The verdict on the row, and its reason unless one of the shown fields already shows it.
fn verdict_text(verdict: &Verdict, fields: &[Field]) -> String {
    let is_said = |field: Option<Field>| field.is_some_and(|field| fields.contains(&field));
    let elsewhere = match &verdict.outcome {
        RowVerdict::Invalid { reasons } => reasons.iter().find(|reason| !is_said(reason.field)),
        _ => None,
    };
    match elsewhere {
        Some(reason) => format!("{}: {}", verdict.outcome.name(), visible(&reason.words)),
        None => verdict.outcome.name().to_owned(),
    }
}

fn quoted(text: &str) -> String {
    if text.trim().is_empty() {
        "empty".to_owned()
    } else {
        excerpt(text, QUOTED)
    }
}
