//! Runs a program and its children as a process group.

use std::io;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use tokio::process::{Child, Command};
use tokio::signal::unix::{Signal as Signals, SignalKind, signal};

use super::process_end::ProcessEnd;

/// Makes a program the leader of its own group. When a group in the background of a terminal reads from it, the system stops the group, and
/// [`ProcessWatch`] notices.
pub(super) fn isolate(command: &mut Command) {
    command.process_group(0);
}

/// A process group that is killed on drop.
pub(super) struct ProcessGroup(Option<Pid>);

impl ProcessGroup {
    /// The group led by a child, which must not have been waited for yet.
    pub(super) fn of(child: &Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self(id.and_then(Pid::from_raw))
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        if let Some(leader) = self.0 {
            // Fails if no process of the group is left.
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}

/// Notices when a child ends without reaping it, so that its id, which is also the group's, stays reserved until the group is killed.
pub(super) struct ProcessWatch(Signals);

impl ProcessWatch {
    /// Start it before the child, so that it cannot miss the end.
    pub(super) fn start() -> io::Result<Self> {
        signal(SignalKind::child()).map(Self)
    }

    pub(super) async fn ended(&mut self, child: &Child) -> ProcessEnd {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        let Some(id) = id.and_then(Pid::from_raw) else {
            return ProcessEnd::Exited;
        };
        loop {
            if let Some(ending) = ending_of(id) {
                return ending;
            }
            self.0.recv().await;
        }
    }
}

fn ending_of(id: Pid) -> Option<ProcessEnd> {
    let options = WaitIdOptions::EXITED
        | WaitIdOptions::STOPPED
        | WaitIdOptions::NOHANG
        | WaitIdOptions::NOWAIT;
    let asks = [Signal::TTIN, Signal::TTOU].map(Signal::as_raw);
    match waitid(WaitId::Pid(id), options) {
        Ok(None) => None,
        Ok(Some(status)) if status.stopped() => status
            .stopping_signal()
            .filter(|signal| asks.contains(signal))
            .map(|_| ProcessEnd::AsksOnTerminal),
        Ok(Some(_)) | Err(_) => Some(ProcessEnd::Exited),
    }
}
