//! The way to the network as the settings want it, the test of it, and the size of the window on its way to the file.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::domain::connection::{Check, ConnectionFinding};
use crate::domain::environment::Environment;
use crate::domain::network::{CaFile, CaProblem, Network};
use crate::domain::settings::{Proxy, WindowSize};
use crate::domain::time::{BootInstant, Now};

/// A size is written once the window has kept it so long.
const WINDOW_PAUSE: Duration = Duration::from_millis(700);

/// What is known of the way to the network.
#[derive(Debug, Default)]
pub struct ConnectionState {
    /// The certificates that are trusted besides the system's.
    pub ca: Option<Arc<CaFile>>,
    /// A file that is not used, and why.
    pub ca_problem: Option<(PathBuf, CaProblem)>,
    /// The test that was made last.
    pub test: Option<ConnectionTest>,
    tickets: u64,
    window: Option<(WindowSize, BootInstant)>,
}

/// A test of the way to a server.
#[derive(Debug)]
pub struct ConnectionTest {
    /// The server.
    pub environment: Environment,
    /// When it began.
    pub at: Timestamp,
    /// In the order of [`Check::ALL`].
    pub findings: [ConnectionFinding; Check::ALL.len()],
    ticket: u64,
}

impl ConnectionTest {
    /// Whether something is still being checked.
    pub fn is_running(&self) -> bool {
        self.findings.contains(&ConnectionFinding::Pending)
    }
}

impl ConnectionState {
    /// How connections are to be made.
    pub(in crate::state) fn network(&self, proxy: &Proxy) -> Network {
        Network {
            proxy: proxy.clone(),
            ca: self.ca.clone(),
        }
    }

    /// A test begins; returns its number.
    pub(in crate::state) fn begin_test(&mut self, environment: Environment, now: Now) -> u64 {
        self.tickets += 1;
        self.test = Some(ConnectionTest {
            environment,
            at: now.wall,
            findings: [const { ConnectionFinding::Pending }; Check::ALL.len()],
            ticket: self.tickets,
        });
        self.tickets
    }

    /// A check of the running test has found something; what belongs to a former test is dropped.
    pub(in crate::state) fn checked(
        &mut self,
        ticket: u64,
        check: Check,
        found: ConnectionFinding,
    ) {
        if let Some(test) = self.test.as_mut().filter(|test| test.ticket == ticket)
            && let Some(at) = Check::ALL.iter().position(|one| *one == check)
            && test.findings[at] == ConnectionFinding::Pending
        {
            test.findings[at] = found;
        }
    }

    /// Nothing more will be found; says so for what is open.
    pub(in crate::state) fn end_test(&mut self, ticket: Option<u64>, why: &str) {
        let Some(test) = &mut self.test else { return };
        if ticket.is_some_and(|ticket| ticket != test.ticket) {
            return;
        }
        for finding in &mut test.findings {
            if *finding == ConnectionFinding::Pending {
                *finding = ConnectionFinding::Skipped(why.to_owned());
            }
        }
    }

    /// The window has been given a size, which waits until it is kept.
    pub(in crate::state) fn sized(&mut self, size: WindowSize, now: Now) {
        self.window = Some((size, now.boot.saturating_add(WINDOW_PAUSE)));
    }

    /// The size to write, once the window has kept it for a while.
    pub(in crate::state) fn due_size(&mut self, now: Option<Now>) -> Option<WindowSize> {
        let is_due = |(_, at): &(WindowSize, BootInstant)| now.is_none_or(|now| *at <= now.boot);
        self.window
            .take_if(|window| is_due(window))
            .map(|(size, _)| size)
    }

    /// When the size is to be written.
    pub(in crate::state) fn next_deadline(&self) -> Option<BootInstant> {
        self.window.map(|(_, at)| at)
    }
}
