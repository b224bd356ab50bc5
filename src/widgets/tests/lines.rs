//! Lines: the content at their end, and content that does not fit.

use super::*;
use crate::theme::space;

#[test]
fn tab_runs_through_the_end_of_a_line_as_one_reads() {
    let mut harness = harness(String::new(), |ui, typed| {
        ui.horizontal(|ui| {
            let field = |ui: &mut Ui| {
                TextField::new("Place", typed).show(ui);
            };
            with_end(ui, field, |ui| {
                Button::plain("Cancel").show(ui);
                Button::filled("Create").show(ui);
            });
        });
    });
    let left = |name: &str| harness.get_by_label(name).rect().left();
    assert!(left("Place") < left("Cancel") && left("Cancel") < left("Create"));
    let right = harness.get_by_label("Create").rect().right();
    assert!(
        (right - harness.ctx.content_rect().right()).abs() < 20.0,
        "the last one ends the line: {right}"
    );
    for name in ["Place", "Cancel", "Create"] {
        harness.key_press(Key::Tab);
        harness.run();
        assert!(harness.get_by_label(name).is_focused(), "{name}");
    }
}

#[test]
fn the_background_of_a_match_is_centred_on_its_line() {
    for style in [Type::Body, Type::BodyStrong, Type::Mono, Type::Small] {
        let mut found = Vec::new();
        let mut harness = harness((), |ui, ()| {
            let p = theme::palette(ui.ctx());
            let formats = (style.format(p.text), words::searched(p, style));
            let job = paint::marked_job("es/madrid/2185", &[3, 4, 5, 6, 7, 8], &formats);
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let line = &galley.rows[0].row;
            let background = ..line.visuals.glyph_vertex_range.start;
            let corners = &line.visuals.mesh.vertices[background];
            found = corners.iter().map(|corner| corner.pos.y).collect();
            assert_eq!(line.height(), style.line_height(), "{style:?}");
        });
        harness.run();
        drop(harness);
        let top = found.iter().copied().fold(f32::INFINITY, f32::min);
        let bottom = found.iter().copied().fold(0.0, f32::max);
        let below = style.line_height() - bottom;
        assert!((top - below).abs() <= 1.0, "{style:?}: {top} to {bottom}");
    }
}

#[test]
fn what_is_cut_in_a_row_is_shown_whole_to_the_keyboard() {
    const LONG: &str = "Freiwillige Feuerwehr und Musikverein Oberunterwaldkirchen an der Donau";
    let mut harness = harness(None, |ui, selected| {
        let columns = [
            TableColumn::new("Name", ColumnWidth::Fixed(120.0)),
            TableColumn::new("Country", ColumnWidth::Rest(80.0)),
        ];
        let table = DataTable::new(Id::unique("narrow-table"), "Businesses", &columns)
            .selected(*selected)
            .show(ui, 3, |row| {
                row.name(format!("Row {}", row.index()));
                row.cell(|ui| {
                    let p = theme::palette(ui.ctx());
                    line(ui, Type::Body, p.text, LONG);
                });
                row.cell(|ui| {
                    let p = theme::palette(ui.ctx());
                    line(ui, Type::Body, p.text, "AT");
                });
            });
        *selected = table.chosen.or(*selected);
    });
    let shown_whole = |harness: &Harness<'_, Option<usize>>| {
        let wide = |node: &egui_kittest::Node<'_>| node.rect().width() > 200.0;
        harness.query_all_by_label(LONG).filter(wide).count()
    };
    harness.get_by_role_and_label(Role::Row, "Row 0").click();
    harness.run_steps(8);
    assert_eq!(shown_whole(&harness), 0, "the pointer has another way");
    harness.key_press(Key::ArrowDown);
    harness.run_steps(8);
    assert_eq!(harness.state(), &Some(1));
    assert_eq!(shown_whole(&harness), 1);
    assert_eq!(harness.query_all_by_label("AT").count(), 3, "it has room");
}

#[test]
fn a_page_with_a_count_of_five_digits_is_named_in_full_at_every_scale() {
    use egui::Shape;

    for scale in [0.9, 1.0, 1.1, 1.25, 1.5] {
        let mut harness = harness((), |ui, ()| {
            ui.set_width(theme::layout::NAV - 2.0 * space::S);
            Row::page(Icon::Business, "Businesses")
                .hint("12,805")
                .show(ui);
        });
        harness.set_pixels_per_point(scale);
        harness.run();
        let shapes = harness.output().shapes.iter().map(|clipped| &clipped.shape);
        let texts: Vec<_> = shapes
            .filter_map(|shape| match shape {
                Shape::Text(text) => Some((text.galley.text(), text.galley.elided)),
                _ => None,
            })
            .collect();
        assert!(texts.contains(&("Businesses", false)), "{scale}: {texts:?}");
    }
}

#[test]
fn a_short_time_axis_has_fewer_labels() {
    let mut shown = Vec::new();
    for width in [900.0, 400.0, 300.0, 250.0, 220.0, 150.0] {
        let harness = harness((), move |ui, ()| {
            ui.set_max_width(width);
            let ticks = [
                (0.0, "Now"),
                (1.0 / 6.0, "10 min"),
                (0.5, "30 min"),
                (1.0, "60 min"),
            ];
            let lanes = TimeLanes {
                sentence: "No live token.",
                gutter: space::L,
                zones: &[],
                ticks: &ticks,
                is_low: false,
            };
            lanes.show(ui, &[]);
        });
        let texts = harness
            .output()
            .shapes
            .iter()
            .filter_map(|clipped| match &clipped.shape {
                egui::Shape::Text(text) => Some(text.visual_bounding_rect()),
                _ => None,
            });
        let texts: Vec<egui::Rect> = texts.collect();
        for pair in texts.windows(2) {
            assert!(pair[0].right() < pair[1].left(), "{width}: {texts:?}");
        }
        shown.push(texts.len());
    }
    assert_eq!((shown[0], shown[5]), (4, 1), "{shown:?}");
}
