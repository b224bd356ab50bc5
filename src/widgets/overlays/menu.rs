//! A menu under a button.

use egui::{
    Id, Key, Popup, PopupCloseBehavior, RectAlign, Response, Role, ScrollArea, Ui, WidgetInfo, vec2,
};

use crate::theme::{self, Icon, Type, radius, row, size::icon, space};
use crate::widgets::focus::focus_on;
use crate::widgets::overlays::menu_keys::MenuKeys;
use crate::widgets::paint;

/// Opens a menu below `button` when it is clicked, `width` px wide and right-aligned. Returns the result of `rows` while the menu is open.
pub fn menu<R>(button: &Response, width: f32, rows: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    show(button, width, PopupCloseBehavior::CloseOnClick, rows)
}

/// Like `menu`, but stays open until Escape or a click elsewhere, so that several settings can be changed.
pub fn panel<R>(button: &Response, width: f32, rows: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    show(button, width, PopupCloseBehavior::CloseOnClickOutside, rows)
}

fn show<R>(
    button: &Response,
    width: f32,
    closes: PopupCloseBehavior,
    rows: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    let (ctx, id) = (&button.ctx, Popup::default_response_id(button));
    let was_open = Popup::is_id_open(ctx, id);
    let shown = Popup::menu(button)
        .close_behavior(closes)
        .align(RectAlign::BOTTOM_END)
        .align_alternatives(&[RectAlign::TOP_END, RectAlign::BOTTOM_START])
        .gap(space::XS)
        .width(width)
        .show(|ui| body(ui, width, id, rows))
        .map(|shown| shown.inner);
    if !was_open && Popup::is_id_open(ctx, id) {
        MenuKeys::opened(ctx, id);
    }
    let by_key = [Key::Enter, Key::Space, Key::Escape];
    if was_open
        && !Popup::is_id_open(ctx, id)
        && ctx.input(|input| by_key.iter().any(|key| input.key_pressed(*key)))
    {
        // The row that had the focus is gone.
        focus_on(ctx, button.id);
    }
    shown
}

/// A row's context menu. Opens at the pointer on a secondary click, or below the row by `open_context_menu`.
pub fn context_menu<R>(row: &Response, width: f32, rows: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let (ctx, id) = (&row.ctx, Popup::default_response_id(row));
    let popup =
        if row.secondary_clicked() || ctx.data(|data| data.get_temp::<bool>(id) == Some(true)) {
            ctx.data_mut(|data| data.insert_temp(id, true));
            Popup::context_menu(row)
        } else {
            Popup::menu(row)
                .open_memory(None)
                .align(RectAlign::BOTTOM_START)
                .align_alternatives(&[RectAlign::TOP_START])
        };
    popup
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .gap(space::XS)
        .width(width)
        .show(|ui| body(ui, width, id, rows))
        .map(|shown| shown.inner)
}

/// The rows of a menu, with keyboard control.
fn body<R>(ui: &mut Ui, width: f32, id: Id, rows: impl FnOnce(&mut Ui) -> R) -> R {
    ui.set_width(width - 2.0 * (space::XS + 1.0));
    ui.spacing_mut().item_spacing.y = 0.0;
    let keys = MenuKeys::begin(ui, id);
    let most = ui.ctx().content_rect().height() - 2.0 * space::L;
    // The default limit of a popup is 400 px.
    ui.set_max_height(most);
    let inner = ScrollArea::vertical().max_height(most).show(ui, rows).inner;
    keys.end(ui);
    inner
}

/// Opens a row's context menu by keyboard and focuses its first line.
pub(in crate::widgets) fn open_context_menu(row: &Response) {
    let id = Popup::default_response_id(row);
    row.ctx.data_mut(|data| data.remove::<bool>(id));
    Popup::open_id(&row.ctx, id);
    MenuKeys::opened(&row.ctx, id);
}

/// One line of a menu.
#[must_use = "a menu row does nothing until it is shown"]
pub struct MenuRow<'a> {
    label: &'a str,
    icon: Option<Icon>,
    hint: Option<&'a str>,
    hint_style: Type,
    ticked: Option<bool>,
    disabled: Option<&'a str>,
    stays: bool,
}

impl<'a> MenuRow<'a> {
    /// A row that does something.
    pub fn new(label: &'a str) -> Self {
        Self {
            label,
            icon: None,
            hint: None,
            hint_style: Type::Small,
            ticked: None,
            disabled: None,
            stays: false,
        }
    }

    /// Keeps the menu open on a click.
    pub fn stays(mut self) -> Self {
        self.stays = true;
        self
    }

    /// Makes the row one of several choices; the chosen one is ticked.
    pub fn ticked(mut self, ticked: bool) -> Self {
        self.ticked = Some(ticked);
        self
    }

    /// An icon before the label.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Grey text on the right, such as a shortcut or a host.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Grey monospaced text on the right.
    pub fn hint_mono(mut self, hint: &'a str) -> Self {
        (self.hint, self.hint_style) = (Some(hint), Type::Mono);
        self
    }

    /// Disables the row when there is a reason, and shows it as a tooltip.
    pub fn disabled_if(mut self, reason: Option<&'a str>) -> Self {
        self.disabled = reason;
        self
    }

    /// Draws the row. A click closes the menu unless it [`stays`](Self::stays).
    pub fn show(self, ui: &mut Ui) -> Response {
        let p = theme::palette(ui.ctx());
        let enabled = ui.is_enabled() && self.disabled.is_none();
        let sense = paint::click_sense(enabled);
        let size = vec2(ui.available_width(), row::MENU);
        let (rect, response) = ui.allocate_exact_size(size, sense);
        response.widget_info(|| match self.ticked {
            Some(ticked) => WidgetInfo::selected(Role::MenuItemRadio, enabled, ticked, self.label),
            None => WidgetInfo::labeled(Role::MenuItem, enabled, self.label),
        });
        if paint::is_drawn(ui, rect, &response) {
            let lit = enabled && (response.hovered() || response.has_focus());
            if lit {
                ui.painter().rect_filled(rect, radius::SMALL, p.lit());
            }
            let color = match (enabled, lit) {
                (false, _) => p.off,
                (true, false) => p.text,
                (true, true) => p.strong,
            };
            let mid_y = rect.center().y;
            let half = icon::NORMAL / 2.0;
            let mut left = rect.left() + space::S;
            if let Some(icon) = self.icon {
                let tint = match (enabled, lit) {
                    (false, _) => p.off,
                    (true, false) => p.muted,
                    (true, true) => p.strong,
                };
                icon.paint(ui, egui::pos2(left + half, mid_y), icon::NORMAL, tint);
                left += icon::NORMAL + space::S;
            }
            let mut right = rect.right() - space::S;
            if self.ticked == Some(true) {
                Icon::Check.paint(ui, egui::pos2(right - half, mid_y), icon::NORMAL, p.link);
            }
            if self.ticked.is_some() {
                right -= icon::NORMAL + space::S;
            }
            let label = paint::line(ui, self.label, Type::Body, color, right - left);
            if let Some(hint) = self.hint {
                // The label matters most; the hint gets the remaining width.
                let room = right - left - label.size().x - space::L;
                let galley = paint::line(ui, hint, self.hint_style, p.muted, room.max(0.0));
                right -= galley.size().x;
                paint::put_line(ui, galley, right, mid_y);
            }
            paint::put_line(ui, label, left, mid_y);
            if response.has_focus() {
                paint::focus_ring_inside(ui, rect, radius::SMALL);
            }
        }
        if let Some(reason) = self.disabled {
            paint::tooltip(&response, reason);
        }
        if enabled {
            MenuKeys::note(&response, self.label, self.ticked == Some(true));
        }
        if response.clicked() && !self.stays {
            ui.close();
        }
        response
    }
}
