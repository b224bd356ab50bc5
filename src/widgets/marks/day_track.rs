//! A line of days that shows how many have passed and marks some of them.

use egui::{Align2, Color32, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Type, space, stroke, widget_sizes};

/// A line of `total` days, filled up to `today`. Each of `marks` is a day, with its number below, and the colour of the line once this day
/// is reached. `word` is shown above today. Screen readers read `sentence` instead.
pub fn day_track(
    ui: &mut Ui,
    (today, total): (u32, u32),
    word: &str,
    marks: &[(u32, Color32)],
    sentence: &str,
) -> Response {
    let p = theme::palette(ui.ctx());
    let text = Type::Small.line_height();
    let high = text + space::XS + widget_sizes::TRACK_MARK + space::XS + text;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, sentence));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    let mid_y = rect.top() + text + space::XS + widget_sizes::TRACK_MARK / 2.0;
    let at = |day: u32| {
        let x = rect.left() + rect.width() * day.min(total) as f32 / total.max(1) as f32;
        (x * ui.pixels_per_point()).round() / ui.pixels_per_point()
    };
    let line = Rect::from_min_size(
        Pos2::new(rect.left(), mid_y - widget_sizes::TRACK / 2.0),
        vec2(rect.width(), widget_sizes::TRACK),
    );
    painter.rect_filled(line, widget_sizes::TRACK / 2.0, p.ring);
    let reached = marks.iter().rev().find(|(day, _)| *day <= today);
    let color = reached.map_or(p.muted, |(_, color)| *color);
    painter.rect_filled(line.with_max_x(at(today)), widget_sizes::TRACK / 2.0, color);

    let upright = |x: f32, wide: f32, color: Color32| {
        // Stays within the line at both ends.
        let x = x.min(rect.right() - wide);
        let size = vec2(wide, widget_sizes::TRACK_MARK);
        let min = Pos2::new(x, mid_y - widget_sizes::TRACK_MARK / 2.0);
        painter.rect_filled(Rect::from_min_size(min, size), 0, color);
    };
    let below = rect.bottom() - text;
    for (day, _) in marks {
        let x = at(*day);
        upright(x, stroke::EDGE, p.control);
        let align = if *day >= total {
            Align2::RIGHT_TOP
        } else {
            Align2::CENTER_TOP
        };
        let number = day.to_string();
        painter.text(
            Pos2::new(x, below),
            align,
            number,
            Type::Small.font(),
            p.muted,
        );
    }
    upright(at(today), stroke::BAR, p.focus);
    let galley = painter.layout_no_wrap(word.to_owned(), Type::SmallStrong.font(), p.strong);
    let half = galley.size().x / 2.0;
    let last = (rect.right() - 2.0 * half).max(rect.left());
    let left = (at(today) - half).clamp(rect.left(), last);
    painter.galley(Pos2::new(left.round(), rect.top()), galley, p.strong);
    response
}
