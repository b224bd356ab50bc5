//! Fits the card into the window, whatever it contains.

use egui::Ui;

use super::SignInScreen;
use crate::theme::size::sign_in::{SHORT_HEIGHT, SLACK, USUAL_CARD, USUAL_HEIGHT};
use crate::theme::space;

impl SignInScreen {
    /// Switches to the compact layout if the button would be below the window. Returns the space above the card.
    pub(super) fn arrange(&mut self, room: f32) -> f32 {
        let extra = self.card_height.map_or(0.0, |high| high - USUAL_CARD);
        // A sentence may wrap differently in the wider card. Without slack, that would switch back to the compact layout.
        let slack = if self.is_short { SLACK } else { 0.0 };
        self.is_short = room < USUAL_HEIGHT + extra + slack;
        let above = if self.is_short {
            ((room - SHORT_HEIGHT - extra) / 2.0).max(space::XS)
        } else {
            // Placed as if the card had its usual height, so that a message moves nothing above it.
            let most = room - USUAL_HEIGHT - extra;
            ((room - USUAL_HEIGHT) / 2.0).max(space::XXL).min(most)
        };
        above.round()
    }

    /// Whether the fields fit below the header of the compact layout. Otherwise they get its space, so that fewer of them scroll.
    pub(super) fn has_room_for_head(&self, room: f32) -> bool {
        let extra = self.card_height.map_or(0.0, |high| high - USUAL_CARD);
        room >= SHORT_HEIGHT + extra
    }

    /// Records the heights of the fields and of the part below. If they changed, this pass is discarded and drawn again.
    pub(super) fn measure(&mut self, ui: &Ui, fields: f32, submit: f32) {
        let is_known = self.submit_height == submit;
        self.submit_height = submit;
        if self.card_height.replace(fields + submit) != Some(fields + submit) || !is_known {
            ui.ctx().request_discard("the card has another height");
        }
    }
}
