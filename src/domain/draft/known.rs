//! The businesses that are loaded, as far as the rules need to ask for them.

use crate::domain::business::{Business, BusinessId};

/// Look-ups in the loaded list. An import asks all of them once per row, so each is to be fast.
pub trait Known {
    /// The business with exactly this `external_id`.
    fn with_external_id(&self, external_id: &str) -> Option<&Business>;

    /// The business with this id of Thred's.
    fn with_id(&self, id: BusinessId) -> Option<&Business>;

    /// A business whose name or legal name folds (see `text::fold`) to this.
    fn with_folded_name(&self, folded: &str) -> Option<&Business>;

    /// How many businesses are loaded.
    fn loaded(&self) -> usize;

    /// How many are still to be loaded, as far as the server has said.
    fn still_loading(&self) -> usize;
}

/// For the time before anything is loaded.
#[derive(Debug, Clone, Copy)]
pub struct NothingKnown;

impl Known for NothingKnown {
    fn with_external_id(&self, _: &str) -> Option<&Business> {
        None
    }

    fn with_id(&self, _: BusinessId) -> Option<&Business> {
        None
    }

    fn with_folded_name(&self, _: &str) -> Option<&Business> {
        None
    }

    fn loaded(&self) -> usize {
        0
    }

    fn still_loading(&self) -> usize {
        0
    }
}
