//! Bars from now until something expires, on a common time axis.

use std::ops::RangeInclusive;

use egui::{Align2, Color32, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, CountdownPhase, Palette, Type, radius, space, stroke, widget_sizes};
use crate::widgets::paint;

/// A bar of [`TimeLanes`].
#[derive(Clone, Debug)]
pub struct TimeBar<'a> {
    /// What expires.
    pub name: &'a str,
    /// Length of the bar in physical pixels, from now until expiry.
    pub pixels: u32,
    /// How close the expiry is.
    pub look: CountdownPhase,
    /// Whether it is selected on the page.
    pub is_selected: bool,
}

/// The axis with its bars. Screen readers read one sentence instead.
#[must_use = "an axis does nothing until it is shown"]
pub struct TimeLanes<'a> {
    /// Text for screen readers.
    pub sentence: &'a str,
    /// Space on both sides, in px.
    pub gutter: f32,
    /// Zones that start now, the longest first, each with its end as a fraction of the axis and how close an expiry within it is.
    pub zones: &'a [(f32, CountdownPhase)],
    /// Labels below the axis, each with its position as a fraction of the axis.
    pub ticks: &'a [(f32, &'a str)],
    /// Whether to use lower lanes without names, when space is limited.
    pub is_low: bool,
}

impl TimeLanes<'_> {
    /// Width of the axis in physical pixels. The rest of the available width is for the names after the bars.
    pub fn pixels(&self, ui: &Ui) -> u32 {
        let wide = ui.available_width() - 2.0 * self.gutter - widget_sizes::LANE_NAME;
        (wide.max(0.0) * ui.pixels_per_point()).floor() as u32
    }

    /// Draws the axis with these bars, from top to bottom.
    pub fn show(self, ui: &mut Ui, bars: &[TimeBar<'_>]) -> Response {
        let pitch = self.pitch(bars.len());
        let lanes = pitch * bars.len() as f32;
        let high = space::S + lanes + space::XS + Type::Small.line_height() + space::S;
        let per_point = ui.pixels_per_point();
        let wide = self.pixels(ui) as f32 / per_point;
        let size = vec2(ui.available_width(), high);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.sentence));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let p = theme::palette(ui.ctx());
        let snap = |x: f32| (x * per_point).round() / per_point;
        let start = Pos2::new(snap(rect.left() + self.gutter), rect.top() + space::S);
        let area = Rect::from_min_size(start, vec2(wide, lanes));
        self.paint_axis(ui, area, p);
        let reach = self.zones.iter().map(|(until, _)| *until);
        let beside = area.left() + wide * reach.fold(0.0, f32::max);
        for (lane, bar) in bars.iter().enumerate() {
            let top = area.top() + lane as f32 * pitch;
            let lane = Rect::from_min_size(Pos2::new(area.left(), top), vec2(wide, pitch));
            let end = paint_bar(ui, bar, lane, p);
            if pitch >= widget_sizes::LANE {
                // Starts after the zones, so that their borders do not run through the name.
                let left = end.max(beside) + space::S;
                let right = rect.right() - self.gutter;
                paint_name(ui, bar, left..=right, lane.center().y, p);
            }
        }
        // The line at now.
        let line = Rect::from_min_size(area.min, vec2(stroke::BAR, lanes + space::XS));
        ui.painter().rect_filled(line, 0, p.focus);
        response
    }

    /// Height of a lane, large enough for names if there are few bars.
    fn pitch(&self, bars: usize) -> f32 {
        let most = if self.is_low {
            widget_sizes::LANE_LOW
        } else {
            widget_sizes::LANE
        };
        let pitch = (MAX_NAMED as f32 * most / bars.max(1) as f32).floor();
        pitch.clamp(widget_sizes::LANE_MIN, most)
    }

    fn paint_axis(&self, ui: &Ui, area: Rect, p: &Palette) {
        let painter = ui.painter();
        let at = |part: f32| {
            let x = area.left() + area.width() * part;
            (x * ui.pixels_per_point()).round() / ui.pixels_per_point()
        };
        let upright = |x: f32, color: Color32| {
            let line = Rect::from_min_size(
                Pos2::new(x, area.top()),
                vec2(stroke::EDGE, area.height() + space::XS),
            );
            painter.rect_filled(line, 0, color);
        };
        for (part, _) in self.ticks.iter().filter(|(part, _)| *part > 0.0) {
            upright(at(*part), p.line);
        }
        for (until, look) in self.zones {
            let (fill, edge) = match look {
                CountdownPhase::Urgent => (p.danger_tint, p.danger_line),
                CountdownPhase::Warning => (p.warn_tint, p.warn_line),
                CountdownPhase::Calm | CountdownPhase::Over => (p.surface, p.line),
            };
            painter.rect_filled(area.with_max_x(at(*until)), 0, fill);
            upright(at(*until), edge);
        }
        let top = area.bottom() + space::XS;
        let mut free_from = f32::NEG_INFINITY;
        for (part, word) in self.ticks {
            let align = if *part > 0.0 {
                Align2::CENTER_TOP
            } else {
                Align2::LEFT_TOP
            };
            let word = painter.layout_no_wrap((*word).to_owned(), Type::Small.font(), p.muted);
            let place = align.anchor_size(Pos2::new(at(*part), top), word.size());
            // On a short axis, the next label may have no room.
            if place.left() >= free_from {
                free_from = place.right() + space::S;
                painter.galley(place.min, word, p.muted);
            }
        }
    }
}

/// Maximum number of bars that have their names beside them.
const MAX_NAMED: usize = 6;

/// Paints a bar and returns its right end.
fn paint_bar(ui: &Ui, bar: &TimeBar<'_>, lane: Rect, p: &Palette) -> f32 {
    let high = widget_sizes::LANE_BAR.min(lane.height() - stroke::EDGE);
    let top = (lane.center().y - high / 2.0).round();
    let wide = bar.pixels as f32 / ui.pixels_per_point();
    let shape = Rect::from_min_size(Pos2::new(lane.left(), top), vec2(wide, high));
    let color = if bar.is_selected && bar.look == CountdownPhase::Calm {
        p.strong
    } else {
        p.countdown_ring(bar.look)
    };
    ui.painter().rect_filled(shape, radius::SMALL / 2, color);
    shape.right()
}

fn paint_name(ui: &Ui, bar: &TimeBar<'_>, x: RangeInclusive<f32>, mid_y: f32, p: &Palette) {
    let (style, color) = if bar.is_selected {
        (Type::SmallStrong, p.strong)
    } else {
        (Type::Small, p.muted)
    };
    let name = paint::line(ui, bar.name, style, color, x.end() - x.start());
    // Hides the axis lines behind the name.
    let ground = Rect::from_center_size(
        Pos2::new(x.start() + name.size().x / 2.0, mid_y),
        name.size() + vec2(space::S, 0.0),
    );
    ui.painter().rect_filled(ground, 0, p.surface);
    paint::put_line(ui, name, *x.start(), mid_y);
}
