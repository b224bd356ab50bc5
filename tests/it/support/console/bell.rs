//! How the threads of the console tell that there is something to draw.

use std::{
    sync::{Condvar, Mutex},
    time::Duration,
};

/// Looking again after so long, even if nothing rang: what a test waits for may be outside the console.
const GLANCE: Duration = Duration::from_millis(15);

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

    /// How often it was rung.
    pub fn rung(&self) -> u64 {
        *self.rung.lock().unwrap()
    }

    /// Returns once it has been rung more often than `heard`, or it is time to look anyway.
    pub fn wait_beyond(&self, heard: u64) {
        let rung = self.rung.lock().unwrap();
        drop(
            self.changed
                .wait_timeout_while(rung, GLANCE, |rung| *rung <= heard)
                .unwrap(),
        );
    }
}
