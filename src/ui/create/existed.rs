//! Shown when the business already existed and nothing was changed: the input next to the stored values.

use egui::text::LayoutJob;
use egui::{Align, Color32, Context, Id, Label, Layout, Ui, vec2};

use super::super::{Screen, words};
use crate::domain::business::BusinessDetail;
use crate::domain::draft::{Differences, Draft, Field, Stored};
use crate::domain::share_mode::ShareMode;
use crate::state::create::messages::{CreateCommand, EditCommand};
use crate::state::session::workspace::Workspace;
use crate::theme::{self, Icon, Type, column, dialog, row, size, space};
use crate::widgets::{Button, Modal, at_end, card, divider, expander, line, paragraph, row_in};

pub(super) fn show(
    ctx: &Context,
    workspace: &Workspace,
    stored: &BusinessDetail,
    is_open: &mut bool,
    screen: &mut Screen<'_>,
) {
    let environment = &workspace.profile.environment;
    let differences = Differences::between(
        &workspace.creating.input.draft,
        &Stored::from_detail(stored),
    );
    let modal = Modal::new(
        Id::unique("create existed"),
        "Already existed; nothing was changed",
    )
    .width(dialog::WIDE)
    .top(dialog::TOP_LOW)
    .icon(Icon::Info)
    .chip(words::hue(environment), environment.in_sentence());
    let shown = modal.show(ctx, |parts| {
        parts.body(|ui| {
            let p = theme::palette(ui.ctx());
            let id = workspace.creating.input.draft[Field::ExternalId].trim();
            let rest = if workspace.creating.is_check() {
                "Your earlier request may have created it, or it existed before."
            } else {
                "None of your input was saved."
            };
            let mut text = LayoutJob::default();
            for (part, style) in [
                ("A business with the external_id ", Type::Body),
                (screen.state.share.text(id).as_ref(), Type::Mono),
                (" already exists. ", Type::Body),
                (rest, Type::Body),
            ] {
                text.append(part, 0.0, style.format(p.text));
            }
            ui.add(Label::new(text).wrap());
            ui.add_space(space::L);
            let draft = &workspace.creating.input.draft;
            table(ui, draft, &differences, is_open, screen.state.share);
        });
        parts.footer(|ui| {
            let back = if ui.available_width() >= dialog::FOOT_WIDE {
                "Back to form"
            } else {
                "Back"
            };
            if Button::plain(back).at_left_edge().show(ui).clicked() {
                screen.send(CreateCommand::BackToDraft);
            }
            at_end(ui, |ui| {
                let none = differences.different.is_empty().then_some("No differences");
                if Button::outlined("Copy differences")
                    .disabled_if(none)
                    .show(ui)
                    .clicked()
                {
                    screen.copy("differences", differences.as_text());
                }
                if Button::outlined("Edit existing…")
                    .disabled_if(none)
                    .show(ui)
                    .clicked()
                {
                    screen.send(CreateCommand::AcceptExisting);
                    screen.send(EditCommand::Open);
                }
                if Button::filled("Open business")
                    .takes_focus()
                    .show(ui)
                    .clicked()
                {
                    screen.send(CreateCommand::AcceptExisting);
                }
            });
        });
    });
    if shown.escape || shown.close_clicked {
        screen.send(CreateCommand::BackToDraft);
    }
}

/// The differing fields, one per row. Equal fields are summarised in one row that expands.
fn table(
    ui: &mut Ui,
    draft: &Draft,
    differences: &Differences,
    is_open: &mut bool,
    share: ShareMode,
) {
    let p = theme::palette(ui.ctx());
    if differences.different.is_empty() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::SM;
            ui.add(Icon::CheckCircle.image(size::icon::NORMAL, p.ok));
            ui.label(
                Type::Body
                    .rich("Your input matches the stored business.")
                    .color(p.text),
            );
        });
    } else {
        card(ui, |ui| {
            let head = [(Type::SmallStrong, p.muted); 3];
            cells(ui, row::MENU, head, None, ["Field", "Your input", "Stored"]);
            for difference in &differences.different {
                let field = difference.field;
                let value = match field {
                    Field::ExternalId => Type::Mono,
                    _ => Type::Body,
                };
                let styles = [
                    (Type::Body, p.text),
                    (value, p.muted),
                    (Type::BodyStrong, p.strong),
                ];
                let typed = share.value(field, &difference.typed);
                let stored = difference
                    .stored
                    .as_deref()
                    .map_or("Not set".into(), |stored| share.value(field, stored));
                divider(ui);
                let texts = [field.label(), typed.as_ref(), stored.as_ref()];
                cells(ui, row::COMFORTABLE, styles, Some(Icon::NotEqual), texts);
            }
            equal(ui, draft, differences, is_open, share);
        });
    }
    let equal = differences
        .equal_summary()
        .filter(|_| differences.different.is_empty());
    for summary in [equal, differences.edit_hint()].into_iter().flatten() {
        ui.add_space(space::S);
        paragraph(ui, Type::Small, p.muted, &summary);
    }
}

/// The equal fields, summarised in one row until expanded.
fn equal(
    ui: &mut Ui,
    draft: &Draft,
    differences: &Differences,
    is_open: &mut bool,
    share: ShareMode,
) {
    let p = theme::palette(ui.ctx());
    let Some(summary) = differences.equal_summary() else {
        return;
    };
    divider(ui);
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), row::COMFORTABLE),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.set_min_height(row::COMFORTABLE);
            if expander(ui, &summary, *is_open).clicked() {
                *is_open = !*is_open;
            }
        },
    );
    if !*is_open {
        return;
    }
    for field in &differences.equal {
        let value = draft.to_send(*field);
        let value = share.value(*field, &value);
        divider(ui);
        let styles = [(Type::Body, p.muted); 3];
        let texts = [field.label(), value.as_ref(), "Same"];
        cells(ui, row::COMFORTABLE, styles, None, texts);
    }
}

/// A row of three cells, the first of which may have an icon.
fn cells(
    ui: &mut Ui,
    high: f32,
    styles: [(Type, Color32); 3],
    icon: Option<Icon>,
    texts: [&str; 3],
) {
    let p = theme::palette(ui.ctx());
    let (_, area) = ui.allocate_space(vec2(ui.available_width(), high));
    let rest = (area.width() - column::DIFFERENCE) / 2.0;
    let mut left = area.left();
    for (at, (text, (style, color))) in texts.into_iter().zip(styles).enumerate() {
        let width = if at == 0 { column::DIFFERENCE } else { rest };
        let cell = area.with_min_x(left).with_max_x(left + width - space::M);
        left += width;
        let mut ui = row_in(ui, cell);
        ui.spacing_mut().item_spacing.x = space::SM;
        if let (0, Some(icon)) = (at, icon) {
            ui.add(icon.image(size::icon::SMALL, p.warn));
        }
        line(&mut ui, style, color, text);
    }
}
