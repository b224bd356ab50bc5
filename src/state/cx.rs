//! The context that each handler gets besides the state.

use super::effect::Effect;
use super::shell::toasts::{Toast, Toasts};
use crate::domain::time::Now;

/// The current time, and the effects and toasts that handlers push.
pub(in crate::state) struct Cx {
    pub(in crate::state) now: Now,
    effects: Vec<Effect>,
    toasts: Vec<Toast>,
}

impl Cx {
    pub(in crate::state) const fn new(now: Now) -> Self {
        Self {
            now,
            effects: Vec::new(),
            toasts: Vec::new(),
        }
    }

    /// Adds an effect. Effects are started in the order in which they were pushed.
    pub(in crate::state) fn push(&mut self, effect: impl Into<Effect>) {
        self.effects.push(effect.into());
    }

    /// Shows a toast once the handler is done, so that it stays if the handler closes others.
    pub(in crate::state) fn toast(&mut self, toast: Toast) {
        self.toasts.push(toast);
    }

    /// Shows the toasts, and returns the pushed effects in order.
    pub(in crate::state) fn finish(self, toasts: &mut Toasts) -> Vec<Effect> {
        for toast in self.toasts {
            toasts.push(self.now, toast);
        }
        self.effects
    }
}
