//! Steps that many tests begin with.

use egui::Key;
use thred_console::domain::business::BusinessId;
use thred_console::domain::credentials::{ApiKey, Credentials, PartnerId};
use thred_console::domain::environment::{BaseUrl, Environment};
use thred_console::domain::key_source::KeySource;
use thred_console::platform::keychain::KeychainItem;
use thred_console::state::command::Command;
use thred_console::state::session::messages::SessionCommand;

use super::{Console, KEY, PARTNER, Setup};
use crate::support::On;

impl Console {
    /// A console that is signed in, with the key in the keychain and the whole list loaded. It does not type into the
    /// sign-in form, which has tests of its own, to save the frames.
    pub fn signed_in(setup: Setup) -> Self {
        let mut console = Self::open_at(setup, |environment| {
            Some(Self::sign_in_command(environment, KeySource::Keychain))
        });
        console.wait_until("the list", |state| {
            state
                .workspace()
                .is_some_and(|workspace| !workspace.list.loading.is_running())
        });
        console
    }

    /// [`Self::signed_in`], with a business selected and its details loaded.
    pub fn at_business(setup: Setup, name: &str) -> Self {
        let mut console = Self::signed_in(setup);
        console.select(name);
        console.wait_until("the details", |state| {
            state
                .workspace()
                .is_some_and(|workspace| workspace.selected_detail().is_some())
        });
        console
    }

    /// Types partner and key, presses the button, and waits until the console is signed in.
    pub fn sign_in(&mut self) {
        self.sign_in_with(&PARTNER.to_string(), KEY);
        self.wait_until("the sign-in", |state| state.open().is_some());
    }

    /// Types partner and key, and presses the button.
    pub fn sign_in_with(&mut self, partner: &str, key: &str) {
        self.retype("Partner UUID", partner);
        self.retype("API key", key);
        let server = BaseUrl::parse(&self.field_value("Custom URL")).unwrap();
        self.click(&format!("Sign in to {}", server.host()));
    }

    /// The command of a start with credentials in environment variables.
    pub fn session_only(environment: Environment) -> Command {
        Self::sign_in_command(environment, KeySource::Variables)
    }

    fn sign_in_command(environment: Environment, source: KeySource) -> Command {
        let credentials = Credentials {
            environment,
            partner: PartnerId(PARTNER),
            key: ApiKey::parse(KEY).unwrap(),
        };
        Command::Session(SessionCommand::SignIn {
            credentials,
            source,
            label: String::new(),
        })
    }

    /// The keychain item of the test's server and partner.
    pub fn item(&self) -> KeychainItem {
        KeychainItem::new(self.environment().host(), PARTNER)
    }

    /// Presses `T` and waits until a new token is on the clipboard.
    pub fn copy_token(&mut self) -> String {
        let before = self.clipboard.copies();
        self.press(Key::T);
        self.wait_for("the copy", |console| {
            console.clipboard.copies() > before && console.state().clipboard.held().is_some()
        });
        self.clipboard.content().unwrap()
    }

    /// How many business tokens were requested.
    pub fn token_requests(&self) -> usize {
        self.log().count(&On::Token)
    }

    /// The business of this name.
    #[track_caller]
    pub fn id_of(&self, name: &str) -> BusinessId {
        let found = self
            .setup
            .businesses
            .iter()
            .find(|business| business.name.as_deref() == Some(name));
        BusinessId(found.unwrap_or_else(|| panic!("no {name}")).id)
    }
}
