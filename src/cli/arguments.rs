//! The commands and their arguments, from which help, completions and the manual page are generated.

use std::ffi::OsString;
use std::time::Duration;

use clap::builder::PossibleValue;
use clap::{Args, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::SignedDuration;

use super::exit::CliExit;
use crate::domain::token::TokenFormat;

/// What scripts can ask for.
#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// Print a token for one business
    #[command(after_help = CliExit::help())]
    Token(TokenArguments),
    /// Run a program with a token in its environment variable THRED_TOKEN
    ///
    /// The program replaces this command, so the exit code is the program’s. Of the THRED_… variables, it gets only
    /// THRED_TOKEN, THRED_BASE_URL and THRED_CONSOLE_HOME. It also gets the variables of Vault and AWS.
    #[command(after_help = CliExit::help())]
    Exec(ExecArguments),
    /// List businesses: id, external_id and name, separated by tabs
    #[command(after_help = CliExit::help())]
    List(ListArguments),
    /// List the saved profiles
    Profiles,
    /// Check data folder, key, proxy, DNS, TLS and clock
    Doctor(ProfileArgument),
    /// Bring the open window to the front
    Raise,
    /// Print completions for a shell
    Completions {
        /// Shell to print the completions for
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

impl CliCommand {
    /// What the command has not done if it fails, as a sentence.
    pub(super) fn not_done(&self) -> &'static str {
        match self {
            Self::Token(arguments) if arguments.copy => "Nothing was copied.",
            Self::Exec(_) => "The program was not started.",
            Self::Raise => "The window was not brought to the front.",
            Self::Token(_)
            | Self::List(_)
            | Self::Profiles
            | Self::Doctor(_)
            | Self::Completions { .. }
            | Self::Man => "Nothing was printed.",
        }
    }

    /// The message when an interruption ends the command.
    pub(super) fn interrupted(&self) -> String {
        match self {
            // May have copied a token; removing it has a message of its own.
            Self::Token(arguments) if arguments.copy => "Interrupted.".to_owned(),
            Self::Doctor(_) => "Interrupted. Not everything was checked.".to_owned(),
            _ => format!("Interrupted. {}", self.not_done()),
        }
    }
}

/// The option that selects a profile.
#[derive(Debug, Args)]
pub struct ProfileArgument {
    /// Profile: its label, partner UUID, environment or host [default: THRED_PARTNER_UUID and
    /// THRED_API_KEY, or the only profile]
    #[arg(long, value_name = "P")]
    pub profile: Option<String>,
}

/// Which token is fetched.
#[derive(Debug, Args)]
pub struct WantedToken {
    /// Business: its id, its external_id, or a filter of terms such as ext:user-12* with exactly one match
    pub business: String,

    /// Fail unless the token is valid for at least this long, such as 15m
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub min_life: Option<Duration>,

    #[command(flatten)]
    #[expect(
        missing_docs,
        reason = "clap would take it for the help of the command"
    )]
    pub profile: ProfileArgument,
}

/// Arguments of `token`.
#[derive(Debug, Args)]
pub struct TokenArguments {
    /// Token format; curl prints a command that reads $THRED_TOKEN
    #[arg(long, value_enum, default_value_t = TokenFormat::Raw)]
    pub format: TokenFormat,

    /// Copy the token instead of printing it
    ///
    /// The command runs until it removes the token from the clipboard: after the time in the settings (default 60 s),
    /// when another program copies something, or at Ctrl+C.
    #[arg(long)]
    pub copy: bool,

    /// Print the token even if standard output is a terminal
    #[arg(long, conflicts_with = "copy")]
    pub print: bool,

    #[command(flatten)]
    #[expect(
        missing_docs,
        reason = "clap would take it for the help of the command"
    )]
    pub wanted: WantedToken,
}

/// Arguments of `exec`.
#[derive(Debug, Args)]
pub struct ExecArguments {
    #[command(flatten)]
    #[expect(
        missing_docs,
        reason = "clap would take it for the help of the command"
    )]
    pub wanted: WantedToken,

    /// Program and its arguments, after --
    #[arg(last = true, required = true, value_name = "CMD")]
    pub command: Vec<OsString>,
}

/// Arguments of `list`.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Only matching businesses, as in the window: country:NL is:active ext:user-12*
    #[arg(long, value_name = "FILTER")]
    pub filter: Option<String>,

    /// Print all fields as JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,

    /// Print all fields as CSV
    #[arg(long)]
    pub csv: bool,

    #[command(flatten)]
    #[expect(
        missing_docs,
        reason = "clap would take it for the help of the command"
    )]
    pub profile: ProfileArgument,
}

/// The token formats, as the user types them.
impl ValueEnum for TokenFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::Raw => ("raw", "The token alone"),
            Self::Bearer => ("bearer", "Authorization: Bearer …"),
            Self::EnvLine => ("env", "THRED_TOKEN=…"),
            Self::WidgetJson => ("json", "{\"access_token\": …, \"expires_in\": …}"),
            Self::Curl => ("curl", "A curl command that reads $THRED_TOKEN"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

/// Parses "15m", "900s", "1h 30m".
fn duration(typed: &str) -> Result<Duration, String> {
    let read: Option<SignedDuration> = typed.parse().ok();
    read.and_then(|read| Duration::try_from(read).ok())
        .filter(|read| !read.is_zero())
        .ok_or_else(|| "use a number with a unit, such as 15m or 1h".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_a_unit() {
        assert_eq!(duration("15m"), Ok(Duration::from_mins(15)));
        assert_eq!(duration("1h 30m"), Ok(Duration::from_mins(90)));
        assert_eq!(duration("900s"), Ok(Duration::from_mins(15)));
        for wrong in ["", "15", "0s", "-5m", "soon"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
