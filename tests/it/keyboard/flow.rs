//! The main job by keys alone: from the sign-in to a copied token and a created business.

use egui::{Key, Modifiers};
use thred_console::state::session::Session;

use crate::support::{Console, KEY, On, PARTNER, Setup};

#[test]
fn the_whole_way_from_the_sign_in_to_a_new_business() {
    let mut console = Console::start(Setup::default());
    sign_in(&mut console);
    copy_a_token(&mut console);
    create_a_business(&mut console);
}

fn sign_in(console: &mut Console) {
    console.tab_to("Partner UUID");
    console.type_text(&PARTNER.to_string());
    console.tab_to("API key");
    console.type_text(KEY);
    console.tab_to("Sign in to Custom");
    console.press(Key::Enter);
    console.wait_until("the list", |state| {
        matches!(state.session, Session::SignedIn { .. })
            && state
                .workspace
                .as_ref()
                .is_some_and(|workspace| !workspace.list.loading.is_running())
    });
}

fn copy_a_token(console: &mut Console) {
    // The list has the keyboard at once.
    assert_eq!(console.focused(), "Businesses");
    console.press(Key::Slash);
    assert_eq!(console.focused(), "Filter businesses");
    console.type_text("acme");
    assert_eq!(console.listed(), ["Acme Ltd"]);
    // A letter that is a command elsewhere is only a letter here.
    console.type_text("t");
    assert_eq!(console.token_requests(), 0);
    console.press(Key::Backspace);
    console.press(Key::ArrowDown);
    console.press(Key::Escape);
    let token = console.copy_token();
    assert!(!token.is_empty());
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Acme Ltd"))
    );
    // What a mouse would do with the toast.
    console.tab_to("Clear now");
    console.press(Key::Enter);
    console.wait_for("the clearing", |console| {
        console.clipboard.content().is_none()
    });
}

fn create_a_business(console: &mut Console) {
    console.tab_to("Businesses");
    console.press(Key::N);
    assert!(
        console.focused().starts_with("Country"),
        "{}",
        console.focused()
    );
    // Sent too early, the first wrong field has the keyboard.
    console.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(
        console.focused().starts_with("Country"),
        "{}",
        console.focused()
    );
    console.press(Key::Enter);
    console.go_to("Netherlands", Modifiers::NONE, Key::ArrowDown);
    console.press(Key::Enter);
    // The menu has given the keyboard back.
    assert!(
        console.focused().starts_with("Country"),
        "{}",
        console.focused()
    );
    console.press_with(Modifiers::COMMAND, Key::Enter);
    console.go_to("external_id", Modifiers::NONE, Key::Tab);
    console.type_text("keys-1");
    console.tab_to("Legal name");
    console.type_text("Toetsenbord B.V.");
    console.tab_to("E-mail");
    console.type_text("info@toetsenbord.example");
    console.go_to("Entity type", Modifiers::SHIFT, Key::Tab);
    console.type_text("bv");
    console.press_with(Modifiers::COMMAND, Key::Enter);
    console.wait_for("the new business", |console| {
        !console.workspace().creating.is_open
            && console.listed().contains(&"Toetsenbord B.V.".to_owned())
    });
    assert_eq!(console.log().count(&On::Create), 1);
    // The keyboard is back on the list, and the new business is the chosen one.
    assert_eq!(console.focused(), "Businesses");
    console.copy_token();
}
