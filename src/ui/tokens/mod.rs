//! The tokens page: live tokens on an axis and in a table, the first to expire at the top, and expired tokens collapsed below.

mod axis;
mod expired;
mod pane;
mod row_menu;
mod table;

use egui::{Frame, Panel, Ui, UiBuilder, vec2};

use super::Screen;
use super::areas::{fixed, footer_line, footer_room, inset, page, side_pane};
use super::dialog::Dialog;
use super::screen::UiRequest;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::state::tokens::HeldToken;
use crate::theme::{self, Icon, Type, height, layout, row, size, space};
use crate::widgets::{Button, divider, empty_state, line, with_end};

/// Buffers of the page.
#[derive(Default)]
pub(super) struct TokensPage {
    /// Whether expired tokens are shown; `None` until the user has chosen.
    shows_expired: Option<bool>,
}

impl TokensPage {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace,
        is_narrow: bool,
        screen: &mut Screen<'_>,
    ) {
        let selected = workspace.selected.and_then(|id| workspace.tokens.get(id));
        let selected = selected.filter(|_| workspace.is_detail_open);
        let pane = selected.map(|held| (held, side_pane(ui, is_narrow, screen)));
        page(ui, |ui| {
            let gutter = layout::gutter(is_narrow);
            fixed(Panel::top("tokens bar"), height::TOOLBAR, Frame::new())
                .show(ui, |ui| head(ui, workspace, gutter, screen));
            if workspace.tokens.is_empty() {
                none(ui, screen);
                return;
            }
            let below = footer_room(ui, "tokens foot", height::BANNER);
            ui.spacing_mut().item_spacing.y = 0.0;
            self.tokens(ui, workspace, gutter, screen);
            footer(&mut below.open(ui), gutter);
        });
        if let Some((held, pane)) = pane {
            pane::show(&mut pane.open(ui), workspace, held, is_narrow, screen);
        }
    }

    /// The live tokens, followed by the expired ones.
    fn tokens(&mut self, ui: &mut Ui, workspace: &Workspace, gutter: f32, screen: &mut Screen<'_>) {
        let now = screen.now.boot;
        let (live, mut expired): (Vec<&HeldToken>, Vec<_>) = workspace
            .tokens
            .by_expiry()
            .into_iter()
            .partition(|held| held.token.is_live(now));
        expired.reverse();
        if !live.is_empty() {
            axis::show(ui, workspace, &live, gutter, screen);
            divider(ui);
        }
        if expired.is_empty() {
            table::show(ui, workspace, (&live, true), gutter, screen);
            return;
        }
        // The selected token is never collapsed, unless the user collapses it.
        let is_meant = |held: &&HeldToken| Some(held.token.business) == workspace.selected;
        let is_open = self
            .shows_expired
            .unwrap_or(live.is_empty() || expired.iter().any(is_meant));
        let token = theme::rows(ui.ctx()).token;
        let wanted = |rows: usize| row::HEAD + rows as f32 * token;
        let room = ui.available_height() - expired::HEIGHT;
        let (for_live, for_expired) = match (live.is_empty(), is_open) {
            (true, _) => (0.0, room),
            (false, false) => (wanted(live.len()).min(room), 0.0),
            (false, true) => {
                let wanted = (wanted(live.len()), wanted(expired.len()));
                let for_expired = wanted.1.min((room - wanted.0).max(room / 2.0));
                (wanted.0.min(room - for_expired), for_expired)
            }
        };
        if !live.is_empty() {
            within(ui, for_live, |ui| {
                table::show(ui, workspace, (&live, true), gutter, screen);
            });
        }
        if expired::expired_row(ui, expired.len(), is_open, gutter, screen) {
            self.shows_expired = Some(!is_open);
        }
        if is_open {
            within(ui, for_expired, |ui| {
                table::show(ui, workspace, (&expired, false), gutter, screen);
            });
        }
    }
}

/// Draws within `high` px of the available height.
fn within(ui: &mut Ui, high: f32, add: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), high);
    let (_, rect) = ui.allocate_space(size);
    add(&mut ui.new_child(UiBuilder::new().max_rect(rect)));
}

fn none(ui: &mut Ui, screen: &mut Screen<'_>) {
    let lines = "Select a business and press T. The console copies its token and lists it here until you forget it \
                 or sign out.";
    let buttons = vec![
        Button::outlined("Go to Businesses")
            .icon(Icon::Business)
            .takes_focus(),
    ];
    if empty_state(ui, Icon::Token, "No tokens in this session", lines, buttons).is_some() {
        screen.send(ShellCommand::ShowPage(Page::Businesses));
    }
}

fn head(ui: &mut Ui, workspace: &Workspace, gutter: f32, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let mut ui = inset(ui, gutter);
    let live = workspace.tokens.live_count(screen.now.boot);
    let text = match workspace.tokens.len() - live {
        0 => format!("{live} live"),
        expired => format!("{live} live, {expired} expired"),
    };
    let say = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        ui.label(Type::Heading.rich("Live tokens").color(p.strong));
        line(ui, Type::Small, p.muted, &text);
    };
    let none = workspace.tokens.is_empty().then_some("No tokens");
    let forget = Button::outlined("Forget all…")
        .icon(Icon::Trash)
        .disabled_if(none);
    let (_, response) = with_end(&mut ui, say, |ui| forget.show(ui));
    if response.clicked() {
        screen.request(UiRequest::Dialog(Dialog::ForgetAll));
    }
}

fn footer(ui: &mut Ui, gutter: f32) {
    let p = theme::palette(ui.ctx());
    let mut ui = footer_line(ui, gutter);
    ui.spacing_mut().item_spacing.x = space::SM;
    ui.add(Icon::Info.image(size::icon::SMALL, p.muted));
    let text = "A forgotten token still works until it expires. The console does not fetch new ones by itself.";
    ui.add(egui::Label::new(Type::Small.rich(text).color(p.muted)).truncate());
}
