//! The exit codes of commands. This is the only list of them.

use std::fmt::Write as _;
use std::process::ExitCode;

use crate::platform::termination::Termination;

/// How a command ended. The numbers are documented, so they must not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum CliExit {
    /// It did what was requested.
    Done = 0,
    /// A check of `doctor` failed, or another error without its own code.
    Failed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// No profile matches, or several do.
    Profile = 3,
    /// No business matches.
    NoBusiness = 4,
    /// Several businesses match.
    SeveralBusinesses = 5,
    /// The keychain is locked, missing, or has no key.
    Keychain = 6,
    /// The source of the key did not provide it, or the user has not approved it.
    KeySource = 7,
    /// The server rejected the key: it expired or was revoked.
    KeyRejected = 8,
    /// The server could not be reached, or returned an error or an incomplete list.
    Server = 9,
    /// The token failed a check, or does not live long enough.
    TokenRejected = 10,
    /// The data folder could not be read, or the history could not be written.
    DataFolder = 11,
    /// Standard output was closed, or its disk is full.
    Output = 12,
    /// There is no open window to raise.
    NotOpen = 13,
    /// The token could not be copied, or could not be removed from the clipboard.
    Clipboard = 14,
    /// `exec` could not start the program; the code that shells use.
    ProgramNotStarted = 126,
    /// `exec` did not find the program; the code that shells use.
    ProgramMissing = 127,
    /// SIGHUP, because the terminal was closed; the code that shells use.
    HungUp = 129,
    /// SIGINT, from the user; the code that shells use.
    Interrupted = 130,
    /// SIGQUIT, from the user; the code that shells use.
    Quit = 131,
    /// SIGTERM; the code that shells use.
    Terminated = 143,
}

impl CliExit {
    /// All codes, in the order of their numbers.
    pub const ALL: [Self; 21] = [
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::Profile,
        Self::NoBusiness,
        Self::SeveralBusinesses,
        Self::Keychain,
        Self::KeySource,
        Self::KeyRejected,
        Self::Server,
        Self::TokenRejected,
        Self::DataFolder,
        Self::Output,
        Self::NotOpen,
        Self::Clipboard,
        Self::ProgramNotStarted,
        Self::ProgramMissing,
        Self::HungUp,
        Self::Interrupted,
        Self::Quit,
        Self::Terminated,
    ];

    /// The meaning, for the help.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "a check of doctor failed, or another error",
            Self::Usage => {
                "wrong arguments or filter; a token without --copy, --print or --format curl on a terminal"
            }
            Self::Profile => "no matching profile, or several",
            Self::NoBusiness => "no matching business",
            Self::SeveralBusinesses => "several matching businesses",
            Self::Keychain => "the keychain is locked, missing or has no key",
            Self::KeySource => "the key source failed, or changed since you approved it",
            Self::KeyRejected => "the server rejected the key: expired or revoked",
            Self::Server => {
                "the server could not be reached, or returned an error or an incomplete list"
            }
            Self::TokenRejected => "the token failed a check or is valid for less than --min-life",
            Self::DataFolder => "the data folder could not be read, or the history not written",
            Self::Output => "standard output was closed or is full",
            Self::NotOpen => "no open console to raise",
            Self::Clipboard => "the clipboard could not be used",
            Self::ProgramNotStarted => "exec could not start the program",
            Self::ProgramMissing => "exec did not find the program",
            Self::HungUp => "the terminal was closed",
            Self::Interrupted => "interrupted",
            Self::Quit => "quit",
            Self::Terminated => "terminated",
        }
    }

    /// The code for the operating system.
    pub(super) fn code(self) -> ExitCode {
        ExitCode::from(self as u8)
    }

    /// The list for `--help` and the manual page.
    pub fn help() -> String {
        let mut text =
            String::from("Exit codes of commands; exec passes on that of its program:\n");
        for exit in Self::ALL {
            // Writing into a String cannot fail.
            let _ = writeln!(text, "  {:<4} {}", exit as u8, exit.words());
        }
        text
    }
}

impl From<Termination> for CliExit {
    fn from(termination: Termination) -> Self {
        match termination {
            Termination::Interrupted => Self::Interrupted,
            Termination::HungUp => Self::HungUp,
            Termination::Quit => Self::Quit,
            Termination::Requested => Self::Terminated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_listed_once_and_in_order() {
        let codes: Vec<u8> = CliExit::ALL.into_iter().map(|exit| exit as u8).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        let help = CliExit::help();
        for exit in CliExit::ALL {
            assert!(help.contains(exit.words()), "{exit:?}");
        }
    }
}
