//! Handles the commands and events of the history.

use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::history::messages::{HistoryCommand, HistoryEffect, HistoryEvent};
use crate::state::shell::messages::{FileContents, ShellEffect};
use crate::state::shell::toasts::Toast;

pub(in crate::state) fn command(state: &mut AppState, command: HistoryCommand, cx: &mut Cx) {
    match command {
        HistoryCommand::SetFilter(typed) => state.history.set_filter(typed, &state.zone),
        HistoryCommand::ShowOnly(group) => state.history.set_group(group, &state.zone),
        HistoryCommand::Select(row) => state.history.select(row),
        HistoryCommand::Export(format) => {
            let day = cx.now.wall.to_zoned_datetime(state.zone.clone());
            let file_name = format!(
                "thred-history-{}.{}",
                day.strftime("%Y-%m-%d-%H%M"),
                format.extension()
            );
            cx.push(ShellEffect::SaveFile {
                profile: state.profile().cloned(),
                file_name,
                contents: FileContents::History(state.history.all_matching(), format),
            });
        }
    }
}

/// Reads the history's files when the page is opened, since the command line may have written to them.
pub(in crate::state) fn opened(state: &mut AppState, cx: &mut Cx) {
    if state.history.begin_reading() {
        cx.push(HistoryEffect::Read);
    }
}

/// Handles the events of the history's files.
pub(in crate::state) fn event(state: &mut AppState, event: HistoryEvent, cx: &mut Cx) {
    match event {
        HistoryEvent::Read { read, problem } => {
            state.history.receive(read, &state.zone);
            if problem.is_some() {
                state.history.problem = problem;
            }
        }
        HistoryEvent::SetAside(path) => {
            let body = format!(
                "The existing history file was not an ordinary file or was too large. It was set aside as {}, \
                 and the console started a new history.",
                path.display()
            );
            let title = "The history file was set aside";
            let folder = path.parent().unwrap_or(&path).to_owned();
            let toast = Toast::failed(title, body).showing_folder(Some(folder));
            cx.toast(toast);
        }
        HistoryEvent::NotWritten(why) => {
            // Reported in a toast only once; the page keeps showing it.
            if state.history.problem.is_none() {
                let body = format!(
                    "{why}. The History page still shows your actions until the console closes."
                );
                let title = "The history is not being saved";
                let folder = state.data_folder.clone();
                let toast = Toast::failed(title, body).showing_folder(folder);
                cx.toast(toast);
            }
            state.history.problem = Some(why);
        }
    }
}
