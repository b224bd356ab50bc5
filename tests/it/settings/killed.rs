//! Killing the program while it writes its preferences: at any moment, a complete file is left.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use thred_console::domain::settings::Settings;
use thred_console::platform::files::{AppFolder, LoadOutcome};
use thred_console::runtime::PREFERENCES_FILE;
use thred_console::state::shell::saved::Saved;

use crate::support::WAIT_LIMIT;

/// The variable that tells the child process which folder to write to.
const FOLDER: &str = "WRITE_INTO";

/// Run by the test below in a separate process, which it kills.
#[test]
#[ignore = "writes until it is killed"]
fn writes_without_end() {
    let Some(folder) = std::env::var_os(FOLDER).map(AppFolder::at) else {
        return;
    };
    let first = written(folder.root()).unwrap_or_default();
    for clipboard_secs in first..u16::MAX {
        let settings = Settings {
            clipboard_secs,
            ..Settings::default()
        };
        let saved = Saved {
            settings,
            ..Saved::default()
        };
        folder.write(PREFERENCES_FILE, &saved).unwrap();
    }
}

/// The value in the file; `None` before there is a file.
///
/// # Panics
/// If the file is damaged.
fn written(folder: &Path) -> Option<u16> {
    let folder = AppFolder::at(folder);
    match folder.read::<Saved>(PREFERENCES_FILE, jiff::Timestamp::UNIX_EPOCH) {
        LoadOutcome::Missing => None,
        LoadOutcome::Value(saved) => Some(saved.settings.clipboard_secs),
        LoadOutcome::SetAside(aside) => panic!("{}", aside.damage),
    }
}

#[test]
fn a_whole_file_is_there_whenever_the_program_dies() {
    let home = tempfile::tempdir().unwrap();
    let mut last = None;
    for round in 0..16_u16 {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "settings::killed::writes_without_end",
                "--ignored",
            ])
            .env(FOLDER, home.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let goal = last.unwrap_or(0) + 1 + round % 5;
        let deadline = Instant::now() + WAIT_LIMIT;
        while written(home.path()).unwrap_or(0) < goal {
            assert!(Instant::now() < deadline, "nothing is written");
            std::thread::yield_now();
        }
        writer.kill().unwrap();
        writer.wait().unwrap();
        let now = written(home.path());
        assert!(now >= Some(goal), "{now:?} after {goal}");
        last = now;
    }
}
