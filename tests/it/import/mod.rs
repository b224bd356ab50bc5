//! Importing businesses from a file, from the file dialog to the table of results.

mod bad_files;
mod closing;
mod corrections;
mod created;
mod damage;
mod letters;
mod line_ends;
mod open;
mod other_ids;
mod pauses;
mod recorded;
mod remembered;
mod run;
mod shapes;
mod unfinished;

use std::path::{Path, PathBuf};

use egui::Key;
use thred_console::platform::file_dialog::{FileDialogOutcome, FileRequest};
use thred_console::state::import::open_file::{ImportStep, OpenFile};
use thred_console::state::import::run::ImportRun;

use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

const HEADER: &str = "external_id,legal_name,entity_type,email,country\n";

/// A file with `count` valid rows, `new-1` and so on.
fn rows(count: usize) -> String {
    let row = |n| format!("new-{n},Newcomer {n} Ltd,limited,n{n}@new.example,GB\n");
    let rows: String = (1..=count).map(row).collect();
    format!("{HEADER}{rows}")
}

fn signed_in() -> Console {
    Console::signed_in(Setup::default())
}

impl Console {
    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().file(name);
        std::fs::create_dir_all(self.folder().root()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Chooses the file in the file dialog, which also the pages of an open file can open.
    fn choose_file(&mut self, path: &Path) {
        self.press(Key::I);
        self.dialogs
            .answer(FileDialogOutcome::Chosen(path.to_owned()));
        let buttons = ["Open another file…", "Open file…"];
        let mut offered = buttons.into_iter().filter(|button| self.offers(button));
        let button = offered.next().expect("a button for the file dialog");
        self.click(button);
    }

    /// Title and file name of the last dialog that asked where to save a file.
    fn save_request(&self) -> (String, String) {
        match self.dialogs.asked().pop() {
            Some(FileRequest::Save { title, file_name }) => (title, file_name),
            other => panic!("{other:?}"),
        }
    }

    /// Writes the file, chooses it, and waits for its columns.
    fn open_file(&mut self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.write(name, text);
        self.choose_file(&path);
        self.wait_for("the columns", |console| {
            let open = console.workspace().import.open();
            open.is_some_and(|open| {
                open.file.path == path && matches!(open.step, ImportStep::Columns)
            })
        });
    }

    fn dry_run(&mut self) {
        self.click("Dry run");
        self.wait_for_dry_run();
    }

    /// Waits until the dry run over the current reading of the file is complete.
    fn wait_for_dry_run(&mut self) {
        self.wait_for("the dry run", |console| {
            let open = console.workspace().import.open();
            open.is_some_and(OpenFile::is_validated)
        });
    }

    /// A console that has finished the dry run over this file.
    fn at_dry_run(setup: Setup, text: &str) -> Self {
        let mut console = Self::signed_in(setup);
        console.open_file("partners.csv", text);
        console.dry_run();
        console
    }

    /// Begins the import of `count` rows and waits until four requests wait for the gate.
    #[track_caller]
    fn begin_held(&mut self, count: usize, gate: &RunGate) {
        let held = Answer::real().held_by(gate);
        self.server.fault(On::Create, Fault::Times(4, held));
        self.click(&format!("Create {count} in Custom"));
        self.wait_for("four", |console| console.create_requests() == 4);
    }

    /// Begins the import of ten rows: the server answers three and creates four more without answering; the rest is not sent.
    #[track_caller]
    fn begin_to_the_middle(&mut self) {
        let before = self.newcomers();
        self.server
            .fault(On::Create, Fault::Times(3, Answer::real()));
        let late = Answer::real().unanswered();
        self.server.fault(On::Create, Fault::Always(late));
        self.click("Create 10 in Custom");
        self.wait_for("the middle of the run", |console| {
            console.created() == 3 && console.newcomers() == before + 7
        });
    }

    #[track_caller]
    fn file(&self) -> &OpenFile {
        self.workspace().import.open().expect("an open file")
    }

    fn run(&self) -> Option<&ImportRun> {
        match &self.workspace().import.open()?.step {
            ImportStep::Running(run) | ImportStep::Done(run) => Some(run),
            _ => None,
        }
    }

    fn created(&self) -> usize {
        self.run().map_or(0, |run| run.tally().created)
    }

    fn wait_for_end(&mut self) {
        self.wait_for("the end of the run", |console| {
            matches!(console.file().step, ImportStep::Done(_))
        });
    }

    /// How many businesses the server has beyond those of the setup.
    fn newcomers(&self) -> usize {
        let store = self.server.state().store();
        store.newest_first().count() - Setup::default().businesses.len()
    }

    /// The journals of imports in the data folder.
    fn notes(&self) -> Vec<PathBuf> {
        let all = std::fs::read_dir(self.folder().root()).unwrap();
        all.map(|entry| entry.unwrap().path())
            .filter(|path| {
                let name = path.file_name().unwrap().to_string_lossy();
                name.starts_with("import-") && name.ends_with(".jsonl")
            })
            .collect()
    }
}
