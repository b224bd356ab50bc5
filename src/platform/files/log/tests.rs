//! The log after crashes, with wrong clocks, and with several programs writing.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

const DAY: Duration = Duration::from_hours(24);

const LIMITS: LogLimits = LogLimits {
    file_bytes: 200,
    file_age: Duration::from_hours(30 * 24),
    files: 3,
    age: Duration::from_hours(180 * 24),
};

fn on_day(day: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap() + SignedDuration::from_hours(24 * day)
}

/// A line that states when it was written.
fn line(day: i64, number: usize) -> String {
    format!(r#"{{"at":"{}","n":{number},"t":"a\nb ä"}}"#, on_day(day))
}

fn time_of(line: &str) -> Option<Timestamp> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    value["at"].as_str()?.parse().ok()
}

impl Log {
    /// A log that is not written to.
    pub(in crate::platform::files) fn for_tests(folder: &AppFolder) -> Self {
        Self::new(folder.clone(), "log", LIMITS, |_| None)
    }
}

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn log(&self) -> Log {
        self.limited(LIMITS)
    }

    fn limited(&self, limits: LogLimits) -> Log {
        Log::new(AppFolder::at(self.0.path()), "history", limits, time_of)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("history.jsonl")
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "history.lock")
            .collect();
        names.sort();
        names
    }
}

fn lines_of(log: &Log) -> Vec<String> {
    let mut lines = Vec::new();
    log.read(|line| lines.push(line.to_owned())).unwrap();
    lines
}

#[test]
fn wherever_a_crash_cuts_the_last_line_only_that_line_is_lost() {
    let (first, last) = (line(0, 1), line(0, 2));
    let whole = format!("{first}\n{last}\n");
    for end in first.len() + 1..=whole.len() {
        let place = Place::new();
        fs::write(place.path(), &whole.as_bytes()[..end]).unwrap();
        let mut log = place.log();
        log.add(&line(0, 3), on_day(0)).unwrap();
        let mut expected = vec![first.clone(), line(0, 3)];
        // Only the line break may be missing.
        if end >= whole.len() - 1 {
            expected.insert(1, last.clone());
        }
        assert_eq!(lines_of(&log), expected, "cut at {end}");
        assert_eq!(lines_of(&place.log()), expected, "after another start");
    }
}

#[test]
fn a_full_file_gets_a_number_and_the_oldest_goes() {
    let place = Place::new();
    let mut log = place.log();
    let per_file = 200 / (line(0, 10).len() + 1);
    for number in 10..10 + 5 * per_file {
        log.add(&line(0, number), on_day(0)).unwrap();
    }
    assert_eq!(
        place.names(),
        [
            "history.1.jsonl",
            "history.2.jsonl",
            "history.3.jsonl",
            "history.jsonl"
        ]
    );
    let expected: Vec<String> = (10 + per_file..10 + 5 * per_file)
        .map(|number| line(0, number))
        .collect();
    assert_eq!(lines_of(&log), expected);
    for name in place.names() {
        assert!(fs::metadata(place.0.path().join(name)).unwrap().len() <= 200);
    }
}

#[test]
fn a_file_is_cut_after_a_month_and_thrown_away_after_half_a_year() {
    let place = Place::new();
    let limits = LogLimits {
        file_bytes: 1 << 20,
        files: 9,
        ..LIMITS
    };
    let days = [0, 29, 31, 100, 211, 212];
    for day in days {
        // As if the console were restarted each time.
        let mut log = place.limited(limits);
        log.add(&line(day, 1), on_day(day)).unwrap();
        let kept = lines_of(&log);
        let oldest = time_of(&kept[0]).unwrap();
        let age = on_day(day).duration_since(oldest).unsigned_abs();
        assert!(age <= LIMITS.age + LIMITS.file_age, "on day {day}");
    }
    assert_eq!(
        lines_of(&place.limited(limits)),
        [100, 211, 212].map(|day| line(day, 1))
    );
    let young = LIMITS.age.as_secs() / DAY.as_secs();
    assert_eq!(young, 180);
}

#[test]
fn a_file_that_was_removed_is_made_anew_and_what_is_none_is_set_aside() {
    let place = Place::new();
    let mut log = place.log();
    log.add(&line(0, 1), on_day(0)).unwrap();
    fs::remove_file(place.path()).unwrap();
    log.add(&line(0, 2), on_day(0)).unwrap();
    assert_eq!(lines_of(&log), [line(0, 2)]);

    fs::remove_file(place.path()).unwrap();
    fs::create_dir(place.path()).unwrap();
    let error = log.read(|_| {}).unwrap_err().to_string();
    assert!(error.contains("history.jsonl"), "{error}");
    let moved_to = log.add(&line(0, 3), on_day(0)).unwrap().unwrap();
    assert!(moved_to.is_dir(), "{moved_to:?}");
    assert_eq!(log.add(&line(0, 4), on_day(0)).unwrap(), None);
    assert_eq!(lines_of(&log), [line(0, 3), line(0, 4)]);
}

#[test]
fn one_that_cannot_be_written_is_named_and_tried_anew() {
    let place = Place::new();
    let mut log = place.log();
    // Its name, and every name it could be moved to, is taken by a folder.
    fs::create_dir(place.path()).unwrap();
    while move_aside(&place.path(), "damaged", on_day(0)).is_some() {
        fs::create_dir(place.path()).unwrap();
    }
    let error = log.add(&line(0, 1), on_day(0)).unwrap_err().to_string();
    assert!(error.contains("history.jsonl"), "{error}");
    fs::remove_dir(place.path()).unwrap();
    log.add(&line(0, 2), on_day(0)).unwrap();
    assert_eq!(lines_of(&log), [line(0, 2)]);
}

#[cfg(unix)]
#[test]
fn pipes_and_files_without_end_are_neither_waited_for_nor_read() {
    let place = Place::new();
    let pipe = place.0.path().join("history.1.jsonl");
    crate::platform::files::limited::make_pipe(&pipe);
    let file = fs::File::create(place.path()).unwrap();
    file.set_len(MAX_BYTES + 1).unwrap();
    let mut log = place.log();
    let error = log.read(|_| {}).unwrap_err().to_string();
    assert!(error.contains("history.1.jsonl"), "{error}");
    assert!(log.add(&line(0, 1), on_day(0)).unwrap().is_some());
    let mut lines = Vec::new();
    let problem = log.read(|line| lines.push(line.to_owned()));
    assert!(problem.is_err(), "the pipe is still named");
    assert_eq!(lines, [line(0, 1)]);
}

#[test]
fn a_clock_that_is_wrong_for_some_days_costs_nothing() {
    let place = Place::new();
    let limits = LogLimits {
        file_bytes: 1 << 20,
        files: 9,
        ..LIMITS
    };
    // The file of the first two days is closed on the third.
    let days = [0, 20, 40];
    let wrong = [2_000, 2_001, 2_003];
    for day in days.into_iter().chain(wrong) {
        let mut log = place.limited(limits);
        log.add(&line(day, 1), on_day(day)).unwrap();
    }
    let all: Vec<String> = days
        .into_iter()
        .chain(wrong)
        .map(|day| line(day, 1))
        .collect();
    assert_eq!(lines_of(&place.limited(limits)), all);
    // The clock was right after all.
    let mut log = place.limited(limits);
    log.add(&line(2_010, 1), on_day(2_010)).unwrap();
    let kept: Vec<String> = [2_000, 2_001, 2_003, 2_010].map(|day| line(day, 1)).into();
    assert_eq!(lines_of(&log), kept);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let mut log = place.log();
    for number in 10..20 {
        log.add(&line(0, number), on_day(0)).unwrap();
    }
    for name in place.names() {
        let mode = fs::metadata(place.0.path().join(&name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

proptest! {
    // Each line waits for the disk, so fewer cases.
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Starts, lines, and crashes within a line: every line that was written completely is there, in order.
    #[test]
    fn whole_lines_are_never_lost(steps in proptest::collection::vec((any::<bool>(), 0_usize..60), 1..12)) {
        let place = Place::new();
        let limits = LogLimits { files: 50, ..LIMITS };
        let mut log = place.limited(limits);
        let mut expected = Vec::new();
        for (number, (crashes, cut)) in steps.into_iter().enumerate() {
            let whole = line(0, number);
            if crashes {
                // Only the beginning of the line reached the disk.
                let mut bytes = fs::read(place.path()).unwrap_or_default();
                let cut = cut.min(whole.len() - 1);
                bytes.extend(&whole.as_bytes()[..cut]);
                fs::write(place.path(), bytes).unwrap();
                log = place.limited(limits);
            } else {
                log.add(&whole, on_day(0)).unwrap();
                expected.push(whole);
            }
        }
        log.add(&line(0, 99), on_day(0)).unwrap();
        expected.push(line(0, 99));
        prop_assert_eq!(lines_of(&log), expected);
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_set_aside_and_its_target_keeps_every_byte() {
    let place = Place::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("diary");
    let torn = "dear diary\nno end of line";
    for name in ["history.jsonl", "history.1.jsonl"] {
        fs::write(&target, torn).unwrap();
        std::os::unix::fs::symlink(&target, place.0.path().join(name)).unwrap();
    }
    let mut log = place.log();
    let aside = log.add(&line(0, 1), on_day(0)).unwrap().unwrap();
    assert!(fs::symlink_metadata(aside).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&target).unwrap(), torn);
    assert_eq!(fs::read_to_string(place.path()).unwrap(), line(0, 1) + "\n");
    let mut lines = Vec::new();
    log.read(|line| lines.push(line.to_owned())).unwrap_err();
    assert_eq!(lines, [line(0, 1)], "and it is not read");
}

#[test]
fn several_programs_at_once_lose_no_line_while_files_are_cut() {
    let place = Place::new();
    let limits = LogLimits {
        files: 100,
        ..LIMITS
    };
    let write = |who: usize| {
        // Like another program, it shares nothing but the files.
        let mut log = place.limited(limits);
        for number in 0..12 {
            log.add(&line(0, who * 100 + number), on_day(0)).unwrap();
        }
    };
    std::thread::scope(|scope| {
        for who in 0..4 {
            let write = &write;
            scope.spawn(move || write(who));
        }
    });
    let mut lines = lines_of(&place.limited(limits));
    lines.sort();
    lines.dedup();
    assert_eq!(lines.len(), 48);
    assert!(place.names().len() > 10, "it was cut: {:?}", place.names());
}
