//! Exports the list, and reports the outcome of every file that was saved.

use std::path::PathBuf;

use crate::domain::business::BusinessText;
use crate::domain::export::{Format, file_name};
use crate::domain::profile::Profile;
use crate::domain::text::counted;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::list::NO_EMAILS;
use crate::state::session::open::Open;
use crate::state::shell::messages::{FileContents, FileFailure, OwnFile, SavedFile, ShellEffect};
use crate::state::shell::toasts::{Toast, ToastAction};

/// Exports the shown rows of the list, or only the selected ones if several are selected.
pub(in crate::state) fn export(state: &AppState, format: Format, cx: &mut Cx) {
    let Some(open) = &state.open else {
        return;
    };
    let environment = open.profile().environment.in_sentence();
    let (list, marks) = (&open.workspace.list, &open.workspace.selected_rows);
    let mut businesses = list.all_shown();
    if marks.several().is_some() {
        businesses.retain(|business| marks.contains(business.id));
    }
    cx.push(ShellEffect::SaveFile {
        profile: Some(open.profile().clone()),
        file_name: file_name(&environment, list.filter(), cx.now, &state.zone, format),
        contents: FileContents::List(businesses, format),
    });
}

/// Reports whether a file was saved. Saving it again is not offered if it is about a profile that is no longer open.
pub(super) fn saved(
    state: &mut AppState,
    profile: Option<&Profile>,
    (what, count): (SavedFile, u64),
    result: Result<Option<PathBuf>, FileFailure>,
    cx: &mut Cx,
) {
    let exported = |one, several| format!("Exported {}", counted(count, one, several));
    let words = match what {
        SavedFile::List(_) => (exported("business", "businesses"), "Not exported"),
        SavedFile::Sample => ("Sample file saved".to_owned(), "Sample file not saved"),
        SavedFile::History(_) => (exported("entry", "entries"), "History not exported"),
        SavedFile::Calendar => ("Calendar file saved".to_owned(), "Calendar file not saved"),
        SavedFile::FailedRows(_) if count == 1 => ("1 row saved".to_owned(), "Row not saved"),
        SavedFile::FailedRows(_) => (format!("{count} rows saved"), "Rows not saved"),
    };
    if let (SavedFile::FailedRows(Some(run)), Ok(Some(_)), Some(open)) =
        (what, &result, &mut state.open)
        && profile == Some(&open.workspace.profile)
        && let Some(file) = open.workspace.import.open_mut()
    {
        // The dialog may have been opened after an earlier run, and answered after this one.
        file.are_failed_rows_saved |= file.ended_run() == Some(run);
    }
    let open = state.open.as_ref();
    let again = (open.map(Open::profile) == profile).then_some(ToastAction::SaveAgain(what));
    let list = open.filter(|_| matches!(what, SavedFile::List(_)));
    let mut rows = list
        .into_iter()
        .flat_map(|open| open.workspace.list.businesses().rows());
    let lacks_emails = rows.any(|row| row.text(BusinessText::Email).is_none());
    let result = result.map(|path| {
        let path = path?.display().to_string();
        Some(match lacks_emails {
            true => format!("{path}. {NO_EMAILS}"),
            false => path,
        })
    });
    report(state, words, again, result, cx);
}

/// Says in a toast whether a file was saved, and its path; `again` repeats it.
fn report(
    state: &mut AppState,
    (done, not_done): (String, &str),
    again: Option<ToastAction>,
    result: Result<Option<String>, FileFailure>,
    cx: &mut Cx,
) {
    match result {
        // The user closed the dialog, which needs no message.
        Ok(None) => {}
        Ok(Some(path)) => {
            if let Some(again) = again {
                state.toasts.dismiss_action(again);
            }
            cx.toast(Toast::done(done, path));
        }
        Err(failure) => {
            let body = format!("{} Nothing was saved.", failure.explain());
            let again = again.filter(|_| failure.is_about_location());
            cx.toast(Toast::failed(not_done, body).offering(again));
        }
    }
}

/// Reports that one of the console's own files could not be saved.
pub(super) fn not_saved(
    state: &mut AppState,
    file: OwnFile,
    folder: PathBuf,
    why: &str,
    cx: &mut Cx,
) {
    let (title, what) = match file {
        OwnFile::Preferences => ("Settings not saved", "Your changes apply"),
        OwnFile::Drafts => {
            // What is on disk is unknown, so the next save has to write the drafts again.
            state.written_drafts = None;
            state.unsaved_drafts = Some(why.to_owned());
            ("Drafts not saved", "Your drafts stay")
        }
    };
    let body = format!(
        "{why}. {what} until the console closes. The console tries again at your next change."
    );
    let toast = Toast::failed(title, body).showing_folder(Some(folder));
    cx.toast(toast);
}

impl FileFailure {
    /// Whether saving to another location can help.
    fn is_about_location(&self) -> bool {
        matches!(self, Self::Io(_))
    }

    /// What happened, and what the user can do about it.
    pub(in crate::state) fn explain(&self) -> String {
        match self {
            Self::NoDialog => {
                "This system shows no file dialog. On Linux, install xdg-desktop-portal with one of its \
                 backends, or zenity."
                    .to_owned()
            }
            Self::UnresponsiveDialog => {
                "The file dialog of this desktop did not respond. Try again. If that fails, restart \
                 xdg-desktop-portal, or log out of the desktop and in again."
                    .to_owned()
            }
            Self::SessionEnded => {
                "The file dialog was still open when the console locked or you left the profile, so your choice \
                 was ignored. Open it again if you need it."
                    .to_owned()
            }
            Self::Io(why) => why.clone(),
        }
    }
}
