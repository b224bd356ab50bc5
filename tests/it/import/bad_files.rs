//! Files that cannot be imported are rejected with a reason, and nothing is sent.

use super::{Console, signed_in};

#[track_caller]
fn told(console: &mut Console, bytes: &[u8], words: &str) {
    // A new name each time, so that the message of the previous file is not taken for this one's.
    let name = format!("bad-{}.csv", bytes.len());
    let path = console.write(&name, bytes);
    console.choose_file(&path);
    console.wait_for_text(&format!("{name} was not opened"));
    console.assert_shows(words);
    console.assert_shows("Nothing was sent.");
    assert_eq!(console.create_requests(), 0);
}

#[test]
fn they_are_told_apart() {
    let mut console = signed_in();
    let console = &mut console;
    told(console, b"", "The file is empty.");
    told(
        console,
        b"\x00\x01\x02\xff\x00\x00\x07\x03\x00",
        "not a text file",
    );
    told(console, b"PK\x03\x04rest", "not a CSV file");
    told(
        console,
        b"external_id,legal_name\n1,\"One\n2,Two\n",
        "opens a cell in line 2 is never closed",
    );
    told(console, b"external_id,legal_name\n", "no rows below them");
    told(
        console,
        b"<html><body><table><tr><th>external_id</th></tr></table>",
        "This is an HTML table",
    );
    told(
        console,
        b"external_id,legal_name\rw-1,Old Mill Ltd\rw-2,New\0 Mill Ltd\r",
        "Line 3, column 2 contains a NUL byte",
    );
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_read() {
    let mut console = signed_in();
    let path = console.write("large.csv", b"external_id\n");
    let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(100_000_000).unwrap();
    console.choose_file(&path);
    console.wait_for_text("the limit is 100 MB");
}

#[test]
fn a_folder_or_nothing_is_told() {
    let mut console = signed_in();
    let folder = console.folder().root().to_owned();
    std::fs::create_dir_all(&folder).unwrap();
    console.choose_file(&folder);
    console.wait_for_text("It is not a file.");
    console.choose_file(&folder.join("gone.csv"));
    console.wait_for_text("It can’t be read");
}
