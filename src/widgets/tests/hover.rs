//! Clickable widgets change on hover.

use std::collections::HashSet;

use egui::{Color32, Shape};

use super::*;
use crate::theme::Palette;

/// The fill colours that are painted.
fn grounds<State>(harness: &Harness<'_, State>) -> HashSet<Color32> {
    let mut found = HashSet::new();
    let mut rest: Vec<&Shape> = harness.output().shapes.iter().map(|it| &it.shape).collect();
    while let Some(shape) = rest.pop() {
        match shape {
            Shape::Vec(more) => rest.extend(more),
            Shape::Rect(rect) => {
                found.insert(rect.fill);
            }
            _ => {}
        }
    }
    found
}

fn palette() -> &'static Palette {
    theme::palette(&harness((), |_, ()| ()).ctx)
}

/// The fill colours that hovering over the widget called `name` adds.
fn added_by_hover(name: &str, draw: impl Fn(&mut Ui)) -> Vec<Color32> {
    let mut harness = harness((), |ui, ()| draw(ui));
    harness.run();
    let before = grounds(&harness);
    let place = harness.get_by_label(name).rect().center();
    harness.hover_at(place);
    harness.run();
    grounds(&harness).difference(&before).copied().collect()
}

#[test]
fn every_control_has_a_ground_of_its_own_under_the_pointer() {
    let p = palette();
    let (highlight, on_field) = (p.highlight(), p.field.blend(p.highlight()));
    let columns = [TableColumn::new("Name", ColumnWidth::Rest(200.0)).sortable(None)];
    let table = |ui: &mut Ui| {
        DataTable::new(Id::unique("hover"), "Rows", &columns).show(ui, 2, |row| {
            row.name(format!("Row {}", row.index()));
            row.cell(|_| ());
        });
    };
    let seen = |name: &str, ground: Color32, draw: &dyn Fn(&mut Ui)| {
        let added = added_by_hover(name, draw);
        assert!(added.contains(&ground), "{name}: {added:?}");
    };
    seen("Go", highlight, &|ui| {
        Button::outlined("Go").show(ui);
    });
    seen("Page", highlight, &|ui| {
        Row::page(Icon::Key, "Page").show(ui);
    });
    seen("Size: Large", highlight, &|ui| {
        segments(ui, "Size", Some(0), &["Small", "Large"]);
    });
    seen("Item", highlight, &|ui| {
        Row::item("Item").show(ui);
    });
    seen("Box", highlight, &|ui| {
        check_box(ui, false, "Box");
    });
    seen("Ticked", p.accent_hover, &|ui| {
        check_box(ui, true, "Ticked");
    });
    seen("Switch", on_field, &|ui| {
        toggle(ui, "Switch", false);
    });
    seen("Name", highlight, &table);
}

#[test]
fn a_row_of_a_table_has_a_ground_under_the_pointer() {
    let p = palette();
    let columns = [TableColumn::new("Name", ColumnWidth::Rest(200.0))];
    let mut harness = harness((), |ui, ()| {
        DataTable::new(Id::unique("hover"), "Rows", &columns).show(ui, 2, |row| {
            row.name(format!("Row {}", row.index()));
            row.cell(|_| ());
        });
    });
    harness.run();
    let place = harness.get_by_label("Rows").rect();
    harness.hover_at(egui::pos2(
        place.center().x,
        place.top() + theme::row::HEAD + 4.0,
    ));
    harness.run();
    assert!(grounds(&harness).contains(&p.highlight()));
}
