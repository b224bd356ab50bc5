//! How the card fits the window, whatever is in it.

use egui::Ui;

use super::SignInScreen;
use crate::theme::size::sign_in::{SHORT_HEIGHT, SLACK, USUAL_CARD, USUAL_HEIGHT};
use crate::theme::space;

impl SignInScreen {
    /// Where the button would end up below the window, everything moves closer together. Returns the room above.
    pub(super) fn arrange(&mut self, room: f32) -> f32 {
        let extra = self.card_height.map_or(0.0, |high| high - USUAL_CARD);
        // A sentence may wrap otherwise in the wider card: that must not turn it narrow again.
        let slack = if self.is_short { SLACK } else { 0.0 };
        self.is_short = room < USUAL_HEIGHT + extra + slack;
        let above = if self.is_short {
            ((room - SHORT_HEIGHT - extra) / 2.0).max(space::XS)
        } else {
            // As if the card were the usual one, so that a message moves nothing above it.
            let most = room - USUAL_HEIGHT - extra;
            ((room - USUAL_HEIGHT) / 2.0).max(space::XXL).min(most)
        };
        above.round()
    }

    /// Keeps how high the fields and what stands below them have become; where that is news, this pass is not shown.
    pub(super) fn measure(&mut self, ui: &Ui, fields: f32, submit: f32) {
        let is_known = self.submit_height == submit;
        self.submit_height = submit;
        if self.card_height.replace(fields + submit) != Some(fields + submit) || !is_known {
            ui.ctx().request_discard("the card has another height");
        }
    }
}
