//! Short notifications at the bottom right.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Area, Color32, Context, Galley, Id, Order, Rect, Ui, UiBuilder, Vec2, vec2};

use crate::theme::{self, Icon, Palette, Type, height, size::icon, space, widget_sizes};
use crate::widgets::buttons::button::Button;
use crate::widgets::frames;
use crate::widgets::marks::tag::Tone;
use crate::widgets::missing_glyphs::drawable;
use crate::widgets::paint;
use crate::widgets::row_in;
use crate::widgets::trailing::at_end;

/// A toast. The caller decides how long it is shown.
#[derive(Clone, Copy, Debug)]
pub struct ToastCard<'a> {
    /// Identifies the toast from frame to frame.
    pub id: u64,
    /// Icon, and how urgently screen readers read it.
    pub tone: Tone,
    /// The title, on at most three lines.
    pub title: &'a str,
    /// The part of the title that is shortened if the title has no room. May be empty.
    pub name: &'a str,
    /// Grey text below the title, on at most six lines. May be empty.
    pub detail: &'a str,
    /// Label of its button, or empty.
    pub action: &'a str,
    /// Whether it stays until closed; it then has a close button.
    pub stays: bool,
}

/// Result of showing the toasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ToastsResponse {
    /// Id of the toast whose action was pressed.
    pub action: Option<u64>,
    /// Id of the toast whose close button was pressed.
    pub closed: Option<u64>,
    /// Id of the toast that is hovered or focused and should not be removed yet.
    pub held: Option<u64>,
}

/// Shows the last three of `toasts`, the newest at the bottom. `corner` is their distance from the right and bottom edges of the window and
/// `width` the width of each, in px.
pub fn toasts(ctx: &Context, corner: Vec2, width: f32, toasts: &[ToastCard<'_>]) -> ToastsResponse {
    let mut result = ToastsResponse::default();
    let first = toasts.len().saturating_sub(MAX);
    let shown = toasts.get(first..).unwrap_or_default();
    if shown.is_empty() {
        return result;
    }
    Area::new(Id::unique("toasts"))
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_BOTTOM, -corner)
        .fade_in(false)
        .show(ctx, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = space::S;
            for toast in shown {
                show_one(ui, toast, &mut result);
            }
        });
    result
}

const MAX: usize = 3;

fn show_one(ui: &mut Ui, toast: &ToastCard<'_>, result: &mut ToastsResponse) {
    let p = theme::palette(ui.ctx());
    let spoken = if toast.detail.is_empty() {
        toast.title.to_owned()
    } else {
        format!("{}. {}", toast.title, toast.detail)
    };
    let (role, live) = toast.tone.announced();
    let builder = UiBuilder::new()
        .id_salt(toast.id)
        .accessibility_role(role)
        .accessibility_label(spoken);
    let scope = ui.scope_builder(builder, |ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_live(live);
            node.set_live_atomic();
        });
        frames::toast_frame(p)
            .show(ui, |ui| content(ui, p, toast, result))
            .inner
    });
    let rect: Rect = scope.response.rect;
    paint::place_node(ui.ctx(), scope.response.id, rect);
    if scope.inner || ui.rect_contains_pointer(rect) {
        result.held = Some(toast.id);
    }
}

/// Icon, text and buttons. Returns `true` if one of the buttons has the focus.
fn content(ui: &mut Ui, p: &Palette, toast: &ToastCard<'_>, result: &mut ToastsResponse) -> bool {
    let (mark, tint) = toast.tone.mark(p);
    let before = icon::NORMAL + space::S;
    let text_wide = ui.available_width() - before - buttons_width(ui, toast);
    let title = title(ui, toast, text_wide);
    let detail = wrapped(
        ui,
        toast.detail,
        Type::Small,
        p.muted,
        text_wide,
        DETAIL_ROWS,
    );
    let lines_high = title.size().y
        + if toast.detail.is_empty() {
            0.0
        } else {
            detail.size().y
        };
    let least = if toast.detail.is_empty() {
        widget_sizes::TOAST_ONE_LINE
    } else {
        widget_sizes::TOAST_TWO_LINES
    };
    let size = vec2(ui.available_width(), lines_high.max(least));
    let (_, rect) = ui.allocate_space(size);
    let mut inner = row_in(ui, rect);
    let focused = at_end(&mut inner, |ui| buttons(ui, toast, result));

    let center = egui::pos2(rect.left() + icon::NORMAL / 2.0, rect.center().y);
    mark.paint(ui, center, icon::NORMAL, tint);
    let top = egui::pos2(rect.left() + before, rect.center().y - lines_high / 2.0);
    let below = top + vec2(0.0, title.size().y);
    ui.painter().galley(top, title, p.strong);
    if !toast.detail.is_empty() {
        ui.painter().galley(below, detail, p.muted);
    }
    focused
}

/// Returns `true` if one of the buttons has the focus.
fn buttons(ui: &mut Ui, toast: &ToastCard<'_>, result: &mut ToastsResponse) -> bool {
    ui.spacing_mut().item_spacing.x = space::XS;
    let mut focused = false;
    if !toast.action.is_empty() {
        let action = Button::plain(toast.action).small().show(ui);
        focused |= action.has_focus();
        if action.clicked() {
            result.action = Some(toast.id);
        }
    }
    if toast.stays {
        let close = Button::icon_only(Icon::X, "Close").small().show(ui);
        focused |= close.has_focus();
        if close.clicked() {
            result.closed = Some(toast.id);
        }
    }
    focused
}

/// Lines after which a title is truncated.
const TITLE_ROWS: usize = 3;
/// Lines after which a detail is truncated: an error message says what failed and what was not done.
const DETAIL_ROWS: usize = 6;

/// The title. If it has no room, its name is shortened, because the words after the name say what was done.
pub(in crate::widgets) fn title(ui: &Ui, toast: &ToastCard<'_>, wide: f32) -> Arc<Galley> {
    let color = theme::palette(ui.ctx()).strong;
    let lay_out = |text: &str| wrapped(ui, text, Type::BodyStrong, color, wide, TITLE_ROWS);
    let whole = lay_out(toast.title);
    let parts = toast.title.split_once(toast.name);
    let Some((before, after)) = parts.filter(|_| whole.elided && !toast.name.is_empty()) else {
        return whole;
    };
    let shortened = |kept: usize| {
        let start: String = toast.name.chars().take(kept).collect();
        lay_out(&format!("{before}{}…{after}", start.trim_end()))
    };
    let lengths: Vec<usize> = (0..toast.name.chars().count()).collect();
    let fitting = lengths.partition_point(|kept| !shortened(*kept).elided);
    shortened(fitting.saturating_sub(1))
}

fn wrapped(
    ui: &Ui,
    text: &str,
    style: Type,
    color: Color32,
    wide: f32,
    rows: usize,
) -> Arc<Galley> {
    let text = drawable(ui.ctx(), style, text).into_owned();
    let mut job = LayoutJob::single_section(text, style.format(color));
    job.wrap = TextWrapping {
        max_width: wide,
        max_rows: rows,
        ..TextWrapping::default()
    };
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Width of the buttons on the right, including the gap to the text.
fn buttons_width(ui: &Ui, toast: &ToastCard<'_>) -> f32 {
    let close = if toast.stays {
        height::SMALL + space::XS
    } else {
        0.0
    };
    let action = if toast.action.is_empty() {
        0.0
    } else {
        Button::plain(toast.action).small().wanted_width(ui) + space::XS
    };
    close + action + space::S
}
