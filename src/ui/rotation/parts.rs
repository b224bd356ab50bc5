//! What the steps have in common.

use egui::{Context, Event, Id, Ui};

use super::super::Screen;
use super::super::pasted_secret::reject_secret;
use crate::state::shell::messages::ShellCommand;
use crate::theme::{self, Type, space, widget_sizes};
use crate::widgets::{focus_on, paragraph};

/// Title and description of a step.
pub(super) fn head(ui: &mut Ui, title: &str, text: &str) {
    let p = theme::palette(ui.ctx());
    ui.label(Type::Title.rich(title).color(p.strong));
    ui.add_space(space::XS);
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width().min(widget_sizes::ASSISTANT_TEXT));
        paragraph(ui, Type::Body, p.text, text);
    });
    ui.add_space(space::XL);
}

/// Takes text pasted anywhere on a step for `field`, unless another text field or a dialog has the focus.
pub(super) fn pasted(ctx: &Context, field: Id, screen: &Screen<'_>) -> Option<String> {
    let focused = ctx.memory(|memory| memory.focused());
    let is_elsewhere = focused != Some(field) && ctx.text_edit_focused();
    if is_elsewhere || screen.is_focus_taken {
        return None;
    }
    let found = ctx.input_mut(|input| {
        let is_paste = |event: &Event| matches!(event, Event::Paste(_));
        let at = input.events.iter().position(is_paste)?;
        match input.events.remove(at) {
            Event::Paste(text) => Some(text),
            _ => None,
        }
    });
    if found.is_some() {
        focus_on(ctx, field);
    }
    found
}

/// The same for a field whose text is visible and saved: secrets are rejected. If the field has the focus, it handles other pastes itself.
pub(super) fn pasted_in_clear(ctx: &Context, field: Id, screen: &mut Screen<'_>) -> Option<String> {
    if reject_secret(ctx, screen.state) {
        screen.send(ShellCommand::ShowUnavailable(NOT_PASTED));
    }
    if ctx.memory(|memory| memory.has_focus(field)) {
        return None;
    }
    pasted(ctx, field, screen)
}

const NOT_PASTED: &str = "This looks like a key, which does not belong in this field";
