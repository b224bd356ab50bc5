//! The proxy setting.

use std::fs;

use egui::{Key, Modifiers};
use thred_console::domain::settings::Proxy;
use thred_console::platform::file_dialog::FileDialogOutcome;

use super::{open, settings};
use crate::support::{Authority, ConnectProxy, Console, KEY, PARTNER, Setup, TlsFront};

/// A host that no resolver knows, so it can be reached only through a proxy.
const HOST: &str = "thred.test.invalid";

/// A console that trusts the certificate authority of a server behind a proxy.
fn behind_a_proxy() -> (Console, ConnectProxy) {
    let mut setup = Setup::default();
    setup.api.retry.attempts = 1;
    let mut console = Console::start(setup);
    let authority = Authority::new("Proxied Root");
    let proxy = console.block_on(async {
        let front = TlsFront::start(&authority, HOST, &console.server).await;
        ConnectProxy::start(front.address).await
    });
    console.retype("Custom URL", &format!("https://{HOST}"));
    let file = console.folder().file("authority.pem");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, &authority.pem).unwrap();
    open(&mut console);
    console.dialogs.answer(FileDialogOutcome::Chosen(file));
    console.click("Choose file…");
    console.wait_for_text("authority.pem, 1 certificate");
    (console, proxy)
}

fn use_proxy(console: &mut Console, proxy: &ConnectProxy) {
    console.click("Proxy: Address");
    console.retype("Proxy address", &proxy.url());
    console.press(Key::Enter);
    assert!(matches!(settings(console).proxy, Proxy::Url(_)));
}

#[test]
fn requests_go_by_the_proxy_that_is_set_and_it_learns_nothing() {
    let (mut console, proxy) = behind_a_proxy();
    use_proxy(&mut console, &proxy);
    console.press(Key::Escape);
    console.sign_in_with(&PARTNER.to_string(), KEY);
    console.wait_until("the sign-in", |state| state.workspace().is_some());
    let seen = proxy.seen();
    assert!(!seen.is_empty());
    for head in seen {
        let head = head.to_ascii_lowercase();
        assert!(
            head.starts_with(&format!("connect {HOST}:443 http/1.1")),
            "{head}"
        );
        assert!(!head.contains("authorization"), "{head}");
    }
}

#[test]
fn a_proxy_that_wants_a_password_is_named_and_not_taken_for_the_server() {
    let (mut console, _) = behind_a_proxy();
    let proxy = console.block_on(ConnectProxy::refusing("407 Proxy Authentication Required"));
    use_proxy(&mut console, &proxy);
    console.press(Key::Escape);
    console.sign_in_with(&PARTNER.to_string(), KEY);
    console.wait_for_text("The proxy requires a password");
    console.assert_shows(&format!(
        "{} requires a user name and password for {HOST}.",
        proxy.url()
    ));
    console.assert_shows("Include both in HTTPS_PROXY");
    assert!(!console.shows("could not be reached"));
    console.click("Test connection");
    console.wait_for_text("requires a user name and password");
    for head in proxy.seen() {
        assert!(
            !head.to_ascii_lowercase().contains("authorization"),
            "{head}"
        );
    }
}

#[test]
fn another_way_holds_at_once_for_the_running_session_which_stays_signed_in() {
    let (mut console, proxy) = behind_a_proxy();
    use_proxy(&mut console, &proxy);
    console.press(Key::Escape);
    console.sign_in_with(&PARTNER.to_string(), KEY);
    console.wait_until("the list", |state| {
        let workspace = state.workspace();
        workspace.is_some_and(|workspace| !workspace.list.loading.is_running())
    });
    let sign_ins = console.log().count(&crate::support::On::SignIn);

    open(&mut console);
    console.click("Proxy: None");
    assert_eq!(settings(&console).proxy, Proxy::Direct);
    let tunnels = proxy.seen().len();
    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.press(Key::F5);
    console.wait_for_text("Offline. Showing the list from");
    assert_eq!(proxy.seen().len(), tunnels, "the proxy is out of it");

    open(&mut console);
    use_proxy(&mut console, &proxy);
    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.press(Key::F5);
    console.wait_for("the list again", |console| {
        proxy.seen().len() > tunnels && !console.shows("Offline.")
    });
    assert_eq!(
        console.log().count(&crate::support::On::SignIn),
        sign_ins,
        "the sign-in was kept"
    );
}

#[test]
fn no_proxy_ever_stands_before_this_computer() {
    let mut console = Console::start(Setup::default());
    let nobody = console.block_on(crate::support::closed_port());
    open(&mut console);
    console.click("Proxy: Address");
    console.retype("Proxy address", &nobody);
    console.press(Key::Enter);
    assert!(matches!(settings(&console).proxy, Proxy::Url(_)));
    console.press(Key::Escape);
    // The test's server is on loopback, so the proxy is not used.
    console.sign_in();
}
