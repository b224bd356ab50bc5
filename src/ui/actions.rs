//! The one table of what can be done: its words, its key, its icon and when it applies. Key
//! handling, command palette, help and buttons all read it.

mod table;

pub(super) use table::{ActionEntry, TABLE};

use crate::domain::business::BusinessId;
use crate::state::AppState;
use crate::state::shell::messages::Page;
use crate::state::tokens::HeldToken;

/// Something that the user can do by a key or from the command palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Action {
    FocusFilter,
    SelectNext,
    SelectPrevious,
    CopyToken,
    PickFormat,
    CopyId,
    CopyExternalId,
    CopyNote,
    RenewToken,
    Refresh,
    OpenDetail,
    TogglePin,
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
    ShowOverview,
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

impl Action {
    /// The line of this action.
    pub(super) fn entry(self) -> &'static ActionEntry {
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
            | Self::CopyNote
            | Self::RenewToken
            | Self::OpenDetail
            | Self::TogglePin
            | Self::EditBusiness => true,
            Self::FocusFilter
            | Self::SelectNext
            | Self::SelectPrevious
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
            | Self::ShowOverview
            | Self::Lock
            | Self::SwitchProfile
            | Self::SignOut
            | Self::Help => false,
        }
    }

    /// Whether it is done again and again while its key is held down.
    pub(super) fn may_be_held(self) -> bool {
        matches!(
            self,
            Self::SelectNext | Self::SelectPrevious | Self::WidenPane | Self::NarrowPane
        )
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
        let Some(workspace) = state.workspace() else {
            return (!self.needs_no_session()).then_some("Sign in first");
        };
        let selected = subject(state)
            .is_none()
            .then_some("Select a business first");
        let is_several = workspace.page == Page::Businesses && workspace.marks.several().is_some();
        match self {
            Self::CopyToken | Self::PickFormat | Self::RenewToken if is_several => {
                Some("Select one business: tokens are for one at a time")
            }
            Self::CopyToken | Self::PickFormat | Self::CopyId | Self::RenewToken => selected,
            Self::CopyExternalId if is_several => None,
            Self::CopyExternalId => selected.or_else(|| {
                let row = subject(state).and_then(|id| workspace.list.book().get(id));
                row.is_some_and(|row| row.external_id.is_none())
                    .then_some("This business has no external_id")
            }),
            Self::CopyNote => selected.or_else(|| {
                let held = subject(state).and_then(|id| workspace.tokens.get(id));
                (!held.is_some_and(HeldToken::was_live)).then_some("Copy a token first")
            }),
            Self::OpenDetail | Self::TogglePin => selected,
            Self::ClearClipboard => state
                .clipboard
                .held()
                .is_none()
                .then_some("The clipboard holds no token from this console"),
            Self::Refresh => workspace
                .list
                .loading
                .is_running()
                .then_some("The list is loading"),
            Self::ForgetAllTokens => workspace
                .tokens
                .is_empty()
                .then_some("No tokens in this session"),
            Self::EditBusiness => selected.or_else(|| {
                let is_read = workspace.is_detail_open && workspace.selected_detail().is_some();
                (!is_read || workspace.page != Page::Businesses).then_some("Open its details first")
            }),
            Self::ExportCsv | Self::ExportJson => {
                (workspace.list.shown_count() == 0).then_some("The list is empty")
            }
            Self::ChooseColumns => {
                (workspace.list.shown_count() == 0).then_some("The list is empty")
            }
            Self::WidenPane | Self::NarrowPane => (!workspace.is_detail_open
                || workspace.page == Page::Import)
                .then_some("Open the details first"),
            Self::SelectNext | Self::SelectPrevious => (workspace.page != Page::Businesses)
                .then_some("Go to Businesses first")
                .or_else(|| (workspace.list.shown_count() == 0).then_some("The list is empty")),
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
            | Self::ShowOverview
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
    let workspace = state.workspace()?;
    match workspace.page {
        // What is neither in the list nor in the pane cannot be meant.
        Page::Businesses => workspace
            .selected
            .filter(|id| workspace.is_detail_open || workspace.list.place_of(*id).is_some()),
        Page::Tokens => workspace
            .selected
            .filter(|id| workspace.tokens.get(*id).is_some()),
        Page::Import | Page::Key | Page::History | Page::Overview | Page::Settings => None,
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
