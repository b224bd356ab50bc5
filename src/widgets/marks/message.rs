//! Messages below form controls.

use egui::{Align, Color32, Id, Label, Ui};

use crate::theme::{self, Icon, Palette, Type, size::icon, space};
use crate::widgets::paint;

/// The message below a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message<'a> {
    /// How to fill in the field.
    Hint(&'a str),
    /// Must be fixed: red octagon.
    Wrong(&'a str),
    /// Allowed, but should be checked: amber triangle.
    Warning(&'a str),
    /// Checked and valid: green tick.
    Good(&'a str),
}

impl<'a> Message<'a> {
    pub(in crate::widgets) fn parts(self, p: &Palette) -> (Option<Icon>, Color32, &'a str) {
        match self {
            Self::Hint(text) => (None, p.muted, text),
            Self::Wrong(text) => (Some(Icon::StopSign), p.danger, text),
            Self::Warning(text) => (Some(Icon::Warning), p.warn, text),
            Self::Good(text) => (Some(Icon::Check), p.ok, text),
        }
    }

    /// Border colour of the field that has this message.
    pub(in crate::widgets) fn edge(message: Option<Self>, p: &Palette) -> Color32 {
        match message {
            Some(Self::Wrong(_)) => p.danger,
            Some(Self::Warning(_)) => p.warn,
            Some(Self::Hint(_) | Self::Good(_)) | None => p.control,
        }
    }
}

/// Tells screen readers the message of the control.
pub(in crate::widgets) fn describe(ui: &Ui, id: Id, message: Message<'_>) {
    let (_, _, text) = message.parts(theme::palette(ui.ctx()));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_description(text);
        if matches!(message, Message::Wrong(_)) {
            node.set_invalid(egui::accesskit::Invalid::True);
        }
    });
}

/// The message below a group of choices. `id` is that of the group.
pub fn message_line(ui: &mut Ui, id: Id, message: Option<Message<'_>>) {
    message_below(ui, id, message, None);
}

/// Draws the message below the field with this id. A message that goes away leaves its room for as long as the field is shown, so that the
/// fields below do not move while this one is edited. Returns whether the link of the message was clicked.
pub(in crate::widgets) fn message_below(
    ui: &mut Ui,
    id: Id,
    message: Option<Message<'_>>,
    trailing_link: Option<&str>,
) -> bool {
    let room = ui.scope(|ui| {
        message.is_some_and(|message| {
            ui.add_space(space::SM);
            show_message(ui, message, trailing_link)
        })
    });
    let used = room.response.rect.height();
    let width = ui.available_width();
    let now = ui.ctx().cumulative_frame_nr();
    let place = id.with("message room");
    let before: Option<(f32, f32, u64)> = ui.data(|data| data.get_temp(place));
    let kept = before
        .filter(|(_, at_width, last)| *at_width == width && now <= last + 1)
        .map_or(0.0, |(high, ..)| high);
    if kept > used {
        ui.add_space(kept - used);
    }
    ui.data_mut(|data| data.insert_temp(place, (kept.max(used), width, now)));
    room.inner
}

fn show_message(ui: &mut Ui, message: Message<'_>, trailing_link: Option<&str>) -> bool {
    let p = theme::palette(ui.ctx());
    let (icon, color, text) = message.parts(p);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::SM;
        ui.spacing_mut().interact_size.y = 0.0;
        match icon {
            Some(icon) => drop(ui.add(icon.image(icon::NORMAL, color))),
            // Keeps the link's id, and with it the focus, when an error replaces a hint.
            None => ui.skip_ahead_auto_ids(1),
        }
        let link = trailing_link.map(|text| paint::whole_line(ui, text, Type::SmallStrong, p.link));
        let link_room = link.as_ref().map_or(0.0, |l| l.size().x + space::M);
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width() - link_room);
            ui.add(Label::new(Type::Small.rich(text).color(color)).wrap());
        });
        trailing_link.is_some_and(|text| {
            ui.with_layout(egui::Layout::right_to_left(Align::Min), |ui| {
                crate::widgets::link(ui, text).clicked()
            })
            .inner
        })
    })
    .inner
}
