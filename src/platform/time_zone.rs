//! The time zone of the system, or the one that `TZ` names.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::{Once, OnceLock};

use jiff::tz::TimeZone;

use crate::domain::text::visible;

/// Largest file of a time zone, bytes. They have a few thousand.
const SIZE_LIMIT: u64 = 1 << 20;

/// The time zone in use; UTC if it is not known. Logs once why it is not.
pub fn system_time_zone() -> TimeZone {
    static LOGGED: Once = Once::new();
    // Asked for in every frame, and the drive of the file may be gone.
    static UNUSABLE: OnceLock<Option<PathBuf>> = OnceLock::new();
    let named = env::var_os("TZ");
    let zone = match UNUSABLE.get_or_init(|| named.clone().and_then(unusable_file)) {
        Some(path) => Err(format!("{} is not a time zone file", path.display())),
        None => TimeZone::try_system().map_err(|error| error.to_string()),
    };
    zone.unwrap_or_else(|why| {
        LOGGED.call_once(|| {
            let named = named.map_or_else(String::new, |_| "TZ is not usable: ".to_owned());
            tracing::warn!("{named}{}. Times are shown in UTC.", visible(&why));
        });
        TimeZone::unknown()
    })
}

/// What a value of `TZ` names, if that is a pipe, a device or a large file. Opening a pipe waits for its other end, and a device may never end.
fn unusable_file(named: OsString) -> Option<PathBuf> {
    let path = match named.to_str().and_then(|named| named.strip_prefix(':')) {
        Some(path) => PathBuf::from(path),
        None => PathBuf::from(named),
    };
    let facts = fs::metadata(&path).ok()?;
    let is_usable = facts.is_dir() || (facts.is_file() && facts.len() <= SIZE_LIMIT);
    (!is_usable).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_read() {
        for named in ["/dev/zero", ":/dev/zero"] {
            let unusable = unusable_file(named.into());
            assert_eq!(unusable, Some(PathBuf::from("/dev/zero")));
        }
        for named in ["", "UTC", "Europe/Amsterdam", "EST5EDT", "/nowhere", "/etc"] {
            assert_eq!(unusable_file(named.into()), None, "{named}");
        }
    }
}
