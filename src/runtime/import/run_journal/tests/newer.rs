//! Notes that a newer version of the console has written, which only that version can resume.

use super::*;

fn newer_notes() -> String {
    let line = begun(1).first_line();
    line.replace("\"version\":4", "\"version\":99")
}

#[test]
fn notes_of_a_newer_version_are_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name(&profile(1)));
    std::fs::write(&path, newer_notes()).unwrap();
    for replaces in [None, Some(begun(1).head.started)] {
        assert!(RunJournal::open(begun(2), at(&path), replaces).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), newer_notes());
    }
}

#[test]
fn notes_of_a_newer_version_are_never_forgotten_as_unusable() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name(&profile(1)));
    std::fs::write(&path, newer_notes()).unwrap();
    let found = find(&path, &profile(1));
    assert!(matches!(found, Some(Err(JournalProblem::Newer))));
    for which in [
        ForgottenJournal::Unusable,
        ForgottenJournal::OfRun(begun(1).head.started),
    ] {
        forget(&path, &profile(1), which);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), newer_notes());
    }
}

#[test]
fn a_run_does_not_write_its_notes_again_over_those_of_a_newer_version() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("data/import.jsonl");
    let run = RunJournal::open(begun(2), at(&path), None).unwrap();
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    std::fs::create_dir(path.parent().unwrap()).unwrap();
    std::fs::write(&path, newer_notes()).unwrap();
    assert!(run.record(0, RowOutcome::Sending).is_err());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), newer_notes());
}
