//! Captures a program's output up to a limit, in memory that is wiped.

use tokio::io::{AsyncRead, AsyncReadExt as _};
use zeroize::Zeroizing;

/// Buffer for bytes beyond the limit.
const SPARE: usize = 4096;

/// The beginning of a program's output.
pub(super) struct Capture {
    /// Never grows, because a growing buffer leaves copies behind.
    bytes: Zeroizing<Vec<u8>>,
    len: usize,
    limit: usize,
    passed_over: usize,
    may_pass_over: usize,
}

/// The program printed more than allowed.
#[derive(Debug)]
pub(super) struct OutputOverflow;

impl Capture {
    /// Stores `limit` bytes and discards up to `may_pass_over` more.
    pub(super) fn new(limit: usize, may_pass_over: usize) -> Self {
        Self {
            bytes: Zeroizing::new(vec![0; limit + SPARE]),
            len: 0,
            limit,
            passed_over: 0,
            may_pass_over,
        }
    }

    /// Reads to the end. If the future is dropped, everything read so far stays.
    pub(super) async fn read(
        &mut self,
        mut pipe: impl AsyncRead + Unpin,
    ) -> Result<(), OutputOverflow> {
        loop {
            // A failing pipe counts as ended.
            let Ok(read @ 1..) = pipe.read(&mut self.bytes[self.len..]).await else {
                return Ok(());
            };
            let len = self.len + read;
            self.len = len.min(self.limit);
            self.passed_over += len - self.len;
            if self.passed_over > self.may_pass_over {
                return Err(OutputOverflow);
            }
        }
    }

    /// The stored bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Whether all output was stored.
    pub(super) const fn is_complete(&self) -> bool {
        self.passed_over == 0
    }
}
