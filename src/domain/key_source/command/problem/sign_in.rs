//! How to sign in to or unlock each known tool.

use super::super::source::CommandSource;
use crate::domain::text::{shell_word, visible};

/// The command that signs in to the tool, to be run in a terminal.
pub(super) fn line(command: &CommandSource) -> Option<String> {
    let line = match command.name().as_str() {
        "op" => "op signin",
        "bw" => "bw unlock",
        "vault" => "vault login",
        "bao" => "bao login",
        "gcloud" => "gcloud auth login",
        "doppler" => "doppler login",
        "aws" => {
            return Some(match option(&command.words().1, "--profile") {
                Some(profile) => format!("aws sso login --profile {}", shell_word(profile)),
                None => "aws sso login".to_owned(),
            });
        }
        // Reading the secret once in a terminal makes the agent remember the passphrase.
        "pass" | "gpg" | "gpg2" => return Some(visible(&command.line).into_owned()),
        _ => return None,
    };
    Some(line.to_owned())
}

/// Advice for a failure that may be due to a missing sign-in, and a command that helps. `None` if the tool reported
/// another cause, or is not known.
pub(super) fn hint(command: &CommandSource, said: &str) -> Option<(&'static str, Option<String>)> {
    let said = said.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if says(&NOT_THERE) || !(said.is_empty() || says(&WORDS)) {
        return None;
    }
    let hint = match command.name().as_str() {
        "op" => {
            "If you are not signed in to 1Password, sign in, or turn on its integration with the desktop app."
        }
        "bw" => {
            "If Bitwarden is locked, unlock it. bw reads the variable BW_SESSION, so start the console from the \
             same terminal."
        }
        "vault" | "bao" => {
            "If your token has expired, log in again. The tool also needs the address of the server."
        }
        "aws" => "If your AWS session has expired, log in again.",
        "gcloud" => "If you are not signed in to Google Cloud, sign in.",
        "doppler" => "If you are not signed in to Doppler, sign in.",
        "pass" | "gpg" | "gpg2" => {
            "If GnuPG needs your passphrase, run the command once in a terminal: its agent then remembers the \
             passphrase for a while."
        }
        "keepassxc-cli" => {
            "It asks for the password of the database on a terminal, which it does not have here. Use a database with \
             a key file and the options --no-password and -k, or a script that gives it the password."
        }
        "secret-tool" => {
            "If the keyring is locked, unlock it. secret-tool also fails without a message if no item matches."
        }
        _ => return None,
    };
    Some((hint, line(command)))
}

/// Messages of tools that are signed in but do not find the secret.
const NOT_THERE: [&str; 6] = [
    "not in the password store",
    "not found",
    "notfound",
    "no such",
    "does not exist",
    "isn't an item",
];

/// Words in messages about signing in or unlocking.
const WORDS: [&str; 20] = [
    "sign in",
    "signin",
    "signed in",
    "log in",
    "login",
    "logged",
    "token",
    "expired",
    "session",
    "locked",
    "unlock",
    "credential",
    "authenti",
    "permission denied",
    "forbidden",
    "password",
    "passphrase",
    "decrypt",
    "pinentry",
    "inappropriate ioctl",
];

/// The value of `--name value` or `--name=value`.
fn option<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == name {
            return rest.next().map(String::as_str);
        }
        if let Some(value) = argument
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix('='))
        {
            return Some(value);
        }
    }
    None
}
