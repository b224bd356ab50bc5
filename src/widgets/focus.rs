//! The one way to move the keyboard.
//!
//! egui takes the focus from whatever is drawn after a click elsewhere, and hands the key that pressed a button to a field
//! that is drawn after it. So a move takes place once the frame is drawn, and is repeated while a closing dialog still
//! keeps the keyboard for itself.

use egui::{Context, Id, InputState, Key, Memory, Response};

/// After so many frames a move is given up. The frame after a dialog still takes the keyboard from whatever lies below it,
/// and what is gone by the next frame is seen to be gone in the one after that.
const TRIES: u8 = 3;

/// A move that was asked for.
#[derive(Clone, Copy)]
struct FocusMove {
    to: Id,
    tries: u8,
    /// Only if nothing else has the keyboard when the frame is drawn: Tab may just be giving it to what comes next.
    is_offer: bool,
}

fn pending_id() -> Id {
    Id::unique("focus move")
}

fn pending(ctx: &Context) -> Option<FocusMove> {
    ctx.data(|data| data.get_temp(pending_id()))
}

/// Gives the keyboard to a widget, once this frame is drawn. Of several moves in a frame the last one counts.
pub fn focus_on(ctx: &Context, id: Id) {
    ask(ctx, id, false);
}

fn ask(ctx: &Context, to: Id, is_offer: bool) {
    let asked = FocusMove {
        to,
        tries: 0,
        is_offer,
    };
    ctx.data_mut(|data| data.insert_temp(pending_id(), asked));
    ctx.request_repaint();
}

/// The same for a field that has the keyboard as long as it is shown.
pub fn keep_focus(ctx: &Context, id: Id) {
    let is_leaving = ctx.input(|input| input.key_pressed(Key::Escape));
    if !is_leaving && !ctx.memory(|memory| memory.has_focus(id)) {
        focus_on(ctx, id);
    }
}

/// Gives the keyboard to what a page or a dialog is about, unless something has it or is about to.
pub fn offer_focus(main: &Response) {
    let is_reached = |memory: &Memory| memory.allows_interaction(main.layer_id);
    if main.enabled() && main.ctx.memory(is_reached) {
        offer_to(&main.ctx, main.id);
    }
}

/// The same by its id, within a dialog that is reached for certain.
pub(super) fn offer_to(ctx: &Context, id: Id) {
    let is_free = ctx.memory(|memory| memory.focused().is_none()) && pending(ctx).is_none();
    // Tab from the last control of the window leads to the first one, but not before the next frame.
    if is_free && !ctx.input(|input| input.key_pressed(Key::Tab)) {
        ask(ctx, id, true);
    }
}

/// Takes the keyboard away, so that what is shown next is offered it.
pub fn free_focus(ctx: &Context) {
    ctx.data_mut(|data| data.remove::<FocusMove>(pending_id()));
    ctx.memory_mut(|memory| {
        if let Some(id) = memory.focused() {
            memory.surrender_focus(id);
        }
    });
}

/// Whether the keyboard was sent somewhere and is on its way.
pub fn is_focus_moving(ctx: &Context) -> bool {
    pending(ctx).is_some_and(|pending| !pending.is_offer)
}

/// Moves the keyboard. To be called when everything of a frame is drawn.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the helper that all others go through"
)]
pub fn settle_focus(ctx: &Context) {
    // What was pressed may be gone with the next frame; what is offered the keyboard then needs one more.
    let may_vanish = |input: &InputState| {
        let keys = [Key::Enter, Key::Space, Key::Escape];
        input.pointer.any_click() || keys.iter().any(|key| input.key_pressed(*key))
    };
    if ctx.input(may_vanish) {
        ctx.request_repaint();
    }
    let Some(FocusMove {
        to,
        tries,
        is_offer,
    }) = pending(ctx)
    else {
        return;
    };
    let focused = ctx.memory(|memory| memory.focused());
    let is_drawn = ctx.read_response(to).is_some();
    let is_there = focused == Some(to);
    let has_gone_elsewhere = focused.is_some_and(|focused| focused != to);
    // In the first frame the keyboard is where it comes from, and what it goes to may not be drawn yet.
    let is_over = match tries {
        0 => is_offer && has_gone_elsewhere,
        1 => has_gone_elsewhere || !is_drawn,
        _ => has_gone_elsewhere || !is_drawn || is_there || tries == TRIES,
    };
    // What comes next, or what is offered the keyboard in its place, is drawn in another frame.
    ctx.request_repaint();
    if is_over {
        ctx.data_mut(|data| data.remove::<FocusMove>(pending_id()));
        return;
    }
    let next = FocusMove {
        to,
        tries: tries + 1,
        is_offer,
    };
    ctx.data_mut(|data| data.insert_temp(pending_id(), next));
    if !is_there {
        ctx.memory_mut(|memory| memory.request_focus(to));
    }
}
