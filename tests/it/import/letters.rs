//! Names are stored exactly as in the file, whatever its encoding and delimiter.

use encoding_rs::{BIG5, GB18030, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1253};

use super::{HEADER, signed_in};
use crate::support::{Console, Setup};

fn any_script() -> Console {
    Console::signed_in(Setup {
        any_script: true,
        ..Setup::default()
    })
}

/// Imports rows with these ids, and returns the legal names that the server has afterwards.
fn stored(console: &mut Console, file: &[u8], ids: &[&str]) -> Vec<String> {
    console.open_file("partners.csv", file);
    console.dry_run();
    console.click(&format!("Create {} in Custom", ids.len()));
    console.wait_for_end();
    names(console, ids)
}

fn names(console: &Console, ids: &[&str]) -> Vec<String> {
    let store = console.server.state().store();
    let name = |id: &&str| {
        let business = store.get_by_external_id(id).expect("it is created");
        business
            .legal_name
            .clone()
            .expect("a legal name")
            .into_owned()
    };
    ids.iter().map(name).collect()
}

fn row(id: &str, name: &str) -> String {
    format!("{id},{name},limited,{id}@new.example,GB\n")
}

#[test]
fn names_are_stored_with_their_letters() {
    let mut console = any_script();
    for (id, name, coder) in [
        ("w-1", "Zażółć Gęślą Gdańsk", WINDOWS_1250),
        ("w-2", "Ромашка Вектор", WINDOWS_1251),
        ("w-3", "Αθήνα Παπαδόπουλος", WINDOWS_1253),
        ("w-4", "上海贸易有限公司", GB18030),
        ("w-5", "台灣茶葉股份有限公司", BIG5),
        ("w-6", "株式会社東京商店", SHIFT_JIS),
    ] {
        let text = format!("{HEADER}{}", row(id, name));
        assert_eq!(stored(&mut console, &coder.encode(&text).0, &[id]), [name]);
    }
    let dos = [
        HEADER.as_bytes(),
        b"d-1,M\x81ller & S\x94hne,limited,d@new.example,GB\n",
    ]
    .concat();
    assert_eq!(stored(&mut console, &dos, &["d-1"]), ["Müller & Söhne"]);
    let mixed = [HEADER, &row("x-1", "Müller"), &row("x-2", "Café")].concat();
    let mixed = [mixed.as_bytes(), b"x-3,Pe\xF1a,limited,x@new.example,GB\n"].concat();
    assert_eq!(
        stored(&mut console, &mixed, &["x-1", "x-2", "x-3"]),
        ["Müller", "Café", "Peña"]
    );
}

#[test]
fn a_file_of_excel_for_mac_is_known_and_a_wrong_choice_is_doubted() {
    let mut console = signed_in();
    let file = [
        HEADER.as_bytes(),
        b"m-1,M\x9Fller & S\x9Ahne GmbH,limited,a@m.example,GB\r",
        b"m-2,Pe\x96a e Hijos SL,limited,b@m.example,GB\r",
    ]
    .concat();
    console.open_file("mac.csv", file);
    console.assert_shows("Encoding: Mac Roman");
    console.assert_shows("Guessed Mac Roman.");
    console.click("Encoding: Mac Roman");
    console.click("Windows-1252");
    console.wait_for_text("Encoding: Windows-1252");
    console.assert_shows("2 cells look odd: MŸller");
    assert!(!console.shows("Guessed"), "{}", console.screen());
    console.dry_run();
    console.assert_shows("Unlikely letters");
    console.click("Back to columns");
    console.click("Encoding: Windows-1252");
    console.click("Mac Roman");
    console.wait_for_text("Encoding: Mac Roman");
    assert!(!console.shows("look odd"), "{}", console.screen());
    console.dry_run();
    console.click("Create 2 in Custom");
    console.wait_for_end();
    assert_eq!(
        names(&console, &["m-1", "m-2"]),
        ["Müller & Söhne GmbH", "Peña e Hijos SL"]
    );
}

#[test]
fn quotation_marks_are_stored_as_they_were_meant() {
    let mut console = any_script();
    let blank = "external_id, legal_name, entity_type, email, country\n\
        s-1, \"Old Mill Ltd\", limited, a@s.example, GB\n\
        \"s-2\", \"Harbour Books, Ltd\", limited, b@s.example, GB\n";
    assert_eq!(
        stored(&mut console, blank.as_bytes(), &["s-1", "s-2"]),
        ["Old Mill Ltd", "Harbour Books, Ltd"]
    );
    let backslash = format!("{HEADER}{}", row("b-1", "\"The \\\"Old, Mill\\\" Ltd\""));
    assert_eq!(
        stored(&mut console, backslash.as_bytes(), &["b-1"]),
        ["The \"Old, Mill\" Ltd"]
    );
    let named = "Sep=;\r\nexternal_id;legal_name;entity_type;email;country\r\n\
        e-1;Old, Mill, Ltd;limited;a@e.example;GB\r\n";
    assert_eq!(
        stored(&mut console, named.as_bytes(), &["e-1"]),
        ["Old, Mill, Ltd"]
    );
}
