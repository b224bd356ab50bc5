//! How the console's threads report that there is something to draw.

use std::{
    sync::{Condvar, Mutex},
    time::Duration,
};

/// How long to wait for a ring before checking anyway, because a test may wait for something outside the console.
const POLL_INTERVAL: Duration = Duration::from_millis(15);

#[derive(Default)]
pub struct Bell {
    rung: Mutex<u64>,
    changed: Condvar,
}

impl Bell {
    pub fn ring(&self) {
        *self.rung.lock().unwrap() += 1;
        self.changed.notify_all();
    }

    /// How often the bell has rung.
    pub fn rung(&self) -> u64 {
        *self.rung.lock().unwrap()
    }

    /// Returns once the bell has rung more than `heard` times, or after [`POLL_INTERVAL`].
    pub fn wait_beyond(&self, heard: u64) {
        let rung = self.rung.lock().unwrap();
        drop(
            self.changed
                .wait_timeout_while(rung, POLL_INTERVAL, |rung| *rung <= heard)
                .unwrap(),
        );
    }
}
