//! What each command changes.

use jiff::tz::TimeZone;

use crate::domain::business::BusinessId;
use crate::domain::failure::Operation;
use crate::domain::text::ServerText;
use crate::domain::time::Now;

use super::command::{Command, Step};
use super::effect::Effect;
use super::session::{Origin, Session};
use super::toasts::ToastAction;
use super::tokens::Then;
use super::workspace::{Page, Remote, Workspace};
use super::{
    AppState, live_ends, on_archive, on_create, on_file, on_history, on_import, on_lock,
    on_profile, on_rotation, on_session, on_settings, on_token,
};

pub(super) fn apply(state: &mut AppState, command: Command, now: Now) -> Vec<Effect> {
    match command {
        Command::SignIn { credentials, keep } => {
            on_session::sign_in(state, credentials, Origin::Typed(keep), now)
        }
        Command::SignInFromKeychain(profile) => on_profile::open(state, profile, now),
        Command::ExploreDemo => {
            let (generation, mut effects) = on_profile::begin_attempt(state);
            state.session = Session::StartingDemo;
            effects.push(Effect::StartDemo(generation));
            effects
        }
        Command::CancelSignIn => on_profile::give_up(state),
        Command::Profile(command) => on_profile::command(state, command, now),
        Command::KeepKey => on_session::keep_key(state),
        Command::SignOut => on_session::sign_out(state),
        Command::DismissSignInProblem => {
            if let Session::SignedOut { problem, .. } = &mut state.session {
                *problem = None;
            }
            Vec::new()
        }
        Command::ClearClipboard => {
            state.toasts.dismiss_action(ToastAction::ClearClipboard);
            if state.clipboard.begin_clearing(true) {
                vec![Effect::ClearClipboard]
            } else {
                Vec::new()
            }
        }
        Command::CopyText { what, text } => vec![Effect::CopyText { what, text }],
        Command::DismissToast(id) => {
            state.toasts.dismiss(id);
            Vec::new()
        }
        Command::HoldToasts(is_held) => {
            state.toasts.hold(is_held, now);
            Vec::new()
        }
        Command::ToggleShare => {
            state.share = state.share.toggled();
            // What was said before may name somebody.
            state.toasts.dismiss_all();
            state.announcements.clear();
            Vec::new()
        }
        Command::ChangeSettings(settings) => {
            // Notifications may be allowed now.
            state.looked_on = None;
            on_settings::change(state, *settings)
        }
        Command::Settings(command) => on_settings::command(state, command, now),
        Command::OpenCreate
        | Command::CloseCreate
        | Command::EditDraft(_)
        | Command::DiscardDraft
        | Command::UndoDiscard
        | Command::SubmitCreate
        | Command::ConfirmProduction
        | Command::CancelCreate
        | Command::CheckOutcome
        | Command::BackToDraft
        | Command::AcceptExisting => on_create::create(state, command, now),
        Command::OpenEdit
        | Command::CloseEdit
        | Command::EditStored(_)
        | Command::PreviewEdit
        | Command::BackToEdit
        | Command::SubmitEdit
        | Command::CancelEdit => on_create::change(state, command, now),
        Command::SetArchived {
            business,
            is_archived,
        } => on_archive::set(state, business, is_archived),
        Command::Import(command) => on_import::command(state, command, now),
        Command::History(command) => on_history::command(state, command, now),
        Command::Lock(command) => on_lock::command(state, command, now),
        Command::Rotation(command) => on_rotation::command(state, command, now),
        Command::SortBy(_)
        | Command::Export(_)
        | Command::SetLayout(_)
        | Command::Show(_)
        | Command::SetFilter(_)
        | Command::Select(_)
        | Command::MoveSelection(_)
        | Command::ShowDetail(_)
        | Command::Reveal(_)
        | Command::RevealDone
        | Command::Refresh
        | Command::StopLoading
        | Command::ReadBusiness(_)
        | Command::CopyToken { .. }
        | Command::RenewToken(_)
        | Command::CancelFetch(_)
        | Command::ForgetToken(_)
        | Command::ForgetAllTokens
        | Command::DismissSkew => in_workspace(state, command, now),
    }
}

/// Commands that need a session; without one they mean nothing.
fn in_workspace(state: &mut AppState, command: Command, now: Now) -> Vec<Effect> {
    let generation = state.generation;
    let zone = state.zone.clone();
    let Some(workspace) = &mut state.workspace else {
        return Vec::new();
    };
    match command {
        Command::Show(page) => {
            workspace.page = page;
            if page == Page::History {
                return on_history::opened(state);
            }
        }
        Command::SetFilter(typed) => {
            let effects = workspace
                .look_up_pasted_id(&typed)
                .map(|id| Effect::LookUpBusiness(generation, id));
            workspace
                .list
                .set_filter(typed, &zone, &live_ends(&workspace.tokens, now));
            let jumped = workspace
                .jump_to_exact_match()
                .map(|id| Effect::ReadBusiness(generation, id));
            let effects = effects.into_iter().chain(jumped).collect();
            on_profile::filter_changed(state, now);
            return effects;
        }
        Command::SortBy(column) => {
            workspace.layout.sort = workspace.list.sort().clicked(column);
            workspace
                .list
                .set_sort(workspace.layout.sort, &live_ends(&workspace.tokens, now));
            return save_layout(state);
        }
        Command::Export(format) => return on_file::export(state, format, now),
        Command::SetLayout(layout) => {
            workspace.layout = layout.repaired();
            return save_layout(state);
        }
        Command::Select(id) => {
            return select(workspace, id)
                .map(|id| Effect::ReadBusiness(generation, id))
                .into_iter()
                .collect();
        }
        Command::MoveSelection(step) => {
            let target = workspace.neighbour(step);
            workspace.reveal = target;
            return target
                .and_then(|id| select(workspace, Some(id)))
                .map(|id| Effect::ReadBusiness(generation, id))
                .into_iter()
                .collect();
        }
        Command::ShowDetail(is_open) => {
            workspace.is_detail_open = is_open;
            return workspace
                .read_if_needed()
                .map(|id| Effect::ReadBusiness(generation, id))
                .into_iter()
                .collect();
        }
        Command::Reveal(id) => {
            workspace.show(id, &zone, now);
            return select(workspace, Some(id))
                .map(|id| Effect::ReadBusiness(generation, id))
                .into_iter()
                .collect();
        }
        Command::RevealDone => workspace.reveal = None,
        Command::Refresh => {
            workspace.sign_in_failure = None;
            if !workspace.list.loading.is_running() {
                workspace.list.loading.begin(now);
                let detail = workspace
                    .reread()
                    .map(|id| Effect::ReadBusiness(generation, id));
                return [Effect::LoadList(generation)]
                    .into_iter()
                    .chain(detail)
                    .collect();
            }
        }
        Command::StopLoading => {
            workspace.list.loading.stop();
            workspace.clear_retry(Operation::ListBusinesses);
            return vec![Effect::StopLoading];
        }
        Command::ReadBusiness(id) => {
            if workspace.selected == Some(id) {
                workspace.detail.is_reading = true;
                return vec![Effect::ReadBusiness(generation, id)];
            }
        }
        Command::CopyToken { business, format } => {
            return on_token::copy(state, business, format, now);
        }
        Command::RenewToken(business) => return on_token::fetch(state, business, Then::Keep, now),
        Command::CancelFetch(business) => {
            workspace.tokens.end_fetch(business);
            workspace.clear_retry(Operation::FetchToken);
            return vec![Effect::CancelFetch(business)];
        }
        Command::ForgetToken(business) => {
            workspace.tokens.forget(business);
            workspace.tokens_changed(now);
        }
        Command::ForgetAllTokens => {
            workspace.tokens.forget_all();
            workspace.tokens_changed(now);
        }
        Command::DismissSkew => workspace.clock_skew_secs = None,
        // Handled elsewhere.
        Command::SignIn { .. }
        | Command::SignInFromKeychain(_)
        | Command::ExploreDemo
        | Command::CancelSignIn
        | Command::Profile(_)
        | Command::KeepKey
        | Command::SignOut
        | Command::DismissSignInProblem
        | Command::CopyText { .. }
        | Command::ClearClipboard
        | Command::DismissToast(_)
        | Command::HoldToasts(_)
        | Command::Import(_)
        | Command::Lock(_)
        | Command::History(_)
        | Command::Rotation(_)
        | Command::OpenCreate
        | Command::CloseCreate
        | Command::EditDraft(_)
        | Command::DiscardDraft
        | Command::UndoDiscard
        | Command::SubmitCreate
        | Command::ConfirmProduction
        | Command::CancelCreate
        | Command::CheckOutcome
        | Command::BackToDraft
        | Command::AcceptExisting
        | Command::OpenEdit
        | Command::CloseEdit
        | Command::EditStored(_)
        | Command::PreviewEdit
        | Command::BackToEdit
        | Command::SubmitEdit
        | Command::CancelEdit
        | Command::SetArchived { .. }
        | Command::ToggleShare
        | Command::ChangeSettings(_)
        | Command::Settings(_) => {}
    }
    Vec::new()
}

fn save_layout(state: &mut AppState) -> Vec<Effect> {
    if keep_layout(state) {
        vec![Effect::Save(state.saved.clone())]
    } else {
        Vec::new()
    }
}

/// Remembers how the table is arranged, where that may be. Says whether it was news.
pub(super) fn keep_layout(state: &mut AppState) -> bool {
    let Some(workspace) = &state.workspace else {
        return false;
    };
    let (profile, layout) = (&workspace.profile, &workspace.layout);
    // The demo has one table, whatever its port.
    let may_be = profile.is_demo() || state.leaves_trace(profile);
    let is_news = may_be && state.saved.layout(profile) != *layout;
    if is_news {
        state.saved.set_layout(profile, layout.clone());
    }
    is_news
}

/// Selects a business; returns it if it has to be read for the open detail pane.
fn select(workspace: &mut Workspace, id: Option<BusinessId>) -> Option<BusinessId> {
    if workspace.selected != id {
        workspace.selected = id;
        workspace.detail = Remote::default();
    }
    workspace.read_if_needed()
}

impl Workspace {
    /// Brings a business into view, whatever page and filter are in the way.
    pub(super) fn show(&mut self, id: BusinessId, zone: &TimeZone, now: Now) {
        self.page = Page::Businesses;
        self.is_detail_open = true;
        if self.list.place_of(id).is_none() {
            let Self { list, tokens, .. } = self;
            list.set_filter(String::new(), zone, &live_ends(tokens, now));
            self.looked_up = None;
        }
        self.reveal = Some(id);
    }

    /// The row that a step from the selected one leads to.
    fn neighbour(&self, step: Step) -> Option<BusinessId> {
        let last = self.list.shown_count().checked_sub(1)?;
        let here = self.selected.and_then(|id| self.list.place_of(id));
        let place = match (step, here) {
            (Step::First, _) => 0,
            (Step::Last, _) => last,
            (Step::By(rows), Some(here)) => here.saturating_add_signed(rows).min(last),
            (Step::By(rows), None) => {
                if rows < 0 {
                    last
                } else {
                    0
                }
            }
        };
        self.list.shown(place).map(|business| business.id)
    }

    fn read_if_needed(&mut self) -> Option<BusinessId> {
        let id = self.selected.filter(|_| self.is_detail_open)?;
        if self.selected_detail().is_some() || self.detail.is_reading {
            return None;
        }
        self.detail.is_reading = true;
        Some(id)
    }

    /// Reads it anew after a change, if it is looked at; the answer about another must not be cut off for it.
    pub(super) fn reread_if_selected(&mut self, id: BusinessId) -> Option<BusinessId> {
        (self.selected == Some(id)).then(|| {
            self.detail.is_reading = true;
            id
        })
    }

    fn reread(&mut self) -> Option<BusinessId> {
        let id = self.selected.filter(|_| self.is_detail_open)?;
        self.detail.is_reading = true;
        Some(id)
    }

    /// A filter that is the id or the whole `external_id` of the one business it finds selects that and opens its
    /// details. Returns it if it has to be read.
    fn jump_to_exact_match(&mut self) -> Option<BusinessId> {
        let typed = self.list.filter().trim();
        let found = self
            .list
            .shown(0)
            .filter(|_| self.list.shown_count() == 1)?;
        let external_id = found.external_id.as_ref().map(ServerText::raw);
        let is_exact = external_id == Some(typed) || found.id.to_string() == typed.to_lowercase();
        let id = found.id;
        if !is_exact || self.selected == Some(id) {
            return None;
        }
        self.is_detail_open = true;
        self.reveal = Some(id);
        select(self, Some(id))
    }

    /// A pasted id jumps to its business: one that has not been loaded yet is asked for.
    fn look_up_pasted_id(&mut self, typed: &str) -> Option<BusinessId> {
        let former = self.looked_up.take();
        let id = BusinessId(uuid::Uuid::parse_str(typed.trim()).ok()?);
        if self.list.book().position(id).is_some() {
            return None;
        }
        self.looked_up = Some(id);
        (former != Some(id)).then_some(id)
    }
}
