//! The card at the top of the side pane: remaining time of the token, and the copy button.

use egui::{Align, Layout, Response, Ui, vec2};

use super::super::actions::Action;
use super::super::{Screen, token_menu, words};
use crate::domain::business::BusinessId;
use crate::domain::countdown::{self, Countdown};
use crate::domain::failure::Operation;
use crate::domain::token::TokenCheck;
use crate::state::session::workspace::Workspace;
use crate::state::shell::loading_stage::LoadingStage;
use crate::state::tokens::HeldToken;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{self, Icon, Type, space, widget_sizes};
use crate::ui::areas::cancel_line;
use crate::widgets::{Button, SplitButton, card, remark, ring};

pub(super) fn show(
    ui: &mut Ui,
    workspace: &Workspace,
    business: BusinessId,
    is_narrow: bool,
    screen: &mut Screen<'_>,
) {
    card(ui, |ui| {
        match workspace.tokens.get(business) {
            None => {
                let fetch = workspace.tokens.fetch(business);
                let is_noticed = fetch.is_some_and(|fetch| {
                    let elapsed = screen.now.boot.saturating_since(fetch.since);
                    LoadingStage::after(elapsed) > LoadingStage::Instant
                });
                nothing_yet(ui, is_noticed, is_narrow);
            }
            Some(held) => time_left(ui, held, business, is_narrow, screen),
        }
        ui.add_space(space::M);
        copy_button(ui, workspace, business, is_narrow, screen);
        rejected(ui, workspace, business, screen);
        awaited(ui, workspace, business, screen);
    });
}

/// As tall as the countdown that replaces it, so that nothing below moves when a token arrives.
fn nothing_yet(ui: &mut Ui, is_fetching: bool, is_narrow: bool) {
    let p = theme::palette(ui.ctx());
    let lines = Type::BodyStrong.line_height() + Type::Small.line_height();
    let time = figure(is_narrow).line_height() + Type::Small.line_height();
    let high = widget_sizes::RING_CARD.0.max(time);
    let (text, note) = if is_fetching {
        ("Fetching a token", "Copied when it arrives")
    } else {
        ("No token in this session", "Copy fetches a new token")
    };
    ui.allocate_ui(vec2(ui.available_width(), high), |ui| {
        ui.set_min_height(high);
        ui.add_space((high - lines) / 2.0);
        ui.label(Type::BodyStrong.rich(text).color(p.text));
        ui.label(Type::Small.rich(note).color(p.muted));
    });
}

fn figure(is_narrow: bool) -> Type {
    if is_narrow {
        Type::FigureSmall
    } else {
        Type::Figure
    }
}

fn time_left(
    ui: &mut Ui,
    held: &HeldToken,
    business: BusinessId,
    is_narrow: bool,
    screen: &mut Screen<'_>,
) {
    let p = theme::palette(ui.ctx());
    let now = screen.now;
    let countdown = held.countdown(now.boot);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let phase = countdown.phase;
        ring(
            ui,
            widget_sizes::RING_CARD,
            phase,
            held.token.fraction_left(now.boot),
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let figure = figure(is_narrow);
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.with_layout(Layout::left_to_right(Align::BOTTOM), |ui| {
                    ui.label(figure.rich(&countdown.text).color(p.countdown_text(phase)));
                    let beside = words::end(&held.token, now, &screen.state.zone);
                    ui.label(Type::Body.rich(beside).color(p.muted));
                });
            });
            let note = match held.token.checked {
                _ if !held.token.is_live(now.boot) => "No longer valid",
                TokenCheck::Matched => "Valid for this business only",
                TokenCheck::NotChecked => "Not checked: the token does not state its scope",
            };
            ui.label(Type::Small.rich(note).color(p.muted));
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let renew = Button::icon_only(Icon::Refresh, "Fetch a new token")
                .small()
                .key_hint("R");
            if renew.show(ui).clicked() {
                screen.send(TokenCommand::FetchNew(business));
            }
        });
    });
}

/// The button that copies the token, or fetches and copies a new one.
pub(in super::super) fn copy_button(
    ui: &mut Ui,
    workspace: &Workspace,
    business: BusinessId,
    is_narrow: bool,
    screen: &mut Screen<'_>,
) {
    let tokens = &workspace.tokens;
    let is_over = tokens
        .get(business)
        .is_some_and(|held| !held.token.is_live(screen.now.boot));
    let label = if is_over {
        "Fetch and copy"
    } else {
        "Copy token"
    };
    let busy = tokens.fetch(business).map(|_| "Fetching…");
    let format = screen.state.saved.token_format;
    // When space is limited, the labels stay and the shortcut is dropped.
    let key = if is_over && is_narrow {
        String::new()
    } else {
        Action::CopyToken.key()
    };
    let action = Button::filled(label)
        .icon(Icon::Copy)
        .key_hint(&key)
        .busy(busy)
        .full_width();
    let (action, picked) = SplitButton::new(action, format.short_name())
        .narrow(is_narrow)
        .show(ui, |ui| token_menu::rows(ui, format));
    if let Some(held) = tokens.get(business) {
        say_time_left(&action, held, screen);
    }
    if action.clicked() {
        screen.send(TokenCommand::Copy {
            business,
            format: None,
        });
    }
    if let Some(picked) = picked.flatten() {
        screen.send(TokenCommand::Copy {
            business,
            format: Some(picked),
        });
    }
}

fn rejected(ui: &mut Ui, workspace: &Workspace, business: BusinessId, screen: &Screen<'_>) {
    let Some(failure) = workspace.tokens.fetch_failure(business) else {
        return;
    };
    let p = theme::palette(ui.ctx());
    let words = failure.explain(&screen.state.zone);
    let text = format!("{}. {}", words.title, words.body);
    ui.add_space(space::S);
    let text = screen.state.share.scrub(&text, &[]);
    remark(ui, Icon::StopSign, p.danger, &text);
}

fn awaited(ui: &mut Ui, workspace: &Workspace, business: BusinessId, screen: &mut Screen<'_>) {
    let Some(fetch) = workspace.tokens.fetch(business) else {
        return;
    };
    let elapsed = screen.now.boot.saturating_since(fetch.since);
    if LoadingStage::after(elapsed) < LoadingStage::Long {
        return;
    }
    let environment = workspace.profile.environment.in_sentence();
    let retry = workspace.retry_of(Operation::FetchToken);
    let text = words::awaited(&environment, elapsed, retry, screen.now.boot);
    if cancel_line(ui, text) {
        screen.send(TokenCommand::CancelFetch(business));
    }
}

/// Describes to screen readers how long the token on the copy button is valid. In whole minutes, so that they do not read it out every second.
pub(in super::super) fn say_time_left(button: &Response, held: &HeldToken, screen: &Screen<'_>) {
    let left = countdown::spoken(held.token.remaining(screen.now.boot));
    button
        .ctx
        .accesskit_node_builder(button.id, |node| node.set_description(left));
}

/// Screen-reader text of a countdown.
pub(in super::super) fn spoken(countdown: &Countdown) -> String {
    if countdown.is_over() {
        format!("token expired {}", countdown.ago)
    } else {
        format!("token, {} left", countdown.text)
    }
}
