//! A field whose value is chosen from a list.

use egui::{
    Align, Color32, Context, Event, Id, Popup, Response, Role, Sense, Ui, WidgetInfo, vec2,
};

use crate::theme::{self, Icon, Type, height, radius, size::icon, space};
use crate::widgets::marks::message::{Message, describe, show_message};
use crate::widgets::overlays::menu::menu;
use crate::widgets::overlays::menu_keys::{self, MenuKeys};
use crate::widgets::paint;

/// A box that looks like a text field and opens a menu of values.
#[must_use = "a select does nothing until it is shown"]
pub struct Select<'a> {
    label: &'a str,
    label_hint: Option<&'a str>,
    value: &'a str,
    code: &'a str,
    message: Option<Message<'a>>,
    id: Option<Id>,
}

impl<'a> Select<'a> {
    /// A field labelled `label` that shows `value` and, at its right end, the machine-readable `code`.
    pub fn new(label: &'a str, value: &'a str, code: &'a str) -> Self {
        Self {
            label,
            label_hint: None,
            value,
            code,
            message: None,
            id: None,
        }
    }

    /// A fixed id, for moving the focus here.
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Grey text after the label that helps to choose.
    pub fn label_hint(mut self, hint: &'a str) -> Self {
        self.label_hint = Some(hint);
        self
    }

    /// The message below.
    pub fn message(mut self, message: Option<Message<'a>>) -> Self {
        self.message = message;
        self
    }

    /// Draws the field over the available width; `rows` draws the menu while it is open.
    pub fn show<R>(self, ui: &mut Ui, rows: impl FnOnce(&mut Ui) -> R) -> (Response, Option<R>) {
        let width = ui.available_width();
        let high = Type::SmallStrong.line_height() + space::XS + height::NORMAL;
        ui.allocate_ui_with_layout(
            vec2(width, high),
            egui::Layout::top_down(Align::Min),
            |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                self.show_label(ui);
                ui.add_space(space::XS);
                let response = self.show_box(ui, width);
                if let Some(message) = self.message {
                    ui.add_space(space::SM);
                    show_message(ui, theme::palette(ui.ctx()), message, None);
                    describe(ui, response.id, message);
                }
                open_by_letter(ui, &response);
                let picked = menu(&response, width, rows);
                (response, picked)
            },
        )
        .inner
    }

    fn show_label(&self, ui: &mut Ui) {
        let p = theme::palette(ui.ctx());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::SM;
            ui.spacing_mut().interact_size.y = 0.0;
            ui.label(Type::SmallStrong.rich(self.label).color(p.text));
            if let Some(hint) = self.label_hint {
                ui.label(Type::Small.rich(hint).color(p.muted));
            }
        });
    }

    fn show_box(&self, ui: &mut Ui, width: f32) -> Response {
        let p = theme::palette(ui.ctx());
        let (next, rect) = ui.allocate_space(vec2(width, height::NORMAL));
        let response = ui.interact(rect, self.id.unwrap_or(next), Sense::click());
        let name = format!(
            "{}: {}",
            self.label,
            if self.value.is_empty() {
                "not chosen"
            } else {
                self.value
            }
        );
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), &name));
        let edge = Message::edge(self.message, p);
        let fill = match response.hovered() {
            true => p.field.blend(p.lit()),
            false => p.field,
        };
        paint::boxed(ui, rect, radius::CONTROL, fill, edge);
        let mid_y = rect.center().y;
        let mut right = rect.right() - space::S;
        Icon::ChevronDown.paint(
            ui,
            egui::pos2(right - icon::NORMAL / 2.0, mid_y),
            icon::NORMAL,
            p.muted,
        );
        right -= icon::NORMAL + space::S;
        let code = paint::whole_line(ui, self.code, Type::Mono, p.muted);
        right -= code.size().x;
        paint::put_line(ui, code, right, mid_y);
        let (text, color): (&str, Color32) = if self.value.is_empty() {
            ("Choose…", p.muted)
        } else {
            (self.value, p.strong)
        };
        let left = rect.left() + space::S;
        let value = paint::line(ui, text, Type::Body, color, right - space::S - left);
        paint::put_line(ui, value, left, mid_y);
        if response.has_focus() {
            ui.data_mut(|data| data.insert_temp(focused_id(), response.id));
            paint::focus_ring(ui, rect, radius::CONTROL);
        }
        response
    }
}

fn focused_id() -> Id {
    Id::unique("focused select")
}

/// Whether a select had the focus when last drawn. A typed letter then opens its menu.
pub fn is_select_focused(ctx: &Context) -> bool {
    let select = ctx.data(|data| data.get_temp::<Id>(focused_id()));
    select.is_some() && select == ctx.memory(|memory| memory.focused())
}

/// Opens the menu when a letter is typed. The menu then moves to the first row that starts with it.
fn open_by_letter(ui: &Ui, select: &Response) {
    let menu = Popup::default_response_id(select);
    let is_letter = |event: &Event| match event {
        Event::Text(text) => text.chars().all(char::is_alphanumeric),
        _ => false,
    };
    if select.has_focus()
        && !Popup::is_id_open(ui.ctx(), menu)
        && ui.input(|input| input.events.iter().any(is_letter))
        && menu_keys::typed(ui).is_some()
    {
        Popup::open_id(ui.ctx(), menu);
        MenuKeys::opened_by_letter(ui.ctx(), menu);
    }
}
