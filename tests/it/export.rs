//! Exporting the shown list to CSV and JSON.

use std::{fs, path::PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use thred_console::{
    demo::DemoBusiness,
    domain::time::Clock as _,
    platform::file_dialog::{FileDialogOutcome, FileRequest},
};

use crate::support::{Console, KEY, Setup, business};

struct Scene {
    console: Console,
    folder: TempDir,
}

impl Scene {
    fn new() -> Self {
        let mut setup = Setup::default();
        setup.businesses.push(DemoBusiness {
            name: Some("=HYPERLINK(\"http://x\")".into()),
            legal_name: Some("+1 Shop".into()),
            ..business(7, "", "@seven", "GB")
        });
        Self {
            console: Console::signed_in(setup),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn export(&mut self, row: &str) {
        self.console.click("Export the shown list");
        self.console.click(row);
    }

    /// The file names that the dialogs proposed.
    fn proposed(&self) -> Vec<String> {
        let asked = self.console.dialogs.asked();
        asked
            .into_iter()
            .map(|request| match request {
                FileRequest::Save { file_name, .. } => file_name,
                FileRequest::Open { .. } => panic!("{request:?}"),
            })
            .collect()
    }
}

/// How often an export is requested before the test gives up.
const ATTEMPTS: usize = 200;

#[test]
fn what_is_shown_goes_to_csv_harmlessly() {
    let mut scene = Scene::new();
    let path = scene.path("all.csv");
    scene
        .console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    scene.export("Export 7 as CSV…");
    scene.console.wait_for_text("Exported 7 businesses");
    let told = &scene.console.toast().body;
    let path_and_more = format!("{}. The list has no e-mail addresses", path.display());
    assert!(told.starts_with(&path_and_more), "{told}");
    let text = fs::read_to_string(&path).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let header = reader.headers().unwrap().clone();
    assert_eq!(&header[0], "id");
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 7);
    let harmful = |cell: &str| cell.starts_with(['=', '+', '-', '@']);
    assert!(!rows.iter().any(|row| row.iter().any(harmful)), "{text}");
    assert!(text.contains("'=HYPERLINK") && text.contains("'+1 Shop") && text.contains("'@seven"));
    assert!(!text.contains(KEY));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn the_filter_decides_what_goes_to_json_and_how_the_file_is_called() {
    let mut scene = Scene::new();
    let path = scene.path("nl.json");
    scene.console.type_into("Filter businesses", "country:NL");
    scene.console.press(egui::Key::Escape);
    scene
        .console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    scene.export("Export 2 as JSON…");
    scene.console.wait_for_text("Exported 2 businesses");
    let value: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let names: Vec<_> = value
        .as_array()
        .unwrap()
        .iter()
        .map(|business| business["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, scene.console.listed(), "in the order of the list");
    let now = scene
        .console
        .clock
        .now()
        .wall
        .to_zoned_datetime(scene.console.zone.clone());
    let host = scene
        .console
        .environment()
        .in_sentence()
        .replace(['.', ':'], "-");
    let expected = format!(
        "thred-{host}-country-NL-{}.json",
        now.strftime("%Y-%m-%d-%H%M")
    );
    assert_eq!(scene.proposed(), [expected]);
}

#[test]
fn a_file_that_is_there_is_replaced_and_stays_private() {
    let mut scene = Scene::new();
    let path = scene.path("all.json");
    fs::write(&path, "x".repeat(100_000)).unwrap();
    scene
        .console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    scene.export("Export 7 as JSON…");
    scene.console.wait_for_text("Exported 7 businesses");
    assert!(serde_json::from_slice::<Value>(&fs::read(&path).unwrap()).is_ok());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    assert_eq!(
        fs::read_dir(scene.folder.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
}

#[test]
fn a_closed_dialog_needs_no_words() {
    let mut scene = Scene::new();
    scene.console.dialogs.answer(FileDialogOutcome::Cancelled);
    scene.export("Export 7 as CSV…");
    scene.console.settle();
    assert_eq!(scene.proposed().len(), 1);
    assert!(scene.console.toasts().is_empty());
    // The next export works.
    let path = scene.path("all.csv");
    scene
        .console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    // Nothing on screen shows when the first dialog has closed; until then a second request is ignored.
    for _ in 0..ATTEMPTS {
        scene.export("Export 7 as CSV…");
        if scene.proposed().len() == 2 {
            break;
        }
    }
    scene.console.until_saved_to(&path);
}

#[test]
fn without_dialogs_it_says_what_to_install() {
    let mut scene = Scene::new();
    scene.console.dialogs.answer(FileDialogOutcome::Unavailable);
    scene.export("Export 7 as CSV…");
    scene.console.wait_for_text("Not exported");
    let body = &scene.console.toast().body;
    assert!(
        body.contains("xdg-desktop-portal")
            && body.contains("zenity")
            && body.ends_with("Nothing was saved."),
        "{body}"
    );
}

#[test]
fn a_place_that_cannot_be_written_is_named_with_the_reason() {
    let mut scene = Scene::new();
    let path = scene.path("missing").join("all.csv");
    scene
        .console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    scene.export("Export 7 as CSV…");
    scene.console.wait_for_text("Not exported");
    let body = &scene.console.toast().body;
    assert!(
        body.starts_with(&format!("{} could not be written: ", path.display()))
            && body.contains("No such file")
            && body.ends_with("Nothing was saved."),
        "{body}"
    );
    assert_eq!(fs::read_dir(scene.folder.path()).unwrap().count(), 0);
    let path = scene.path("all.csv");
    let chosen = FileDialogOutcome::Chosen(path.clone());
    scene.console.dialogs.answer(chosen);
    scene.console.click("Choose another location");
    scene.console.wait_for_text("Exported 7 businesses");
    assert!(path.is_file());
    assert!(!scene.console.shows("Not exported"), "it is over");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_replaced_and_is_called_one() {
    use std::os::unix::fs::FileTypeExt as _;

    let mut scene = Scene::new();
    let path = scene.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    scene
        .console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    scene.export("Export 7 as CSV…");
    scene.console.wait_for_text("Not exported");
    let body = &scene.console.toast().body;
    let why = "could not be written: it is a named pipe, and only regular files can be replaced.";
    assert!(body.contains(why), "{body}");
    assert!(fs::metadata(&path).unwrap().file_type().is_fifo());
    assert_eq!(fs::read_dir(scene.folder.path()).unwrap().count(), 1);
}

#[test]
fn a_name_of_250_characters_is_no_trouble() {
    let mut scene = Scene::new();
    let path = scene.path(&format!("{}.csv", "n".repeat(246)));
    scene
        .console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    scene.export("Export 7 as CSV…");
    scene.console.until_saved_to(&path);
    assert!(fs::read(&path).unwrap().len() > 100);
}

#[test]
fn while_a_dialog_is_open_no_second_one_opens_and_that_is_said() {
    let mut scene = Scene::new();
    scene.console.dialog_gate.close();
    let path = scene.path("all.csv");
    scene
        .console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    scene.export("Export 7 as CSV…");
    scene.export("Export 7 as JSON…");
    scene.console.wait_for_text("Another file dialog is open");
    assert!(!path.exists());
    scene.console.dialog_gate.open();
    scene.console.wait_for_text("Exported 7 businesses");
    assert_eq!(scene.proposed().len(), 1);
}

#[test]
fn a_dialog_that_is_answered_behind_the_lock_writes_nothing() {
    let mut scene = Scene::new();
    let path = scene.path("all.csv");
    scene.console.dialog_gate.close();
    scene
        .console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    scene.export("Export 7 as CSV…");
    scene.console.until_remembered();
    scene
        .console
        .press_with(egui::Modifiers::COMMAND, egui::Key::L);
    scene.console.assert_shows("Unlock");
    scene.console.dialog_gate.open();
    scene.console.wait_until("the answer", |state| {
        let mut toasts = state.toasts.shown().iter();
        toasts.any(|toast| toast.title == "Not exported")
    });
    assert!(!scene.console.shows("Not exported"), "nothing on the lock");
    assert_eq!(fs::read_dir(scene.folder.path()).unwrap().count(), 0);

    scene.console.press(egui::Key::Enter);
    scene.console.until_listed();
    let body = &scene.console.toast().body;
    assert!(
        body.contains("when the console locked") && body.ends_with("Nothing was saved."),
        "{body}"
    );
    // The next dialog opens and its answer is used.
    scene
        .console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    scene.export("Export 7 as CSV…");
    scene.console.until_saved_to(&path);
}
