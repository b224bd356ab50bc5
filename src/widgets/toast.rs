//! Short reports of what was done, at the bottom right.

use egui::accesskit::Live;
use egui::{
    Align, Align2, Area, Color32, Context, Id, Layout, Order, Rect, Role, Ui, UiBuilder, vec2,
};

use super::button::Button;
use super::icon_button::IconButton;
use super::{frames, words};
use crate::theme::{self, Icon, Palette, Type, layout, part, size::icon, space};

/// What a toast reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    /// Done: circled tick.
    Done,
    /// Good to know.
    Info,
    /// Done, but look again: triangle.
    Care,
    /// Not done: octagon. Read out at once.
    Failed,
}

impl ToastKind {
    fn icon(self, p: &Palette) -> (Icon, Color32) {
        match self {
            Self::Done => (Icon::CheckCircle, p.ok),
            Self::Info => (Icon::Info, p.link),
            Self::Care => (Icon::Warning, p.warn),
            Self::Failed => (Icon::StopSign, p.danger),
        }
    }
}

/// One toast. How long it stays is the caller's affair.
#[derive(Clone, Copy, Debug)]
pub struct Toast<'a> {
    /// Tells toasts apart from frame to frame.
    pub id: u64,
    /// Icon, and how urgently it is read out.
    pub kind: ToastKind,
    /// One line.
    pub title: &'a str,
    /// One grey line, or nothing.
    pub detail: &'a str,
    /// The word on its button, or nothing.
    pub action: &'a str,
    /// Stays until it is closed, so it has a close button.
    pub stays: bool,
}

/// What became of the toasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ToastsResponse {
    /// The action of this toast was pressed.
    pub action: Option<u64>,
    /// The close button of this toast was pressed.
    pub closed: Option<u64>,
    /// This toast is under the pointer or has the keyboard, and should not go yet.
    pub held: Option<u64>,
}

/// Shows the last three of `toasts`, newest lowest, `right` and `bottom` px away from the corner
/// of the window.
pub fn toasts(ctx: &Context, right: f32, bottom: f32, toasts: &[Toast<'_>]) -> ToastsResponse {
    let mut result = ToastsResponse::default();
    let first = toasts.len().saturating_sub(MOST);
    let shown = toasts.get(first..).unwrap_or_default();
    if shown.is_empty() {
        return result;
    }
    Area::new(Id::unique("toasts"))
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_BOTTOM, vec2(-right, -bottom))
        .fade_in(false)
        .show(ctx, |ui| {
            ui.set_width(layout::TOAST);
            ui.spacing_mut().item_spacing.y = space::S;
            for toast in shown {
                show_one(ui, toast, &mut result);
            }
        });
    result
}

const MOST: usize = 3;

fn show_one(ui: &mut Ui, toast: &Toast<'_>, result: &mut ToastsResponse) {
    let p = theme::palette(ui.ctx());
    let spoken = if toast.detail.is_empty() {
        toast.title.to_owned()
    } else {
        format!("{}. {}", toast.title, toast.detail)
    };
    let (role, live) = match toast.kind {
        ToastKind::Failed => (Role::Alert, Live::Assertive),
        ToastKind::Done | ToastKind::Info | ToastKind::Care => (Role::Status, Live::Polite),
    };
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
    if scope.inner || ui.rect_contains_pointer(rect) {
        result.held = Some(toast.id);
    }
}

/// Icon, lines and buttons; true when one of the buttons has the keyboard.
fn content(ui: &mut Ui, p: &Palette, toast: &Toast<'_>, result: &mut ToastsResponse) -> bool {
    let (mark, tint) = toast.kind.icon(p);
    let high = if toast.detail.is_empty() {
        part::TOAST_ONE_LINE
    } else {
        part::TOAST_TWO_LINES
    };
    let size = vec2(ui.available_width(), high);
    let (_, rect) = ui.allocate_space(size);
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Layout::right_to_left(Align::Center));
    let mut inner = ui.new_child(builder);
    inner.spacing_mut().item_spacing.x = space::XS;
    let mut focused = false;
    if toast.stays {
        let close = IconButton::new(Icon::X, "Close").small().show(&mut inner);
        focused |= close.has_focus();
        if close.clicked() {
            result.closed = Some(toast.id);
        }
    }
    if !toast.action.is_empty() {
        let action = Button::plain(toast.action).small().show(&mut inner);
        focused |= action.has_focus();
        if action.clicked() {
            result.action = Some(toast.id);
        }
    }

    let center = egui::pos2(rect.left() + icon::NORMAL / 2.0, rect.center().y);
    mark.paint(ui, center, icon::NORMAL, tint);
    let mut lines = rect;
    lines.set_left(rect.left() + icon::NORMAL + space::S);
    lines.set_right(inner.min_rect().left() - space::S);
    let lines_high = if toast.detail.is_empty() {
        Type::BodyStrong.line_height()
    } else {
        Type::BodyStrong.line_height() + Type::Small.line_height()
    };
    let lines = Rect::from_center_size(lines.center(), vec2(lines.width(), lines_high));
    let mut text = ui.new_child(UiBuilder::new().max_rect(lines).id_salt("lines"));
    text.spacing_mut().item_spacing.y = 0.0;
    words::line(&mut text, Type::BodyStrong, p.strong, toast.title);
    if !toast.detail.is_empty() {
        words::line(&mut text, Type::Small, p.muted, toast.detail);
    }
    focused
}
