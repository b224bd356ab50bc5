//! The one table of what can be done: its words, its key, its icon and when it applies. Key
//! handling, command palette, help and buttons all read it.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::domain::business::BusinessId;
use crate::state::AppState;
use crate::state::workspace::Page;
use crate::theme::Icon;

/// Something that the user can do by a key or from the command palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Action {
    FocusFilter,
    CopyToken,
    PickFormat,
    CopyId,
    CopyExternalId,
    RenewToken,
    Refresh,
    OpenDetail,
    NewBusiness,
    Close,
    ShowBusinesses,
    ShowTokens,
    ShowImport,
    ShowKey,
    ShowSettings,
    Larger,
    Smaller,
    NaturalSize,
    ShowHistory,
    ClearClipboard,
    Lock,
    ForgetAllTokens,
    EditBusiness,
    ExportCsv,
    ExportJson,
    ChooseColumns,
    WidenPane,
    NarrowPane,
    Palette,
    ToggleShare,
    SwitchProfile,
    SignOut,
    Help,
}

/// One line of the table.
pub(super) struct Entry {
    pub(super) action: Action,
    /// In help and menus.
    pub(super) text: &'static str,
    /// None for what only the palette and a button do.
    pub(super) shortcut: Option<KeyboardShortcut>,
    /// How the key is written; empty where there is none.
    pub(super) key: &'static str,
    pub(super) group: &'static str,
    /// In the palette.
    pub(super) icon: Icon,
    /// Acts also while a text field has the focus.
    pub(super) in_text: bool,
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
) -> Entry {
    Entry {
        action,
        text,
        shortcut: Some(shortcut),
        key,
        group,
        icon: Icon::Command,
        in_text: false,
    }
}

/// A line without a key.
const fn keyless(action: Action, text: &'static str, group: &'static str) -> Entry {
    Entry {
        action,
        text,
        shortcut: None,
        key: "",
        group,
        icon: Icon::Command,
        in_text: false,
    }
}

const fn anywhere(entry: Entry) -> Entry {
    Entry {
        in_text: true,
        ..entry
    }
}

impl Entry {
    const fn icon(self, icon: Icon) -> Self {
        Self { icon, ..self }
    }

    /// How its key is written on this system.
    pub(super) fn written_key(&self) -> String {
        written(self.key)
    }
}

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// All actions, grouped as help shows them.
pub(super) const TABLE: &[Entry] = &[
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
    keyless(Action::ForgetAllTokens, "Forget all tokens…", "Token").icon(Icon::Trash),
    entry(
        Action::FocusFilter,
        "Filter the list",
        plain(Key::Slash),
        "/",
        "Businesses",
    )
    .icon(Icon::Search),
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
        "Open the details",
        plain(Key::Enter),
        "Enter",
        "Businesses",
    )
    .icon(Icon::Info),
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
            "Load the list again",
            plain(Key::F5),
            "F5",
            "Businesses",
        )
        .icon(Icon::Refresh),
    ),
    keyless(Action::EditBusiness, "Edit the business…", "Businesses").icon(Icon::Edit),
    keyless(
        Action::ExportCsv,
        "Export what is shown to CSV…",
        "Businesses",
    )
    .icon(Icon::Export),
    keyless(
        Action::ExportJson,
        "Export what is shown to JSON…",
        "Businesses",
    )
    .icon(Icon::Export),
    keyless(Action::ChooseColumns, "Choose columns…", "Businesses").icon(Icon::Columns),
    entry(
        Action::WidenPane,
        "Make the details wider",
        plain(Key::OpenBracket),
        "[",
        "Businesses",
    )
    .icon(Icon::ArrowLeft),
    entry(
        Action::NarrowPane,
        "Make the details narrower",
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
            "Larger",
            with(Modifiers::COMMAND, Key::Plus),
            "Ctrl++",
            "Console",
        )
        .icon(Icon::Plus),
    ),
    anywhere(
        entry(
            Action::Smaller,
            "Smaller",
            with(Modifiers::COMMAND, Key::Minus),
            "Ctrl+-",
            "Console",
        )
        .icon(Icon::MinusCircle),
    ),
    anywhere(
        entry(
            Action::NaturalSize,
            "Natural size",
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
            "Close, or leave the filter",
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
    .icon(Icon::Help),
];

impl Action {
    /// The line of this action.
    pub(super) fn entry(self) -> &'static Entry {
        // A test holds that every action has a line.
        TABLE
            .iter()
            .find(|entry| entry.action == self)
            .unwrap_or(&TABLE[0])
    }

    /// How its key is written on this system.
    pub(super) fn key(self) -> String {
        self.entry().written_key()
    }

    /// Whether it is done to the selected business.
    pub(super) fn is_about_subject(self) -> bool {
        match self {
            Self::CopyToken
            | Self::PickFormat
            | Self::CopyId
            | Self::CopyExternalId
            | Self::RenewToken
            | Self::OpenDetail
            | Self::EditBusiness => true,
            Self::FocusFilter
            | Self::Refresh
            | Self::NewBusiness
            | Self::Close
            | Self::ShowBusinesses
            | Self::ShowTokens
            | Self::ShowImport
            | Self::ClearClipboard
            | Self::ForgetAllTokens
            | Self::ExportCsv
            | Self::ExportJson
            | Self::ChooseColumns
            | Self::WidenPane
            | Self::NarrowPane
            | Self::Palette
            | Self::ToggleShare
            | Self::ShowKey
            | Self::ShowSettings
            | Self::Larger
            | Self::Smaller
            | Self::NaturalSize
            | Self::ShowHistory
            | Self::Lock
            | Self::SwitchProfile
            | Self::SignOut
            | Self::Help => false,
        }
    }

    fn needs_no_session(self) -> bool {
        matches!(
            self,
            Self::Help | Self::ShowSettings | Self::Larger | Self::Smaller | Self::NaturalSize
        )
    }

    /// Why it cannot be done now.
    pub(super) fn obstacle(self, state: &AppState) -> Option<&'static str> {
        if self == Self::Lock {
            return (!state.can_lock()).then_some("Sign in first");
        }
        let Some(workspace) = &state.workspace else {
            return (!self.needs_no_session()).then_some("Sign in first");
        };
        let selected = subject(state)
            .is_none()
            .then_some("Select a business first");
        match self {
            Self::CopyToken | Self::PickFormat | Self::CopyId | Self::RenewToken => selected,
            Self::CopyExternalId => selected.or_else(|| {
                let row = subject(state).and_then(|id| workspace.list.book().get(id));
                row.is_some_and(|row| row.external_id.is_none())
                    .then_some("This business has no external_id")
            }),
            Self::OpenDetail => selected,
            Self::ClearClipboard => state
                .clipboard
                .held()
                .is_none()
                .then_some("No token of this console is on the clipboard"),
            Self::Refresh => workspace
                .list
                .loading
                .is_running()
                .then_some("The list is being loaded"),
            Self::ForgetAllTokens => workspace
                .tokens
                .is_empty()
                .then_some("There is no token in this session"),
            Self::EditBusiness => selected.or_else(|| {
                let is_read = workspace.is_detail_open && workspace.selected_detail().is_some();
                (!is_read || workspace.page != Page::Businesses).then_some("Open its details first")
            }),
            Self::ExportCsv | Self::ExportJson => {
                (workspace.list.shown_count() == 0).then_some("The list shows nothing")
            }
            Self::ChooseColumns => {
                (workspace.list.shown_count() == 0).then_some("The list shows nothing")
            }
            Self::WidenPane | Self::NarrowPane => (!workspace.is_detail_open
                || workspace.page == Page::Import)
                .then_some("Open the details first"),
            Self::FocusFilter
            | Self::NewBusiness
            | Self::Close
            | Self::ShowBusinesses
            | Self::ShowTokens
            | Self::ShowImport
            | Self::ShowKey
            | Self::ShowSettings
            | Self::Larger
            | Self::Smaller
            | Self::NaturalSize
            | Self::ShowHistory
            | Self::Lock
            | Self::Palette
            | Self::ToggleShare
            | Self::SwitchProfile
            | Self::SignOut
            | Self::Help => None,
        }
    }
}

/// The business that actions are about.
pub(super) fn subject(state: &AppState) -> Option<BusinessId> {
    let workspace = state.workspace.as_ref()?;
    match workspace.page {
        // What is neither in the list nor in the pane cannot be meant.
        Page::Businesses => workspace
            .selected
            .filter(|id| workspace.is_detail_open || workspace.list.place_of(*id).is_some()),
        Page::Tokens => workspace
            .selected
            .filter(|id| workspace.tokens.get(*id).is_some()),
        Page::Import | Page::Key | Page::History | Page::Settings => None,
    }
}

/// A key as it is written on this system.
pub(super) fn written(key: &str) -> String {
    if cfg!(target_os = "macos") {
        key.replace("Ctrl", "Cmd")
    } else {
        key.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_bound_twice_and_every_action_finds_its_own_line() {
        for (at, one) in TABLE.iter().enumerate() {
            assert_eq!(one.action.entry().text, one.text);
            assert_eq!(one.shortcut.is_none(), one.key.is_empty(), "{}", one.text);
            for other in &TABLE[at + 1..] {
                assert_ne!(one.text, other.text);
                assert!(
                    one.shortcut.is_none() || one.shortcut != other.shortcut,
                    "{} and {}",
                    one.text,
                    other.text
                );
                assert_ne!(one.action, other.action);
            }
        }
    }
}
