//! "Already existed, nothing was changed": what was typed beside what is stored.

use egui::{Align, Context, Id, Layout, Ui, UiBuilder};

use crate::domain::business::BusinessDetail;
use crate::domain::draft::{Differences, Stored};
use crate::domain::share::Share;
use crate::state::command::Command;
use crate::state::workspace::Workspace;
use crate::theme::{self, Icon, Type, column, dialog, row, size, space};
use crate::widgets::{Button, Modal, at_end, card_frame, line, paragraph};

use super::super::{Screen, words};

pub(super) fn show(
    ctx: &Context,
    workspace: &Workspace,
    stored: &BusinessDetail,
    screen: &mut Screen<'_>,
) {
    let environment = &workspace.profile.environment;
    let differences = Differences::between(&workspace.creating.draft, &Stored::from_detail(stored));
    let modal = Modal::new(
        Id::unique("create existed"),
        "Already existed, nothing was changed",
    )
    .width(dialog::WIDE)
    .top(dialog::TOP_LOW)
    .icon(Icon::Info)
    .chip(words::hue(environment), environment.name());
    let shown = modal.show(ctx, |parts| {
        parts.body(|ui| {
            let p = theme::palette(ui.ctx());
            let id = workspace.creating.draft.external_id.trim();
            let rest = if workspace.creating.is_check {
                "It may be what the lost answer was about, or have been there before."
            } else {
                "Nothing of what was typed was stored."
            };
            let text = format!(
                "A business with the external_id {} is there already. {rest}",
                screen.state.share.text(id)
            );
            paragraph(ui, Type::Body, p.text, &text);
            ui.add_space(space::L);
            table(ui, &differences, screen.state.share);
        });
        parts.foot(|ui| {
            if Button::plain("Back to the form")
                .at_left_edge()
                .show(ui)
                .clicked()
            {
                screen.out.push(Command::BackToDraft);
            }
            at_end(ui, |ui| {
                let none = differences
                    .different
                    .is_empty()
                    .then_some("Nothing differs");
                if Button::outlined("Copy differences")
                    .disabled_if(none)
                    .show(ui)
                    .clicked()
                {
                    screen.out.push(Command::CopyText {
                        what: "differences",
                        text: differences.as_text(),
                    });
                }
                if Button::outlined("Edit the stored one…")
                    .disabled_if(none)
                    .show(ui)
                    .clicked()
                {
                    screen.out.push(Command::AcceptExisting);
                    screen.out.push(Command::OpenEdit);
                }
                if Button::filled("Open business").show(ui).clicked() {
                    screen.out.push(Command::AcceptExisting);
                }
            });
        });
    });
    if shown.escape || shown.close_clicked {
        screen.out.push(Command::BackToDraft);
    }
}

fn table(ui: &mut Ui, differences: &Differences, share: Share) {
    let p = theme::palette(ui.ctx());
    if differences.different.is_empty() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::SM;
            ui.add(Icon::CheckCircle.image(size::icon::NORMAL, p.ok));
            ui.label(
                Type::Body
                    .rich("Everything that was typed is what is stored.")
                    .color(p.text),
            );
        });
    } else {
        card_frame(ui.ctx()).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            cells(
                ui,
                Type::SmallStrong,
                [p.muted; 3],
                ["Field", "You typed", "Stored"],
                false,
            );
            for difference in &differences.different {
                let field = difference.field;
                let typed = share.value(field, &difference.typed);
                let stored = difference
                    .stored
                    .as_deref()
                    .map_or("Not set".into(), |stored| share.value(field, stored));
                let texts = [difference.field.label(), typed.as_ref(), stored.as_ref()];
                cells(ui, Type::Body, [p.text, p.muted, p.strong], texts, true);
            }
        });
    }
    for summary in [differences.equal_summary(), differences.edit_hint()]
        .into_iter()
        .flatten()
    {
        ui.add_space(space::S);
        paragraph(ui, Type::Small, p.muted, &summary);
    }
}

fn cells(
    ui: &mut Ui,
    style: Type,
    colors: [egui::Color32; 3],
    texts: [&str; 3],
    is_different: bool,
) {
    let p = theme::palette(ui.ctx());
    let (_, area) = ui.allocate_space(egui::vec2(ui.available_width(), row::MENU));
    let rest = (area.width() - column::TIME_LEFT) / 2.0;
    let mut left = area.left();
    for (at, (text, color)) in texts.into_iter().zip(colors).enumerate() {
        let width = if at == 0 { column::TIME_LEFT } else { rest };
        let cell = area.with_min_x(left).with_max_x(left + width - space::M);
        left += width;
        let builder = UiBuilder::new()
            .max_rect(cell)
            .layout(Layout::left_to_right(Align::Center));
        let mut ui = ui.new_child(builder);
        ui.spacing_mut().item_spacing.x = space::SM;
        if at == 0 && is_different {
            ui.add(Icon::NotEqual.image(size::icon::SMALL, p.warn));
        }
        line(&mut ui, style, color, text);
    }
}
