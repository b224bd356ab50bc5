//! The command line: the real program with a server on loopback, without a display or a keychain.

mod exec;
mod folder;
#[cfg(unix)]
mod interruption;
mod key;
mod list;
mod profile;
mod token;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use tempfile::TempDir;
use thred_console::demo::DemoOptions;
use thred_console::domain::credentials::PartnerId;
use thred_console::domain::environment::{BaseUrl, Environment};
use thred_console::domain::key_source::{ExternalSource, SourceKind, TypedSource};
use thred_console::domain::profile::Profile;
use thred_console::platform::files::{AppFolder, HOME_VARIABLE};
use thred_console::runtime::PREFERENCES_FILE;
use thred_console::state::shell::saved::Saved;
use tokio::process::Command;

use crate::support::{FaultServer, On};

/// The program with a home folder and a server of its own.
struct CommandLine {
    home: TempDir,
    server: FaultServer,
}

/// The result of a run: exit code and output.
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Said {
    /// Checks the exit code and the error message, and that standard output is empty.
    #[track_caller]
    fn failed_with(self, code: i32, words: &str) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.err);
        assert_eq!(self.out, "");
        assert!(self.err.contains(words), "{}", self.err);
        self
    }

    /// The output of a command that succeeded.
    #[track_caller]
    fn done(self) -> String {
        assert_eq!(self.code, Some(0), "{}", self.err);
        assert_eq!(self.err, "");
        self.out
    }
}

impl CommandLine {
    async fn start() -> Self {
        Self::with(DemoOptions::default()).await
    }

    async fn with(options: DemoOptions) -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            server: FaultServer::start(options).await,
        }
    }

    /// The data folder.
    fn folder(&self) -> AppFolder {
        AppFolder::at(self.home.path().join("data"))
    }

    fn profile(&self) -> Profile {
        let base = BaseUrl::parse(&self.server.base_url()).unwrap();
        Profile {
            environment: Environment::at(base),
            partner: PartnerId(self.server.partner_id()),
        }
    }

    /// The program, with a minimal environment.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thred-console"));
        command
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.home.path())
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
            .env(HOME_VARIABLE, self.folder().root())
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// The program, with credentials in environment variables.
    fn with_variables(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(arguments);
        command
            .env("THRED_BASE_URL", self.server.base_url())
            .env("THRED_PARTNER_UUID", self.server.partner_id().to_string())
            .env("THRED_API_KEY", self.server.api_key());
        command
    }

    /// The same command, started by a shell that runs `first` before it.
    #[cfg(unix)]
    fn after(first: &str, command: &Command) -> Command {
        let command = command.as_std();
        let mut shell = Command::new("/bin/sh");
        shell
            .args(["-c", &format!("{first}; exec \"$0\" \"$@\"")])
            .arg(command.get_program())
            .args(command.get_args())
            .env_clear()
            .stdin(Stdio::null())
            .kill_on_drop(true);
        for (name, value) in command.get_envs() {
            shell.env(name, value.unwrap_or_default());
        }
        shell
    }

    async fn run(&self, arguments: &[&str]) -> Said {
        said(self.command(arguments)).await
    }

    async fn run_with_variables(&self, arguments: &[&str]) -> Said {
        said(self.with_variables(arguments)).await
    }

    /// A script that prints the key and leaves a file when it runs.
    fn key_program(&self) -> PathBuf {
        let text = format!(
            "#!/bin/sh\ntouch \"{}\"\nprintf %s '{}'\n",
            self.was_asked().display(),
            self.server.api_key()
        );
        self.script("print-key", &text)
    }

    /// The file that the script of [`Self::key_program`] leaves.
    fn was_asked(&self) -> PathBuf {
        self.home.path().join("asked")
    }

    fn script(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home.path().join(name);
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        }
        path
    }

    /// Saves preferences with the server’s profile, whose key a script prints.
    fn save_profile(&self) {
        self.save(|saved, profile| {
            saved.set_source(profile, Some(source(&self.key_program())));
        });
    }

    fn save(&self, change: impl FnOnce(&mut Saved, &Profile)) {
        let profile = self.profile();
        let mut saved = Saved::default();
        saved.was_opened(&profile);
        change(&mut saved, &profile);
        self.folder().write(PREFERENCES_FILE, &saved).unwrap();
    }

    /// The entries of the history.
    fn history(&self) -> Vec<Value> {
        let path = self.folder().file("history.jsonl");
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The rows that `list` prints: id, `external_id`, name and more.
    async fn rows(&self) -> Vec<Vec<String>> {
        let listed = self.run_with_variables(&["list"]).await.done();
        let row = |line: &str| line.split('\t').map(str::to_owned).collect();
        listed.lines().map(row).collect()
    }

    /// Asserts that a text contains neither the key nor a partner token.
    fn assert_no_secret_in(&self, text: &str, what: &str) {
        assert!(!text.contains(self.server.api_key()), "{what} has the key");
        for asked in self.server.log().of(&On::Any) {
            let authorization = asked.authorization().unwrap_or_default();
            let secret = authorization.split(' ').nth(1).unwrap_or_default();
            assert!(
                secret.is_empty() || !text.contains(secret),
                "{what} has a partner token or the form of a key"
            );
        }
    }

    /// The same for every file of the data folder.
    fn assert_no_secret_in_files(&self) {
        for entry in fs::read_dir(self.folder().root()).unwrap() {
            let path = entry.unwrap().path();
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            self.assert_no_secret_in(&text, &path.display().to_string());
        }
    }
}

async fn said(mut command: Command) -> Said {
    command.output().await.unwrap().into()
}

/// Runs a command whose standard output is set already.
async fn run_redirected(mut command: Command) -> Said {
    let program = command.stderr(Stdio::piped()).spawn().unwrap();
    program.wait_with_output().await.unwrap().into()
}

fn source(program: &Path) -> ExternalSource {
    let typed =
        TypedSource::blank(SourceKind::Command).with("command", program.display().to_string());
    ExternalSource::read(&typed).unwrap()
}

/// The claims of a token.
fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}
