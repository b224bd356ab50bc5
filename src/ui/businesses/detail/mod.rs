//! The side pane: the selected business in full, with its token at the top.

mod fields;
mod head;
mod raw_json;

use egui::{Frame, Margin, ScrollArea, Ui};

use super::super::actions::Action;
use super::super::business_form::notice::FormNotice;
use super::super::subject_action::at_subject;
use super::super::{Screen, words};
use super::token_card;
use crate::domain::business::Business;
use crate::state::create::messages::EditCommand;
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::theme::{Icon, height, layout, space};
use crate::ui::areas::{centered_row, footer_room, top_line};
use crate::widgets::{Button, Tone, at_end, tabs};

/// Buffers of the pane.
#[derive(Default)]
pub(super) struct DetailPane {
    tab: usize,
    error_open: bool,
}

impl DetailPane {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace,
        business: &Business,
        is_narrow: bool,
        screen: &mut Screen<'_>,
    ) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let below = footer_room(ui, "detail foot", FOOT);
        // If hardly any details would be visible, the token scrolls with them.
        let is_short = ui.available_height() < layout::PANE_SHORT;
        if !is_short {
            self.top(ui, workspace, business, is_narrow, screen);
        }
        ScrollArea::vertical()
            .id_salt(("detail", business.id, self.tab))
            .auto_shrink(false)
            .show(ui, |ui| {
                if is_short {
                    self.top(ui, workspace, business, is_narrow, screen);
                }
                inset().show(ui, |ui| {
                    ui.add_space(space::XS);
                    self.failure(ui, workspace, screen);
                    if self.tab == 0 {
                        fields::show(ui, workspace, business, is_narrow, screen);
                    } else {
                        raw_json::show(ui, workspace.selected_detail(), screen);
                    }
                    ui.add_space(space::L);
                });
            });
        self.footer(&mut below.open(ui), workspace, business, screen);
    }

    /// Everything above the content of the tabs.
    fn top(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace,
        business: &Business,
        is_narrow: bool,
        screen: &mut Screen<'_>,
    ) {
        inset().show(ui, |ui| {
            ui.add_space(space::M);
            head::show(ui, workspace, business, screen);
            ui.add_space(space::M);
            token_card::show(ui, workspace, business.id, is_narrow, screen);
            ui.add_space(space::S);
            copy_buttons(ui, business, is_narrow, screen);
            ui.add_space(space::S);
        });
        if let Some(tab) = tabs(ui, space::L, self.tab, &["Details", "Raw JSON"]) {
            self.tab = tab;
        }
    }

    fn failure(&mut self, ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
        let Some(failure) = workspace.detail.failure.as_ref() else {
            return;
        };
        let words = failure.explain(&screen.state.zone);
        let selected = workspace.selected;
        let selected = selected.and_then(|id| workspace.list.businesses().get(id));
        let personal = selected.as_ref().map(Business::personal);
        let personal = personal.unwrap_or_default();
        let notice = FormNotice {
            tone: Tone::Stop,
            title: &words.title,
            text: &words.body,
            failure: Some(failure),
            personal: &personal,
        };
        ui.add_space(space::S);
        let buttons = vec![Button::outlined(words::again(failure)).small()];
        let pressed = notice.show(ui, &mut self.error_open, buttons, screen);
        if let (Some(_), Some(id)) = (pressed, workspace.selected) {
            screen.send(ListCommand::ReadBusiness(id));
        }
        ui.add_space(space::M);
    }

    /// The footer with Edit, Archive and the open tab's own button.
    fn footer(
        &self,
        ui: &mut Ui,
        workspace: &Workspace,
        business: &Business,
        screen: &mut Screen<'_>,
    ) {
        top_line(ui);
        centered_row(ui, |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            ui.add_space(space::S);
            edit_button(ui, workspace, screen);
            if workspace.offers_archive {
                archive_button(ui, workspace, business, screen);
            }
            let detail = workspace.selected_detail();
            let Some(detail) = detail.filter(|_| self.tab != 0) else {
                return;
            };
            at_end(ui, |ui| {
                let copy = Button::plain("Copy JSON").small().icon(Icon::Copy);
                if copy.show(ui).clicked() {
                    screen.copy("JSON", detail.raw_json.raw());
                }
                ui.add_space(space::S);
            });
        });
    }
}

fn inset() -> Frame {
    Frame::new().inner_margin(Margin::symmetric(space::L as i8, 0))
}

const FOOT: f32 = height::LARGE + space::S;

fn edit_button(ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
    let unread = workspace
        .selected_detail()
        .is_none()
        .then_some("Still loading this business");
    let button = Button::plain("Edit").small().icon(Icon::Edit);
    if button.disabled_if(unread).show(ui).clicked() {
        screen.send(EditCommand::Open);
    }
}

fn archive_button(
    ui: &mut Ui,
    workspace: &Workspace,
    business: &Business,
    screen: &mut Screen<'_>,
) {
    let is_archived = workspace.list.is_archived(business.id);
    let label = if is_archived { "Unarchive" } else { "Archive" };
    let mut button = Button::plain(label).small().icon(Icon::Archive);
    if workspace.archiving.contains(&business.id) {
        button = button.disabled_if(Some("The server has not answered yet"));
    }
    if button.show(ui).clicked() {
        let command = at_subject(Action::ToggleArchive, business.id, screen);
        screen.out.extend(command);
    }
}

fn copy_buttons(ui: &mut Ui, business: &Business, is_narrow: bool, screen: &mut Screen<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let width = (ui.available_width() - space::S) / 2.0;
        // When space is limited, the labels stay and the shortcuts are dropped.
        let key = |action: Action| {
            if is_narrow {
                String::new()
            } else {
                action.key()
            }
        };
        let id_key = key(Action::CopyId);
        let button = Button::outlined("Copy id").key_hint(&id_key).width(width);
        if button.show(ui).clicked() {
            screen.copy("id", business.id.to_string());
        }
        let external_key = key(Action::CopyExternalId);
        let missing = business
            .external_id
            .is_none()
            .then_some("This business has no external_id");
        let button = Button::outlined("Copy external_id")
            .key_hint(&external_key)
            .width(width)
            .disabled_if(missing);
        if button.show(ui).clicked()
            && let Some(id) = &business.external_id
        {
            screen.copy("external_id", id.raw());
        }
    });
}
