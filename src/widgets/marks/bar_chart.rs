//! Bar charts with clickable bars, as rows or columns.

use egui::{Align2, Id, Pos2, Rect, Response, Role, Ui, UiBuilder, WidgetInfo, vec2};

use crate::theme::{self, Palette, Type, radius, row, space, stroke, widget_sizes};
use crate::widgets::paint;
use crate::widgets::roving::RovingFocus;

/// A bar of a chart.
#[derive(Clone, Debug)]
pub struct ChartBar {
    /// The category.
    pub label: String,
    /// A second line below the label of a column.
    pub note: String,
    /// The formatted count.
    pub count: String,
    /// Length from 0 to 1. A bar longer than 1 is truncated and drawn with a gap near its end.
    pub fraction: f32,
    /// Text for screen readers.
    pub spoken: String,
}

/// A chart titled `name` whose bars are rows: label, bar, count. One Tab stop, with arrow keys inside. Screen readers read `sentence` before
/// the bars.
///
/// Returns the bar that Tab reaches, and the index of the bar that was clicked.
pub fn bar_rows(
    ui: &mut Ui,
    name: &str,
    sentence: &str,
    bars: &[ChartBar],
) -> (Option<Response>, Option<usize>) {
    let p = theme::palette(ui.ctx());
    chart(ui, name, sentence, bars, 0, |ui, group| {
        let wide = ui.available_width();
        let widest = |text: fn(&ChartBar) -> &str| {
            let widths = bars.iter().map(|bar| {
                paint::whole_line(ui, text(bar), Type::Body, p.text)
                    .size()
                    .x
            });
            widths.fold(0.0, f32::max).ceil()
        };
        let label_wide =
            (widest(|bar| &bar.label) + space::M).min(wide * widget_sizes::CHART_LABEL);
        let count_wide = widest(|bar| &bar.count);
        for bar in bars {
            let size = vec2(wide, row::COMPACT);
            let (rect, response) = ui.allocate_exact_size(size, group.sense());
            paint_row(ui, rect, bar, &response, label_wide, count_wide);
            group.add(&response);
        }
    })
}

/// Like [`bar_rows`], with columns: count, bar, label.
pub fn bar_columns(
    ui: &mut Ui,
    name: &str,
    sentence: &str,
    bars: &[ChartBar],
) -> (Option<Response>, Option<usize>) {
    // The last bar is today, which users look at first.
    let last = bars.len().saturating_sub(1);
    chart(ui, name, sentence, bars, last, |ui, group| {
        let (line, note) = (Type::Small.line_height(), Type::Caption.line_height());
        let high = line + widget_sizes::CHART + space::XS + line + note;
        let (_, area) = ui.allocate_space(vec2(ui.available_width(), high));
        let wide = area.width() / bars.len().max(1) as f32;
        for (at, bar) in bars.iter().enumerate() {
            let left = (area.left() + wide * at as f32).round();
            let right = (area.left() + wide * (at + 1) as f32).round();
            let rect = Rect::from_x_y_ranges(left..=right, area.y_range());
            let response = ui.interact(rect, ui.scope_id().with(at), group.sense());
            paint_column(ui, rect, bar, &response);
            group.add(&response);
        }
    })
}

/// Draws the title and, with `draw`, the bars. At first, Tab reaches the bar at `stop`.
fn chart(
    ui: &mut Ui,
    name: &str,
    sentence: &str,
    bars: &[ChartBar],
    stop: usize,
    draw: impl FnOnce(&mut Ui, &mut RovingFocus),
) -> (Option<Response>, Option<usize>) {
    let p = theme::palette(ui.ctx());
    let group = UiBuilder::new()
        .accessibility_role(Role::Group)
        .accessibility_label(sentence);
    let shown = ui.scope_builder(group, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.label(Type::BodySemi.rich(name).color(p.strong));
        ui.add_space(space::XS);
        // Tab reaches the bar that last had the focus.
        let id = Id::unique(("chart", name));
        let last = ui.data(|data| data.get_temp(id)).unwrap_or(stop);
        let last = last.min(bars.len().saturating_sub(1));
        let mut group = RovingFocus::new(Some(last));
        draw(ui, &mut group);
        if let Some(moved) = group.moved(ui) {
            ui.data_mut(|data| data.insert_temp(id, moved));
        }
        let responses = group.into_members();
        for (bar, response) in bars.iter().zip(&responses) {
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &bar.spoken));
        }
        let clicked = responses.iter().position(Response::clicked);
        (responses.get(last).cloned(), clicked)
    });
    shown.inner
}

fn paint_row(
    ui: &Ui,
    rect: Rect,
    bar: &ChartBar,
    response: &Response,
    label_wide: f32,
    count_wide: f32,
) {
    if !ui.is_rect_visible(rect) {
        return;
    }
    let p = theme::palette(ui.ctx());
    let is_meant = response.hovered() || response.has_focus();
    // The label aligns with the title; the hover background starts further left.
    let ground = rect.expand2(vec2(space::S, 0.0));
    if response.hovered() {
        ui.painter()
            .rect_filled(ground, radius::SMALL, p.highlight());
    }
    let mid_y = rect.center().y;
    let color = if is_meant { p.strong } else { p.text };
    let label = paint::line(ui, &bar.label, Type::Body, color, label_wide - space::M);
    paint::put_line(ui, label, rect.left(), mid_y);
    let count = paint::whole_line(ui, &bar.count, Type::Body, color);
    let left = rect.right() - count.size().x;
    paint::put_line(ui, count, left, mid_y);
    let room = (rect.width() - label_wide - count_wide - space::M).max(0.0);
    let size = vec2(length(bar.fraction, room), widget_sizes::CHART_ROW_BAR);
    let min = Pos2::new(rect.left() + label_wide, (mid_y - size.y / 2.0).round());
    let shape = Rect::from_min_size(min, size);
    paint_bar(ui, shape, is_meant, p);
    if bar.fraction > 1.0 {
        let x = shape.right() - widget_sizes::CHART_BREAK;
        let gap = shape.with_min_x(x).with_max_x(x + widget_sizes::CHART_GAP);
        ui.painter().rect_filled(gap, 0, p.surface);
    }
    if response.has_focus() {
        paint::focus_ring_inside(ui, ground, radius::SMALL);
    }
}

fn paint_column(ui: &Ui, rect: Rect, bar: &ChartBar, response: &Response) {
    if !ui.is_rect_visible(rect) {
        return;
    }
    let p = theme::palette(ui.ctx());
    let is_meant = response.hovered() || response.has_focus();
    if response.hovered() {
        ui.painter().rect_filled(rect, radius::SMALL, p.highlight());
    }
    let line = Type::Small.line_height();
    let middle = rect.center().x;
    let floor = rect.top() + line + widget_sizes::CHART;
    let high = length(bar.fraction, widget_sizes::CHART);
    let wide = (rect.width() - 2.0 * space::S).clamp(space::XS, widget_sizes::CHART_COLUMN_BAR);
    let shape = Rect::from_min_max(
        Pos2::new((middle - wide / 2.0).round(), floor - high),
        Pos2::new((middle + wide / 2.0).round(), floor),
    );
    paint_bar(ui, shape, is_meant, p);
    if bar.fraction > 1.0 {
        let y = shape.top() + widget_sizes::CHART_BREAK;
        let gap = shape.with_min_y(y).with_max_y(y + widget_sizes::CHART_GAP);
        ui.painter().rect_filled(gap, 0, p.surface);
    }
    let edge = Rect::from_min_size(
        Pos2::new(rect.left(), floor),
        vec2(rect.width(), stroke::EDGE),
    );
    ui.painter().rect_filled(edge, 0, p.line);
    let color = if is_meant { p.strong } else { p.muted };
    let text = |top: f32, text: &str, style: Type| {
        let font = style.font();
        let pos = Pos2::new(middle.round(), top);
        ui.painter()
            .text(pos, Align2::CENTER_TOP, text, font, color);
    };
    text(shape.top() - line, &bar.count, Type::Small);
    text(floor + space::XS, &bar.label, Type::Small);
    text(floor + space::XS + line, &bar.note, Type::Caption);
    if response.has_focus() {
        paint::focus_ring_inside(ui, rect, radius::SMALL);
    }
}

/// Any count above zero is visible.
fn length(fraction: f32, room: f32) -> f32 {
    if fraction > 0.0 {
        (fraction.min(1.0) * room).round().max(stroke::BAR)
    } else {
        0.0
    }
}

fn paint_bar(ui: &Ui, rect: Rect, is_meant: bool, p: &Palette) {
    let color = if is_meant { p.accent_bar } else { p.control };
    ui.painter().rect_filled(rect, radius::SMALL / 2, color);
}
