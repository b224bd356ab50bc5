//! One row for navigation, menus, command palette and lists to pick from.

use egui::{Color32, Id};

use crate::theme::Icon;
use crate::widgets::marks::tag::Tone;

/// Where a row is, which decides its height and colours, and what it is for screen readers.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum RowKind {
    Page,
    #[default]
    Item,
    Command,
    Pick,
}

/// A row over the full width: icon, text, grey hint, and what is at its right end.
#[derive(Clone, Default)]
#[must_use = "a row does nothing until it is shown"]
pub struct Row<'a> {
    pub(super) kind: RowKind,
    pub(super) id: Option<Id>,
    pub(super) icon: Option<Icon>,
    pub(super) tint: Option<Color32>,
    pub(super) text: &'a str,
    pub(super) letters: &'a [u32],
    pub(super) spoken: Option<&'a str>,
    pub(super) detail: &'a str,
    pub(super) hint: &'a str,
    pub(super) hint_letters: &'a [u32],
    pub(super) is_hint_mono: bool,
    pub(super) key: &'a str,
    pub(super) badge: Option<(&'a str, Tone)>,
    pub(super) selected: bool,
    pub(super) ticked: Option<bool>,
    pub(super) disabled: Option<&'a str>,
    pub(super) position: (usize, usize),
    pub(super) is_rail: bool,
    pub(super) is_stacked: bool,
    pub(super) stays: bool,
}

impl<'a> Row<'a> {
    fn new(kind: RowKind, text: &'a str) -> Self {
        Self {
            kind,
            text,
            ..Self::default()
        }
    }

    /// A page in the navigation. Its key is shown in the tooltip, its hint on the right.
    pub fn page(icon: Icon, name: &'a str) -> Self {
        Self::new(RowKind::Page, name).icon(icon)
    }

    /// A line of a menu. Its hint is on the right, such as a shortcut or a host.
    pub fn item(label: &'a str) -> Self {
        Self::new(RowKind::Item, label)
    }

    /// A line of the command palette, whose hint follows its text. Not a Tab stop: the arrow keys select, and typing continues in the
    /// input, which keeps the focus and announces the selected row.
    pub fn command(id: Id, icon: Icon, text: &'a str) -> Self {
        let row = Self::new(RowKind::Command, text).icon(icon);
        Self {
            id: Some(id),
            ..row
        }
    }

    /// A line of a list to pick from, by pointer or by keys that another control handles. Its hint is on the right.
    pub fn pick(icon: Icon, name: &'a str) -> Self {
        Self::new(RowKind::Pick, name).icon(icon)
    }

    /// An icon before the text.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Colour of the icon, such as that of an environment.
    pub fn tint(mut self, tint: Color32) -> Self {
        self.tint = Some(tint);
        self
    }

    /// Indices of the matched characters of the text, sorted.
    pub fn letters(mut self, letters: &'a [u32]) -> Self {
        self.letters = letters;
        self
    }

    /// Text for screen readers, instead of the visible text.
    pub fn spoken(mut self, spoken: &'a str) -> Self {
        self.spoken = Some(spoken);
        self
    }

    /// Grey monospaced text beside the name of a pick.
    pub fn detail(mut self, detail: &'a str) -> Self {
        self.detail = detail;
        self
    }

    /// Grey text.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Grey monospaced text.
    pub fn hint_mono(mut self, hint: &'a str) -> Self {
        (self.hint, self.is_hint_mono) = (hint, true);
        self
    }

    /// Indices of the matched characters of the hint, sorted.
    pub fn hint_letters(mut self, letters: &'a [u32]) -> Self {
        self.hint_letters = letters;
        self
    }

    /// The shortcut: "Ctrl+K".
    pub fn key(mut self, key: &'a str) -> Self {
        self.key = key;
        self
    }

    /// A badge at the right end of a page ("63 d"); a dot on the rail.
    pub fn badge(mut self, badge: Option<(&'a str, Tone)>) -> Self {
        self.badge = badge;
        self
    }

    /// Marks the current page, or the row that Enter picks.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// Makes the line of a menu one of several choices; the chosen one is ticked.
    pub fn ticked(mut self, ticked: bool) -> Self {
        self.ticked = Some(ticked);
        self
    }

    /// Disables the row when there is a reason. A menu shows it as a tooltip; elsewhere, the hint says it.
    pub fn disabled_if(mut self, reason: Option<&'a str>) -> Self {
        self.disabled = reason;
        self
    }

    /// Position of the row, from 0, and the number of rows.
    pub fn position(mut self, at: usize, of: usize) -> Self {
        self.position = (at, of);
        self
    }

    /// Shows only the icon of a page, in windows narrower than 1000 px.
    pub fn rail(mut self, is_rail: bool) -> Self {
        self.is_rail = is_rail;
        self
    }

    /// Puts the detail on a second line below the name, for narrow rows.
    pub fn stacked(mut self, is_stacked: bool) -> Self {
        self.is_stacked = is_stacked;
        self
    }

    /// Keeps the menu open on a click.
    pub fn stays(mut self) -> Self {
        self.stays = true;
        self
    }
}
