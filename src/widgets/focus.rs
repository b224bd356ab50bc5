//! The only way to move keyboard focus.
//!
//! egui clears the focus after a click elsewhere, and passes the key that pressed a button on to a field drawn later. A move therefore
//! happens at the end of the frame, and is repeated while a closing dialog still holds the focus.

use egui::{Context, EventFilter, FocusDirection, Id, InputState, Key, Memory, Response};

/// Frames after which a move is given up. In the frame after a dialog closes, it still takes the focus from everything below it. A widget
/// that disappears in the next frame is only known to be gone in the one after that.
const TRIES: u8 = 3;

/// A requested move of the focus.
#[derive(Clone, Copy)]
struct FocusMove {
    to: Id,
    tries: u8,
    /// Move only if nothing else has the focus at the end of the frame: Tab may just be moving it to the next widget.
    is_offer: bool,
}

fn pending_id() -> Id {
    Id::unique("focus move")
}

fn pending(ctx: &Context) -> Option<FocusMove> {
    ctx.data(|data| data.get_temp(pending_id()))
}

/// Gives a widget the focus at the end of the frame. If there are several moves in a frame, the last one counts.
pub fn focus_on(ctx: &Context, id: Id) {
    ask(ctx, id, false);
}

/// Whether Enter was pressed in this text field, which also takes the focus from it.
pub fn was_entered(field: &Response) -> bool {
    field.lost_focus() && field.ctx.input(|input| input.key_pressed(Key::Enter))
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

/// Keeps the focus on a field while it is shown, except when Escape is pressed.
pub fn keep_focus(ctx: &Context, id: Id) {
    let is_leaving = ctx.input(|input| input.key_pressed(Key::Escape));
    if !is_leaving && !ctx.memory(|memory| memory.has_focus(id)) {
        focus_on(ctx, id);
    }
}

/// Gives the focus to the main widget of a page or dialog, unless something has it or is about to get it.
pub fn offer_focus(main: &Response) {
    let is_reached = |memory: &Memory| memory.allows_interaction(main.layer_id);
    if main.enabled() && main.ctx.memory(is_reached) {
        offer_to(&main.ctx, main.id);
    }
}

/// The same by id, for a widget in a dialog that is known to accept input.
pub(super) fn offer_to(ctx: &Context, id: Id) {
    let is_free = ctx.memory(|memory| memory.focused().is_none()) && pending(ctx).is_none();
    // Tab on the window's last control moves the focus to the first one, but only in the next frame.
    if is_free && !ctx.input(|input| input.key_pressed(Key::Tab)) {
        ask(ctx, id, true);
    }
}

/// Clears the focus, so that the next page or dialog can offer it to its main widget.
pub fn free_focus(ctx: &Context) {
    ctx.data_mut(|data| data.remove::<FocusMove>(pending_id()));
    ctx.memory_mut(|memory| {
        if let Some(id) = memory.focused() {
            memory.surrender_focus(id);
        }
    });
}

/// Whether a requested move is still pending. Offers do not count.
pub fn is_focus_moving(ctx: &Context) -> bool {
    pending(ctx).is_some_and(|pending| !pending.is_offer)
}

/// Leaves the arrow keys to the focused widget. Otherwise egui moves the focus to whatever lies in their direction, on the whole
/// window. Call it before anything in the frame is drawn, so that widgets can ask for other keys.
pub fn hold_arrow_keys(ctx: &Context) {
    let arrows = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ctx.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.set_focus_lock_filter(focused, arrows);
        }
    });
    // A widget that got the focus in the last frame has no filter yet.
    let arrows = [
        Key::ArrowUp,
        Key::ArrowDown,
        Key::ArrowLeft,
        Key::ArrowRight,
    ];
    if ctx.input(|input| arrows.iter().any(|key| input.key_pressed(*key))) {
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
}

/// Applies the pending move. Call it after everything in the frame has been drawn.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the helper that all others go through"
)]
pub fn settle_focus(ctx: &Context) {
    // The pressed widget may be gone in the next frame. The widget that is then offered the focus needs one more.
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
    // In the first frame the focus is still on the old widget, and the new one may not be drawn yet.
    let is_over = match tries {
        0 => is_offer && has_gone_elsewhere,
        1 => has_gone_elsewhere || !is_drawn,
        _ => has_gone_elsewhere || !is_drawn || is_there || tries == TRIES,
    };
    // The next move, or a widget offered the focus instead, is handled in another frame.
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
