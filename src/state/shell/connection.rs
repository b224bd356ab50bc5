//! The extra certificate authorities and the connection test.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::connection::{ConnectionCheck, ConnectionFinding};
use crate::domain::environment::Environment;
use crate::domain::network::{CaFile, CaProblem, NetworkSettings};
use crate::domain::settings::Proxy;
use crate::domain::time::Now;

/// The state of the network settings.
#[derive(Debug, Default)]
pub struct ConnectionState {
    /// The certificate authorities trusted besides the system's.
    pub ca: Option<Arc<CaFile>>,
    /// The certificate file that could not be used, and why.
    pub ca_problem: Option<(PathBuf, CaProblem)>,
    /// The latest connection test.
    pub test: Option<ConnectionTest>,
    /// The number of the latest reading of a certificate file; 0 for the one at the start.
    latest_ca_read: u64,
    tickets: u64,
}

/// A connection test for one server.
#[derive(Debug)]
pub struct ConnectionTest {
    pub environment: Environment,
    /// When it started.
    pub at: Timestamp,
    /// In the order of [`ConnectionCheck::ALL`].
    pub findings: [ConnectionFinding; ConnectionCheck::ALL.len()],
    ticket: u64,
}

impl ConnectionTest {
    /// Whether any check is still running.
    pub fn is_running(&self) -> bool {
        self.pending() > 0
    }

    /// How many checks have not ended.
    pub fn pending(&self) -> usize {
        let findings = self.findings.iter();
        findings
            .filter(|finding| **finding == ConnectionFinding::Pending)
            .count()
    }
}

impl ConnectionState {
    /// The network settings with which connections are made.
    pub(in crate::state) fn network(&self, proxy: &Proxy) -> NetworkSettings {
        NetworkSettings {
            proxy: proxy.clone(),
            ca: self.ca.clone(),
        }
    }

    /// Starts a reading of a certificate file and returns its number.
    pub(in crate::state) const fn begin_ca_read(&mut self) -> u64 {
        self.latest_ca_read += 1;
        self.latest_ca_read
    }

    /// Whether no later reading has started, and the file was not removed meanwhile.
    pub(in crate::state) const fn is_latest_ca_read(&self, number: u64) -> bool {
        self.latest_ca_read == number
    }

    /// Invalidates the answer of a reading under way.
    pub(in crate::state) const fn cancel_ca_read(&mut self) {
        self.latest_ca_read += 1;
    }

    /// Starts a test and returns its number.
    pub(in crate::state) fn begin_test(&mut self, environment: Environment, now: Now) -> u64 {
        self.tickets += 1;
        self.test = Some(ConnectionTest {
            environment,
            at: now.wall,
            findings: [const { ConnectionFinding::Pending }; ConnectionCheck::ALL.len()],
            ticket: self.tickets,
        });
        self.tickets
    }

    /// Records the finding of a check. Findings of an earlier test are dropped.
    pub(in crate::state) fn checked(
        &mut self,
        ticket: u64,
        check: ConnectionCheck,
        found: ConnectionFinding,
    ) {
        if let Some(test) = self.test.as_mut().filter(|test| test.ticket == ticket)
            && let Some(at) = ConnectionCheck::ALL.iter().position(|one| *one == check)
            && test.findings[at] == ConnectionFinding::Pending
        {
            test.findings[at] = found;
        }
    }

    /// Ends the test: marks the checks that are still pending as skipped, with the reason `why`. `None` ends any test.
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
}
