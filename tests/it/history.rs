//! The history of the user's actions: recording, showing, filtering and exporting it.

use std::fs;
use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::{
    domain::history::{HistoryAction, HistoryEntry, HistoryOutcome, ReadLines},
    platform::file_dialog::FileDialogOutcome,
    runtime::HISTORY_STEM,
    state::{command::Command, session::messages::SessionCommand, shell::messages::Page},
};

use crate::support::{Answer, Console, Fault, On, Setup};

impl Console {
    fn history_text(&self) -> String {
        let path = self.folder().file(&format!("{HISTORY_STEM}.jsonl"));
        fs::read_to_string(path).unwrap_or_default()
    }

    /// The entries on disk, oldest first.
    fn noted(&self) -> Vec<HistoryEntry> {
        let mut read = ReadLines::default();
        self.history_text().lines().for_each(|line| read.take(line));
        assert_eq!(read.unreadable, 0);
        read.lines.into_iter().map(|line| line.entry).collect()
    }

    fn actions(&self) -> Vec<HistoryAction> {
        self.noted().iter().map(|entry| entry.action).collect()
    }

    /// The day headings, top to bottom.
    fn days(&self) -> Vec<String> {
        let screen = self.screen();
        let lines = screen.lines();
        let headings = lines.filter_map(|line| line.strip_prefix("RowHeader: "));
        headings.map(str::to_owned).collect()
    }

    fn open_history(&mut self) {
        self.press_with(Modifiers::COMMAND, Key::Num5);
        self.wait_until("the files", |state| !state.history.is_reading());
    }
}

#[test]
fn a_day_of_work_is_on_disk_and_on_the_page() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console
        .server
        .fault(On::Token, Fault::Once(Answer::status(404)));
    console.select("Zebra Zoo");
    console.press(Key::T);
    console.wait_for_text("Token not copied");
    console.fill();
    console.click("Create in Custom");
    console.wait_for_text("Created in Custom");
    console.press_with(Modifiers::COMMAND, Key::L);
    console.press(Key::Enter);
    console.until_listed();
    let expected = [
        HistoryAction::SignedIn,
        HistoryAction::TokenIssued,
        HistoryAction::TokenCopied,
        HistoryAction::TokenIssued,
        HistoryAction::Created,
        HistoryAction::Locked,
        HistoryAction::Unlocked,
    ];
    console.wait_for("the notes", |console| console.actions() == expected);
    let noted = console.noted();
    assert_eq!(noted[1].name.as_ref().unwrap().as_str(), "Acme Ltd");
    assert_eq!(noted[1].fingerprint, noted[2].fingerprint);
    assert_eq!(noted[3].result, HistoryOutcome::Failed);

    console.open_history();
    // A copy and the fetch it waited for share a row.
    let shown = expected.len() - 1;
    assert_eq!(console.rows().len(), shown);
    let days = console.days();
    assert!(days[0].starts_with("Today, ") && days[0].ends_with(", 6 entries"));
    assert!(console.rows()[0].starts_with("Unlock, row 1 of 6, "));
    console.type_into("Filter history", "acme");
    assert_eq!(console.rows().len(), 1);
    console.click("All actions");
    console.click("Failures");
    console.assert_shows("Nothing matches “acme” in “Failures”");
    console.click("Show all");
    assert_eq!(console.rows().len(), shown);

    // The next start has all of them and adds its own.
    console.until_remembered();
    let mut console = console.restart();
    console.until_listed();
    console.open_history();
    assert_eq!(console.rows().len(), shown + 1);
    assert!(console.rows()[0].starts_with("Sign-in, row 1 of 7, "));
}

#[test]
fn only_its_owner_may_read_it_and_it_names_no_secret() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let token = console.copy_token();
    console.wait_for("the notes", |console| console.actions().len() == 3);
    let text = console.history_text();
    assert!(!text.contains(&token) && !text.contains(crate::support::KEY));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let path = console.folder().file("history.jsonl");
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn what_is_shown_is_exported_in_both_forms() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console.open_history();
    console.type_into("Filter history", "token");
    for (name, row) in [("history.csv", "CSV…"), ("history.json", "JSON…")] {
        let path = console.folder().file(name);
        console
            .dialogs
            .answer(FileDialogOutcome::Chosen(path.clone()));
        console.click("Export history");
        console.click(&format!("Export 2 as {row}"));
        console.until_saved_to(&path);
        console.wait_for_text("Exported 2 entries");
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains("Token copied") && text.contains("Acme Ltd"));
        assert!(!text.contains("Sign-in"), "only what matches");
        // The export is recorded too, but the filter shows tokens only. The file also has the line of the fetch.
        assert_eq!(console.rows().len(), 1);
        assert!(text.contains("New token"));
    }
    console.wait_for("the notes", |console| {
        console.actions()[3..] == [HistoryAction::Exported, HistoryAction::Exported]
    });
}

#[test]
fn a_torn_line_costs_that_line_only_and_a_foreign_one_is_counted() {
    let mut console = Console::signed_in(Setup::default());
    console.until_remembered();
    console.wait_for("the notes", |console| console.actions().len() == 1);
    console.close();
    let path = console.folder().file("history.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{whole}no JSON\n{}", &whole[..40])).unwrap();
    let mut console = console.restart();
    console.until_listed();
    console.open_history();
    assert_eq!(console.rows().len(), 2, "one of each start");
    console.assert_shows("1 line of the file could not be read.");
    assert!(console.history_text().ends_with("}\n"));
}

#[test]
fn what_has_the_name_of_the_history_and_is_none_is_set_aside() {
    let mut console = Console::start(Setup::default());
    fs::create_dir_all(console.folder().file("history.jsonl")).unwrap();
    console.sign_in();
    console.wait_for_text("The history file was set aside");
    console.assert_shows("history.jsonl.damaged-");
    console.until_listed();
    console.wait_for("the notes", |console| console.actions().len() == 1);
    console.open_history();
    assert!(!console.shows("The history is incomplete."));
}

#[test]
fn a_history_that_cannot_be_written_is_named_and_stops_nothing() {
    let mut console = Console::start(Setup::default());
    // Another program has put a file in place of the folder.
    let root = console.folder().root().to_owned();
    fs::remove_dir_all(&root).unwrap();
    fs::write(&root, "").unwrap();
    console.sign_in();
    console.wait_for_text("The history is not being saved");
    console.assert_shows("Button: Show folder");
    console.until_listed();
    console.open_history();
    console.assert_shows("The history is incomplete.");
    assert_eq!(console.rows().len(), 1, "it is still shown");
    fs::remove_file(root).unwrap();
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_history_is_set_aside_and_its_target_left_alone() {
    let mut console = Console::start(Setup::default());
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("diary");
    fs::write(&target, "dear diary\nno end of line").unwrap();
    let path = console.folder().file("history.jsonl");
    std::os::unix::fs::symlink(&target, &path).unwrap();
    console.sign_in();
    console.wait_for_text("The history file was set aside");
    console.assert_shows("not an ordinary file or was too large");
    assert_eq!(
        fs::read_to_string(target).unwrap(),
        "dear diary\nno end of line"
    );
    assert!(fs::symlink_metadata(path).unwrap().is_file());
}

#[test]
fn an_empty_history_says_what_it_is_for() {
    let mut console = Console::signed_in(Setup::default());
    console.open_history();
    console.click("All actions");
    console.click("Keys and profiles");
    console.assert_shows("No entries in “Keys and profiles”");
    console.assert_undrawn("an empty history");
}

#[test]
fn a_row_is_told_in_full() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console.open_history();
    console.press(Key::ArrowDown);
    console.assert_shows("Token copied: Done · Acme Ltd");
    let id = console.id_of("Acme Ltd").to_string();
    console.assert_shows(&id);
    console.click("Copy business id");
    console.wait_for("the copy", |console| {
        console.clipboard.content().as_deref() == Some(id.as_str())
    });
}

#[test]
fn a_row_leads_to_its_business_by_key_and_by_pointer() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console.type_into("Filter businesses", "zebra");
    console.press(Key::Escape);
    console.select("Zebra Zoo");
    for by_key in [true, false] {
        console.open_history();
        console.press(Key::Home);
        console.assert_shows("Token copied: Done · Acme Ltd");
        if by_key {
            console.press(Key::Enter);
        } else {
            console.click("Show business");
        }
        assert_eq!(console.workspace().page, Page::Businesses);
        let acme = console.id_of("Acme Ltd");
        assert_eq!(console.workspace().selected, Some(acme));
        assert!(console.workspace().list.position_of(acme).is_some());
        assert!(console.workspace().is_detail_open);
        console.select("Zebra Zoo");
    }
    // An entry that is about no business offers no link to one.
    console.open_history();
    console.press(Key::End);
    console.assert_shows("Sign-in: Done");
    assert!(!console.shows("Show business"));
    console.press(Key::Enter);
    assert_eq!(console.workspace().page, Page::History);
}

#[test]
fn the_arrows_step_over_the_headings_of_the_days() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.pass(Duration::from_hours(24));
    console.copy_token();
    console.open_history();
    let found = console.days();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("Today, ") && found[1].starts_with("Yesterday, "));
    console.press(Key::End);
    console.assert_shows("Sign-in: Done");
    let mut steps = 0;
    while !console.shows("Token copied: Done") {
        console.press(Key::ArrowUp);
        steps += 1;
        assert!(steps < 6, "{}", console.screen());
    }
    // The top heading cannot be chosen either.
    console.press(Key::ArrowUp);
    console.assert_shows("Token copied: Done");
    for _ in 0..steps {
        console.press(Key::ArrowDown);
    }
    console.assert_shows("Sign-in: Done");
}

#[test]
fn the_business_of_another_profile_is_not_looked_for_here() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.until_remembered();
    console.copy_token();
    console.wait_for("the notes", |console| console.actions().len() == 3);
    let other = console.history_text().replace("3f2a…9c1e", "0000…0000");
    assert!(other.contains("0000…0000"));
    console.close();
    fs::write(console.folder().file("history.jsonl"), other).unwrap();
    let mut console = console.restart();
    console.until_listed();
    console.open_history();
    console.press(Key::Home);
    console.press(Key::ArrowDown);
    console.assert_shows("Token copied: Done · Acme Ltd");
    assert!(!console.offers("Show business"));
    console.press(Key::Enter);
    console.assert_shows("This entry is about another profile. Switch to it first");
    assert_eq!(console.workspace().page, Page::History);
}

#[test]
fn a_business_that_no_longer_exists_is_told_and_gets_no_keys() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    let acme = console.id_of("Acme Ltd");
    console.press(Key::Escape);
    console.server.state().store_mut().remove(acme.0);
    console.press(Key::F5);
    console.until_listed();
    assert_eq!(console.listed().len(), 5);
    console.open_history();
    console.press(Key::Home);
    console.press(Key::Enter);
    console.wait_for_text("could not find the business");
    let (copies, requests) = (console.clipboard.copies(), console.token_requests());
    console.press(Key::T);
    console.assert_shows("Select a business first");
    assert_eq!(
        (console.clipboard.copies(), console.token_requests()),
        (copies, requests)
    );
}

#[test]
fn the_demo_says_how_long_its_entries_are_kept() {
    let explore = Command::Session(SessionCommand::ExploreDemo);
    let mut console = Console::open(Setup::default(), Some(explore));
    console.until_listed();
    console.open_history();
    console.assert_shows("Demo entries are kept until you quit, others for six months.");
}
