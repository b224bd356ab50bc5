//! Reads the clipboard over Wayland, where the program that owns the content writes it to a pipe. The clipboard library would read until that program
//! closes the pipe: forever if it hangs, and until memory is full if it never stops writing.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use wl_clipboard_rs::paste::{Error, MimeType, Seat, get_contents};
use zeroize::Zeroizing;

use crate::platform::clock::boot_now;

/// How long to wait for the content. If it is our own, it arrives within milliseconds.
const WAIT_LIMIT: Duration = Duration::from_secs(2);

/// Reads the text on the clipboard. Returns `None` if there is no text, or if it has more than `limit` bytes or does not arrive within two seconds.
///
/// # Errors
/// Why the clipboard cannot be read, as a clause. On some desktops, it can only be read over X11.
pub(super) fn read_text(limit: usize) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
    let kind = wl_clipboard_rs::paste::ClipboardType::Regular;
    let pipe = match get_contents(kind, Seat::Unspecified, MimeType::Text) {
        Ok((pipe, _)) => File::from(OwnedFd::from(pipe)),
        Err(Error::ClipboardEmpty | Error::NoMimeType) => return Ok(None),
        Err(error) => return Err(error.to_string()),
    };
    read_within(pipe, limit, WAIT_LIMIT).map_err(|error| error.to_string())
}

/// Reads a pipe to its end. Returns `None` if it contains more than `limit` bytes, or does not end in time.
fn read_within(
    mut pipe: File,
    limit: usize,
    wait: Duration,
) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let began = boot_now();
    // One byte more shows that the content is too long.
    let mut text = Zeroizing::new(vec![0; limit + 1]);
    let mut length = 0;
    while length <= limit {
        let left = wait.saturating_sub(boot_now().saturating_since(began));
        let left = Timespec::try_from(left).map_err(io::Error::other)?;
        match poll(&mut [PollFd::new(&pipe, PollFlags::IN)], Some(&left)) {
            Ok(0) => return Ok(None),
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
        match pipe.read(&mut text[length..])? {
            0 => {
                text.truncate(length);
                return Ok(Some(text));
            }
            count => length += count,
        }
    }
    Ok(None)
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "other programs write at their own pace"
)]
mod tests {
    use std::io::Write as _;
    use std::thread;

    use super::*;

    /// Longer than any machine needs for what a test expects to be read.
    const AMPLE: Duration = Duration::from_secs(60);

    /// What is read of what `write` writes.
    fn read(write: impl FnOnce(File) + Send + 'static, wait: Duration) -> Option<String> {
        let (ours, theirs) = io::pipe().unwrap();
        let theirs = File::from(OwnedFd::from(theirs));
        let writer = thread::spawn(move || write(theirs));
        let pipe = File::from(OwnedFd::from(ours));
        let text = read_within(pipe, 8, wait).unwrap();
        writer.join().unwrap();
        text.map(|text| String::from_utf8(text.to_vec()).unwrap())
    }

    #[test]
    fn what_fits_is_read_whole() {
        let in_parts = |mut pipe: File| {
            pipe.write_all(b"a-tok").unwrap();
            pipe.write_all(b"en1").unwrap();
        };
        assert_eq!(read(in_parts, AMPLE).as_deref(), Some("a-token1"));
        assert_eq!(read(drop, AMPLE).as_deref(), Some(""));
    }

    #[test]
    fn a_program_that_never_stops_writing_is_not_read_to_its_end() {
        let endless = |mut pipe: File| while pipe.write_all(&[b'x'; 4096]).is_ok() {};
        assert_eq!(read(endless, AMPLE), None);
    }

    #[test]
    fn nobody_waits_for_a_program_that_hangs() {
        let (ours, theirs) = io::pipe().unwrap();
        let mut theirs = File::from(OwnedFd::from(theirs));
        for written in [&b""[..], b"half"] {
            theirs.write_all(written).unwrap();
            let pipe = File::from(OwnedFd::from(ours.try_clone().unwrap()));
            let text = read_within(pipe, 8, Duration::from_millis(20)).unwrap();
            assert!(text.is_none());
        }
    }
}
