//! Pasting credentials in any of the recognised forms.

use crate::support::{Console, KEY, PARTNER, Setup};

/// Pastes a text into a field, checks what it filled in, and signs in.
fn signs_in_after_pasting(field: &str, text: &str) {
    let mut console = Console::start(Setup::default());
    console.paste_into(field, text);
    assert_eq!(
        console.field_value("Partner UUID"),
        PARTNER.to_string(),
        "pasted {text:?} into {field}"
    );
    console.click("Sign in to Custom");
    console.wait_until("the sign-in", |state| state.workspace().is_some());
}

#[test]
fn a_pair_goes_into_both_fields() {
    for field in ["Partner UUID", "API key"] {
        signs_in_after_pasting(field, &format!("{PARTNER}:{KEY}"));
        signs_in_after_pasting(field, &format!(" {PARTNER}\r\n{KEY}\r\n"));
    }
}

#[test]
fn the_lines_of_an_env_file_go_into_both_fields() {
    let file = format!("# Thred\nexport THRED_PARTNER_UUID=\"{PARTNER}\"\nTHRED_API_KEY='{KEY}'\n");
    for field in ["Partner UUID", "API key"] {
        signs_in_after_pasting(field, &file);
    }
}

#[test]
fn what_tools_and_people_write_goes_into_both_fields() {
    for text in [
        format!("{{\"partner_uuid\": \"{PARTNER}\", \"api_key\": \"{KEY}\"}}"),
        format!("thred:\n  partner_uuid: {PARTNER}\n  api_key: '{KEY}'\n"),
        format!("Partner UUID: {PARTNER}\nAPI Key: {KEY}"),
        format!(
            "THRED_PARTNER_UUID={PARTNER} # production\nTHRED_API_KEY={KEY} # expires in February\n"
        ),
        format!("$env:THRED_PARTNER_UUID = \"{PARTNER}\"\r\n$env:THRED_API_KEY = \"{KEY}\"\r\n"),
        format!("{PARTNER}\t{KEY}"),
    ] {
        signs_in_after_pasting("API key", &text);
    }
}

#[test]
fn a_uuid_with_invisible_characters_is_cleaned_and_never_masked() {
    for text in [
        format!("{PARTNER}\u{200B}"),
        PARTNER.to_string().replace('-', "\u{2011}"),
        format!("urn:uuid:{PARTNER}"),
        format!("Our partner is {PARTNER}."),
    ] {
        for field in ["Partner UUID", "API key"] {
            let mut console = Console::start(Setup::default());
            console.paste_into(field, &text);
            assert_eq!(
                console.field_value("Partner UUID"),
                PARTNER.to_string(),
                "pasted {text:?} into {field}"
            );
            console.paste_into("API key", KEY);
            console.click("Sign in to Custom");
            console.wait_until("the sign-in", |state| state.workspace().is_some());
        }
    }
}

#[test]
fn a_key_in_the_place_of_the_uuid_and_the_other_way_round() {
    let mut console = Console::start(Setup::default());
    console.paste_into("Partner UUID", KEY);
    assert_eq!(
        console.field_value("Partner UUID"),
        "",
        "a key is never shown"
    );
    console.paste_into("API key", &PARTNER.to_string());
    assert_eq!(console.field_value("Partner UUID"), PARTNER.to_string());
    console.click("Sign in to Custom");
    console.wait_until("the sign-in", |state| state.workspace().is_some());
}

#[test]
fn one_after_the_other_as_anybody_would() {
    let mut console = Console::start(Setup::default());
    console.paste_into("Partner UUID", &format!("{PARTNER}\n"));
    console.paste_into("API key", &format!("{KEY}\n"));
    console.click("Sign in to Custom");
    console.wait_until("the sign-in", |state| state.workspace().is_some());
}

#[test]
fn a_key_is_not_shown_beside_a_half_typed_uuid() {
    let mut console = Console::start(Setup::default());
    console.type_into("Partner UUID", "3f2a71c8-05");
    console.paste_into("Partner UUID", KEY);
    assert_eq!(console.field_value("Partner UUID"), "3f2a71c8-05");
    console.retype("Partner UUID", &PARTNER.to_string());
    console.click("Sign in to Custom");
    console.wait_until("the sign-in", |state| state.workspace().is_some());
}

#[test]
fn another_variable_of_the_file_is_no_key() {
    let file = format!(
        "LOG_LEVEL=debug\nTHRED_TOKEN=eyJ0\nTHRED_API_KEY={KEY}\nTHRED_PARTNER_UUID={PARTNER}\n"
    );
    signs_in_after_pasting("API key", &file);
}

#[test]
fn a_pasted_spreadsheet_is_cut() {
    let mut console = Console::signed_in(Setup::default());
    console.paste_into("Filter businesses", &"cell\t".repeat(1 << 20));
    let kept = console.field_value("Filter businesses");
    assert!(
        (1..=4_096).contains(&kept.chars().count()),
        "{}",
        kept.len()
    );
}
