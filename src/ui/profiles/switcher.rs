//! The profile switcher: a list operated with the arrow keys, Enter and typing.

use egui::{Context, FocusDirection, Id, Key, Modifiers, ScrollArea, Ui};

use super::super::Screen;
use super::super::actions::Action;
use super::super::dialog::Dialog;
use super::{ProfileEntry, ProfileStatus, entries, tools};
use crate::domain::text::fold;
use crate::state::AppState;
use crate::state::session::messages::SessionCommand;
use crate::state::session::open::Open;
use crate::theme::{self, Icon, Type, dialog, height, row, size, space};
use crate::ui::screen::UiRequest;
use crate::widgets::{Modal, Row, bare_field, divider, focus_on, key_footer, row_of};

/// Buffers of the dialog.
pub(in super::super) struct ProfileSwitcher {
    typed: String,
    /// Index of the row that Enter picks.
    highlight: usize,
    /// The widget that had the focus before, which gets it back after Escape.
    return_to: Option<Id>,
    /// Keys pressed in the same frame as the shortcut that opened the switcher.
    early: Vec<Key>,
    /// Number of frames drawn. In the first ones the field does not receive keys yet, although they are meant for it.
    frames: u8,
    /// Whether to scroll the highlighted row into view.
    follow: bool,
}

/// What a row does.
enum SwitcherRow {
    Profile(ProfileEntry),
    Add,
    SignOut,
}

/// A field that requests the focus has it in the next frame, and receives arrow keys in the one after.
const FRAMES_TO_FOCUS: u8 = 3;

/// Number of visible rows before the list scrolls.
const ROWS: f32 = 9.0;

fn field_id() -> Id {
    Id::unique("switcher field")
}

impl ProfileSwitcher {
    pub(in super::super) fn open(ctx: &Context) -> Self {
        Self {
            typed: String::new(),
            // The open profile is first, the previous one second.
            highlight: 1,
            return_to: ctx.memory(|memory| memory.focused()),
            early: take_keys(ctx),
            frames: 0,
            follow: false,
        }
    }

    pub(in super::super) fn show(&mut self, ctx: &Context, screen: &mut Screen<'_>) -> bool {
        let rows = self.rows(screen.state);
        let has_keys = self.is_new() || ctx.memory(|memory| memory.has_focus(field_id()));
        let mut is_done = has_keys && self.keys(ctx, &rows, screen);
        let modal = Modal::new(Id::unique("switcher"), "Switch profile")
            .top(dialog::TOP_LOW)
            .head_hidden();
        let shown = modal.show(ctx, |parts| {
            let high = (parts.most_body() - height::TOOLBAR).min(ROWS * row::COMFORTABLE);
            parts.plain(|ui| {
                self.field(ui);
                divider(ui);
                is_done |= self.list(ui, &rows, high, screen);
                divider(ui);
                footer(ui, screen);
            });
        });
        if shown.escape {
            if let Some(id) = self.return_to {
                focus_on(ctx, id);
            }
            return true;
        }
        is_done
    }

    fn is_new(&self) -> bool {
        self.frames < FRAMES_TO_FOCUS
    }

    fn rows(&self, state: &AppState) -> Vec<SwitcherRow> {
        let wanted = fold(&self.typed);
        let says = |text: &str| {
            let text = fold(text);
            wanted.split_whitespace().all(|word| text.contains(word))
        };
        let profiles = entries(state)
            .into_iter()
            .filter(|entry| entry.matches(&self.typed));
        let mut rows: Vec<SwitcherRow> = profiles.map(SwitcherRow::Profile).collect();
        rows.extend(says(ADD).then_some(SwitcherRow::Add));
        rows.extend(says(Action::SignOut.entry().text).then_some(SwitcherRow::SignOut));
        rows
    }

    fn field(&mut self, ui: &mut Ui) {
        let p = theme::palette(ui.ctx());
        let mut inner = row_of(ui, height::TOOLBAR, space::L);
        inner.spacing_mut().item_spacing.x = space::M;
        inner.add(Icon::Search.image(size::icon::NORMAL, p.muted));
        let response = bare_field(
            &mut inner,
            field_id(),
            "Find a profile",
            &mut self.typed,
            "Find a profile",
            Type::Heading,
        );
        if self.is_new() {
            self.frames += 1;
            // Keeps an arrow key pressed earlier in this frame from moving the focus.
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
            focus_on(ui.ctx(), response.id);
            ui.ctx().request_repaint();
        }
        if response.changed() {
            self.highlight = 0;
            self.follow = true;
        }
    }

    /// Handles the arrow keys, Enter, and the shortcuts for the highlighted profile. The text field gets all other keys. Returns whether the
    /// dialog is done.
    fn keys(&mut self, ctx: &Context, rows: &[SwitcherRow], screen: &mut Screen<'_>) -> bool {
        let last = rows.len().saturating_sub(1);
        self.highlight = self.highlight.min(last);
        let early = std::mem::take(&mut self.early);
        let pressed = |key: Key| {
            early.contains(&key) || ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key))
        };
        let before = self.highlight;
        if pressed(Key::ArrowDown) {
            self.highlight = if self.highlight == last {
                0
            } else {
                self.highlight + 1
            };
        }
        if pressed(Key::ArrowUp) {
            self.highlight = self.highlight.checked_sub(1).unwrap_or(last);
        }
        self.follow |= self.highlight != before;
        let highlight = rows.get(self.highlight);
        if pressed(Key::Enter) {
            if let Some(row) = highlight {
                pick(row, screen);
            }
            return highlight.is_some();
        }
        let Some(SwitcherRow::Profile(entry)) = highlight else {
            return false;
        };
        let next = if pressed(Key::F2) {
            Dialog::RenameProfile(entry.profile.clone())
        } else if self.typed.is_empty() && entry.is_known && pressed(Key::Delete) {
            Dialog::RemoveProfile(entry.profile.clone())
        } else {
            return false;
        };
        screen.request(UiRequest::Dialog(next));
        true
    }

    /// Draws the rows. Returns whether the dialog is done.
    fn list(
        &mut self,
        ui: &mut Ui,
        rows: &[SwitcherRow],
        high: f32,
        screen: &mut Screen<'_>,
    ) -> bool {
        self.highlight = self.highlight.min(rows.len().saturating_sub(1));
        let mut is_done = false;
        let scroll = ScrollArea::vertical().max_height(high + 2.0 * space::S);
        scroll.auto_shrink([false, true]).show(ui, |ui| {
            let margin = egui::Margin::same(space::S as i8);
            egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
                ui.set_width(ui.available_width());
                for (at, row) in rows.iter().enumerate() {
                    let (response, found) = self.row(ui, row, at == self.highlight, screen);
                    if at == self.highlight && self.follow {
                        response.scroll_to_me(None);
                        self.follow = false;
                    }
                    if response.clicked() {
                        pick(row, screen);
                        is_done = true;
                    }
                    if let Some(dialog) = found {
                        screen.request(UiRequest::Dialog(dialog));
                        is_done = true;
                    }
                }
                if rows.is_empty() {
                    let p = theme::palette(ui.ctx());
                    ui.add_space(space::S);
                    ui.label(Type::Body.rich("No profile matches.").color(p.muted));
                }
            });
        });
        is_done
    }

    fn row(
        &self,
        ui: &mut Ui,
        row: &SwitcherRow,
        is_highlighted: bool,
        screen: &Screen<'_>,
    ) -> (egui::Response, Option<Dialog>) {
        let mut asked = None;
        let response = match row {
            SwitcherRow::Profile(entry) => entry.show(ui, is_highlighted, false, |ui| {
                asked = tools(ui, entry, screen.state);
            }),
            SwitcherRow::Add => Row::pick(Icon::Plus, ADD).selected(is_highlighted).show(ui),
            SwitcherRow::SignOut => Row::pick(Icon::ArrowRight, Action::SignOut.entry().text)
                .key(&Action::SignOut.key())
                .selected(is_highlighted)
                .show(ui),
        };
        (response, asked)
    }
}

/// Takes keys pressed after the shortcut that opens the switcher, because they are meant for it and not for the page below.
fn take_keys(ctx: &Context) -> Vec<Key> {
    let mut keys = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| match event {
            egui::Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } if modifiers.is_none() => {
                keys.push(*key);
                false
            }
            _ => true,
        });
    });
    keys
}

const ADD: &str = "Add a profile…";

fn pick(row: &SwitcherRow, screen: &mut Screen<'_>) {
    match row {
        SwitcherRow::Profile(entry) => match entry.status {
            ProfileStatus::Open => {}
            ProfileStatus::Ready => {
                // If opening fails, the sign-in form should show this profile.
                screen.request(UiRequest::Form(entry.profile.clone()));
                screen.send(SessionCommand::OpenProfile(entry.profile.clone()));
            }
            ProfileStatus::NoKey => {
                screen.request(UiRequest::Form(entry.profile.clone()));
                screen.send(SessionCommand::AddProfile);
            }
        },
        SwitcherRow::Add => screen.send(SessionCommand::AddProfile),
        SwitcherRow::SignOut => screen.request(UiRequest::Dialog(Dialog::SignOut)),
    }
}

fn footer(ui: &mut Ui, screen: &Screen<'_>) {
    let others = ["F2 renames", "Del removes", "Esc closes"];
    key_footer(ui, "Open", &others, |ui| {
        if screen.state.open().is_some_and(Open::holds_the_only_key) {
            let p = theme::palette(ui.ctx());
            let text = "The current key is in memory only and will be lost";
            ui.label(Type::Small.rich(text).color(p.warn));
        }
    });
}
