//! The side pane of a token.

use egui::{Frame, Margin, ScrollArea, Ui};

use super::super::businesses::copy_button;
use super::super::{Screen, words};
use crate::domain::countdown::minutes;
use crate::domain::token::{BUSINESS_SCOPE, TokenCheck};
use crate::state::command::Command;
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::state::tokens::HeldToken;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{self, Icon, Type, layout, space, widget_sizes};
use crate::ui::areas::{centered_row, footer_room, pane_title, top_line};
use crate::widgets::{self, Button, KeyValue, line, ring, truncate_middle};

/// Height of the footer with its buttons.
const FOOT: f32 = theme::height::LARGE + space::S;

pub(super) fn show(
    ui: &mut Ui,
    workspace: &Workspace,
    held: &HeldToken,
    is_narrow: bool,
    screen: &mut Screen<'_>,
) {
    let p = theme::palette(ui.ctx());
    ui.spacing_mut().item_spacing.y = 0.0;
    let inset = Frame::new().inner_margin(Margin::symmetric(space::L as i8, 0));
    let below = footer_room(ui, "token pane foot", FOOT);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        inset.show(ui, |ui| {
            ui.add_space(space::M);
            pane_title(
                ui,
                screen,
                |_| (),
                |ui, screen| {
                    let share = screen.state.share;
                    let named = words::named(held.token.business, held.name.as_ref(), share);
                    line(ui, Type::Heading, p.strong, &named.0);
                },
            );
            line(ui, Type::Small, p.muted, "Token contents");
            ui.add_space(space::M);
            card(ui, workspace, held, is_narrow, screen);
            groups(ui, workspace, held, is_narrow, screen);
            ui.add_space(space::L);
        });
    });
    footer(&mut below.open(ui), held, screen);
}

fn card(
    ui: &mut Ui,
    workspace: &Workspace,
    held: &HeldToken,
    is_narrow: bool,
    screen: &mut Screen<'_>,
) {
    let p = theme::palette(ui.ctx());
    let now = screen.now;
    let countdown = held.countdown(now.boot);
    let phase = countdown.phase;
    widgets::card(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::L, 0.0);
            ring(
                ui,
                widget_sizes::RING_PANE,
                phase,
                held.token.fraction_left(now.boot),
            );
            ui.vertical(|ui| {
                ui.label(
                    Type::Figure
                        .rich(&countdown.text)
                        .color(p.countdown_text(phase)),
                );
                let below = words::end(&held.token, now, &screen.state.zone);
                ui.label(Type::Body.rich(below).color(p.muted));
            });
        });
        ui.add_space(space::M);
        copy_button(ui, workspace, held.token.business, is_narrow, screen);
        if held.token.is_live(now.boot) {
            ui.add_space(space::S);
            let note = Button::plain("Copy hand-over note")
                .icon(Icon::Clipboard)
                .tooltip("Copies business, environment, format and expiry, without the token")
                .full_width();
            if note.show(ui).clicked() {
                screen.send(TokenCommand::CopyNote(held.token.business));
            }
        }
    });
}

fn groups(
    ui: &mut Ui,
    workspace: &Workspace,
    held: &HeldToken,
    is_narrow: bool,
    screen: &mut Screen<'_>,
) {
    let width = layout::key(is_narrow);
    group(ui, "Access");
    access(ui, held, width);
    group(ui, "Time");
    times(ui, workspace, held, width, screen);
    group(ui, "Use in this session");
    copies(ui, held, width, screen);
    group(ui, "Business");
    let share = screen.state.share;
    let id = held.token.business.to_string();
    let seen = share.plain(&id);
    let cut = truncate_middle(&seen);
    let shown = KeyValue::new("id", &cut).whole(&seen).label_width(width);
    copyable(ui, shown.copy_always("Copy id"), "id", &id, screen);
    if let Some(external_id) = &held.external_id {
        let text = share.shown(external_id);
        let shown = KeyValue::new("external_id", &text).label_width(width);
        let shown = shown.copy_always("Copy external_id");
        copyable(ui, shown, "external_id", external_id.raw(), screen);
    }
}

fn group(ui: &mut Ui, name: &str) {
    let p = theme::palette(ui.ctx());
    ui.add_space(space::L);
    ui.label(Type::SmallSemi.rich(name).color(p.strong));
    ui.add_space(space::XS);
}

fn row(ui: &mut Ui, label: &str, value: &str, width: f32) {
    KeyValue::new(label, value).label_width(width).show(ui);
}

/// A value that can be copied as `text`. `what` names it in the toast.
fn copyable(
    ui: &mut Ui,
    shown: KeyValue<'_>,
    what: &'static str,
    text: &str,
    screen: &mut Screen<'_>,
) {
    if shown.mono().show(ui).clicked() {
        screen.copy(what, text);
    }
}

fn access(ui: &mut Ui, held: &HeldToken, width: f32) {
    let (opens, checked) = match held.token.checked {
        TokenCheck::Matched => ("This business only", "id and scope match"),
        TokenCheck::NotChecked => ("Not stated", "not checked"),
    };
    row(ui, "Valid for", opens, width);
    if held.token.checked == TokenCheck::Matched {
        let scope = KeyValue::new("Scope", BUSINESS_SCOPE);
        scope.mono().label_width(width).show(ui);
    }
    row(ui, "Checked", checked, width);
}

/// By the clock as it is set now, like the end in the card.
fn times(ui: &mut Ui, workspace: &Workspace, held: &HeldToken, width: f32, screen: &Screen<'_>) {
    let (token, now, zone) = (&held.token, screen.now, &screen.state.zone);
    let fetched = now.wall_before(now.boot.saturating_since(token.requested.boot));
    let fetched = words::time_with_seconds(fetched, zone);
    row(ui, "Fetched", &fetched, width);
    let left = token.remaining(now.boot);
    let end = if left.is_zero() {
        now.wall_before(token.expired_for(now.boot))
    } else {
        now.wall_after(left)
    };
    let end = words::time_with_seconds(end, zone);
    let life = minutes(token.lifetime.as_secs().div_ceil(60));
    row(ui, "Expires", &format!("{end}, after {life}"), width);
    let skew = match workspace.clock_skew_secs {
        None => "agrees with this computer".to_owned(),
        Some(secs) if secs > 0 => format!("{secs} s ahead, corrected"),
        Some(secs) => format!("{} s behind, corrected", secs.unsigned_abs()),
    };
    row(ui, "Server clock", &skew, width);
}

fn copies(ui: &mut Ui, held: &HeldToken, width: f32, screen: &mut Screen<'_>) {
    let copied = match held.last_copy {
        None => "Never".to_owned(),
        Some((at, _)) => {
            let last = words::time(at, &screen.state.zone);
            format!("{}, last {last}", number_of_times(held.copies))
        }
    };
    row(ui, "Copied", &copied, width);
    if let Some((_, format)) = held.last_copy {
        row(ui, "Last format", format.name(), width);
    }
    let fingerprint = held.token.fingerprint.to_string();
    let shown = KeyValue::new("Fingerprint", &fingerprint).label_width(width);
    let shown = shown.copy_always("Copy fingerprint");
    copyable(ui, shown, "fingerprint", &fingerprint, screen);
}

fn number_of_times(count: u32) -> String {
    match count {
        1 => "Once".to_owned(),
        2 => "Twice".to_owned(),
        count => format!("{count} times"),
    }
}

fn footer(ui: &mut Ui, held: &HeldToken, screen: &mut Screen<'_>) {
    top_line(ui);
    let business = held.token.business;
    centered_row(ui, |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.add_space(space::M);
        let fetch = Button::plain("Fetch new token").icon(Icon::Refresh);
        for (button, command) in [
            (fetch, Command::Token(TokenCommand::FetchNew(business))),
            (
                Button::icon_only(Icon::Trash, "Forget"),
                Command::Token(TokenCommand::Forget(business)),
            ),
            (
                Button::plain("Open business"),
                Command::List(ListCommand::Reveal(business)),
            ),
        ] {
            if button.small().show(ui).clicked() {
                screen.out.push(command);
            }
        }
    });
}
