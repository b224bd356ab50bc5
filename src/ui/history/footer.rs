//! The footer: the selected entry in full, or an explanation of the history.

use egui::{Align, Layout, Ui, vec2};

use super::super::{Screen, words};
use super::table::{FRESH_COPY, business, show_business, unavailable_reason};
use crate::domain::history::HistoryEntry;
use crate::state::history::{History, HistoryRow};
use crate::theme::{self, Icon, Type, space};
use crate::ui::areas::footer_line;
use crate::widgets::{Button, line, with_end};

pub(super) fn show(ui: &mut Ui, history: &History, gutter: f32, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let mut ui = footer_line(ui, gutter);
    ui.spacing_mut().item_spacing = vec2(space::S, 0.0);
    let selected = match history.selected() {
        Some(HistoryRow::Entry {
            entry,
            is_fresh_copy,
            ..
        }) => Some((entry, is_fresh_copy)),
        Some(HistoryRow::Day(_)) | None => None,
    };
    let (first, second) = match selected {
        Some((entry, is_fresh_copy)) => in_full(entry, is_fresh_copy, screen),
        None => what_it_is(history, kept(screen)),
    };
    let high = ui.max_rect().height();
    let lines = |ui: &mut Ui| {
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            let lines = Type::BodyStrong.line_height() + Type::Small.line_height();
            ui.add_space((high - lines) / 2.0);
            line(ui, Type::BodyStrong, p.strong, &first);
            line(ui, Type::Small, p.muted, &second);
        });
    };
    with_end(&mut ui, lines, |ui| {
        if let Some((entry, _)) = selected {
            copy_id(ui, entry, screen);
            business_link(ui, entry, screen);
        }
    });
}

fn business_link(ui: &mut Ui, entry: &HistoryEntry, screen: &mut Screen<'_>) {
    if entry.business.is_none() {
        return;
    }
    let button = Button::outlined("Show business")
        .key_hint("Enter")
        .disabled_if(unavailable_reason(entry, screen));
    if button.show(ui).clicked() {
        show_business(entry, screen);
    }
}

fn copy_id(ui: &mut Ui, entry: &HistoryEntry, screen: &mut Screen<'_>) {
    let Some(id) = entry.business else {
        return;
    };
    if Button::icon_only(Icon::Copy, "Copy business id")
        .show(ui)
        .clicked()
    {
        screen.copy("id", id.to_string());
    }
}

fn in_full(entry: &HistoryEntry, is_fresh_copy: bool, screen: &Screen<'_>) -> (String, String) {
    let zone = &screen.state.zone;
    let mut first = format!("{}: {}", entry.action.name(), entry.result_in_words());
    let share = screen.state.share;
    if entry.name.is_some() {
        first.push_str(" · ");
        first.push_str(&business(entry, share));
    }
    let time = words::day_and_seconds(entry.at, zone);
    let whose = entry
        .profile
        .as_ref()
        .map(|whose| format!("{}, partner {}", whose.host, share.plain(&whose.partner)));
    let id = entry
        .business
        .map(|id| share.plain(&id.to_string()).into_owned());
    let said = entry.format_and_counts();
    let fresh = if is_fresh_copy { FRESH_COPY } else { "" };
    let said = Some(said + fresh).filter(|said| !said.is_empty());
    let fingerprint = entry.fingerprint.map(|it| it.to_string());
    let parts = [Some(time), id, said, fingerprint, whose];
    (
        first,
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    )
}

/// How long the entries are kept.
fn kept(screen: &Screen<'_>) -> &'static str {
    let state = screen.state;
    match state.profile() {
        Some(profile) if profile.is_demo() => {
            "Demo entries are kept until you quit, others for six months."
        }
        Some(profile) if !state.may_persist(profile) => {
            "Entries of this profile are kept until you quit, others for six months."
        }
        Some(_) | None => "Kept on this computer for six months.",
    }
}

fn what_it_is(history: &History, kept: &str) -> (String, String) {
    let entries = words::counted(history.entry_count() as u64, "entry", "entries");
    let mut second = format!("{kept} Contains no keys or tokens.");
    if history.unreadable > 0 {
        let (one, several) = ("line of the file", "lines of the files");
        let lines = words::counted(history.unreadable as u64, one, several);
        second.push_str(&format!(" {lines} could not be read."));
    }
    (entries, second)
}
