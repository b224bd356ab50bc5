//! A row with a label and its value, for detail panes.

use egui::{Pos2, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::theme::{self, Icon, Type, layout, row, size::icon, space, widget_sizes};
use crate::widgets::buttons::button::Button;
use crate::widgets::copy_text::value_text;
use crate::widgets::paint;

/// A row with label, value and copy icon.
#[must_use = "a row does nothing until it is shown"]
pub struct KeyValue<'a> {
    label: &'a str,
    value: &'a str,
    whole: Option<&'a str>,
    mono: bool,
    unset: bool,
    compact: bool,
    label_width: f32,
    copy: CopyMode<'a>,
}

#[derive(Clone, Copy)]
enum CopyMode<'a> {
    Never,
    ByClick,
    WhenNear(&'a str),
    Always(&'a str),
}

impl<'a> KeyValue<'a> {
    /// A row that shows `value`, truncated at the end if it does not fit.
    pub fn new(label: &'a str, value: &'a str) -> Self {
        Self {
            label,
            value,
            whole: None,
            mono: false,
            unset: false,
            compact: false,
            label_width: layout::KEY,
            copy: CopyMode::Never,
        }
    }

    /// Shows the value in the monospaced font.
    pub fn mono(mut self) -> Self {
        self.mono = true;
        self
    }

    /// The full value if `value` is a shortened form, shown as a tooltip.
    pub fn whole(mut self, whole: &'a str) -> Self {
        self.whole = Some(whole);
        self
    }

    /// Shows the value in grey, because it only says that there is none.
    pub fn unset(mut self) -> Self {
        self.unset = true;
        self
    }

    /// Makes the row 24 px high.
    pub fn compact(mut self, compact: bool) -> Self {
        self.compact = compact;
        self
    }

    /// Width of the label column, in px.
    pub fn label_width(mut self, width: f32) -> Self {
        self.label_width = width;
        self
    }

    /// Copies the value on a click on it or on an icon that is always visible. `name` is the icon's label ("Copy id").
    pub fn copy_always(mut self, name: &'a str) -> Self {
        self.copy = CopyMode::Always(name);
        self
    }

    /// Copies the value on a click on it. The keyboard uses a button elsewhere.
    pub fn copy_by_click(mut self) -> Self {
        self.copy = CopyMode::ByClick;
        self
    }

    /// Copies the value on a click on it or on an icon that is visible while the row is hovered or the icon focused. `name` is the icon's
    /// label: "Copy e-mail".
    pub fn copy(mut self, name: &'a str) -> Self {
        self.copy = CopyMode::WhenNear(name);
        self
    }

    /// Draws the row over the full width. If its value can be copied, a click on the value or its icon is one on the row.
    pub fn show(self, ui: &mut Ui) -> Response {
        let p = theme::palette(ui.ctx());
        let high = if self.compact {
            row::KEY_VALUE_COMPACT
        } else {
            theme::rows(ui.ctx()).key_value
        };
        let size = vec2(ui.available_width(), high);
        let sense = match self.copy {
            CopyMode::Never => Sense::hover(),
            CopyMode::ByClick | CopyMode::WhenNear(_) | CopyMode::Always(_) => Sense::CLICK,
        };
        let (rect, row) = ui.allocate_exact_size(size, sense);
        let spoken = self.whole.unwrap_or(self.value);
        row.widget_info(|| {
            WidgetInfo::labeled(Role::Label, true, format!("{}: {spoken}", self.label))
        });
        let mid_y = rect.center().y;
        let label = paint::line(
            ui,
            self.label,
            Type::Body,
            p.muted,
            self.label_width - space::S,
        );
        paint::put_line(ui, label, rect.left(), mid_y);

        let (style, color) = match (self.unset, self.mono) {
            (true, _) => (Type::Body, p.muted),
            (false, true) => (Type::Mono, p.text),
            (false, false) => (Type::Body, p.text),
        };
        let left = rect.left() + self.label_width;
        let copy_room = match self.copy {
            CopyMode::ByClick => 0.0,
            CopyMode::Never | CopyMode::WhenNear(_) | CopyMode::Always(_) => icon::TARGET,
        };
        let right = rect.right() - copy_room;
        let value = paint::line(ui, self.value, style, color, right - left);
        let cut = value.elided || self.whole.is_some_and(|whole| whole != self.value);
        let shown = if self.unset {
            paint::put_line(ui, value, left, mid_y);
            None
        } else {
            let place = Rect::from_min_max(
                Pos2::new(left, rect.top()),
                Pos2::new(right.max(left), rect.bottom()),
            );
            Some(value_text(ui, place, style, color, self.value))
        };
        if cut {
            paint::tooltip(shown.as_ref().unwrap_or(&row), spoken);
        }

        let near = ui.rect_contains_pointer(rect);
        let icon = match self.copy {
            CopyMode::Never => return row,
            CopyMode::ByClick => None,
            CopyMode::WhenNear(name) => Some(copy_icon(ui, rect, name, near)),
            CopyMode::Always(name) => Some(copy_icon(ui, rect, name, true)),
        };
        shown
            .into_iter()
            .chain(icon)
            .fold(row, |all, part| all | part)
    }
}

/// A copy icon that is always a Tab stop; it is only drawn when `seen` or focused.
fn copy_icon(ui: &mut Ui, row: Rect, name: &str, seen: bool) -> Response {
    let center = Pos2::new(row.right() - widget_sizes::COPY_ICON_INSET, row.center().y);
    let place = Rect::from_center_size(center, vec2(icon::TARGET, icon::TARGET));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt(name));
    let focused = inner
        .ctx()
        .memory(|memory| memory.has_focus(inner.next_auto_id()));
    if !seen && !focused {
        inner.set_opacity(0.0);
    }
    Button::icon_only(Icon::Copy, name).tiny().show(&mut inner)
}
