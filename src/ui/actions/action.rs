//! The actions.

use crate::domain::export::Format;
use crate::domain::settings::{Density, ThemePreference};
use crate::domain::token::TokenFormat;
use crate::state::shell::messages::Page;

/// An action with a shortcut or an entry in the command palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::ui) enum Action {
    CopyToken,
    PickFormat,
    CopyAs(TokenFormat),
    CopyNote,
    FetchNewToken,
    ClearClipboard,
    ForgetToken,
    ForgetExpired,
    ForgetAllTokens,
    FocusFilter,
    ClearFilter,
    SelectNext,
    SelectPrevious,
    SelectAll,
    NewBusiness,
    OpenDetail,
    TogglePin,
    CopyId,
    CopyExternalId,
    CopyVatNumber,
    CopyEmail,
    CopyJson,
    EditBusiness,
    Refresh,
    StopLoading,
    ExportList(Format),
    ChooseColumns,
    WidenPane,
    NarrowPane,
    ToggleArchive,
    ShowPage(Page),
    SaveSample,
    ExportHistory(Format),
    RotateKey,
    RotateLeakedKey,
    SaveCalendar,
    TestConnection,
    UseTheme(ThemePreference),
    UseDensity(Density),
    ZoomIn,
    ZoomOut,
    ResetZoom,
    ToggleShare,
    Palette,
    SwitchProfile,
    AddProfile,
    RenameProfile,
    Lock,
    Close,
    Help,
    ShowLicences,
    OpenDocumentation,
    OpenDataFolder,
    RemoveProfile,
    SignOut,
    Quit,
}

impl Action {
    /// Whether the shortcut also works while a dialog or menu is open, because the screen must be hidden at once.
    pub(in crate::ui) fn runs_over_dialogs(self) -> bool {
        matches!(self, Self::Lock | Self::ToggleShare)
    }

    /// Whether holding the key down repeats the action.
    pub(in crate::ui) fn may_be_held(self) -> bool {
        matches!(
            self,
            Self::SelectNext | Self::SelectPrevious | Self::WidenPane | Self::NarrowPane
        )
    }
}
