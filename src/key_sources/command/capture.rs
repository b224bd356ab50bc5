//! What a program prints, up to a limit, in memory that is wiped.

use tokio::io::{AsyncRead, AsyncReadExt as _};
use zeroize::Zeroizing;

/// Room for what is read past a limit.
const SPARE: usize = 4096;

/// The beginning of what a program prints.
pub(super) struct Capture {
    /// Never grows: a growing buffer leaves copies behind.
    bytes: Zeroizing<Vec<u8>>,
    len: usize,
    limit: usize,
    passed_over: usize,
    may_pass_over: usize,
}

/// More was printed than may be.
#[derive(Debug)]
pub(super) struct Overflow;

impl Capture {
    /// Keeps `limit` bytes and passes over `may_pass_over` more.
    pub(super) fn new(limit: usize, may_pass_over: usize) -> Self {
        Self {
            bytes: Zeroizing::new(vec![0; limit + SPARE]),
            len: 0,
            limit,
            passed_over: 0,
            may_pass_over,
        }
    }

    /// Reads to the end. May be dropped and keeps what was read until then.
    pub(super) async fn read(&mut self, mut pipe: impl AsyncRead + Unpin) -> Result<(), Overflow> {
        loop {
            // A pipe that fails has ended.
            let Ok(read @ 1..) = pipe.read(&mut self.bytes[self.len..]).await else {
                return Ok(());
            };
            let len = self.len + read;
            self.len = len.min(self.limit);
            self.passed_over += len - self.len;
            if self.passed_over > self.may_pass_over {
                return Err(Overflow);
            }
        }
    }

    /// What was kept.
    pub(super) fn kept(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Whether all was kept.
    pub(super) const fn is_whole(&self) -> bool {
        self.passed_over == 0
    }
}
