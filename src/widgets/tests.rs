//! What would otherwise break unnoticed: accessible names, secrets, keys, idleness, cost.

use egui::accesskit::{Live, Role};
use egui::text_edit::TextEditState;
use egui::{Id, Key, Modifiers, Ui, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::theme::{self, CountdownPhase, Hue, Icon, ThemePreference, Type, widget_sizes};

mod filter_field;
mod hover;
mod lines;
mod toasts;

/// A harness with our fonts and style, installed before the first widget is drawn.
fn harness<'a, State: 'a>(
    state: State,
    mut draw: impl FnMut(&mut Ui, &mut State) + 'a,
) -> Harness<'a, State> {
    let mut installed = false;
    let mut harness = Harness::new_ui_state(
        move |ui, state| {
            if installed {
                draw(ui, state);
                settle_focus(ui.ctx());
            } else {
                theme::install(ui.ctx(), ThemePreference::Dark);
                ui.ctx().request_repaint();
                installed = true;
            }
        },
        state,
    );
    harness.run();
    harness
}

/// The whole accessibility tree as text.
fn tree<State>(harness: &Harness<'_, State>) -> String {
    let mut all = String::new();
    let mut rest = vec![harness.root().accesskit_node()];
    while let Some(node) = rest.pop() {
        let parts = [
            Some(format!("{:?}", node.role())),
            node.label(),
            node.value(),
            node.data().description().map(str::to_owned),
            node.data().placeholder().map(str::to_owned),
        ];
        all.push_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(" | "));
        all.push('\n');
        rest.extend(node.children());
    }
    all
}

#[test]
fn controls_have_names_and_report_clicks() {
    #[derive(Default)]
    struct Clicks {
        button: bool,
        icon: bool,
        disabled: bool,
        removed: bool,
        format: bool,
    }
    let mut harness = harness(Clicks::default(), |ui, clicks| {
        clicks.button |= Button::filled("Copy token")
            .key_hint("T")
            .show(ui)
            .clicked();
        clicks.icon |= Button::icon_only(Icon::Refresh, "Refresh")
            .show(ui)
            .clicked();
        let off = Button::outlined("Edit").disabled_if(Some("Nothing is selected"));
        clicks.disabled |= off.show(ui).clicked();
        let filter = FilterTerm {
            key: "country:",
            value: "NL",
            problem: None,
        };
        let mut text = String::new();
        let shown = FilterField {
            id: Id::unique("filter"),
            name: "Filter",
            text: &mut text,
            placeholder: "",
            filters: &[filter],
            trailing: "",
            key: "",
            is_hidden: false,
            is_selected: false,
        }
        .show(ui);
        clicks.removed |= shown.removed.is_some();
        SplitButton::new(Button::outlined("Copy"), "Bearer").show(ui, |ui| {
            clicks.format |= Row::item("Raw token").ticked(false).show(ui).clicked();
        });
    });
    for name in [
        "Copy token",
        "Refresh",
        "Remove filter country:NL",
        "Format: Bearer",
    ] {
        harness.get_by_label(name).click();
        // Moving the focus to the menu takes a few frames.
        harness.run_steps(8);
    }
    harness.get_by_label("Raw token").click();
    let off = harness.get_by_label("Edit");
    assert!(off.accesskit_node().is_disabled());
    off.click();
    harness.run();
    assert!(
        harness.query_by_label("Raw token").is_none(),
        "the menu closes"
    );
    let clicks = harness.state();
    assert!(clicks.button && clicks.icon && clicks.removed && clicks.format);
    assert!(!clicks.disabled);
    assert!(tree(&harness).contains("Nothing is selected"));
}

#[test]
fn a_field_is_named_by_its_label_and_tells_what_is_wrong() {
    let mut harness = harness(String::new(), |ui, text| {
        TextField::new("Legal name", text)
            .message(Some(Message::Wrong("Cannot be empty")))
            .show(ui);
    });
    let field = harness.get_by_role_and_label(Role::TextInput, "Legal name");
    assert_eq!(
        field.accesskit_node().data().description(),
        Some("Cannot be empty")
    );
    field.focus();
    harness.run();
    harness
        .get_by_role_and_label(Role::TextInput, "Legal name")
        .type_text("Zoë et Cie");
    harness.run();
    assert_eq!(harness.state(), "Zoë et Cie");
}

#[test]
fn a_secret_is_neither_in_the_tree_nor_in_the_undo_history() {
    let id = Id::unique("test-secret");
    let mut harness = harness(String::new(), move |ui, text| {
        SecretField::new(id, "API key", text)
            .paste_button(&mut false)
            .show(ui);
    });
    let field = harness.get_by_role_and_label(Role::PasswordInput, "API key");
    field.focus();
    harness.run();
    for part in ["hunter2", "hunter2"] {
        harness
            .get_by_role_and_label(Role::PasswordInput, "API key")
            .type_text(part);
        harness.run();
    }
    assert_eq!(harness.state(), "hunter2hunter2");
    assert!(!tree(&harness).contains("hunter2"));
    let state = TextEditState::load(&harness.ctx, id).expect("the field was shown");
    assert!(!format!("{:?}", state.undoer()).contains("hunter2"));
    SecretField::wipe(&harness.ctx, id);
    assert!(TextEditState::load(&harness.ctx, id).is_none());
}

#[test]
fn a_table_costs_what_is_seen_and_answers_to_keys() {
    const TOTAL: usize = 100_000;
    struct State {
        selected: Option<usize>,
        drawn: usize,
        sort: Option<usize>,
        opened: Option<usize>,
    }
    let state = State {
        selected: Some(0),
        drawn: 0,
        sort: None,
        opened: None,
    };
    let mut harness = harness(state, |ui, state| {
        let columns = [
            TableColumn::new("Name", ColumnWidth::Rest(200.0)).sortable(None),
            TableColumn::new("Token", ColumnWidth::Dragged(80.0)),
        ];
        state.drawn = 0;
        let table = DataTable::new(Id::unique("test-table"), "Businesses", &columns)
            .selected(state.selected)
            .show(ui, TOTAL, |row| {
                state.drawn += 1;
                let name = format!("Business {}", row.index());
                row.name(name.as_str());
                row.cell(|ui| {
                    ui.label(name);
                });
                row.cell(|ui| {
                    ui.label("42 min");
                });
            });
        state.selected = table.chosen.or(state.selected);
        state.sort = table.sort_clicked.or(state.sort);
        state.opened = table.opened.or(state.opened);
        assert_eq!(table.visible.len(), state.drawn);
    });
    assert!(harness.state().drawn < 40, "{} rows", harness.state().drawn);

    harness
        .get_by_role_and_label(Role::Row, "Business 3")
        .click();
    harness.run();
    assert_eq!(harness.state().selected, Some(3));
    assert!(
        harness
            .get_by_role_and_label(Role::Row, "Business 3")
            .accesskit_node()
            .is_selected()
            == Some(true)
    );
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert_eq!(harness.state().selected, Some(4));
    harness.key_press(Key::End);
    harness.run();
    assert_eq!(harness.state().selected, Some(TOTAL - 1));
    harness.run();
    let last = harness.query_by_role_and_label(Role::Row, "Business 99999");
    assert!(last.is_some(), "scrolled into view");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().opened, Some(TOTAL - 1));
    harness
        .get_by_role_and_label(Role::ColumnHeader, "Name")
        .click();
    harness.run();
    assert_eq!(harness.state().sort, Some(0));
}

#[test]
fn a_dialog_keeps_the_keyboard_and_reports_escape() {
    #[derive(Default)]
    struct State {
        open: bool,
        below: bool,
        escape: bool,
        closed: bool,
    }
    let state = State {
        open: true,
        ..State::default()
    };
    let mut harness = harness(state, |ui, state| {
        state.below |= Button::outlined("Below").show(ui).clicked();
        if !state.open {
            return;
        }
        let id = Id::unique("test-dialog");
        let shown = Modal::new(id, "New business")
            .chip(Hue::Sandbox, "Sandbox")
            .show(ui.ctx(), |dialog| {
                dialog.body(|ui| Button::plain("Inside").show(ui));
                dialog.footer(|ui| Button::filled("Create").show(ui));
            });
        state.escape |= shown.escape;
        state.closed |= shown.close_clicked;
    });
    harness.run();
    assert!(tree(&harness).contains("Dialog | New business"));
    harness.get_by_label("Below").click();
    harness.run();
    assert!(!harness.state().below);
    for _ in 0..6 {
        harness.key_press(Key::Tab);
        harness.run();
        assert!(!harness.get_by_label("Below").is_focused());
    }
    harness.get_by_label("Close").click();
    harness.key_press_modifiers(Modifiers::NONE, Key::Escape);
    harness.run();
    assert!(harness.state().escape && harness.state().closed);
}

#[test]
fn toasts_are_live_and_their_buttons_answer() {
    let mut harness = harness(ToastsResponse::default(), |ui, last| {
        let failed = ToastCard {
            id: 7,
            tone: Tone::Stop,
            title: "Token not copied",
            name: "",
            detail: "It belongs to another business.",
            action: "Details",
            stays: true,
        };
        let now = toasts(ui.ctx(), vec2(16.0, 44.0), 376.0, &[failed]);
        last.action = now.action.or(last.action);
        last.closed = now.closed.or(last.closed);
    });
    harness.run();
    let alert = harness.get_by_role(Role::Alert);
    assert_eq!(alert.accesskit_node().live(), Live::Assertive);
    assert_eq!(
        alert.accesskit_node().label().as_deref(),
        Some("Token not copied. It belongs to another business.")
    );
    harness.get_by_label("Details").click();
    harness.run();
    harness.get_by_label("Close").click();
    harness.run();
    assert_eq!(harness.state().action, Some(7));
    assert_eq!(harness.state().closed, Some(7));
}

#[test]
fn nothing_asks_for_another_frame() {
    let id = Id::unique("test-idle");
    let mut harness = harness(String::new(), move |ui, text| {
        ring(ui, widget_sizes::RING_CARD, CountdownPhase::Warning, 0.4);
        pill(
            ui,
            CountdownPhase::Urgent,
            "1:48",
            0.03,
            "Token, 1 minute left",
        );
        progress_bar(ui, 48.0, 0.4, "Loaded");
        skeleton_rows(ui, 3, 36.0, 16.0, &[(100.0, 80.0)]);
        Row::page(Icon::Key, "API key").rail(true).show(ui);
        KeyValue::new("id", "9f4c").copy("Copy id").show(ui);
        let field = TextField::new("Name", text).id(id).show(ui);
        keep_focus(ui.ctx(), field.id);
        Banner::new(
            Tone::Stop,
            "This API key is 91 days old.",
            "It was due yesterday",
        )
        .show(ui, |ui| Button::outlined("Rotate").small().show(ui));
        let clear = Button::outlined("Clear filter");
        empty_state(
            ui,
            Icon::Search,
            "Nothing matches",
            "Still loading.",
            vec![clear],
        );
    });
    harness.run();
    let root = &harness.output().viewport_output[&egui::ViewportId::ROOT];
    assert_eq!(root.repaint_delay, std::time::Duration::MAX);
}

/// The last of three columns is dragged by its left edge, and its new width is passed back.
#[test]
fn a_dragged_edge_stays_under_the_pointer() {
    const BY: f32 = 60.0;
    let mut harness = harness(160.0_f32, |ui, width| {
        let columns = [
            TableColumn::new("Name", ColumnWidth::Rest(200.0)),
            TableColumn::new("Middle", ColumnWidth::Dragged(80.0)),
            TableColumn::new("Last", ColumnWidth::Dragged(*width)).sortable(None),
        ];
        let table = DataTable::new(Id::unique("drag-table"), "Businesses", &columns);
        let shown = table.show(ui, 3, |row| {
            row.name(format!("Row {}", row.index()));
            for _ in 0..3 {
                row.cell(|ui| {
                    ui.label("cell");
                });
            }
        });
        if let Some((column, dragged)) = shown.dragged {
            assert_eq!(column, 2, "what follows the edge gives way");
            *width = dragged;
        }
    });
    let place = |harness: &Harness<'_, f32>| harness.get_by_label("Last").rect().left_center();
    let edge = place(&harness);
    harness.hover_at(edge);
    harness.run();
    harness.drag_at(edge);
    harness.run();
    // In several steps, as a user drags: the edge must not run ahead.
    for step in [0.25, 0.5, 0.75, 1.0, 1.0, 1.0] {
        let by = egui::vec2(BY * step, 0.0);
        harness.hover_at(edge + by);
        harness.run();
        let now = place(&harness);
        assert!((now.x - edge.x - by.x).abs() < 1.0, "{now:?} at {step}");
    }
    harness.drop_at(edge + egui::vec2(BY, 0.0));
    harness.run();
    assert_eq!(*harness.state(), 160.0 - BY);
    assert!((place(&harness).x - edge.x - BY).abs() < 1.0);
}
