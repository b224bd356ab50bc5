use egui::{Key, Modifiers};

use crate::support::{Console, Setup};

#[test]
fn t_fetches_copies_and_says_so_once() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let token = console.copy_token();
    assert_eq!(token.split('.').count(), 3, "a JWT");
    assert!(console.clipboard.is_excluded_from_history());
    assert_eq!(console.token_requests(), 1);
    let titles: Vec<&str> = console.toasts().iter().map(|toast| toast.title.as_str()).collect();
    assert_eq!(titles, ["Token for Acme Ltd (Custom) copied"]);
    assert_eq!(console.toast().body, "59 min left · clipboard clears in 60 s");
    console.assert_shows("Token for Acme Ltd (Custom) copied. 59 min left · clipboard clears in 60 s");
    let _ = (Key::T, Modifiers::NONE);
}
