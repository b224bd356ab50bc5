use egui::Key;
use serde_json::json;
use thred_console::{
    demo::{DemoOptions, Envelope},
    domain::token::Checked,
};

use crate::support::{Answer, Console, Fault, On, Setup};

const NOT_COPIED: &str = "No token was copied; the clipboard is as it was.";

/// Presses `T` where the server answers so, and expects a refusal for this reason.
fn refused(answer: impl FnOnce(&Console) -> Answer, reason: &str) {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.clipboard.overwrite_by_other("shopping list");
    let answer = answer(&console);
    console.server.fault(On::Token, Fault::Always(answer));
    console.press(Key::T);
    console.wait_for_text("Token not copied");
    let host = console.environment().host();
    assert_eq!(
        console.toast().body,
        format!("{} {NOT_COPIED}", reason.replace("HOST", &host))
    );
    // Beside the button too, where it stays.
    console.assert_shows(&reason.replace("HOST", &host));
    assert!(
        console.workspace().tokens.is_empty(),
        "what was refused is not kept"
    );
    assert_eq!(
        console.clipboard.content().as_deref(),
        Some("shopping list")
    );
    assert_eq!(
        (console.clipboard.copies(), console.token_requests()),
        (0, 1)
    );

    console.server.clear_faults();
    console.copy_token();
    assert!(
        console
            .workspace()
            .tokens
            .refusal(console.id_of("Acme Ltd"))
            .is_none()
    );
    assert!(
        !console.shows("Token not copied"),
        "the refusal goes once it is overcome"
    );
}

#[test]
fn a_token_of_another_business_is_refused() {
    let other = Console::signed_in(Setup::default()).id_of("Zebra Zoo");
    refused(
        |_| Answer::token_of(other.0),
        &format!("HOST answered with a token for another business, {other}."),
    );
}

#[test]
fn a_token_of_another_business_in_disguise_is_refused() {
    let other = Console::signed_in(Setup::default()).id_of("Zebra Zoo");
    refused(
        |_| Answer::token_of_in_disguise(other.0),
        &format!("HOST answered with a token for another business, {other}."),
    );
}

#[test]
fn another_scope_is_refused() {
    refused(
        |_| Answer::scope("partner_access"),
        "HOST answered with the scope “partner_access” instead of “business_access”.",
    );
}

#[test]
fn the_sign_in_itself_is_refused() {
    let older = |answer: Answer| {
        // Nothing in the answer contradicts: only the token gives it away.
        answer.edited(|_, value| {
            value.as_object_mut().unwrap().remove("business_id");
        })
    };
    refused(
        |_| older(Answer::echoed_token()),
        "HOST answered with the sign-in itself, which opens every business.",
    );
}

#[test]
fn a_token_that_cannot_be_one_is_refused() {
    refused(
        |_| Answer::real().edited(|_, value| value["access_token"] = "two words".into()),
        "What HOST sent has characters or a length that no token has.",
    );
    refused(
        |_| Answer::real().edited(|_, value| value["access_token"] = "x".repeat(9_000).into()),
        "What HOST sent has characters or a length that no token has.",
    );
}

/// An opaque token whose life is stated so.
fn opaque(expires_in: serde_json::Value) -> Answer {
    Answer::opaque_token().edited(move |_, value| value["expires_in"] = expires_in.clone())
}

#[test]
fn a_life_that_no_token_has_is_refused() {
    refused(
        |_| opaque(json!(null)),
        "HOST does not say how long the token works.",
    );
    refused(
        |_| opaque(json!("soon")),
        "HOST does not say how long the token works.",
    );
    refused(
        |_| opaque(json!(-5)),
        "HOST says that the token works for -5 s, which no token does.",
    );
    refused(
        |_| opaque(json!(99_999_999)),
        "HOST says that the token works for 99999999 s, which no token does.",
    );
    refused(
        |_| Answer::expires_in(json!(0)),
        "The token of HOST had expired when it arrived.",
    );
}

#[test]
fn what_the_answer_leaves_out_the_token_tells() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console
        .server
        .fault(On::Token, Fault::Once(Answer::without("expires_in")));
    console.copy_token();
    assert_eq!(
        console.toast().body,
        "59 min left · clipboard clears in 60 s"
    );
}

#[test]
fn the_shorter_of_two_lives_counts() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console
        .server
        .fault(On::Token, Fault::Once(Answer::expires_in(json!(600))));
    console.copy_token();
    assert_eq!(
        console.toast().body,
        "9 min left · clipboard clears in 60 s"
    );
}

#[test]
fn an_opaque_token_is_copied_and_marked() {
    let demo = DemoOptions {
        envelope: Envelope::Older,
        ..Setup::default().demo
    };
    let mut console = Console::at_business(
        Setup {
            demo,
            ..Setup::default()
        },
        "Acme Ltd",
    );
    console
        .server
        .fault(On::Token, Fault::Once(Answer::opaque_token()));
    assert_eq!(console.copy_token(), "opaque-4f2a9c");
    assert_eq!(
        console.toast().body,
        "59 min left · not checked · clipboard clears in 60 s"
    );
    console.assert_shows("Not checked: the token does not say what it opens");
    let held = console
        .workspace()
        .tokens
        .get(console.id_of("Acme Ltd"))
        .unwrap();
    assert_eq!(held.token.checked, Checked::NotChecked);
}
