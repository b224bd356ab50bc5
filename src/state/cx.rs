//! The context that each handler gets besides the state.

use super::effect::Effect;
use crate::domain::time::Now;

/// The current time, and the effects that handlers push.
pub(in crate::state) struct Cx {
    pub(in crate::state) now: Now,
    effects: Vec<Effect>,
}

impl Cx {
    pub(in crate::state) const fn new(now: Now) -> Self {
        Self {
            now,
            effects: Vec::new(),
        }
    }

    /// Adds an effect. Effects are started in the order in which they were pushed.
    pub(in crate::state) fn push(&mut self, effect: impl Into<Effect>) {
        self.effects.push(effect.into());
    }

    /// The pushed effects, in order.
    pub(in crate::state) fn into_effects(self) -> Vec<Effect> {
        self.effects
    }
}
