//! A program and its children as a process group.

use std::io;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use tokio::process::{Child, Command};
use tokio::signal::unix::{Signal as Signals, SignalKind, signal};

use super::process::Ending;

/// Makes a program the leader of a group of its own. A group that is not in the foreground of a terminal is stopped when
/// it reads from there, and [`ProcessWatch`] notices.
pub(super) fn isolate(command: &mut Command) {
    command.process_group(0);
}

/// A process group that is killed when this is dropped.
pub(super) struct ProcessGroup(Option<Pid>);

impl ProcessGroup {
    /// The group that a child leads. It must not have been waited for.
    pub(super) fn of(child: &Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self(id.and_then(Pid::from_raw))
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        if let Some(leader) = self.0 {
            // Fails where nothing of the group is left.
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}

/// Notices when a child ends, without waiting for it in the system's sense: its id, which is that of its group, stays
/// taken until the group is killed.
pub(super) struct ProcessWatch(Signals);

impl ProcessWatch {
    /// Must be started before the child, so that no end is missed.
    pub(super) fn start() -> io::Result<Self> {
        signal(SignalKind::child()).map(Self)
    }

    /// Waits for the end.
    pub(super) async fn ended(&mut self, child: &Child) -> Ending {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        let Some(id) = id.and_then(Pid::from_raw) else {
            return Ending::Exited;
        };
        loop {
            if let Some(ending) = ending_of(id) {
                return ending;
            }
            self.0.recv().await;
        }
    }
}

fn ending_of(id: Pid) -> Option<Ending> {
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
            .map(|_| Ending::AsksOnTerminal),
        Ok(Some(_)) | Err(_) => Some(Ending::Exited),
    }
}
