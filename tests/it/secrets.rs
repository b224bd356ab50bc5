//! Uses every part of the console with known secrets, and searches everything it shows, saves and logs for them.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use egui::{Key, Modifiers};
use memchr::memmem;
use serde_json::{Value, json};
use thred_console::platform::file_dialog::FileDialogOutcome;
use thred_console::state::AppState;
use thred_console::state::create::form_input::FormPhase;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{Layer as _, filter};

use crate::support::{Answer, Console, Fault, KEY, On, PARTNER, Setup};

/// Everything logged in this process from now on: every level of the console, and `info` and above of the libraries,
/// which is what the program itself logs at most.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    fn install() -> Self {
        let captured = Self::default();
        let kept = filter::filter_fn(|metadata| {
            metadata.target().starts_with("thred_console")
                || *metadata.level() <= tracing::Level::INFO
        });
        let lines = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_writer(captured.clone())
            .with_filter(kept);
        tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lines))
            .unwrap();
        captured
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Captured {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The names of business tokens begin with this.
const TOKEN: &str = "the token";

/// The part of the encoding that depends on the secret alone when `before` other bytes precede it.
fn inside(engine: &impl base64::Engine, secret: &str, before: usize) -> String {
    let whole = [&b"xx"[..before], secret.as_bytes()].concat();
    let encoded = engine.encode(&whole);
    encoded[(8 * before).div_ceil(6)..8 * whole.len() / 6].to_owned()
}

/// What must not be found: a name that may be printed, and the secret.
struct Sentinels(Vec<(String, String)>);

impl Sentinels {
    fn new() -> Self {
        let mut sentinels = Self(Vec::new());
        sentinels.add("the key", KEY);
        sentinels.add("the key with the partner", &format!("{PARTNER}:{KEY}"));
        sentinels
    }

    fn add(&mut self, name: &str, secret: &str) {
        let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let everything: String = secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let mut forms = vec![
            ("plain", secret.to_owned()),
            ("percent", percent),
            ("percent, all of it", everything),
        ];
        for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD] {
            forms.push(("base64", engine.encode(secret)));
        }
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            // Inside other data, base64 of a secret depends on where the secret begins.
            forms.extend((1..3).map(|before| ("base64, inside", inside(engine, secret, before))));
        }
        let hex = secret.bytes().map(|byte| format!("{byte:02x}"));
        forms.push(("hexadecimal", hex.collect()));
        // A token's payload leaks it without the signature, and the signature alone identifies it.
        let parts: Vec<&str> = secret.split('.').collect();
        if let [_, payload, signature] = parts[..] {
            forms.push(("payload", payload.to_owned()));
            forms.push(("signature", signature.to_owned()));
        }
        let forms = forms
            .into_iter()
            .map(|(form, text)| (format!("{name}, {form}"), text));
        for form in forms {
            // Each request carries the same sign-in, and searching for it once is enough.
            if !self.0.contains(&form) {
                self.0.push(form);
            }
        }
    }

    /// Adds every bearer token that was sent to the server.
    fn add_bearers(&mut self, console: &Console) {
        for seen in console.log().all() {
            if let Some(token) = seen
                .authorization()
                .and_then(|text| text.strip_prefix("Bearer "))
            {
                self.add("the sign-in", token);
            }
        }
    }

    #[track_caller]
    fn assert_absent(&self, place: &str, text: &str) {
        for (name, secret) in &self.0 {
            let found = memmem::find(text.as_bytes(), secret.as_bytes());
            assert!(found.is_none(), "{name} is in {place}");
        }
    }

    /// Searches the screen, the accessibility tree, the state and every file.
    #[track_caller]
    fn look(&self, console: &Console, when: &str) {
        self.assert_absent(&format!("the screen {when}"), &console.screen());
        self.assert_absent(&format!("the accessibility tree {when}"), &console.tree());
        self.assert_absent(
            &format!("the state {when}"),
            &format!("{:?}", console.state()),
        );
        self.assert_absent(
            &format!("the state {when}"),
            &format!("{:#?}", console.state()),
        );
        self.assert_absent(&format!("the title {when}"), &console.titles());
        // The clipboard may hold a token and no other secret.
        let clipboard = console.clipboard.content().unwrap_or_default();
        for (name, secret) in self.0.iter().filter(|(name, _)| !name.starts_with(TOKEN)) {
            assert!(
                !clipboard.contains(secret.as_str()),
                "{name} is on the clipboard {when}"
            );
        }
        self.in_files(console.folder().root(), when);
    }

    #[track_caller]
    fn in_files(&self, folder: &Path, when: &str) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                self.in_files(&path, when);
            } else {
                let text =
                    String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned();
                self.assert_absent(&format!("{} {when}", path.display()), &text);
            }
        }
    }
}

/// An error that repeats the request's credentials in every form.
fn echo(status: u16) -> Answer {
    Answer::json(status, &json!({"error_code": "invalid_token"})).reshaped(|seen, plain| {
        let header = seen.authorization().unwrap_or_default().to_owned();
        let value = header.split(' ').next_back().unwrap_or_default();
        let told = STANDARD
            .decode(value)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_default();
        let detail = format!(
            "{header} and {told} and {KEY} for {}",
            STANDARD.encode(value)
        );
        plain.body = json!({"detail": detail, "errors": {"key": [told], header: ["x"]}})
            .to_string()
            .into_bytes();
    })
}

#[test]
fn no_secret_goes_anywhere_but_where_it_belongs() {
    let logs = Captured::install();
    let mut sentinels = Sentinels::new();
    let mut console = Console::start(Setup::default());

    // The key is typed, rejected by a server that repeats it, typed again and accepted.
    console.type_into("Partner UUID", &PARTNER.to_string());
    console.type_into("API key", KEY);
    sentinels.look(&console, "while it is typed");
    console.server.fault(On::SignIn, Fault::Once(echo(400)));
    console.click("Sign in to Custom");
    console.wait_until("the refusal", AppState::is_signed_out);
    console.press(Key::Tab);
    sentinels.look(&console, "after a refusal");
    console.server.fault(On::SignIn, Fault::Once(echo(401)));
    console.retype("API key", KEY);
    console.click("Sign in to Custom");
    console.wait_for_text("rejected the API key");
    sentinels.look(&console, "after another refusal");
    console.retype("API key", KEY);
    console.click("Sign in to Custom");
    console.wait_until("the list", |state| {
        state
            .workspace()
            .is_some_and(|workspace| workspace.list.shown_count() == 6)
    });
    console.wait_for("the key", |console| {
        console.keychain.key(&console.item()).is_some()
    });
    sentinels.add_bearers(&console);
    sentinels.look(&console, "when signed in");

    // A token is copied in every format.
    console.select("Acme Ltd");
    let token = console.copy_token();
    sentinels.add("the token", &token);
    sentinels.look(&console, "after T");
    for key in [Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num1] {
        let before = console.clipboard.copies();
        console.press_with(Modifiers::SHIFT, Key::T);
        sentinels.look(&console, "while a form is picked");
        console.press(key);
        console.wait_for("the copy", |console| console.clipboard.copies() > before);
        sentinels.look(&console, "after Shift+T");
    }
    console.press_with(Modifiers::COMMAND, Key::Num2);
    sentinels.look(&console, "on the page of tokens");
    console.press(Key::ArrowDown);
    sentinels.look(&console, "with a token selected");
    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.press(Key::Questionmark);
    sentinels.look(&console, "in help");
    console.press(Key::Escape);

    // Failures of a server that repeats the credentials, and what the user can copy of them.
    for (on, status) in [
        (On::Token, 400),
        (On::Token, 401),
        (On::Get, 403),
        (On::List, 400),
        (On::List, 500),
    ] {
        console
            .server
            .fault(on.clone(), Fault::Always(echo(status)));
        console.select("Zebra Zoo");
        console.press(Key::T);
        console.press(Key::F5);
        console.wait_until("the end", |state| {
            let workspace = state.workspace().unwrap();
            !workspace.list.loading.is_running()
                && !workspace.tokens.is_fetching()
                && !workspace.detail.is_reading
        });
        sentinels.add_bearers(&console);
        sentinels.look(&console, "after a failure");
        if console.offers("Copy details") {
            let before = console.clipboard.copies();
            console.click("Copy details");
            console.wait_for("the copy", |console| console.clipboard.copies() > before);
            sentinels.assert_absent(
                "what is copied of a failure",
                &console.clipboard.content().unwrap(),
            );
        }
        console.server.clear_faults();
        console.select("Acme Ltd");
    }
    for answer in [
        Answer::echoed_token(),
        Answer::scope("two words"),
        Answer::token_of(console.id_of("Acme Ltd").0),
    ] {
        let named = answer.edited(|seen, value| {
            let own = seen.authorization().unwrap_or_default();
            value["scope"] = format!("{own} {KEY}").into();
            value["business_id"] = own.into();
        });
        console.server.fault(On::Token, Fault::Once(named));
        console.select("Zebra Zoo");
        console.press(Key::R);
        console.wait_for("the end", |console| {
            !console.workspace().tokens.is_fetching()
        });
        sentinels.look(&console, "after a token was refused");
    }

    // Create, edit and export: rejected by a server that repeats the credentials, lost, done, and saved to disk.
    console.fill();
    console.pass_a_second();
    console.wait_for("the draft", |console| {
        !console.kept_draft().draft.is_blank()
    });
    sentinels.look(&console, "with a draft on disk");
    for status in [400, 401, 409, 500] {
        console
            .server
            .fault(On::Create, Fault::Always(echo(status)));
        if console.offers("Check now") {
            console.click("Check now");
        } else {
            console.submit();
        }
        console.wait_for("the outcome", |console| {
            !matches!(
                console.workspace().creating.input.phase,
                FormPhase::Sending { .. }
            )
        });
        sentinels.add_bearers(&console);
        sentinels.look(&console, "after a create failed");
        console.server.clear_faults();
    }
    console.click("Check now");
    console.wait_for_text("Created in Custom");
    sentinels.look(&console, "after a create");

    // A success that repeats the sign-in, plain and encoded, and what the user can copy of it.
    let repeated = Answer::real().edited(|seen, value| {
        let own = seen.authorization().unwrap_or_default();
        let own = own.strip_prefix("Bearer ").unwrap_or(own);
        let hex: String = own.bytes().map(|byte| format!("{byte:02x}")).collect();
        value["legal_name"] = format!("{own} {KEY}").into();
        value["debug"] = json!([own, URL_SAFE_NO_PAD.encode(own), URL_SAFE.encode(KEY), hex]);
    });
    console.server.fault(On::Get, Fault::Once(repeated));
    console.select("Zebra Zoo");
    console.wait_for("the details", |console| {
        console.workspace().selected_detail().is_some()
    });
    sentinels.look(&console, "after details that repeat the sign-in");
    let before = console.clipboard.copies();
    console.click("Raw JSON");
    sentinels.look(&console, "with the raw answer");
    console.click("Copy JSON");
    console.wait_for("the copy", |console| console.clipboard.copies() > before);
    sentinels.assert_absent(
        "what is copied of an answer",
        &console.clipboard.content().unwrap(),
    );
    console.click("Details");

    console.select("Acme Ltd");
    console.wait_for("the details", |console| {
        console.workspace().selected_detail().is_some()
    });
    console.click("Edit");
    console.retype("Legal name", "Acme Trading Ltd");
    console.click("Review changes…");
    console.server.fault(On::Update, Fault::Once(echo(400)));
    console.click("Save in Custom");
    console.wait_for("the refusal", |console| {
        matches!(
            console
                .workspace()
                .editing
                .as_ref()
                .map(|editing| &editing.input.phase),
            Some(FormPhase::Failed(_))
        )
    });
    sentinels.look(&console, "after an edit failed");
    console.click("Review changes…");
    console.click("Save in Custom");
    console.wait_for_text("Changes saved");
    sentinels.look(&console, "after an edit");

    let token = console.copy_token();
    sentinels.add("the token", &token);
    // Into the console's own folder, whose files are all searched.
    for (row, name) in [("CSV…", "list.csv"), ("JSON…", "list.json")] {
        let path = console.folder().root().join(name);
        console
            .dialogs
            .answer(FileDialogOutcome::Chosen(path.clone()));
        console.click("Export the shown list");
        sentinels.look(&console, "with the menu of the export");
        console.click(&format!("Export 7 as {row}"));
        console.until_saved_to(&path);
    }
    sentinels.look(&console, "after exporting");
    sentinels.assert_absent(
        "what the file dialogs were asked",
        &format!("{:?}", console.dialogs.asked()),
    );

    for (name, flow) in FLOWS {
        flow(&mut console, &mut sentinels);
        sentinels.add_bearers(&console);
        sentinels.look(&console, &format!("after the flow “{name}”"));
        console.server.clear_faults();
        console.press_with(Modifiers::COMMAND, Key::Num1);
    }

    // A start from the keychain, up to closing the window.
    let mut console = console.restart();
    console.wait_until("the sign-in", |state| state.workspace().is_some());
    sentinels.add_bearers(&console);
    sentinels.look(&console, "after a restart");
    console.press_with(Modifiers::COMMAND, Key::K);
    sentinels.look(&console, "in the palette");
    console.press(Key::Escape);
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    sentinels.look(&console, "before the sign-out");
    console.click("Sign out of Custom");
    console.wait_for_text("The key was removed from");
    sentinels.look(&console, "after sign-out");
    console.close();

    let logged = logs.text();
    assert!(
        logged.contains("request="),
        "nothing was captured:\n{logged}"
    );
    assert!(logged.contains("/v1/platform/oauth2/token/"));
    sentinels.assert_absent("the log", &logged);
}

/// Uses one part of the console and searches what it shows meanwhile.
type Flow = fn(&mut Console, &mut Sentinels);

/// The other parts of the console. Each flow begins at the list, signed in from the keychain, and searches what it shows
/// along the way; what it leaves behind is searched afterwards.
const FLOWS: &[(&str, Flow)] = &[
    ("a list that repeats the key", repeated_list),
    ("import", import),
    ("lock", lock),
    ("a lock that does not open", locked_out),
    ("history", history),
    ("the test of the connection", test_connection),
    ("a profile that comes and goes", add_and_remove_profile),
    ("rotation", rotate),
];

/// The server repeats the key in names, which appear in the table, the details, toasts, the history and exports.
fn repeated_list(console: &mut Console, sentinels: &mut Sentinels) {
    let repeated = Answer::real().reshaped(|seen, plain| {
        let own = seen.authorization().unwrap_or_default();
        let own = own.strip_prefix("Bearer ").unwrap_or(own).to_owned();
        let mut value: Value = serde_json::from_slice(&plain.body).unwrap();
        let escaped: String = KEY.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
        let percent: String = KEY.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let pair = STANDARD.encode(format!("{PARTNER}:{KEY}"));
        let rows = value["results"].as_array_mut().unwrap();
        let count = rows.len();
        for row in rows {
            row["name"] = format!("Echo of {KEY} Ltd").into();
            row["legal_name"] = format!("Echo of {own} Ltd").into();
            row["external_id"] = escaped.as_str().into();
            row["vat_number"] = percent.as_str().into();
            row["province"] = format!("Basic {pair}").into();
        }
        let body = value.to_string();
        let body = body.replacen(KEY, &escaped, count / 2);
        plain.body = body.into_bytes();
    });
    console.server.fault(On::List, Fault::Always(repeated));
    console.press(Key::F5);
    console.wait_for("the list", |console| console.shows("Echo of [hidden] Ltd"));
    sentinels.add_bearers(console);
    sentinels.look(console, "after a list that repeats the key");
    console.press(Key::ArrowDown);
    console.press(Key::R);
    console.wait_for("the token", |console| {
        !console.workspace().tokens.is_fetching()
    });
    sentinels.look(console, "after a token for a name that repeats the key");
    console.press_with(Modifiers::COMMAND, Key::Num5);
    console.wait_until("the files", |state| !state.history.is_reading());
    sentinels.look(console, "in the history of a name that repeats the key");
    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.server.clear_faults();
    console.press(Key::F5);
    console.wait_for("the list", |console| console.shows("Acme"));
}

fn import(console: &mut Console, sentinels: &mut Sentinels) {
    let path = console.folder().file("in.csv");
    let head = "external_id,legal_name,entity_type,email,country\n";
    let row = |n: u32| format!("in-{n},Newcomer {n} Ltd,limited,n{n}@new.example,GB\n");
    let rows: String = (1..=5).map(row).collect();
    fs::write(&path, format!("{head}{rows}")).unwrap();
    console.press(Key::I);
    console.dialogs.answer(FileDialogOutcome::Chosen(path));
    console.click("Open file…");
    console.wait_for("the file", |console| console.offers("Dry run"));
    sentinels.look(console, "with the columns of a file");
    console.click("Dry run");
    console.wait_for_text("Create 5 in Custom");
    sentinels.look(console, "after a dry run");
    console.server.fault(On::Create, Fault::Times(2, echo(400)));
    console.click("Create 5 in Custom");
    console.wait_for_text("Open another file");
    sentinels.look(console, "after an import");
}

fn lock(console: &mut Console, sentinels: &mut Sentinels) {
    console.select("Acme Ltd");
    let token = console.copy_token();
    sentinels.add("the token, before a lock", &token);
    console.press_with(Modifiers::COMMAND, Key::L);
    console.wait_for("the clearing", |console| {
        console.clipboard.content().is_none()
    });
    sentinels.look(console, "while it is locked");
    console.press(Key::Enter);
    console.until_listed();
}

fn locked_out(console: &mut Console, sentinels: &mut Sentinels) {
    console.press_with(Modifiers::COMMAND, Key::L);
    for status in [400, 401, 500] {
        console
            .server
            .fault(On::SignIn, Fault::Always(echo(status)));
        console.press(Key::Enter);
        console.wait_until("the refusal", |state| {
            state
                .locked()
                .is_some_and(|locked| locked.problem.is_some())
        });
        sentinels.look(console, "when unlocking has failed");
    }
    console.server.clear_faults();
    console.click("Try again");
    console.until_listed();
}

fn history(console: &mut Console, sentinels: &mut Sentinels) {
    console.press_with(Modifiers::COMMAND, Key::Num5);
    console.wait_until("the files", |state| !state.history.is_reading());
    assert!(
        console.state().history.len() > 20,
        "there is something to find"
    );
    console.press(Key::ArrowDown);
    sentinels.look(console, "on the page of the history");
    for (row, name) in [("CSV…", "history.csv"), ("JSON…", "history.json")] {
        let path = console.folder().file(name);
        console
            .dialogs
            .answer(FileDialogOutcome::Chosen(path.clone()));
        console.click("Export history");
        let count = console.state().history.matching_count();
        console.click(&format!("Export {count} as {row}"));
        console.until_saved_to(&path);
    }
}

fn test_connection(console: &mut Console, sentinels: &mut Sentinels) {
    // Until earlier toasts are gone.
    console.pass(std::time::Duration::from_secs(10));
    console.press_with(Modifiers::COMMAND, Key::Comma);
    for (button, answer) in [
        ("Test connection", echo(401)),
        ("Test again", Answer::real()),
    ] {
        console.server.fault(On::SignIn, Fault::Always(answer));
        console.click(button);
        console.wait_for("the end of the test", |console| {
            console.offers("Test again")
        });
        sentinels.look(console, "after a test of the connection, in the settings");
        console.click("Copy as text");
        console.wait_for("the copy", |console| {
            let copied = console.clipboard.content();
            copied.is_some_and(|text| text.contains("API key"))
        });
        sentinels.assert_absent("the test as text", &console.clipboard.content().unwrap());
    }
    sentinels.add_bearers(console);
}

fn add_and_remove_profile(console: &mut Console, sentinels: &mut Sentinels) {
    let other = console.serve(&Setup::default());
    console.press_with(Modifiers::COMMAND, Key::E);
    sentinels.look(console, "with the profiles");
    console.click("Add a profile…");
    console.choose("Environment", "Custom");
    console.retype("Custom URL", &other.base_url());
    console.retype("Partner UUID", &PARTNER.to_string());
    console.retype("API key", KEY);
    sentinels.look(console, "with a profile typed");
    console.click("Sign in to Custom");
    console.wait_for("the other profile", |console| {
        console.preferences().profiles.len() == 2
    });
    console.press_with(Modifiers::COMMAND, Key::E);
    console.press(Key::Enter);
    console.until_listed();
    sentinels.look(console, "after a switch");
    console.press_with(Modifiers::COMMAND, Key::E);
    console.press(Key::Delete);
    sentinels.look(console, "before a profile is removed");
    console.click("Remove profile");
    console.wait_for("the removal", |console| {
        console.preferences().profiles.len() == 1
    });
    sentinels.look(console, "after a profile was removed");
}

/// Run by the test below in a separate process, whose output it reads.
#[test]
#[ignore = "panics, as it is meant to"]
fn panics_with_the_key() {
    thred_console::platform::hardening::install_panic_hook();
    let key = thred_console::domain::credentials::ApiKey::parse(KEY).unwrap();
    panic!("{key:?} and, by mistake, {KEY}");
}

#[test]
fn a_panic_tells_where_and_nothing_of_what() {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "secrets::panics_with_the_key",
            "--ignored",
            "--nocapture",
        ])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("secrets.rs"), "it names the place: {said}");
    Sentinels::new().assert_absent("the text of a panic", &said);
}

/// A new key, rejected by a server that repeats it, then used in place of the first.
fn rotate(console: &mut Console, sentinels: &mut Sentinels) {
    let new = console.server.state().issue_api_key();
    sentinels.add("the new key", &new);
    sentinels.add("the new key with the partner", &format!("{PARTNER}:{new}"));
    console.press_with(Modifiers::COMMAND, Key::Num4);
    console.click("Rotate key");
    console.click("I have the new key");
    for status in [400, 401] {
        console.server.fault(On::SignIn, Fault::Once(echo(status)));
        console.paste_into("New API key", &new);
        sentinels.look(console, "with a new key pasted");
        console.click("Test the new key");
        console.wait_until("the refusal", |state| {
            state.keys().is_some_and(|keys| !keys.is_busy())
        });
        sentinels.look(console, "after a new key was refused");
    }
    console.click("Try again");
    console.wait_for_text("The new key works");
    sentinels.add_bearers(console);
    sentinels.look(console, "with a new key proved");
    console.click("Continue to other systems");
    console.type_into("Another system", "CI");
    console.click("Add");
    console.click("Copy the list");
    console.wait_for("the copy", |console| {
        let copied = console.clipboard.content();
        copied.is_some_and(|text| text.contains("CI"))
    });
    sentinels.assert_absent("the list", &console.clipboard.content().unwrap());
    sentinels.look(console, "with the other systems");
    console.click("Continue to the switch");
    sentinels.look(console, "before the switch");
    console.click("Switch in Custom");
    console.wait_for_text("Confirm the old key is revoked");
    sentinels.look(console, "after the switch");
    console.click("Check the old key");
    console.wait_for_text("The old key still works");
    sentinels.look(console, "while the old key lives");
    console.server.state().revoke_api_key(KEY);
    console.click("Check again");
    console.wait_for_text("The key is rotated");
    sentinels.look(console, "after the rotation");
    sentinels.assert_absent("a notification", &format!("{:?}", console.notifier.shown()));
}

#[test]
fn the_search_would_find_them() {
    let sentinels = Sentinels::new();
    for leak in [
        format!("key={KEY}"),
        format!("Basic {}", STANDARD.encode(format!("{PARTNER}:{KEY}"))),
        STANDARD.encode(format!("x{KEY}y")),
        URL_SAFE_NO_PAD.encode(format!("{{\"k\":\"{KEY}\"}}")),
        KEY.bytes().map(|byte| format!("{byte:02x}")).collect(),
        format!(
            "?key={}",
            url::form_urlencoded::byte_serialize(KEY.as_bytes()).collect::<String>()
        ),
    ] {
        let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            sentinels.assert_absent("a leak", &leak)
        }));
        assert!(found.is_err(), "{leak}");
    }
}
