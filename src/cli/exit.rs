//! How a command ends, for scripts: the one list of exit codes.

use std::fmt::Write as _;
use std::process::ExitCode;

/// How a command has ended. The numbers are documented and stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum CliExit {
    /// As asked for.
    Done = 0,
    /// A check of `doctor` failed, or something that has no code of its own.
    Failed = 1,
    /// The command line cannot be obeyed as it is.
    Usage = 2,
    /// No profile fits, or several do.
    Profile = 3,
    /// No business fits.
    NoBusiness = 4,
    /// Several businesses fit.
    SeveralBusinesses = 5,
    /// The keychain is locked, missing, or has no key.
    Keychain = 6,
    /// The source of the key did not provide it, or was not agreed to.
    KeySource = 7,
    /// The server rejected the key: it expired or was revoked.
    KeyRejected = 8,
    /// The server was not reached, or did not do what it was asked.
    Server = 9,
    /// The token failed a check, or does not live long enough.
    TokenRejected = 10,
    /// The data folder cannot be read, or the history not written.
    DataFolder = 11,
    /// Standard output was closed, or its disk is full.
    Output = 12,
    /// No window is open to be raised.
    NotOpen = 13,
    /// The token could not be copied.
    Clipboard = 14,
    /// `exec` could not start the program, as shells count it.
    ProgramRefused = 126,
    /// `exec` did not find the program, as shells count it.
    ProgramMissing = 127,
    /// The terminal was closed, as shells count it.
    HungUp = 129,
    /// Interrupted by the user, as shells count it.
    Interrupted = 130,
    /// Asked to end, as shells count it.
    Terminated = 143,
}

impl CliExit {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 20] = [
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
        Self::ProgramRefused,
        Self::ProgramMissing,
        Self::HungUp,
        Self::Interrupted,
        Self::Terminated,
    ];

    /// What it means, for the help.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "a check of doctor failed, or another error",
            Self::Usage => {
                "wrong arguments or filter; a token without --copy or --print on a terminal"
            }
            Self::Profile => "no matching profile, or several",
            Self::NoBusiness => "no matching business",
            Self::SeveralBusinesses => "several matching businesses",
            Self::Keychain => "the keychain is locked, missing or has no key",
            Self::KeySource => "the key source failed, or changed since you agreed to it",
            Self::KeyRejected => "the server rejected the key: expired or revoked",
            Self::Server => "the server could not be reached or returned an error",
            Self::TokenRejected => "the token failed a check or is valid for less than --min-life",
            Self::DataFolder => "the data folder could not be read, or the history not written",
            Self::Output => "standard output was closed or is full",
            Self::NotOpen => "no open console to raise",
            Self::Clipboard => "the clipboard could not be used",
            Self::ProgramRefused => "exec could not start the program",
            Self::ProgramMissing => "exec did not find the program",
            Self::HungUp => "the terminal was closed",
            Self::Interrupted => "interrupted",
            Self::Terminated => "asked to end",
        }
    }

    /// For the system.
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
