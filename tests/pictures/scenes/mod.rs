//! Every screen in every state. A new screen needs a file here and a line in [`GROUPS`].

mod create;
mod detail;
mod dialogs;
mod edit;
mod history;
mod import;
mod list;
mod lock;
mod overview;
mod palette;
mod profiles;
mod rotation;
mod settings;
mod sign_in;
mod tokens;

use crate::{
    looks::{Look, USUAL},
    stage::Stage,
};

/// A state of a screen.
pub struct Scene {
    /// Unique within its group.
    pub name: &'static str,
    pub looks: &'static [Look],
    /// Brings a console into this state.
    pub play: fn() -> Stage,
}

/// All scenes. Each group is a folder of pictures.
pub const GROUPS: [(&str, &[Scene]); 15] = [
    ("sign_in", sign_in::SCENES),
    ("list", list::SCENES),
    ("detail", detail::SCENES),
    ("tokens", tokens::SCENES),
    ("create", create::SCENES),
    ("edit", edit::SCENES),
    ("import", import::SCENES),
    ("dialogs", dialogs::SCENES),
    ("profiles", profiles::SCENES),
    ("settings", settings::SCENES),
    ("lock", lock::SCENES),
    ("history", history::SCENES),
    ("rotation", rotation::SCENES),
    ("palette", palette::SCENES),
    ("overview", overview::SCENES),
];

/// A scene in the usual looks.
const fn scene(name: &'static str, play: fn() -> Stage) -> Scene {
    in_looks(name, USUAL, play)
}

const fn in_looks(name: &'static str, looks: &'static [Look], play: fn() -> Stage) -> Scene {
    Scene { name, looks, play }
}
