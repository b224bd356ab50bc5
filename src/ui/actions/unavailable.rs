//! Why an action is unavailable. The palette shows the reason instead of hiding the action, and pressing its shortcut shows it as a toast.

use super::super::businesses::copy_several::{NO_EXTERNAL_ID, external_ids};
use super::{Action, subject};
use crate::domain::business::{BusinessId, BusinessText};
use crate::domain::time::Now;
use crate::state::AppState;
use crate::state::session::workspace::Workspace;
use crate::state::shell::connection::ConnectionTest;
use crate::state::shell::messages::Page;
use crate::state::tokens::HeldToken;

impl Action {
    /// The reason why the action is unavailable; `None` if it can run.
    pub(in super::super) fn unavailable_reason(
        self,
        state: &AppState,
        now: Now,
    ) -> Option<&'static str> {
        if self == Self::Lock {
            return (!state.can_lock()).then_some("Sign in first");
        }
        let Some(workspace) = state.workspace() else {
            return (!self.needs_no_session()).then_some("Sign in first");
        };
        if self.entry().is_about_subject {
            return match subject(state) {
                Some(business) => self.unavailable_reason_at(business, workspace),
                None => Some("Select a business first"),
            };
        }
        let empty = match workspace.list.businesses().is_empty() {
            true => "The list is empty",
            false => "Nothing matches the filter",
        };
        let is_empty = (workspace.list.shown_count() == 0).then_some(empty);
        let is_loading = workspace.list.loading.is_running();
        match self {
            Self::ClearClipboard => {
                let may_hold_token = state.clipboard.held().is_some() || state.clipboard.is_left();
                (!may_hold_token).then_some("The clipboard holds no token from this console")
            }
            Self::ForgetExpired => (workspace.tokens.live_count(now.boot)
                == workspace.tokens.len())
            .then_some("No expired tokens"),
            Self::ForgetAllTokens => workspace
                .tokens
                .is_empty()
                .then_some("No tokens in this session"),
            Self::ClearFilter => workspace
                .list
                .filter()
                .trim()
                .is_empty()
                .then_some("No filter is set"),
            Self::Refresh => is_loading.then_some("The list is loading"),
            Self::StopLoading => (!is_loading).then_some("The list is not loading"),
            Self::ExportList(_) | Self::ChooseColumns => is_empty,
            Self::ExportHistory(_) if workspace.page != Page::History => {
                Some("Go to History first")
            }
            Self::ExportHistory(_) => {
                (state.history.shown_count() == 0).then_some("Nothing to export")
            }
            Self::WidenPane | Self::NarrowPane => {
                (!workspace.shows_pane()).then_some("Open the details first")
            }
            Self::SelectNext | Self::SelectPrevious | Self::SelectAll => (workspace.page
                != Page::Businesses)
                .then_some("Go to Businesses first")
                .or(is_empty),
            Self::RotateKey | Self::RotateLeakedKey => state
                .rotation()
                .is_some()
                .then_some("A rotation is in progress: go to API key"),
            Self::SaveCalendar => state
                .key_age(now)
                .is_none()
                .then_some("The age of this key is unknown"),
            Self::TestConnection => {
                let test = state.connection.test.as_ref();
                test.is_some_and(ConnectionTest::is_running)
                    .then_some("A test is running")
            }
            Self::RemoveProfile => {
                let profile = &workspace.profile;
                let is_busy = state.retained.removing.as_ref() == Some(profile);
                state
                    .saved
                    .known(profile)
                    .is_none()
                    .then_some("This profile is not saved, so there is nothing to remove")
                    .or_else(|| is_busy.then_some("The keychain has not answered yet"))
            }
            Self::UseTheme(theme) => (state.saved.settings.theme == theme).then_some("In use"),
            Self::UseDensity(density) => {
                (state.saved.settings.density == density).then_some("In use")
            }
            Self::OpenDataFolder => state
                .data_folder
                .is_none()
                .then_some("This system has no data folder"),
            _ => None,
        }
    }

    fn needs_no_session(self) -> bool {
        matches!(
            self,
            Self::Help
                | Self::ShowLicences
                | Self::ShowPage(Page::Settings)
                | Self::ZoomIn
                | Self::ZoomOut
                | Self::ResetZoom
        )
    }

    /// The same for an action on a business.
    pub(in super::super) fn unavailable_reason_at(
        self,
        id: BusinessId,
        workspace: &Workspace,
    ) -> Option<&'static str> {
        let is_several =
            workspace.page == Page::Businesses && workspace.selected_rows.several().is_some();
        let held = workspace.tokens.get(id);
        let row = workspace.list.businesses().get(id);
        let lacks = |text, why| {
            let value = row.as_ref().and_then(|row| row.text(text));
            value
                .is_none_or(|value| value.raw().trim().is_empty())
                .then_some(why)
        };
        match self {
            Self::CopyToken | Self::PickFormat | Self::CopyAs(_) | Self::FetchNewToken
                if is_several =>
            {
                Some("Select one business: tokens are for one at a time")
            }
            Self::CopyExternalId if is_several => external_ids(workspace)
                .next()
                .is_none()
                .then_some(NO_EXTERNAL_ID),
            Self::CopyExternalId if row.is_some() => {
                lacks(BusinessText::ExternalId, "This business has no external_id")
            }
            Self::CopyVatNumber => lacks(
                BusinessText::VatNumber,
                "No VAT number is known for this business",
            ),
            Self::CopyEmail => lacks(BusinessText::Email, "No e-mail is known for this business"),
            Self::CopyJson => row
                .is_none()
                .then_some("The list does not show this business"),
            Self::CopyNote => {
                (!held.is_some_and(HeldToken::was_live)).then_some("Fetch a token first")
            }
            Self::ForgetToken => held
                .is_none()
                .then_some("This session has no token of this business"),
            Self::EditBusiness | Self::ToggleArchive if is_several => Some("Select one business"),
            Self::EditBusiness => {
                (workspace.page != Page::Businesses).then_some("Go to Businesses first")
            }
            Self::ToggleArchive if !workspace.offers_archive => {
                Some("This server does not support archiving")
            }
            Self::ToggleArchive => workspace
                .archiving
                .contains(&id)
                .then_some("The server has not answered yet"),
            _ => None,
        }
    }
}
