//! A menu under a button.

use egui::{Id, Key, Popup, PopupCloseBehavior, RectAlign, Response, ScrollArea, Ui};

use crate::theme::space;
use crate::widgets::focus::focus_on;
use crate::widgets::marks::progress::divider;
use crate::widgets::overlays::menu_keys::MenuKeys;

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

/// Draws a row for each of `items`. Returns the item whose row was clicked.
pub fn pick_from<T>(
    ui: &mut Ui,
    items: impl IntoIterator<Item = T>,
    mut row: impl FnMut(&mut Ui, &T) -> Response,
) -> Option<T> {
    let items = items.into_iter();
    items.filter(|item| row(ui, item).clicked()).last()
}

/// A divider between two groups of a menu's rows.
pub fn menu_divider(ui: &mut Ui) {
    ui.add_space(space::XS);
    divider(ui);
    ui.add_space(space::XS);
}

/// Opens a row's context menu by keyboard and focuses its first line.
pub(in crate::widgets) fn open_context_menu(row: &Response) {
    let id = Popup::default_response_id(row);
    row.ctx.data_mut(|data| data.remove::<bool>(id));
    Popup::open_id(&row.ctx, id);
    MenuKeys::opened(&row.ctx, id);
}
