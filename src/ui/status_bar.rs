//! The status bar: environment, user, clipboard, and loading progress.

use egui::{Align, Layout, Ui};

use super::areas::footer_line;
use super::{Screen, key_age_text, words};
use crate::domain::failure::Operation;
use crate::domain::key_source::KeySource;
use crate::domain::text::{capitalised, excerpt};
use crate::domain::time::secs_rounded_up;
use crate::state::list::messages::ListCommand;
use crate::state::session::messages::SessionCommand;
use crate::state::session::open::{KeyStoring, Open};
use crate::state::session::workspace::Workspace;
use crate::state::shell::loading_stage::LoadingStage;
use crate::state::shell::messages::ShellCommand;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{self, Icon, Type, layout, size, space};
use crate::widgets::{Button, progress_bar, status_dot};

/// Maximum length of the key's location, in characters.
const MAX_LOCATION_LEN: usize = 48;

/// Width of the progress bar beside the count.
const BAR: f32 = 3.0 * space::L;

pub(super) fn show(ui: &mut Ui, open: &Open, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let mut ui = footer_line(ui, space::L);
    ui.spacing_mut().item_spacing.x = space::SM;
    let environment = &open.profile().environment;
    let mark = p.hue(words::hue(environment)).mark;
    status_dot(&mut ui, mark, false);
    // The band shows the environment too.
    if ui.ctx().content_rect().width() >= layout::TIGHT {
        ui.label(Type::Small.rich(environment.name()).color(mark));
    }
    ui.add_space(space::L - space::SM);
    signed_in(&mut ui, open, screen);
    ui.add_space(space::L - space::SM);
    key_age_text::status(&mut ui, screen);
    share_mode(&mut ui, screen);
    several(&mut ui, &open.workspace, screen);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        loading(ui, &open.workspace, screen);
        clipboard(ui, screen);
    });
}

fn signed_in(ui: &mut Ui, open: &Open, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let has_ended = open.workspace.sign_in_failure.is_some();
    let (icon, tint, text) = if open.key_refetching.is_some() {
        let holder = open.source.holder(screen.state.keychain.phrase());
        (Icon::Key, p.warn, format!("Fetching the key from {holder}"))
    } else if has_ended {
        (Icon::StopSign, p.danger, "Session ended".to_owned())
    } else if let Some(place) = open.key_location() {
        (
            Icon::Check,
            p.muted,
            format!("Key from {}", excerpt(&place, MAX_LOCATION_LEN)),
        )
    } else if open.source == KeySource::Keychain {
        (Icon::Check, p.muted, "Signed in".to_owned())
    } else {
        (
            Icon::Check,
            p.muted,
            "Signed in for this session".to_owned(),
        )
    };
    let icon = icon.image(size::icon::SMALL, tint);
    if ui.ctx().content_rect().width() < layout::TIGHT && !has_ended {
        ui.add(icon.alt_text(text));
    } else {
        ui.add(icon);
        ui.label(Type::Small.rich(text).color(tint));
    }
    if open.key_refetching.is_some() {
        let cancel = Button::outlined("Cancel").tiny();
        if cancel.show(ui).clicked() {
            screen.send(SessionCommand::CancelKeyRefetch);
        }
    }
    if matches!(open.storing, KeyStoring::Failed(_)) {
        let keep = Button::plain("Save the key…").tiny();
        if keep.show(ui).clicked() {
            screen.send(SessionCommand::StoreKey);
        }
    }
}

/// Shows that names are hidden for as long as share mode is on, with a button to end it.
fn share_mode(ui: &mut Ui, screen: &mut Screen<'_>) {
    if !screen.state.share.is_on() {
        return;
    }
    let p = theme::palette(ui.ctx());
    ui.add_space(space::L - space::SM);
    let icon = Icon::Shield.image(size::icon::SMALL, p.link);
    if ui.ctx().content_rect().width() < layout::TIGHT {
        ui.add(icon.alt_text("Share mode"));
    } else {
        ui.add(icon);
        ui.label(Type::Small.rich("Share mode").color(p.link));
    }
    if Button::outlined("Turn off").tiny().show(ui).clicked() {
        screen.send(ShellCommand::ToggleShare);
    }
}

/// The number of selected rows, with a button to clear the selection.
fn several(ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
    let Some(count) = workspace.selected_rows.several() else {
        return;
    };
    let p = theme::palette(ui.ctx());
    ui.add_space(space::L - space::SM);
    let text = format!("{} selected", words::count(count as u64));
    ui.label(Type::Small.rich(text).color(p.link));
    if Button::outlined("Clear selection")
        .tiny()
        .show(ui)
        .clicked()
    {
        screen.send(ListCommand::SelectOne);
    }
}

/// Laid out from right to left: the first widget is the outermost.
fn loading(ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let small = |text: String| Type::Small.rich(text).color(p.muted);
    let list = &workspace.list;
    if let Some(retry) = &workspace.retry {
        let what = capitalised(retry.operation.gerund());
        let text = match (
            secs_rounded_up(retry.left(screen.now.boot)),
            retry.failure.requested_pause(),
        ) {
            (0, _) => format!("{what} failed, trying again"),
            (secs, None) => format!("{what} failed, retrying in {secs} s"),
            (secs, Some(_)) => {
                format!(
                    "{} requested a pause, retrying in {secs} s",
                    retry.failure.server
                )
            }
        };
        if retry.operation == Operation::ListBusinesses
            && Button::outlined("Stop").tiny().show(ui).clicked()
        {
            screen.send(ListCommand::StopLoading);
        }
        ui.label(Type::Small.rich(text).color(p.warn));
        ui.add(Icon::Warning.image(size::icon::SMALL, p.warn));
        return;
    }
    match list.loading.progress(screen.now.boot) {
        None => {
            let count = words::count(list.businesses().len() as u64);
            let text = if list.loading.was_stopped() {
                format!("Stopped at {count}")
            } else if let Some(stated) = list.loading.understated_total() {
                let stated = words::count(stated);
                format!("{count} loaded, server reported {stated}")
            } else {
                match (list.loading.missing(), list.loading.completed_at()) {
                    (0, Some(_)) if !list.loading.is_exact() => {
                        format!("{count} loaded, changed while loading")
                    }
                    (0, Some(at)) => {
                        format!("{count} loaded at {}", words::time(at, &screen.state.zone))
                    }
                    (0, None) => format!("{count} loaded"),
                    (missing, _) => format!(
                        "{count} loaded, {} not listed by the server",
                        words::count(missing)
                    ),
                }
            };
            ui.label(small(text));
        }
        Some(progress) if LoadingStage::after(progress.elapsed) == LoadingStage::Instant => {
            ui.label(small(format!(
                "{} loaded",
                words::count(list.businesses().len() as u64)
            )));
        }
        Some(progress) => {
            let (text, fraction) = match progress.total {
                Some(total) if total > 0 && total >= progress.loaded => (
                    format!(
                        "{} of {} loaded",
                        words::count(progress.loaded),
                        words::count(total)
                    ),
                    progress.loaded as f32 / total as f32,
                ),
                _ => (format!("{} loaded", words::count(progress.loaded)), 0.0),
            };
            // Before the first page has arrived, the page itself has a cancel button.
            if LoadingStage::after(progress.elapsed) == LoadingStage::Long
                && !list.businesses().is_empty()
                && Button::plain("Stop").tiny().show(ui).clicked()
            {
                screen.send(ListCommand::StopLoading);
            }
            ui.label(small(text));
            progress_bar(ui, BAR, fraction, "Loading the list");
        }
    }
}

fn clipboard(ui: &mut Ui, screen: &mut Screen<'_>) {
    let clipboard = &screen.state.clipboard;
    let (lead, seconds) = match clipboard.seconds_left(screen.now.boot) {
        Some(seconds) => ("Clipboard clears in", format!("{seconds} s")),
        None if clipboard.is_left() => ("Clipboard not cleared", String::new()),
        None => return,
    };
    let p = theme::palette(ui.ctx());
    ui.add_space(space::L - space::SM);
    if Button::outlined("Clear now").tiny().show(ui).clicked() {
        screen.send(TokenCommand::ClearClipboard);
    }
    let icon = Icon::Clipboard.image(size::icon::SMALL, p.muted);
    let (text, icon) = if ui.ctx().content_rect().width() < layout::TIGHT {
        (seconds, icon.alt_text(lead))
    } else {
        (format!("{lead} {seconds}").trim_end().to_owned(), icon)
    };
    ui.label(Type::Small.rich(text).color(p.muted));
    ui.add(icon);
}
