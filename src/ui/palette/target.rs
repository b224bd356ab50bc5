//! What a line of the palette opens or runs.

use crate::domain::business::BusinessId;
use crate::ui::actions::Action;

/// What a line runs or opens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum PaletteTarget {
    Action(Action),
    Business(BusinessId),
}
