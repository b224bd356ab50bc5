//! The profile switcher: a list operated with the arrow keys, Enter and typing.

use egui::{Context, Id, Key, Modifiers, ScrollArea, Ui};

use super::super::Screen;
use super::super::actions::Action;
use super::super::dialog::Dialog;
use super::super::pick_list::PickList;
use super::{ProfileEntry, ProfileStatus, entries, tools};
use crate::domain::text::fold;
use crate::state::AppState;
use crate::state::session::messages::SessionCommand;
use crate::state::session::open::Open;
use crate::theme::{self, Icon, Type, dialog, height, row, space};
use crate::ui::screen::UiRequest;
use crate::widgets::{Modal, Row, divider, key_footer};

/// What a row does.
enum SwitcherRow {
    Profile(ProfileEntry),
    Add,
    SignOut,
}

/// Number of visible rows before the list scrolls.
const ROWS: f32 = 9.0;

const ADD: &str = "Add a profile…";

fn field_id() -> Id {
    Id::unique("switcher field")
}

/// The dialog as it opens. The open profile is first, the previous one second.
pub(in super::super) const fn begin() -> PickList {
    PickList::at(1)
}

/// Draws the dialog. Returns whether it should close.
pub(in super::super) fn show(list: &mut PickList, ctx: &Context, screen: &mut Screen<'_>) -> bool {
    let rows = rows(&list.typed, screen.state);
    let has_keys = ctx.memory(|memory| memory.has_focus(field_id()));
    let mut is_done = has_keys && keys(list, ctx, &rows, screen);
    let modal = Modal::new(Id::unique("switcher"), "Switch profile")
        .top(dialog::TOP_LOW)
        .head_hidden();
    let shown = modal.show(ctx, |parts| {
        let high = (parts.most_body() - height::TOOLBAR).min(ROWS * row::COMFORTABLE);
        parts.plain(|ui| {
            let field = (field_id(), "Find a profile");
            list.field(ui, space::L, field, Type::Heading, |_| ());
            divider(ui);
            is_done |= show_rows(list, ui, &rows, high, screen);
            divider(ui);
            footer(ui, screen);
        });
    });
    is_done || shown.escape
}

fn rows(typed: &str, state: &AppState) -> Vec<SwitcherRow> {
    let wanted = fold(typed);
    let says = |text: &str| {
        let text = fold(text);
        wanted.split_whitespace().all(|word| text.contains(word))
    };
    let profiles = entries(state)
        .into_iter()
        .filter(|entry| entry.matches(typed));
    let mut rows: Vec<SwitcherRow> = profiles.map(SwitcherRow::Profile).collect();
    rows.extend(says(ADD).then_some(SwitcherRow::Add));
    rows.extend(says(Action::SignOut.entry().text).then_some(SwitcherRow::SignOut));
    rows
}

/// Handles the arrow keys, Enter, and the shortcuts for the highlighted profile. The text field gets all other keys. Returns whether the
/// dialog is done.
fn keys(list: &mut PickList, ctx: &Context, rows: &[SwitcherRow], screen: &mut Screen<'_>) -> bool {
    let is_entered = list.keys(ctx, rows.len());
    let highlight = rows.get(list.chosen);
    let pressed = |key: Key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if is_entered {
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
    } else if list.typed.is_empty() && entry.is_known && pressed(Key::Delete) {
        Dialog::RemoveProfile(entry.profile.clone())
    } else {
        return false;
    };
    screen.request(UiRequest::Dialog(next));
    true
}

/// Draws the rows. Returns whether the dialog is done.
fn show_rows(
    list: &mut PickList,
    ui: &mut Ui,
    rows: &[SwitcherRow],
    high: f32,
    screen: &mut Screen<'_>,
) -> bool {
    let mut is_done = false;
    let scroll = ScrollArea::vertical().max_height(high + 2.0 * space::S);
    scroll.auto_shrink([false, true]).show(ui, |ui| {
        let margin = egui::Margin::same(space::S as i8);
        egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            for (at, row) in rows.iter().enumerate() {
                let (response, found) = show_row(ui, row, at == list.chosen, screen);
                list.follow(at, &response);
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

fn show_row(
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
