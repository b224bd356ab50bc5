//! The lines of the table, as help and palette show them.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::theme::Icon;

use super::{Action, written};

/// One line of the table.
pub(in crate::ui) struct ActionEntry {
    pub(in crate::ui) action: Action,
    /// In help and menus.
    pub(in crate::ui) text: &'static str,
    /// None for what only the palette and a button do.
    pub(in crate::ui) shortcut: Option<KeyboardShortcut>,
    /// How the key is written; empty where there is none.
    pub(in crate::ui) key: &'static str,
    /// Another key for the same, which acts also while something is typed, and how it is written.
    also: Option<(KeyboardShortcut, &'static str)>,
    pub(in crate::ui) group: &'static str,
    /// In the palette.
    pub(in crate::ui) icon: Icon,
    /// Acts also while a text field has the focus.
    pub(in crate::ui) in_text: bool,
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn with(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

const fn entry(
    action: Action,
    text: &'static str,
    shortcut: KeyboardShortcut,
    key: &'static str,
    group: &'static str,
) -> ActionEntry {
    ActionEntry {
        action,
        text,
        shortcut: Some(shortcut),
        key,
        also: None,
        group,
        icon: Icon::Command,
        in_text: false,
    }
}

/// A line without a key.
const fn keyless(action: Action, text: &'static str, group: &'static str) -> ActionEntry {
    ActionEntry {
        action,
        text,
        shortcut: None,
        key: "",
        also: None,
        group,
        icon: Icon::Command,
        in_text: false,
    }
}

const fn anywhere(entry: ActionEntry) -> ActionEntry {
    ActionEntry {
        in_text: true,
        ..entry
    }
}

impl ActionEntry {
    const fn icon(self, icon: Icon) -> Self {
        Self { icon, ..self }
    }

    const fn also(self, shortcut: KeyboardShortcut, key: &'static str) -> Self {
        Self {
            also: Some((shortcut, key)),
            ..self
        }
    }

    /// How its key is written on this system.
    pub(in crate::ui) fn written_key(&self) -> String {
        written(self.key)
    }

    /// How all its keys are written, with a space between them.
    pub(in crate::ui) fn written_keys(&self) -> String {
        match self.also {
            Some((_, also)) => written(&format!("{} {also}", self.key)),
            None => self.written_key(),
        }
    }

    /// Whether this key stands for it. Without `takes_letters`, only one that acts also while something is typed.
    pub(in crate::ui) fn is_bound_to(
        &self,
        key: Key,
        modifiers: Modifiers,
        takes_letters: bool,
    ) -> bool {
        let is = |bound: KeyboardShortcut| {
            // Signs and digits need Shift on some keyboards; letters mean another thing with it.
            let is_letter = key.name().chars().all(|c| c.is_ascii_uppercase());
            bound.logical_key == key
                && bound.modifiers.command == modifiers.command
                && bound.modifiers.alt == modifiers.alt
                // On a Mac Ctrl is a key of its own, with which no action is bound.
                && (cfg!(not(target_os = "macos")) || !modifiers.ctrl)
                && (bound.modifiers.shift == modifiers.shift || (modifiers.shift && !is_letter))
        };
        let usual = self.shortcut.filter(|_| self.in_text || takes_letters);
        usual.is_some_and(is) || self.also.is_some_and(|(also, _)| is(also))
    }
}

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// All actions, grouped as help shows them.
pub(in crate::ui) const TABLE: &[ActionEntry] = &[
    entry(
        Action::CopyToken,
        "Copy a token",
        plain(Key::T),
        "T",
        "Token",
    )
    .icon(Icon::Copy),
    entry(
        Action::PickFormat,
        "Copy a token as…",
        with(Modifiers::SHIFT, Key::T),
        "Shift+T",
        "Token",
    )
    .icon(Icon::Copy),
    entry(
        Action::RenewToken,
        "Fetch a new token",
        plain(Key::R),
        "R",
        "Token",
    )
    .icon(Icon::Refresh),
    anywhere(
        entry(
            Action::ClearClipboard,
            "Clear the clipboard",
            with(CTRL_SHIFT, Key::C),
            "Ctrl+Shift+C",
            "Token",
        )
        .icon(Icon::Clipboard),
    ),
    keyless(Action::CopyNote, "Copy hand-over note", "Token").icon(Icon::Clipboard),
    keyless(Action::ForgetAllTokens, "Forget all tokens…", "Token").icon(Icon::Trash),
    entry(
        Action::FocusFilter,
        "Filter the list",
        plain(Key::Slash),
        "/",
        "Businesses",
    )
    .also(with(Modifiers::COMMAND, Key::F), "Ctrl+F")
    .icon(Icon::Search),
    entry(
        Action::SelectNext,
        "Next business",
        plain(Key::J),
        "J",
        "Businesses",
    )
    .icon(Icon::ArrowDown),
    entry(
        Action::SelectPrevious,
        "Previous business",
        plain(Key::K),
        "K",
        "Businesses",
    )
    .icon(Icon::ArrowUp),
    entry(
        Action::NewBusiness,
        "New business…",
        plain(Key::N),
        "N",
        "Businesses",
    )
    .icon(Icon::Plus),
    entry(
        Action::ShowImport,
        "Import from a file",
        plain(Key::I),
        "I",
        "Businesses",
    )
    .icon(Icon::Import),
    entry(
        Action::OpenDetail,
        "Open details",
        plain(Key::Enter),
        "Enter",
        "Businesses",
    )
    .icon(Icon::Info),
    entry(
        Action::TogglePin,
        "Pin to the top",
        plain(Key::P),
        "P",
        "Businesses",
    )
    .icon(Icon::Pin),
    entry(Action::CopyId, "Copy id", plain(Key::C), "C", "Businesses").icon(Icon::Copy),
    entry(
        Action::CopyExternalId,
        "Copy external_id",
        plain(Key::E),
        "E",
        "Businesses",
    )
    .icon(Icon::Copy),
    anywhere(
        entry(
            Action::Refresh,
            "Refresh",
            plain(Key::F5),
            "F5",
            "Businesses",
        )
        .icon(Icon::Refresh),
    ),
    keyless(Action::EditBusiness, "Edit business…", "Businesses").icon(Icon::Edit),
    keyless(
        Action::ExportCsv,
        "Export the shown list as CSV…",
        "Businesses",
    )
    .icon(Icon::Export),
    keyless(
        Action::ExportJson,
        "Export the shown list as JSON…",
        "Businesses",
    )
    .icon(Icon::Export),
    keyless(Action::ChooseColumns, "Choose columns…", "Businesses").icon(Icon::Columns),
    entry(
        Action::WidenPane,
        "Widen details",
        plain(Key::OpenBracket),
        "[",
        "Businesses",
    )
    .icon(Icon::ArrowLeft),
    entry(
        Action::NarrowPane,
        "Narrow details",
        plain(Key::CloseBracket),
        "]",
        "Businesses",
    )
    .icon(Icon::ArrowRight),
    anywhere(
        entry(
            Action::Palette,
            "Find or run a command",
            with(Modifiers::COMMAND, Key::K),
            "Ctrl+K",
            "Console",
        )
        .icon(Icon::Search),
    ),
    anywhere(
        entry(
            Action::ShowBusinesses,
            "Go to Businesses",
            with(Modifiers::COMMAND, Key::Num1),
            "Ctrl+1",
            "Console",
        )
        .icon(Icon::Business),
    ),
    anywhere(
        entry(
            Action::ShowTokens,
            "Go to Tokens",
            with(Modifiers::COMMAND, Key::Num2),
            "Ctrl+2",
            "Console",
        )
        .icon(Icon::Token),
    ),
    anywhere(
        entry(
            Action::ShowKey,
            "Go to API key",
            with(Modifiers::COMMAND, Key::Num4),
            "Ctrl+4",
            "Console",
        )
        .icon(Icon::Key),
    ),
    anywhere(
        entry(
            Action::ShowHistory,
            "Go to History",
            with(Modifiers::COMMAND, Key::Num5),
            "Ctrl+5",
            "Console",
        )
        .icon(Icon::History),
    ),
    anywhere(
        entry(
            Action::ShowOverview,
            "Go to Overview",
            with(Modifiers::COMMAND, Key::Num6),
            "Ctrl+6",
            "Console",
        )
        .icon(Icon::Overview),
    ),
    anywhere(
        entry(
            Action::ShowSettings,
            "Go to Settings",
            with(Modifiers::COMMAND, Key::Comma),
            "Ctrl+,",
            "Console",
        )
        .icon(Icon::Settings),
    ),
    anywhere(
        entry(
            Action::ToggleShare,
            "Share mode",
            with(CTRL_SHIFT, Key::H),
            "Ctrl+Shift+H",
            "Console",
        )
        .icon(Icon::Shield),
    ),
    anywhere(
        entry(
            Action::Larger,
            "Zoom in",
            with(Modifiers::COMMAND, Key::Plus),
            "Ctrl++",
            "Console",
        )
        .icon(Icon::Plus),
    ),
    anywhere(
        entry(
            Action::Smaller,
            "Zoom out",
            with(Modifiers::COMMAND, Key::Minus),
            "Ctrl+-",
            "Console",
        )
        .icon(Icon::MinusCircle),
    ),
    anywhere(
        entry(
            Action::NaturalSize,
            "Reset zoom",
            with(Modifiers::COMMAND, Key::Num0),
            "Ctrl+0",
            "Console",
        )
        .icon(Icon::Search),
    ),
    anywhere(
        entry(
            Action::SwitchProfile,
            "Switch profile…",
            with(Modifiers::COMMAND, Key::E),
            "Ctrl+E",
            "Console",
        )
        .icon(Icon::Chevrons),
    ),
    anywhere(
        entry(
            Action::Lock,
            "Lock",
            with(Modifiers::COMMAND, Key::L),
            "Ctrl+L",
            "Console",
        )
        .icon(Icon::Lock),
    ),
    anywhere(
        entry(
            Action::SignOut,
            "Sign out…",
            with(CTRL_SHIFT, Key::Q),
            "Ctrl+Shift+Q",
            "Console",
        )
        .icon(Icon::User),
    ),
    anywhere(
        entry(
            Action::Close,
            "Close, or leave filter",
            plain(Key::Escape),
            "Esc",
            "Console",
        )
        .icon(Icon::X),
    ),
    entry(
        Action::Help,
        "Help",
        plain(Key::Questionmark),
        "?",
        "Console",
    )
    .also(plain(Key::F1), "F1")
    .icon(Icon::Help),
];
