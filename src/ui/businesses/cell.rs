//! The content of a cell in the list, and how it is drawn.

use std::borrow::Cow;

use egui::Ui;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::{Screen, words};
use super::token_card;
use crate::domain::business::{Business, BusinessId};
use crate::domain::countdown::Countdown;
use crate::domain::share_mode::ShareMode;
use crate::domain::text::ServerText;
use crate::theme::{self, Icon, Type, size, space};
use crate::widgets::{marked_line, pill, status_dot, truncate_middle};

/// The content of a cell. A column cannot pass server text as a plain string: it must declare whether the text is personal, so that share
/// mode can hide it.
pub(super) enum CellValue<'a> {
    Empty,
    /// Title of a business. Personal; never empty.
    Title(&'a Business),
    /// Personal server text, hidden in share mode.
    Personal(&'a ServerText, CellLook),
    /// Thred's id, truncated in the middle. Hidden in share mode.
    Id(BusinessId),
    /// Server text that identifies no business.
    Public(&'a ServerText, CellLook),
    /// Text of the console.
    Label(&'static str, CellLook),
    Day(Timestamp),
    /// Remaining life of a token, as text and as a fraction from 0 to 1, and the time at which a live token expires.
    TimeLeft(&'a Countdown, f32, Option<Timestamp>),
}

#[derive(Clone, Copy)]
pub(super) enum CellLook {
    Strong,
    Plain,
    Muted,
    /// Machine-readable text.
    Code,
    /// Placeholder for a missing code.
    NoCode,
    /// Something is in progress.
    Busy,
    /// An exceptional state, marked with a dot.
    Marked,
}

impl<'a> CellValue<'a> {
    /// Public text, or an empty cell if the server sent none.
    pub(super) fn public(text: Option<&'a ServerText>, look: CellLook) -> Self {
        text.map_or(Self::Empty, |text| Self::Public(text, look))
    }

    /// The same for personal text.
    pub(super) fn personal(text: Option<&'a ServerText>, look: CellLook) -> Self {
        text.map_or(Self::Empty, |text| Self::Personal(text, look))
    }

    /// The text of the cell. Server text reaches the screen only through this method.
    pub(super) fn text(
        &self,
        share: ShareMode,
        zone: &TimeZone,
    ) -> Option<(Cow<'a, str>, CellLook)> {
        Some(match *self {
            Self::Empty => return None,
            Self::Title(business) => {
                let (name, is_named) = words::title(business, share);
                let look = match is_named {
                    true => CellLook::Strong,
                    false => CellLook::Muted,
                };
                (name, look)
            }
            Self::Personal(text, look) => (share.shown(text), look),
            Self::Id(id) => {
                let id = id.to_string();
                (truncate_middle(&share.plain(&id)).into(), CellLook::Code)
            }
            Self::Public(text, look) => (text.shown(), look),
            Self::Label(text, look) => (text.into(), look),
            Self::Day(at) => (words::day(at, zone).into(), CellLook::Muted),
            Self::TimeLeft(countdown, ..) => (countdown.text.as_str().into(), CellLook::Plain),
        })
    }

    /// Draws the cell and marks the matched characters. `letters` holds their indices.
    pub(super) fn show(&self, ui: &mut Ui, letters: &[u32], screen: &Screen<'_>) {
        let state = screen.state;
        let Some((text, look)) = self.text(state.share, &state.zone) else {
            return;
        };
        if let Self::TimeLeft(countdown, left, ends) = self {
            let phase = countdown.phase;
            let shown = pill(ui, phase, &text, *left, &token_card::spoken(countdown));
            if let Some(ends) = ends {
                shown.on_hover_text(format!(
                    "Until {}",
                    words::time_with_seconds(*ends, &state.zone)
                ));
            }
            return;
        }
        let text = match self {
            Self::Title(business) => words::drawn_title(ui.ctx(), business, state.share).0,
            _ => text,
        };
        let p = theme::palette(ui.ctx());
        let (style, color) = match look {
            CellLook::Strong => (Type::BodyStrong, p.strong),
            CellLook::Plain | CellLook::Marked => (Type::Body, p.text),
            CellLook::Muted => (Type::Body, p.muted),
            CellLook::Code => (Type::Mono, p.text),
            CellLook::NoCode => (Type::Mono, p.muted),
            CellLook::Busy => (Type::Small, p.muted),
        };
        if let Self::Title(business) = self
            && is_pinned(business.id, screen)
        {
            ui.spacing_mut().item_spacing.x = space::SM;
            ui.add(Icon::Pin.image(size::icon::SMALL, p.muted));
        }
        if matches!(look, CellLook::Marked) {
            ui.spacing_mut().item_spacing.x = space::SM;
            status_dot(ui, p.text, true);
        }
        marked_line(ui, style, color, &text, letters);
    }
}

/// Whether the business is pinned.
pub(super) fn is_pinned(id: BusinessId, screen: &Screen<'_>) -> bool {
    let workspace = screen.state.workspace();
    workspace.is_some_and(|workspace| workspace.list.shortlist.is_pinned(id))
}
