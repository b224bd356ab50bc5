//! Runs a program and its children as a job.

use std::io;

use tokio::process::{Child, Command};
use win32job::{ExtendedLimitInfo, Job};

use super::process_end::ProcessEnd;

/// `CREATE_NO_WINDOW` of `CreateProcessW`: a console program opens no window.
const CREATE_NO_WINDOW: u32 = 0x0800_0000;

/// Prevents a program from opening a console window.
pub(super) fn isolate(command: &mut Command) {
    command.creation_flags(CREATE_NO_WINDOW);
}

/// A job whose processes are ended on drop.
pub(super) struct ProcessGroup {
    /// `None` if the system rejects it. The program itself is still ended through its handle.
    _job: Option<Job>,
}

impl ProcessGroup {
    /// Creates a job with the child, which also includes every process it starts from now on.
    pub(super) fn of(child: &Child) -> Self {
        let mut limits = ExtendedLimitInfo::new();
        limits.limit_kill_on_job_close();
        let job = Job::create_with_limit_info(&limits).ok();
        let job = job.zip(child.raw_handle());
        let job = job.and_then(|(job, handle)| {
            let is_in_it = job.assign_process(handle as isize).is_ok();
            is_in_it.then_some(job)
        });
        Self { _job: job }
    }
}

pub(super) struct ProcessWatch;

impl ProcessWatch {
    pub(super) fn start() -> io::Result<Self> {
        Ok(Self)
    }

    pub(super) async fn ended(&mut self, child: &mut Child) -> ProcessEnd {
        // If waiting fails, the process no longer exists.
        let _ = child.wait().await;
        ProcessEnd::Exited
    }
}
