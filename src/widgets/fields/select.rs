//! A field whose value is chosen from a list.

use egui::{
    Align, Atom, AtomExt as _, Context, Event, Id, Popup, Response, Role, Sense, Ui, WidgetInfo,
    vec2,
};

use crate::theme::{self, Icon, Type, height, size::icon, space, stroke};
use crate::widgets::control::{Control, Skin, gap, text};
use crate::widgets::fields::field::show_label;
use crate::widgets::marks::message::{Message, describe, message_below};
use crate::widgets::overlays::menu::menu;
use crate::widgets::overlays::menu_keys::{self, MenuKeys};

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

    pub fn message(mut self, message: Option<Message<'a>>) -> Self {
        self.message = message;
        self
    }

    /// Draws the field over the available width; `rows` draws the menu while it is open, and returns what was picked.
    pub fn show<R>(
        self,
        ui: &mut Ui,
        rows: impl FnOnce(&mut Ui) -> Option<R>,
    ) -> (Response, Option<R>) {
        let width = ui.available_width();
        let high = Type::SmallStrong.line_height() + space::XS + height::NORMAL;
        ui.allocate_ui_with_layout(
            vec2(width, high),
            egui::Layout::top_down(Align::Min),
            |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                show_label(ui, self.label, self.label_hint);
                ui.add_space(space::XS);
                let response = self.show_box(ui, width);
                message_below(ui, response.id, self.message, None);
                if let Some(message) = self.message {
                    describe(ui, response.id, message);
                }
                open_by_letter(ui, &response);
                let id = Popup::default_response_id(&response);
                let was_open = Popup::is_id_open(ui.ctx(), id);
                let picked = menu(&response, width, rows).flatten();
                if !was_open && Popup::is_id_open(ui.ctx(), id) {
                    // The current value is where the arrow keys begin, also after a click.
                    MenuKeys::take_focus(ui.ctx(), id);
                }
                (response, picked)
            },
        )
        .inner
    }

    fn show_box(&self, ui: &mut Ui, width: f32) -> Response {
        let p = theme::palette(ui.ctx());
        let (next, rect) = ui.allocate_space(vec2(width, height::NORMAL));
        let (words, spoken, color) = if self.value.is_empty() {
            ("Choose…", "not chosen", p.muted)
        } else {
            (self.value, self.value, p.strong)
        };
        let value = text(ui, Type::Body, words).atom_shrink(true);
        let code = text(ui, Type::Mono, self.code).color(p.muted);
        let chevron = Icon::ChevronDown.atom(icon::NORMAL, p.muted);
        let end = (gap(space::S), code, gap(space::S), chevron);
        let padding = space::S - stroke::EDGE;
        let control = Control::new((value, Atom::grow(), end), height::NORMAL)
            .padding(padding, padding)
            .bordered();
        let edge = Message::edge(self.message, p);
        let id = self.id.unwrap_or(next);
        let response = control.show_at(ui, rect, id, Sense::click(), |response| Skin {
            fill: match response.hovered() {
                true => p.field.blend(p.highlight()),
                false => p.field,
            },
            edge,
            text: color,
        });
        let name = format!("{}: {spoken}", self.label);
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), &name));
        if response.has_focus() {
            ui.data_mut(|data| data.insert_temp(focused_id(), response.id));
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
        MenuKeys::take_focus(ui.ctx(), menu);
    }
}
