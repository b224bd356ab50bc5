//! The selected business in full, with the token on top.

use std::borrow::Cow;

use egui::{Frame, Margin, ScrollArea, TextEdit, Ui};

use crate::domain::business::{Business, BusinessDetail};
use crate::domain::share::Share;
use crate::domain::text::ServerText;
use crate::state::command::Command;
use crate::state::workspace::Workspace;
use crate::theme::{self, Icon, Type, height, layout, space, stroke};
use crate::widgets::{Button, IconButton, KeyValue, Notice, Tone, cut_middle, line, tabs};

use super::super::actions::Action;
use super::super::{Screen, centered_row, foot_room, words};
use super::token_card;

/// The buffers of the pane.
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
        let below = foot_room(ui, "detail foot", FOOT);
        let inset = Frame::new().inner_margin(Margin::symmetric(space::L as i8, 0));
        inset.show(ui, |ui| {
            ui.add_space(space::M);
            head(ui, business, screen);
            ui.add_space(space::M);
            token_card::show(ui, workspace, business.id, is_narrow, screen);
            ui.add_space(space::S);
            copy_buttons(ui, business, is_narrow, screen);
            ui.add_space(space::S);
        });
        if let Some(tab) = tabs(ui, space::L, self.tab, &["Details", "Raw JSON"]) {
            self.tab = tab;
        }
        let detail = workspace.selected_detail();
        ScrollArea::vertical()
            .id_salt(("detail", business.id, self.tab))
            .auto_shrink(false)
            .show(ui, |ui| {
                inset.show(ui, |ui| {
                    ui.add_space(space::XS);
                    self.failure(ui, workspace, screen);
                    if self.tab == 0 {
                        fields(ui, business, detail, is_narrow, screen);
                    } else {
                        raw_json(ui, detail, screen);
                    }
                    ui.add_space(space::L);
                });
            });
        foot(&mut below.open(ui), workspace, business, screen);
    }

    fn failure(&mut self, ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
        let Some(failure) = workspace.detail.failure.as_ref() else {
            return;
        };
        let words = failure.explain();
        let share = screen.state.share;
        let block = share.scrub(&failure.support_block(), &[]);
        let line = share.scrub(&format!("Details: {}", failure.summary()), &[]);
        ui.add_space(space::S);
        let shown = Notice::new(Tone::Stop, &words.title, &words.body)
            .details(&line, &block)
            .show(
                ui,
                self.error_open,
                vec![Button::outlined("Try again").small()],
            );
        if shown.details_toggled {
            self.error_open = !self.error_open;
        }
        if let (Some(_), Some(id)) = (shown.button, workspace.selected) {
            screen.out.push(Command::ReadBusiness(id));
        }
        ui.add_space(space::M);
    }
}

/// Height of the foot.
pub(in crate::ui) const FOOT: f32 = height::LARGE + space::S;

/// Edit and archive, under a line.
fn foot(ui: &mut Ui, workspace: &Workspace, business: &Business, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let area = ui.max_rect();
    ui.painter()
        .rect_filled(area.with_max_y(area.top() + stroke::EDGE), 0, p.line);
    centered_row(ui, |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.add_space(space::S);
        let unread = workspace
            .selected_detail()
            .is_none()
            .then_some("The business is still being read");
        if Button::plain("Edit")
            .small()
            .icon(Icon::Edit)
            .disabled_if(unread)
            .show(ui)
            .clicked()
        {
            screen.out.push(Command::OpenEdit);
        }
        if !workspace.offers_archive {
            return;
        }
        let is_archived = workspace.archived.contains(&business.id);
        let label = if is_archived { "Unarchive" } else { "Archive" };
        let mut button = Button::plain(label).small().icon(Icon::Archive);
        if workspace.archiving.contains(&business.id) {
            button = button.disabled_if(Some("The server has not answered yet"));
        }
        if button.show(ui).clicked() {
            screen.out.push(Command::SetArchived {
                business: business.id,
                is_archived: !is_archived,
            });
        }
    });
}

fn head(ui: &mut Ui, business: &Business, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if IconButton::new(Icon::X, "Close the details")
                .small()
                .key_hint("Esc")
                .show(ui)
                .clicked()
            {
                screen.out.push(Command::ShowDetail(false));
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let (name, is_named) = words::title(business, screen.state.share);
                line(
                    ui,
                    Type::Heading,
                    if is_named { p.strong } else { p.muted },
                    &name,
                );
            });
        });
    });
    let country = business
        .country
        .as_ref()
        .map(|code| words::country_name(code.raw()));
    let mut parts: Vec<Cow<'_, str>> = country.into_iter().collect();
    parts.extend(
        [&business.entity_type, &business.base_currency]
            .into_iter()
            .flatten()
            .map(ServerText::shown),
    );
    parts.push(words::status(business).0.into());
    line(ui, Type::Small, p.muted, &parts.join(" · "));
}

fn copy_buttons(ui: &mut Ui, business: &Business, is_narrow: bool, screen: &mut Screen<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let width = (ui.available_width() - space::S) / 2.0;
        // Where room is short the words stay and the keys go.
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
            screen.out.push(Command::CopyText {
                what: "id",
                text: business.id.to_string(),
            });
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
            screen.out.push(Command::CopyText {
                what: "external_id",
                text: id.raw().to_owned(),
            });
        }
    });
}

fn fields(
    ui: &mut Ui,
    business: &Business,
    detail: Option<&BusinessDetail>,
    is_narrow: bool,
    screen: &mut Screen<'_>,
) {
    let mut rows = Rows {
        ui,
        is_narrow,
        screen,
    };
    let id = business.id.to_string();
    let seen = rows.screen.state.share.plain(&id);
    let cut = cut_middle(&seen);
    let shown = KeyValue::new("id", &cut)
        .mono()
        .whole(&seen)
        .copy_always("Copy id");
    if rows.show(shown) {
        rows.copy("id", &id);
    }
    rows.text(
        "external_id",
        "external_id",
        business.external_id.as_ref(),
        true,
    );
    rows.text("Name", "name", business.name.as_ref(), false);
    rows.text(
        "Legal name",
        "legal name",
        business.legal_name.as_ref(),
        false,
    );
    rows.text(
        "VAT number",
        "VAT number",
        business.vat_number.as_ref(),
        true,
    );
    rows.text(
        "Company no.",
        "company number",
        business.company_number.as_ref(),
        true,
    );
    rows.text("Tax id", "tax id", business.tax_id.as_ref(), true);
    rows.text("E-mail", "e-mail", business.email.as_ref(), false);
    if let Some(detail) = detail {
        rows.text("Phone", "phone number", detail.phone_number.as_ref(), false);
    }
    rows.open_text("Province", "province", business.province.as_ref(), false);
    rows.open_text("NACE code", "NACE code", business.nace_code.as_ref(), true);
    if let Some(detail) = detail {
        rows.open_text(
            "Accounting",
            "accounting method",
            detail.accounting_method.as_ref(),
            false,
        );
        rows.open_text(
            "Fiscal year end",
            "fiscal year end",
            detail.fiscal_year_end.as_ref(),
            false,
        );
    }
    rows.moment("Created", business.created_at);
    rows.moment("Updated", business.updated_at);
    rows.moment("Activated", business.activated_at);
    if let Some(detail) = detail {
        let keys = match detail.metadata_keys {
            Some(1) => "1 key".to_owned(),
            Some(keys) => format!("{keys} keys"),
            None => NOT_SET.to_owned(),
        };
        rows.show(KeyValue::new("Metadata", &keys).unset(detail.metadata_keys.is_none()));
    }
}

const NOT_SET: &str = "Not set";

struct Rows<'u, 's, 'a> {
    ui: &'u mut Ui,
    is_narrow: bool,
    screen: &'s mut Screen<'a>,
}

impl Rows<'_, '_, '_> {
    fn show(&mut self, row: KeyValue<'_>) -> bool {
        let width = if self.is_narrow {
            layout::KEY_NARROW
        } else {
            layout::KEY
        };
        row.compact(self.is_narrow)
            .label_width(width)
            .show(self.ui)
            .copy_clicked
    }

    /// A value that says who the business is: hidden in share mode.
    fn text(&mut self, label: &str, what: &'static str, value: Option<&ServerText>, is_mono: bool) {
        let share = self.screen.state.share;
        self.value(label, what, value, is_mono, share);
    }

    /// A value that many businesses have.
    fn open_text(
        &mut self,
        label: &str,
        what: &'static str,
        value: Option<&ServerText>,
        is_mono: bool,
    ) {
        self.value(label, what, value, is_mono, Share::default());
    }

    fn value(
        &mut self,
        label: &str,
        what: &'static str,
        value: Option<&ServerText>,
        is_mono: bool,
        share: Share,
    ) {
        let Some(value) = value.filter(|value| !value.raw().is_empty()) else {
            self.show(KeyValue::new(label, NOT_SET).unset(true));
            return;
        };
        let shown = share.shown(value);
        let copy = format!("Copy {what}");
        let mut row = KeyValue::new(label, &shown).whole(&shown);
        if is_mono {
            row = row.mono();
        }
        row = if what == "external_id" {
            row.copy_always(&copy)
        } else {
            row.copy(&copy)
        };
        if self.show(row) {
            self.copy(what, value.raw());
        }
    }

    fn moment(&mut self, label: &str, at: Option<jiff::Timestamp>) {
        match at {
            Some(at) => {
                let text = words::day_and_time(at, &self.screen.state.zone);
                self.show(KeyValue::new(label, &text));
            }
            None => {
                self.show(KeyValue::new(label, NOT_SET).unset(true));
            }
        }
    }

    fn copy(&mut self, what: &'static str, text: &str) {
        self.screen.out.push(Command::CopyText {
            what,
            text: text.to_owned(),
        });
    }
}

fn raw_json(ui: &mut Ui, detail: Option<&BusinessDetail>, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let Some(detail) = detail else {
        ui.add_space(space::S);
        ui.label(Type::Body.rich("Reading…").color(p.muted));
        return;
    };
    ui.add_space(space::S);
    if Button::outlined("Copy JSON")
        .small()
        .icon(Icon::Copy)
        .show(ui)
        .clicked()
    {
        screen.out.push(Command::CopyText {
            what: "JSON",
            text: detail.raw_json.raw().to_owned(),
        });
    }
    ui.add_space(space::S);
    if screen.state.share.is_on() {
        let text = "Hidden in share mode. Copying still copies it.";
        ui.label(Type::Body.rich(text).color(p.muted));
        return;
    }
    let shown = detail.raw_json.shown_lines();
    let response = ui.add(
        TextEdit::multiline(&mut shown.as_ref())
            .font(Type::Mono.font())
            .text_color(p.text)
            .frame(Frame::NONE)
            .desired_width(f32::INFINITY),
    );
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label("Raw JSON"));
}
