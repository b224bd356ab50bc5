//! Warns if the chosen encoding is probably wrong.

use egui::{Frame, Panel, Ui};

use super::super::words;
use crate::domain::share_mode::ShareMode;
use crate::state::import::messages::ReadFile;
use crate::theme::{self, Icon, Type, height, size, space};
use crate::ui::Screen;
use crate::ui::areas::{fixed, inset};
use crate::widgets::line;

/// A line below the encoding, if there is something to warn about.
pub(super) fn show(ui: &mut Ui, file: &ReadFile, gutter: f32, screen: &Screen<'_>) {
    let Some(text) = describe(file, screen.state.share) else {
        return;
    };
    let panel = fixed(Panel::top("import doubt"), height::TOOLBAR, Frame::new());
    panel.show(ui, |ui| {
        let p = theme::palette(ui.ctx());
        let mut ui = inset(ui, gutter);
        ui.spacing_mut().item_spacing.x = space::S;
        // Whether characters are wrong, as far as the console can tell.
        let is_grave = file.sheet.odd_letters.cells > 0 || file.has_replaced;
        let (icon, color) = if is_grave {
            (Icon::Warning, p.warn)
        } else {
            (Icon::Info, p.muted)
        };
        ui.add(icon.image(size::icon::NORMAL, color));
        line(&mut ui, Type::Body, color, &text);
    });
}

fn describe(file: &ReadFile, share: ShareMode) -> Option<String> {
    let name = file.encoding.name();
    let mut said = Vec::new();
    if file.guess.is_some() {
        said.push(format!("Guessed {name}"));
    }
    let odd = &file.sheet.odd_letters;
    if odd.cells > 0 {
        let cells = words::counted(odd.cells as u64, "cell looks odd", "cells look odd");
        said.push(format!("{cells}: {}", share.text(&odd.sample)));
    }
    if file.has_replaced {
        said.push(format!("some bytes are not valid {name}"));
    }
    if let Some(rival) = file.guess.and_then(|guess| guess.rival) {
        said.push(format!("{} is just as likely", rival.name()));
    }
    if said.is_empty() {
        return None;
    }
    let advice = "Check the letters below, or choose another encoding.";
    Some(crate::domain::text::capitalised(&format!(
        "{}. {advice}",
        said.join("; ")
    )))
}
