//! The heading of the pane: two lines that identify the business. A click on any part copies it.

use std::borrow::Cow;

use egui::Ui;

use super::super::super::{Screen, words};
use crate::domain::business::Business;
use crate::domain::text::ServerText;
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::theme::{self, Icon, Type, space};
use crate::ui::areas::pane_title;
use crate::widgets::{Tone, copy_text, line, link_styled, tag};

pub(super) fn show(
    ui: &mut Ui,
    workspace: &Workspace,
    business: &Business,
    screen: &mut Screen<'_>,
) {
    let p = theme::palette(ui.ctx());
    let is_archived = workspace.list.is_archived(business.id);
    let marks = |ui: &mut Ui| {
        if is_archived {
            tag(ui, Some(Icon::Archive), words::ARCHIVED, Tone::Neutral);
        }
    };
    pane_title(ui, screen, marks, |ui, screen| {
        let (name, is_named) = words::drawn_title(ui.ctx(), business, screen.state.share);
        match business.title().filter(|_| is_named) {
            Some(title) => {
                let shown = copy_text(ui, Type::Heading, p.strong, &name, "Copy name");
                if shown.clicked() {
                    screen.copy("name", title.raw());
                }
            }
            None => {
                line(ui, Type::Heading, p.muted, &name);
            }
        }
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.spacing_mut().interact_size.y = 0.0;
        let mut is_first = true;
        for (what, shown, value) in &parts(business, is_archived) {
            if !std::mem::take(&mut is_first) {
                ui.label(Type::Small.rich("·").color(p.muted));
            }
            let name = format!("Copy {what}");
            if copy_text(ui, Type::Small, p.muted, shown, &name).clicked() {
                screen.copy(what, &**value);
            }
        }
    });
    let is_hidden = workspace.list.position_of(business.id).is_none();
    if is_hidden && !workspace.list.filter().is_empty() {
        ui.add_space(space::XS);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::SM;
            ui.spacing_mut().interact_size.y = 0.0;
            let text = "Not in the list: the filter hides it.";
            ui.label(Type::Small.rich(text).color(p.warn));
            if link_styled(ui, "Show it", Type::Small).clicked() {
                screen.send(ListCommand::Reveal(business.id));
            }
        });
    }
}

/// Name, shown text and copied text of each part.
fn parts(
    business: &Business,
    is_archived: bool,
) -> Vec<(&'static str, Cow<'_, str>, Cow<'_, str>)> {
    let mut parts = Vec::new();
    if let Some(code) = business.country.as_ref().map(ServerText::raw) {
        parts.push(("country", words::country_name(code), Cow::Borrowed(code)));
    }
    let texts = [
        ("entity type", &business.entity_type),
        ("currency", &business.base_currency),
    ];
    for (what, text) in texts {
        if let Some(text) = text {
            parts.push((what, text.shown(), Cow::Borrowed(text.raw())));
        }
    }
    if let Some((status, _)) = words::status(business, is_archived) {
        parts.push(("status", status.into(), status.into()));
    }
    parts
}
