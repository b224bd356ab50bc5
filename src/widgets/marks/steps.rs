//! The current stage of a process, and tiles that filter by count.

use egui::{
    Align, Color32, CornerRadius, Layout, Pos2, Rect, Response, Role, Stroke, StrokeKind, Ui,
    WidgetInfo, vec2,
};

use crate::theme::{self, Icon, Type, radius, size::icon, space, stroke, widget_sizes};
use crate::widgets::marks::tag::Tone;
use crate::widgets::paint;
use crate::widgets::roving::RovingFocus;

/// Stages on one line, separated by chevrons; those before `current` are ticked. If they do not fit, only the current stage is shown.
pub fn stage_line(ui: &mut Ui, current: usize, stages: &[&str]) {
    let p = theme::palette(ui.ctx());
    let beside = icon::NORMAL + icon::TINY + 4.0 * space::XS;
    let widths = stages.iter().map(|stage| {
        let text = paint::whole_line(ui, stage, Type::SmallSemi, p.strong);
        text.size().x + beside
    });
    if widths.sum::<f32>() > ui.available_width() {
        let short = format!("{} of {}", current + 1, stages.len());
        let stage = stages.get(current).copied().unwrap_or_default();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::SM;
            ui.label(Type::Small.rich(short).color(p.muted));
            ui.label(Type::SmallSemi.rich(stage).color(p.strong));
        });
        return;
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (index, stage) in stages.iter().enumerate().rev() {
            let text = if index == current {
                Type::SmallSemi.rich(*stage).color(p.strong)
            } else {
                Type::Small.rich(*stage).color(p.muted)
            };
            ui.label(text);
            if index < current {
                ui.add(Icon::Check.image(icon::NORMAL, p.muted));
            }
            if index > 0 {
                ui.add_space(space::XS);
                ui.add(Icon::ChevronRight.image(icon::TINY, p.muted));
                ui.add_space(space::XS);
            }
        }
    });
}

/// One figure of [`tiles`].
#[derive(Clone, Debug)]
pub struct Tile<'a> {
    /// Icon before the label.
    pub icon: Option<Icon>,
    /// Label of the figure.
    pub label: &'a str,
    /// The formatted figure.
    pub figure: String,
    /// Colour of icon and label.
    pub tone: Tone,
}

/// Figures side by side in one card; selecting one filters the content below. Returns the tile that was clicked.
pub fn tiles(ui: &mut Ui, selected: Option<usize>, tiles: &[Tile<'_>]) -> Option<usize> {
    let p = theme::palette(ui.ctx());
    let (_, card) = ui.allocate_space(vec2(ui.available_width(), widget_sizes::TILE));
    paint::boxed(ui, card, radius::CARD, p.card, p.line2);
    let inside = card.shrink(stroke::EDGE);
    let width = inside.width() / tiles.len().max(1) as f32;
    let mut group = RovingFocus::new(selected);
    for (index, tile) in tiles.iter().enumerate() {
        let left = (inside.left() + width * index as f32).round();
        let right = (inside.left() + width * (index + 1) as f32).round();
        let rect = Rect::from_min_max(
            Pos2::new(left, inside.top()),
            Pos2::new(right, inside.bottom()),
        );
        let ends = (index == 0, index + 1 == tiles.len());
        let id = ui.next_auto_id();
        ui.skip_ahead_auto_ids(1);
        let response = ui.interact(rect, id, group.sense());
        show_tile(ui, tile, rect, &response, selected == Some(index), ends);
        group.add(&response);
    }
    ui.painter().rect_stroke(
        card,
        radius::CARD,
        Stroke::new(stroke::EDGE, p.line2),
        StrokeKind::Inside,
    );
    group.chosen(ui)
}

fn show_tile(
    ui: &Ui,
    tile: &Tile<'_>,
    rect: Rect,
    response: &Response,
    selected: bool,
    (first, last): (bool, bool),
) {
    let p = theme::palette(ui.ctx());
    let spoken = format!("{}: {}", tile.label, tile.figure);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, selected, &spoken));
    let left_round = if first { radius::CARD - 1 } else { 0 };
    let right_round = if last { radius::CARD - 1 } else { 0 };
    let corners = CornerRadius {
        nw: left_round,
        sw: left_round,
        ne: right_round,
        se: right_round,
    };
    let ground = match (selected, response.hovered()) {
        (true, _) => p.hover,
        (false, true) => p.highlight(),
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, corners, ground);
    if selected {
        let bar = Rect::from_min_max(
            // At the card's rounded corners, the bar stays inside the border.
            Pos2::new(
                rect.left() + f32::from(left_round) / 2.0,
                rect.bottom() - stroke::BAR,
            ),
            Pos2::new(rect.right() - f32::from(right_round) / 2.0, rect.bottom()),
        );
        ui.painter().rect_filled(bar, 0, p.focus);
    }
    if !last {
        let line = Rect::from_min_max(Pos2::new(rect.right() - stroke::EDGE, rect.top()), rect.max);
        ui.painter().rect_filled(line, 0, p.line);
    }
    let color = match tile.tone {
        Tone::Neutral => p.muted,
        Tone::Warning => p.warn,
        Tone::Stop => p.danger,
        Tone::Verified => p.ok,
    };
    let mut left = rect.left() + space::L;
    let label_y = rect.top() + space::M + Type::Small.line_height() / 2.0;
    if let Some(icon) = tile.icon {
        let center = Pos2::new(left + icon::SMALL / 2.0, label_y);
        icon.paint(ui, center, icon::SMALL, color);
        left += icon::SMALL + space::XS;
    }
    let room = rect.right() - space::S - left;
    let label = paint::line(ui, tile.label, Type::Small, color, room);
    paint::put_line(ui, label, left, label_y);
    let figure = paint::whole_line(ui, &tile.figure, Type::FigureSmall, p.strong);
    let figure_y = label_y
        + Type::Small.line_height() / 2.0
        + space::XS
        + Type::FigureSmall.line_height() / 2.0;
    paint::put_line(ui, figure, rect.left() + space::L, figure_y);
    if response.has_focus() {
        paint::focus_ring_inside(ui, rect, radius::SMALL);
    }
}
