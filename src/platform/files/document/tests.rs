//! Documents that are damaged, of another version, too large or writable by others.

use super::*;

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Sample {
    zoom: u8,
}

impl Document for Sample {
    const KIND: &'static str = "thred-console/sample";
    const VERSION: u32 = 3;
}

const NAME: &str = "sample.json";

fn now() -> Timestamp {
    "2026-11-23T14:15:00Z".parse().unwrap()
}

fn folder_with(content: &str) -> (tempfile::TempDir, AppFolder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = AppFolder::at(dir.path());
    fs::write(folder.file(NAME), content).unwrap();
    (dir, folder)
}

fn value<T: Document>(folder: &AppFolder) -> Option<T> {
    match folder.read(NAME, now()) {
        LoadOutcome::Value(value) => Some(value),
        LoadOutcome::Missing | LoadOutcome::SetAside(_) => None,
    }
}

fn set_aside(folder: &AppFolder) -> SetAsideFile<Sample> {
    match folder.read::<Sample>(NAME, now()) {
        LoadOutcome::SetAside(aside) => aside,
        other => panic!("expected a file set aside, got {other:?}"),
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_everybody_can_write_is_left_and_not_believed() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_dir, folder) =
        folder_with(r#"{"kind":"thred-console/sample","version":3,"data":{"zoom":1}}"#);
    fs::set_permissions(folder.file(NAME), fs::Permissions::from_mode(0o666)).unwrap();
    assert_eq!(folder.look_at::<Sample>(NAME), Err(DocumentError::Foreign));
    let aside = set_aside(&folder);
    assert_eq!(
        (aside.damage, aside.moved_to, aside.previous),
        (DocumentError::Foreign, None, None)
    );
    assert!(folder.file(NAME).exists());
}

/// A link to itself cannot be read, not even by the administrator, but could be moved.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_now_stays_where_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let folder = AppFolder::at(dir.path());
    std::os::unix::fs::symlink(NAME, folder.file(NAME)).unwrap();
    let aside = set_aside(&folder);
    assert!(
        matches!(aside.damage, DocumentError::Unreadable(_)),
        "{:?}",
        aside.damage
    );
    assert_eq!((aside.moved_to, aside.previous), (None, None));
    assert!(fs::symlink_metadata(folder.file(NAME)).is_ok());
}

#[test]
fn a_document_comes_back_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let folder = AppFolder::at(dir.path().join("new"));
    assert!(matches!(
        folder.read::<Sample>(NAME, now()),
        LoadOutcome::Missing
    ));
    folder.write(NAME, &Sample { zoom: 7 }).unwrap();
    assert_eq!(value(&folder), Some(Sample { zoom: 7 }));
}

#[test]
fn a_newer_file_is_kept_whole_under_another_name() {
    let text = r#"{"kind":"thred-console/sample","version":4,"data":{}}"#;
    let (_dir, folder) = folder_with(text);
    fs::write(
        folder.file("sample.json.bak"),
        r#"{"kind":"thred-console/sample","version":3,"data":{"zoom":1}}"#,
    )
    .unwrap();
    let aside = set_aside(&folder);
    assert_eq!(aside.damage, DocumentError::Newer { found: 4, known: 3 });
    assert_eq!(aside.previous, None);
    let moved = aside.moved_to.unwrap();
    assert!(
        moved.ends_with("sample.json.newer-20261123T141500Z"),
        "{moved:?}"
    );
    assert_eq!(fs::read_to_string(moved).unwrap(), text);
    assert!(matches!(
        folder.read::<Sample>(NAME, now()),
        LoadOutcome::Missing
    ));
}

#[test]
fn a_damaged_file_makes_way_for_the_previous_copy() {
    let (_dir, folder) = folder_with("");
    fs::remove_file(folder.file(NAME)).unwrap();
    folder.write(NAME, &Sample { zoom: 1 }).unwrap();
    folder.write(NAME, &Sample { zoom: 2 }).unwrap();
    fs::write(folder.file(NAME), "{\"kind\":\n oops").unwrap();
    let aside = set_aside(&folder);
    assert_eq!(
        aside.damage,
        DocumentError::Malformed { line: 2, column: 2 }
    );
    assert_eq!(aside.previous, Some(Sample { zoom: 1 }));
}

#[test]
fn two_damaged_files_of_one_second_are_both_kept() {
    let (_dir, folder) = folder_with("first");
    let first = set_aside(&folder).moved_to.unwrap();
    fs::write(folder.file(NAME), "second").unwrap();
    let second = set_aside(&folder).moved_to.unwrap();
    assert_eq!(fs::read_to_string(first).unwrap(), "first");
    assert_eq!(fs::read_to_string(second).unwrap(), "second");
}

#[test]
fn other_content_is_named_but_not_quoted() {
    let (_dir, folder) = folder_with(r#"{"kind":"something else","version":3,"data":{"zoom":1}}"#);
    assert_eq!(set_aside(&folder).damage, DocumentError::OtherFormat);
    let (_dir, folder) =
        folder_with(r#"{"kind":"thred-console/sample","version":2,"data":{"zoom":1}}"#);
    assert_eq!(set_aside(&folder).damage, DocumentError::OtherFormat);
    let (_dir, folder) =
        folder_with(r#"{"kind":"thred-console/sample","version":3,"data":{"zoom":"sentinel"}}"#);
    let text = set_aside(&folder).damage.to_string();
    assert!(!text.contains("sentinel"), "{text}");
}

#[test]
fn what_cannot_be_read_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let folder = AppFolder::at(dir.path());
    fs::create_dir(folder.file(NAME)).unwrap();
    assert_eq!(set_aside(&folder).damage, DocumentError::NotAFile);
}

#[test]
fn a_file_that_is_too_large_is_set_aside_and_never_written() {
    let (_dir, folder) = folder_with("{}");
    let file = fs::File::create(folder.file(NAME)).unwrap();
    file.set_len(MAX_BYTES + 1).unwrap();
    let aside = set_aside(&folder);
    assert_eq!(aside.damage, DocumentError::TooLarge);
    assert!(aside.moved_to.is_some() && !folder.file(NAME).exists());

    #[derive(Serialize, Deserialize)]
    struct Large(String);
    impl Document for Large {
        const KIND: &'static str = "thred-console/large";
        const VERSION: u32 = 1;
    }
    folder.write(NAME, &Large("small".to_owned())).unwrap();
    let large = Large("x".repeat(MAX_BYTES as usize));
    let error = folder.write(NAME, &large).unwrap_err().to_string();
    assert!(error.contains(NAME) && error.contains("larger"), "{error}");
    let kept = value::<Large>(&folder).unwrap();
    assert_eq!(kept.0, "small");
}

#[cfg(unix)]
#[test]
fn nobody_waits_for_a_pipe_that_has_the_name() {
    let dir = tempfile::tempdir().unwrap();
    let folder = AppFolder::at(dir.path());
    crate::platform::files::limited::make_pipe(&folder.file(NAME));
    let aside = set_aside(&folder);
    assert_eq!(aside.damage, DocumentError::NotAFile);
    assert!(aside.moved_to.is_some());
    folder.write(NAME, &Sample { zoom: 7 }).unwrap();
    assert_eq!(value(&folder), Some(Sample { zoom: 7 }));
}
