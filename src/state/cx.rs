//! What every handler is given besides the state.

use super::effect::Effect;
use crate::domain::time::Now;

/// The moment of a change, and what it wants done outside.
pub(in crate::state) struct Cx {
    /// The moment.
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

    /// Wants something done, after what was wanted before.
    pub(in crate::state) fn push(&mut self, effect: impl Into<Effect>) {
        self.effects.push(effect.into());
    }

    /// All that is wanted, in order.
    pub(in crate::state) fn into_effects(self) -> Vec<Effect> {
        self.effects
    }
}
