//! The parts of a row.

use std::borrow::Cow;

use egui::text::LayoutJob;
use egui::{Align2, Atom, AtomExt as _, Color32, ContainerAtom, Direction, RichText, Ui};

use crate::theme::{self, Icon, Type, size::icon, space};
use crate::widgets::buttons::key_hint;
use crate::widgets::control::{gap, text};
use crate::widgets::marks::tag::Tone;
use crate::widgets::missing_glyphs::drawable;
use crate::widgets::paint;
use crate::widgets::rows::row::{Row, RowKind};

/// Border and text of a badge.
pub(super) fn badge_colors(ui: &Ui, tone: Tone) -> (Color32, Color32) {
    let p = theme::palette(ui.ctx());
    match tone {
        Tone::Neutral => (p.line2, p.muted),
        Tone::Warning | Tone::Stop | Tone::Verified => tone.colors(p),
    }
}

fn grey(ui: &Ui, style: Type, words: &str) -> RichText {
    text(ui, style, words).color(theme::palette(ui.ctx()).muted)
}

impl Row<'_> {
    /// The parts of a row `room` px wide. The hint of a command takes no colour from `color`, the row's text does.
    pub(super) fn atoms(
        &self,
        ui: &Ui,
        mut room: f32,
        (color, tint): (Color32, Color32),
    ) -> Vec<Atom<'static>> {
        let mut atoms = Vec::new();
        if let Some(icon) = self.icon {
            let after = match self.kind {
                RowKind::Page | RowKind::Item => space::S,
                RowKind::Command | RowKind::Pick => space::M,
            };
            room -= icon::NORMAL + after;
            atoms.extend([icon.atom(icon::NORMAL, tint), gap(after)]);
        }
        match self.kind {
            RowKind::Page => self.page_atoms(ui, &mut atoms),
            RowKind::Item => self.item_atoms(ui, room, &mut atoms),
            RowKind::Command => self.command_atoms(ui, color, &mut atoms),
            RowKind::Pick => self.pick_atoms(ui, room, &mut atoms),
        }
        atoms
    }

    fn page_atoms(&self, ui: &Ui, atoms: &mut Vec<Atom<'static>>) {
        let name = text(ui, Type::BodyStrong, self.text).atom_shrink(true);
        atoms.extend([name, Atom::grow()]);
        if !self.hint.is_empty() {
            // A count of five digits just fits.
            atoms.extend([gap(space::XS), grey(ui, Type::Small, self.hint).into()]);
        }
        if let Some((word, tone)) = self.badge {
            let (edge, color) = badge_colors(ui, tone);
            atoms.extend([gap(space::S), key_hint::atom(ui, word, edge, color)]);
        }
    }

    fn item_atoms(&self, ui: &Ui, mut room: f32, atoms: &mut Vec<Atom<'static>>) {
        if self.ticked.is_some() {
            room -= icon::NORMAL + space::S;
        }
        // The label matters most; the hint gets the remaining width.
        atoms.push(text(ui, Type::Body, self.text).atom_max_width(room));
        if self.hint.is_empty() {
            atoms.push(Atom::grow());
        } else {
            let style = if self.is_hint_mono {
                Type::Mono
            } else {
                Type::Small
            };
            let hint = grey(ui, style, self.hint).atom_shrink(true);
            atoms.extend([gap(space::L), Atom::grow(), hint]);
        }
        if let Some(is_ticked) = self.ticked {
            let tick = if is_ticked {
                Icon::Check.atom(icon::NORMAL, theme::palette(ui.ctx()).link)
            } else {
                gap(icon::NORMAL)
            };
            atoms.extend([gap(space::S), tick]);
        }
    }

    fn command_atoms(&self, ui: &Ui, color: Color32, atoms: &mut Vec<Atom<'static>>) {
        let p = theme::palette(ui.ctx());
        let marked = if self.disabled.is_some() {
            p.off
        } else {
            p.link
        };
        let mut job = LayoutJob::default();
        for (before, words, letters, color, marked) in [
            (0.0, self.text, self.letters, color, marked),
            (space::M, self.hint, self.hint_letters, p.muted, p.link),
        ] {
            let formats = (Type::Body.format(color), Type::BodySemi.format(marked));
            match drawable(ui.ctx(), Type::Body, words) {
                Cow::Borrowed(words) => {
                    paint::append_marked(&mut job, before, words, letters, &formats);
                }
                // The letters are at other places now.
                Cow::Owned(words) => paint::append_marked(&mut job, before, &words, &[], &formats),
            }
        }
        atoms.extend([Atom::from(job).atom_shrink(true), Atom::grow()]);
        for (at, key) in key_hint::keys(self.key).into_iter().enumerate() {
            let before = if at == 0 { space::M } else { space::XS };
            atoms.extend([gap(before), key_hint::atom(ui, key, p.line2, p.muted)]);
        }
    }

    fn pick_atoms(&self, ui: &Ui, room: f32, atoms: &mut Vec<Atom<'static>>) {
        let name = text(ui, Type::BodyStrong, self.text);
        let detail = grey(ui, Type::Mono, self.detail);
        if self.is_stacked {
            let lines = [name, detail].map(|line| {
                let line = line.atom_max_width(room);
                line.atom_align(Align2::LEFT_CENTER)
            });
            let lines = ContainerAtom::new(egui::Atoms::from_iter(lines));
            atoms.push(lines.gap(0.0).direction(Direction::TopDown).into());
            atoms.push(Atom::grow());
        } else {
            // If both do not fit, the name is truncated, because the host must be visible in full.
            atoms.extend([name.atom_shrink(true), Atom::grow()]);
            if !self.detail.is_empty() {
                atoms.extend([gap(space::M), detail.atom_max_width(room)]);
            }
        }
        let ends = [self.hint, self.key];
        for words in ends.into_iter().filter(|words| !words.is_empty()) {
            atoms.extend([gap(space::M), grey(ui, Type::Small, words).into()]);
        }
    }
}
