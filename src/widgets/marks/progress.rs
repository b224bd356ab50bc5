//! Progress bars and loading placeholders, the only signs of waiting. Neither is animated.

use egui::{Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, height, stroke, widget_sizes};

use crate::widgets::paint;

/// A 2 px bar, `width` px wide, filled to `fraction` (0 to 1). `name` says what it measures, for screen readers.
pub fn progress_bar(ui: &mut Ui, width: f32, fraction: f32, name: &str) -> Response {
    let size = vec2(width.min(ui.available_width()), height::BAR);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let fraction = fraction.clamp(0.0, 1.0);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, name);
        info.value = Some(f64::from(fraction * 100.0).round());
        info
    });
    paint_bar(ui, rect, fraction);
    response
}

/// Paints a progress bar into `rect`.
pub(in crate::widgets) fn paint_bar(ui: &Ui, rect: Rect, fraction: f32) {
    let p = theme::palette(ui.ctx());
    let painter = ui.painter();
    let round = rect.height() / 2.0;
    painter.rect_filled(rect, round, p.ring);
    let filled = Rect::from_min_size(rect.min, vec2(rect.width() * fraction, rect.height()));
    painter.rect_filled(filled, round, p.accent_bar);
}

/// Grey bars in place of `count` rows that are still loading, `gutter` px from the sides. `columns` holds the width of each column and of
/// its bar, in px.
pub fn skeleton_rows(
    ui: &mut Ui,
    count: usize,
    row_height: f32,
    gutter: f32,
    columns: &[(f32, f32)],
) {
    let p = theme::palette(ui.ctx());
    ui.spacing_mut().item_spacing.y = 0.0;
    for row in 0..count {
        let (rect, _) =
            ui.allocate_exact_size(vec2(ui.available_width(), row_height), Sense::hover());
        if !ui.is_rect_visible(rect) {
            continue;
        }
        let mut x = rect.left() + gutter;
        for (width, bar) in columns {
            // Bars of equal length would look like a meaningful pattern.
            let bar = bar * VARIED[row % VARIED.len()];
            let min = Pos2::new(x, rect.center().y - widget_sizes::SKELETON / 2.0);
            let shape = Rect::from_min_size(min, vec2(bar, widget_sizes::SKELETON));
            ui.painter()
                .rect_filled(shape, widget_sizes::SKELETON / 2.0, p.skeleton);
            x += width;
        }
        paint::bottom_line(ui, rect, p.row_line);
    }
}

const VARIED: [f32; 4] = [1.0, 0.75, 0.875, 0.66];

/// A 1 px divider across the available width.
pub fn divider(ui: &mut Ui) -> Response {
    let p = theme::palette(ui.ctx());
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), stroke::EDGE), Sense::hover());
    ui.painter().rect_filled(rect, 0, p.line);
    response
}
