//! Texts for each Vault problem.

use super::super::{KvEngine, VaultLogin, VaultSource};
use super::{TokenOrigin, VaultProblem};
use crate::domain::key_source::SourceProblem;
use crate::domain::text::{capitalised, shell_word, visible};

impl VaultProblem {
    /// What happened, and the next step. Invisible characters are made visible, because settings and servers contribute
    /// to the texts.
    pub fn words(&self, source: &VaultSource) -> SourceProblem {
        let (title, fact, next) = self.text(source);
        let body = format!("{fact} No key was read. {next}");
        let (title, body) = (visible(&title), visible(&body));
        let (title, body) = (title.into_owned(), body.into_owned());
        let problem = match self {
            Self::HelperFailed { said, .. } => SourceProblem::new(title, body).saying(said),
            _ => SourceProblem::new(title, body),
        };
        problem.with_optional_help_command(self.help_command(source))
    }

    /// Title, fact and next step.
    fn text(&self, source: &VaultSource) -> (String, String, String) {
        let (name, host) = (source.product.name(), source.address.host());
        let place = source.location();
        let words = |title: String, fact: String, next: &str| (title, fact, next.to_owned());
        match self {
            Self::CaFile(problem) => words(
                format!("The certificate file for {name} can’t be used"),
                format!("{} {problem}", source.ca_file),
                "Choose the PEM file of the certificate authority of this server.",
            ),
            Self::NotSendable(what) => words(
                format!("{name}’s {what} has characters that can’t be sent"),
                format!("The {what} has a line break or another control character in it."),
                "Correct it and try again.",
            ),
            Self::NoToken { looked_at } => words(
                format!("No {name} token was found"),
                format!("The console looked in {}.", looked_at.join(", ")),
                "Log in and try again.",
            ),
            Self::Unreadable { file, why } => words(
                format!("{file} can’t be read"),
                format!("{why}."),
                "Correct the file, or choose another way to log in.",
            ),
            Self::HelperNotAProgram { helper, file } => words(
                format!("The token helper of {name} was not run"),
                format!(
                    "{file} names “{helper}” as its token_helper. The console runs only the absolute path of a program, \
                     without arguments and without a shell."
                ),
                "Name a script by its absolute path there.",
            ),
            Self::HelperFailed { helper, why, .. } => words(
                format!("The token helper of {name} failed"),
                format!("{helper} get: {why}."),
                "Run it in a terminal to see why.",
            ),
            Self::NoAnswer => words(
                format!("{name} needs your input"),
                match source.prompt() {
                    Some(prompt) => format!("Nothing was entered for “{}”.", prompt.label),
                    None => "Nothing was entered.".to_owned(),
                },
                "Enter it and try again.",
            ),
            Self::LoginRejected => words(
                format!("{name} rejected the login"),
                match &source.login {
                    VaultLogin::AppRole { .. } => format!(
                        "{host} does not accept this role ID with this secret ID. Secret IDs expire, and may be limited \
                         in uses."
                    ),
                    _ => format!("{host} does not accept this user name and password."),
                },
                match &source.login {
                    VaultLogin::AppRole { .. } => "Create a new secret ID and enter it.",
                    _ => "Check both and try again.",
                },
            ),
            Self::NoLoginMethod => words(
                format!("{name} has no such login method"),
                format!(
                    "{host} has no login method at auth/{}{}, or does not let you use it.",
                    source.login.mount().unwrap_or("token"),
                    in_namespace(source),
                ),
                "Check the login mount and the namespace.",
            ),
            Self::NeedsMfa => words(
                format!("{name} asks for a second factor"),
                "This login needs MFA, which the console can’t do.".to_owned(),
                "Log in on the command line, and choose CLI token here.",
            ),
            Self::Wrapped => words(
                format!("{name} sent a wrapped answer"),
                format!(
                    "{host} releases this only after someone approves or unwraps it, which the console can’t do."
                ),
                "Log in on the command line, and choose CLI token here, or ask for a policy without wrapping.",
            ),
            Self::TokenRejected(origin) => words(
                format!("{name} rejected the token"),
                format!(
                    "{host} does not accept {origin}: it has expired, was revoked, or belongs to another server or \
                     namespace."
                ),
                match origin {
                    TokenOrigin::Variable(_) => {
                        "The variable takes precedence over a login: set it to a new token and restart the \
                         console, or remove it and log in."
                    }
                    _ => "Log in again.",
                },
            ),
            Self::Denied(origin) => words(
                format!("{name} denied access to {place}"),
                capitalised(&format!(
                    "{origin} is valid, but its policies do not allow reading {}.",
                    source.api_path()
                )),
                "Ask for a policy with the capability “read” on this path.",
            ),
            Self::NoMount(origin) => words(
                format!("{name} has no mount for {place}"),
                format!(
                    "Either nothing is mounted there{}, or {origin} has no policy for anything in it.",
                    in_namespace(source)
                ),
                "Check path and namespace, and the policies of the token.",
            ),
            Self::NotKv { mount, kind } => words(
                format!("{mount} does not hold key/value secrets"),
                format!(
                    "The mount {mount} has the type “{kind}”, but the console reads only “kv”."
                ),
                "Check the path.",
            ),
            Self::NoSecret => words(
                format!("There is no secret at {place}"),
                match source.engine {
                    _ if source.path.is_empty() => {
                        format!(
                            "{} is the mount alone, without the path of a secret.",
                            source.mount
                        )
                    }
                    KvEngine::V1 if source.path.starts_with("data/") => format!(
                        "{} is a KV version 1 mount, whose paths have no “data/” in them.",
                        source.mount
                    ),
                    _ if !source.mount.is_empty() && is_below(&source.path, &source.mount) => {
                        format!("The path repeats the mount {}.", source.mount)
                    }
                    KvEngine::V2 if source.path.starts_with("data/") => {
                        "The path begins with “data/”, which only the API adds.".to_owned()
                    }
                    _ if source.mount.is_empty() => format!("{host} has nothing there."),
                    _ => format!(
                        "{host} has the mount {}, but nothing at {} in it.",
                        source.mount, source.path
                    ),
                },
                "Check the path.",
            ),
            Self::Deleted { version, since } => words(
                format!("{}{place} is deleted", of_version(*version)),
                format!(
                    "It was deleted{} and can be restored.",
                    since.map_or_else(String::new, |since| format!(
                        " on {}",
                        since.strftime("%-d %b %Y")
                    ))
                ),
                "Undelete it, or store a new version.",
            ),
            Self::Destroyed { version } => words(
                format!("{}{place} was destroyed", of_version(*version)),
                "It can’t be restored.".to_owned(),
                "Store a new version.",
            ),
            Self::OtherEngine => words(
                format!("{place} is not in the KV version that was chosen"),
                format!(
                    "{host} says that the path is for the other version of the key/value engine."
                ),
                "Choose “Detect” as the engine.",
            ),
            Self::NoNamespace => words(
                format!("{name} has no such namespace"),
                match source.namespace.as_str() {
                    "" => {
                        format!("{host} says that the namespace does not exist, and none is set.")
                    }
                    namespace => format!(
                        "{host} has no namespace {namespace}, or the token does not belong to it."
                    ),
                },
                "Check the namespace.",
            ),
            Self::Sealed => words(
                format!("{name} is sealed"),
                format!("{host} is running, but can’t decrypt anything until it is unsealed."),
                "Ask its operators to unseal it, then try again.",
            ),
            Self::NotInitialised => words(
                format!("{name} is not initialised"),
                format!("{host} is running, but was never set up, so there is no secret in it."),
                "Check the address, or ask its operators.",
            ),
            Self::Standby => words(
                format!("This {name} server is a standby"),
                format!("{host} is a standby node and did not handle this request."),
                "Use the address of the active server or of the whole cluster.",
            ),
            Self::Redirected { target } => words(
                format!("{name} redirected the request"),
                format!(
                    "{host} redirects to {target}. The console never follows redirects, to protect your token."
                ),
                "If that is the right server, enter its address.",
            ),
            Self::Busy => words(
                format!("{name} received too many requests"),
                format!("{host} limits the number of requests."),
                "Try again in a minute.",
            ),
            Self::ServerError { status } => words(
                format!("{name} returned an error ({status})"),
                format!("{host} could not answer."),
                "Try again, or ask its operators.",
            ),
            Self::NotVault { status } => words(
                format!("The answer is not from {name}"),
                format!(
                    "{host} returned {status} with content that {name} does not send. A proxy or another server \
                     may have answered."
                ),
                "Check the address.",
            ),
        }
    }

    fn help_command(&self, source: &VaultSource) -> Option<String> {
        let status = || Some(source.command("status", ""));
        match self {
            Self::NoToken { .. } | Self::NeedsMfa => Some(source.login_command()),
            Self::TokenRejected(origin) => match origin {
                TokenOrigin::Variable(_) | TokenOrigin::Helper(_) | TokenOrigin::File(_) => {
                    Some(source.login_command())
                }
                TokenOrigin::Login => None,
            },
            Self::HelperFailed { helper, .. } => Some(format!("{} get", shell_word(helper))),
            Self::Denied(_) | Self::NoMount(_) => {
                Some(source.command("token capabilities", &shell_word(&source.api_path())))
            }
            Self::NotKv { .. } => Some(source.command("secrets list", "")),
            Self::NoSecret => {
                let folder = source.path.rsplit_once('/').map(|(folder, _)| folder);
                let (mount, folder) = match (source.mount.as_str(), folder) {
                    ("", None) => return None,
                    ("", Some(folder)) => {
                        return Some(source.command("kv list", &shell_word(folder)));
                    }
                    (mount, folder) => (mount, folder.unwrap_or_default()),
                };
                let place = format!("{mount}/{folder}");
                Some(source.command("kv list", &shell_word(place.trim_end_matches('/'))))
            }
            Self::Deleted { version, .. } => {
                let version = (*version)?;
                Some(source.kv("undelete", &format!("-versions={version}")))
            }
            Self::Destroyed { .. } => source.store_command(),
            Self::NoNamespace => Some(source.command("namespace list", "")),
            Self::Sealed => Some(source.command("operator unseal", "")),
            Self::NotInitialised | Self::Standby | Self::ServerError { .. } => status(),
            Self::CaFile(_)
            | Self::NotSendable(_)
            | Self::Unreadable { .. }
            | Self::HelperNotAProgram { .. }
            | Self::NoAnswer
            | Self::LoginRejected
            | Self::NoLoginMethod
            | Self::Wrapped
            | Self::OtherEngine
            | Self::Redirected { .. }
            | Self::Busy
            | Self::NotVault { .. } => None,
        }
    }
}

/// "Version 3 of ".
fn of_version(version: Option<u64>) -> String {
    version.map_or_else(String::new, |version| format!("Version {version} of "))
}

fn in_namespace(source: &VaultSource) -> String {
    match source.namespace.as_str() {
        "" => String::new(),
        namespace => format!(" in the namespace {namespace}"),
    }
}

fn is_below(path: &str, mount: &str) -> bool {
    path.strip_prefix(mount)
        .is_some_and(|rest| rest.starts_with('/'))
}
