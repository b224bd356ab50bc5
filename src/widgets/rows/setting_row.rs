//! A setting with its label on the left and its control on the right, or below if there is no space.

use egui::{Align, Layout, Pos2, Rect, Ui, UiBuilder, Vec2, vec2};

use crate::theme::{self, Type, height, space, widget_sizes};
use crate::widgets::buttons::link::link;
use crate::widgets::marks::message::{Message, message_below};
use crate::widgets::words;

/// A setting in a card.
#[must_use = "a row does nothing until it is shown"]
pub struct SettingRow<'a> {
    label: &'a str,
    hint: &'a str,
    default: &'a str,
    is_changed: bool,
    message: Option<Message<'a>>,
    width: f32,
}

impl<'a> SettingRow<'a> {
    /// A row labelled `label`, with a line that explains the setting.
    pub fn new(label: &'a str, hint: &'a str) -> Self {
        Self {
            label,
            hint,
            default: "",
            is_changed: false,
            message: None,
            width: 0.0,
        }
    }

    /// The default value ("60 s"), and whether the setting differs from it. Only then are the default and a link to reset it shown.
    pub fn default(mut self, value: &'a str, is_changed: bool) -> Self {
        (self.default, self.is_changed) = (value, is_changed);
        self
    }

    /// A message about the entered value.
    pub fn message(mut self, message: Option<Message<'a>>) -> Self {
        self.message = message;
        self
    }

    /// Width of the control, in px.
    pub fn control_width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Draws the row. `control` is laid out from right to left, or from left to right if it stands below. Returns whether *Reset* was clicked.
    pub fn show(self, ui: &mut Ui, control: impl FnOnce(&mut Ui)) -> bool {
        let area = ui.available_rect_before_wrap();
        let inside = Rect::from_min_max(area.min + vec2(0.0, space::M), area.max);
        let beside = inside.width() - self.width - space::XXL;
        let is_stacked = beside < widget_sizes::SETTING_LABEL_MIN;
        let room = if is_stacked { inside.width() } else { beside };
        let text = Rect::from_min_size(inside.min, vec2(room, inside.height()));
        let (bottom, reset_at) = self.texts(ui, text);
        let bottom = if is_stacked {
            let at = Pos2::new(inside.left(), bottom + space::S);
            let place = Rect::from_min_size(at, vec2(inside.width(), height::NORMAL));
            place_control(ui, place, Layout::left_to_right(Align::Center), control)
        } else {
            let high = (bottom - inside.top()).max(height::NORMAL);
            let top = inside.top() + (high - height::NORMAL) / 2.0;
            let at = Pos2::new(inside.right() - self.width, top);
            let place = Rect::from_min_size(at, vec2(self.width, height::NORMAL));
            let layout = Layout::right_to_left(Align::Center);
            place_control(ui, place, layout, control).max(inside.top() + high)
        };
        // Added after the control, which is the order of reading and of Tab.
        let is_reset = reset_at.is_some_and(|at| {
            let size = Vec2::new(inside.right() - at.x, Type::Small.line_height());
            let place = Rect::from_min_size(at, size);
            let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt(self.label));
            let response = link(&mut inner, "Reset");
            inner.ctx().accesskit_node_builder(response.id, |node| {
                node.set_label(format!("Reset {}", self.label));
            });
            response.clicked()
        });
        let bottom = self.show_message(ui, inside, bottom);
        ui.advance_cursor_after_rect(Rect::from_min_max(
            area.min,
            Pos2::new(area.right(), bottom + space::M),
        ));
        is_reset
    }

    /// Draws label, default and hint. Returns where they end, and where *Reset* belongs.
    fn texts(&self, ui: &mut Ui, place: Rect) -> (f32, Option<Pos2>) {
        let p = theme::palette(ui.ctx());
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt((self.label, 0)));
        inner.spacing_mut().item_spacing.y = 0.0;
        let reset_at = if self.is_changed && !self.default.is_empty() {
            // Beside the label, so that a change does not move the content below.
            let line = inner.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.label(Type::BodyStrong.rich(self.label).color(p.strong));
                let text = format!("Default: {}", self.default);
                ui.label(Type::Small.rich(text).color(p.muted)).rect
            });
            let default = line.inner;
            let middle = default.center().y - Type::Small.line_height() / 2.0;
            Some(Pos2::new(default.right() + space::S, middle))
        } else {
            words::paragraph(&mut inner, Type::BodyStrong, p.strong, self.label);
            None
        };
        if !self.hint.is_empty() {
            words::paragraph(&mut inner, Type::Small, p.muted, self.hint);
        }
        (inner.min_rect().bottom(), reset_at)
    }

    fn show_message(&self, ui: &mut Ui, inside: Rect, bottom: f32) -> f32 {
        let place = inside.with_min_y(bottom);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt((self.label, 1)));
        inner.spacing_mut().item_spacing.y = 0.0;
        message_below(
            &mut inner,
            ui.scope_id().with(self.label),
            self.message,
            None,
        );
        inner.min_rect().bottom()
    }
}

/// Returns the bottom of the control.
fn place_control(ui: &mut Ui, place: Rect, layout: Layout, add: impl FnOnce(&mut Ui)) -> f32 {
    let mut inner = ui.new_child(UiBuilder::new().max_rect(place).layout(layout));
    inner.spacing_mut().item_spacing.x = space::S;
    add(&mut inner);
    inner.min_rect().bottom().max(place.bottom())
}
