//! The history of actions, as the history page shows it.

pub(super) mod commands;
pub mod messages;
pub(super) mod recording;

mod copies;
mod days;
mod entries;
mod of_command;
mod of_event;

use std::collections::HashSet;

use jiff::tz::TimeZone;

use crate::domain::history::{ActionGroup, HistoryEntry, HistoryLine, ReadLines, words};
use copies::fetched_for_copy;
pub use days::HistoryDay;
use days::{DayRow, HistoryDays};

/// How many entries are held in memory at most; a file holds fewer.
const MAX: usize = 50_000;

/// How many of the oldest are dropped at once, so that not every new entry has to drop one.
const DROP_COUNT: usize = 5_000;

/// How many more lines than expected are searched for duplicates, because another process may have added some.
const NEIGHBOURS: usize = 100;

/// The entries, and which of them are shown.
#[derive(Debug, Default)]
pub struct History {
    lines: Vec<HistoryLine>,
    /// Indexes of the lines that pass the filter, ascending, so the newest is last. A token that was fetched to be copied is
    /// represented by its copy only.
    shown: Vec<u32>,
    days: HistoryDays,
    /// Indexes of the copies whose token was fetched for them.
    fresh_copies: HashSet<u32>,
    /// Number of lines that pass the filter, including fetches that are represented by their copies.
    matching: usize,
    /// Number of fetches that were made for a copy, shown or not.
    fetched: usize,
    filter: String,
    words: Vec<String>,
    group: ActionGroup,
    selected: Option<usize>,
    reading: HistoryProgress,
    /// Number of lines in the files that could not be parsed.
    pub unreadable: usize,
    /// Why the files could not be written or read; a sentence.
    pub problem: Option<String>,
}

/// A row of the history page.
#[derive(Debug, Clone, Copy)]
pub enum HistoryRow<'a> {
    /// The heading of a day.
    Day(&'a HistoryDay),
    Entry {
        entry: &'a HistoryEntry,
        /// Whether it is the copy of a token that was fetched for it.
        is_fresh_copy: bool,
        /// Its index among the shown entries, newest first, from 0.
        number: usize,
    },
}

/// The progress of reading the files.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum HistoryProgress {
    /// The page has not been opened yet.
    #[default]
    NotYet,
    /// The files are being read. Before that, this many entries were in memory.
    UnderWay { before: usize },
    /// The files were read, and had this many lines.
    Done { lines: usize },
    /// The files are being read again. The last time, they had this many lines.
    Again { lines: usize },
}

impl History {
    /// Number of lines.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Number of entries, counting a copy and the fetch for it as one.
    pub fn entry_count(&self) -> usize {
        self.lines.len() - self.fetched
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub fn is_reading(&self) -> bool {
        matches!(
            self.reading,
            HistoryProgress::UnderWay { .. } | HistoryProgress::Again { .. }
        )
    }

    /// Number of shown entries.
    pub fn shown_count(&self) -> usize {
        self.shown.len()
    }

    /// A shown entry by its index, newest first.
    pub fn shown(&self, number: usize) -> Option<&HistoryEntry> {
        let position = self.shown.len().checked_sub(number + 1)?;
        let line = *self.shown.get(position)?;
        self.lines.get(line as usize).map(|line| &line.entry)
    }

    /// Number of lines that pass the filter, including fetches that are represented by their copies.
    pub fn matching_count(&self) -> usize {
        self.matching
    }

    /// Number of rows on the page, including the headings of days.
    pub fn row_count(&self) -> usize {
        self.days.row_count()
    }

    /// The content of this row, newest first.
    pub fn row(&self, row: usize) -> Option<HistoryRow<'_>> {
        let position = match self.days.row(row)? {
            DayRow::Heading(day) => return Some(HistoryRow::Day(day)),
            DayRow::Entry(position) => position,
        };
        let line = *self.shown.get(position)?;
        Some(HistoryRow::Entry {
            entry: &self.lines.get(line as usize)?.entry,
            is_fresh_copy: self.fresh_copies.contains(&line),
            number: self.shown.len() - 1 - position,
        })
    }

    /// All lines that pass the filter, newest first, including fetches that are represented by their copies.
    pub fn all_matching(&self) -> Vec<HistoryEntry> {
        let lines = self.lines.iter().rev();
        lines
            .filter(|line| line.matches(self.group, &self.words))
            .map(|line| line.entry.clone())
            .collect()
    }

    /// The filter as typed.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// The kind of entries that the history is limited to.
    pub fn group(&self) -> ActionGroup {
        self.group
    }

    /// The row of the selected entry.
    pub fn selected_row(&self) -> Option<usize> {
        let line = u32::try_from(self.selected?).ok()?;
        let position = self.shown.binary_search(&line).ok()?;
        self.days.row_of(position)
    }

    /// The selected entry, if it is shown.
    pub fn selected(&self) -> Option<HistoryRow<'_>> {
        self.row(self.selected_row()?)
    }

    /// Selects the entry in a row. A step onto the heading of a day continues to the next entry in the same direction.
    pub(super) fn select(&mut self, row: Option<usize>) {
        let position = |row: usize| match self.days.row(row)? {
            DayRow::Heading(_) => None,
            DayRow::Entry(position) => Some(position),
        };
        let found = row.and_then(|row| {
            let is_step_up = self.selected_row() == Some(row + 1);
            let above = row.checked_sub(1).filter(|_| is_step_up);
            position(row)
                .or_else(|| position(above?))
                .or_else(|| position(row + 1))
        });
        self.selected = found
            .and_then(|position| self.shown.get(position))
            .map(|line| *line as usize);
    }

    pub(super) fn set_filter(&mut self, typed: String, zone: &TimeZone) {
        self.words = words(&typed);
        self.filter = typed;
        self.arrange(zone);
    }

    pub(super) fn set_group(&mut self, group: ActionGroup, zone: &TimeZone) {
        self.group = group;
        self.arrange(zone);
    }

    /// Adds an entry for what was just done.
    pub(super) fn push(&mut self, entry: HistoryEntry, zone: &TimeZone) {
        self.lines.push(HistoryLine::new(entry));
        if self.bound() {
            self.arrange(zone);
        } else {
            self.arrange_line(self.lines.len() - 1, zone);
        }
    }

    /// Returns whether the files have to be read, and if so records that reading has started.
    pub(super) fn begin_reading(&mut self) -> bool {
        self.reading = match self.reading {
            HistoryProgress::NotYet => HistoryProgress::UnderWay {
                before: self.lines.len(),
            },
            // The command line may have added entries.
            HistoryProgress::Done { lines } => HistoryProgress::Again { lines },
            HistoryProgress::UnderWay { .. } | HistoryProgress::Again { .. } => return false,
        };
        true
    }

    /// Adds the lines of the files.
    pub(super) fn receive(&mut self, read: ReadLines, zone: &TimeZone) {
        self.unreadable = read.unreadable;
        let lines = read.lines.len();
        match self.reading {
            HistoryProgress::UnderWay { before } => self.receive_all(read, before),
            HistoryProgress::Again { lines: known } => self.receive_more(read, known),
            HistoryProgress::NotYet | HistoryProgress::Done { .. } => return,
        }
        self.reading = HistoryProgress::Done { lines };
        self.bound();
        self.arrange(zone);
    }

    /// After the first read: entries made before it are in the files as well, unless writing them failed.
    fn receive_all(&mut self, read: ReadLines, before: usize) {
        let mut recent = std::mem::take(&mut self.lines);
        let later = recent.split_off(before.min(recent.len()));
        // Other processes may have written to the files in between.
        let tail = read.lines.len().saturating_sub(2 * before + NEIGHBOURS);
        recent.retain(|line| !read.lines[tail..].contains(line));
        self.lines = read.lines;
        self.lines.extend(recent);
        self.lines.extend(later);
        self.selected = None;
    }

    /// After a later read: adds the new lines, except those that this console wrote itself.
    fn receive_more(&mut self, mut read: ReadLines, known: usize) {
        let added = read.lines.split_off(known.min(read.lines.len()));
        let near = self.lines.len().saturating_sub(added.len() + NEIGHBOURS);
        for line in added {
            if self.lines[near..].contains(&line) {
                continue;
            }
            let near_last = self.lines[near..].iter().rev();
            let later = near_last.take_while(|before| before.entry.at > line.entry.at);
            let position = self.lines.len() - later.count();
            self.lines.insert(position, line);
            let selected = self.selected.as_mut();
            if let Some(selected) = selected.filter(|selected| **selected >= position) {
                *selected += 1;
            }
        }
    }

    /// Drops the oldest lines if there are too many. Returns whether any was dropped.
    fn bound(&mut self) -> bool {
        if self.lines.len() <= MAX {
            return false;
        }
        let going = self.lines.len() - (MAX - DROP_COUNT);
        self.lines.drain(..going);
        if let HistoryProgress::UnderWay { before } = &mut self.reading {
            *before = before.saturating_sub(going);
        }
        self.selected = self.selected.and_then(|line| line.checked_sub(going));
        true
    }

    /// Filters the entries and groups them by day, after a change or in another time zone.
    pub(super) fn arrange(&mut self, zone: &TimeZone) {
        self.shown.clear();
        self.days = HistoryDays::default();
        self.fresh_copies.clear();
        self.matching = 0;
        self.fetched = 0;
        for at in 0..self.lines.len() {
            self.arrange_line(at, zone);
        }
    }

    /// Arranges a line for which all lines before it have been arranged.
    fn arrange_line(&mut self, at: usize, zone: &TimeZone) {
        // There are never more than `MAX`.
        let line = at as u32;
        let fetched = fetched_for_copy(&self.lines, at);
        self.fetched += usize::from(fetched.is_some());
        if !self.lines[at].matches(self.group, &self.words) {
            return;
        }
        self.matching += 1;
        if let Some(fetched) = fetched {
            self.fresh_copies.insert(line);
            self.hide(fetched, zone);
        }
        self.show(line, zone);
    }

    fn show(&mut self, line: u32, zone: &TimeZone) {
        self.days.push(self.lines[line as usize].entry.at, zone);
        self.shown.push(line);
    }

    /// Hides a line that is among the last few.
    fn hide(&mut self, hidden: u32, zone: &TimeZone) {
        let from = self.shown.partition_point(|line| *line < hidden);
        let last = self.shown.split_off(from);
        last.iter().for_each(|_| self.days.pop());
        for line in last.into_iter().filter(|line| *line != hidden) {
            self.show(line, zone);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::business::BusinessId;
    use crate::domain::history::HistoryAction::{Locked, TokenCopied, TokenIssued};
    use crate::domain::token::Fingerprint;

    /// The rows of the page, the newest on top.
    fn page(history: &History) -> Vec<String> {
        let rows = (0..history.row_count()).filter_map(|row| history.row(row));
        rows.map(|row| match row {
            HistoryRow::Day(day) => format!("{}, {}", day.date, day.count),
            HistoryRow::Entry {
                entry,
                is_fresh_copy,
                ..
            } => format!("{} {is_fresh_copy}", entry.at),
        })
        .collect()
    }

    /// The same for all lines at once.
    fn page_of_all(history: &History) -> Vec<String> {
        let matches = |at: &usize| history.lines[*at].matches(history.group, &history.words);
        let matching: Vec<usize> = (0..history.lines.len()).filter(matches).collect();
        let fetched = |at: usize| fetched_for_copy(&history.lines, at);
        let hidden: Vec<u32> = matching.iter().filter_map(|at| fetched(*at)).collect();
        let is_shown = |at: &&usize| !hidden.contains(&(**at as u32));
        let shown: Vec<usize> = matching.iter().filter(is_shown).copied().collect();
        let at = |line: usize| history.lines[line].entry.at;
        let date = |line: usize| at(line).to_zoned_datetime(TimeZone::UTC).date();
        let mut rows = Vec::new();
        for day in shown.chunk_by(|one, next| date(*one) == date(*next)) {
            let entries = day
                .iter()
                .map(|line| format!("{} {}", at(*line), fetched(*line).is_some()));
            rows.extend(entries);
            rows.push(format!("{}, {}", date(day[0]), day.len()));
        }
        rows.reverse();
        rows
    }

    proptest! {
        #[test]
        fn a_new_line_changes_the_page_as_arranging_all_would(
            lines in prop::collection::vec((0_usize..3, 0_u8..3, -9_i64..60), 1..60),
            hours_a_step in 0_i64..9,
            is_filtered: bool,
        ) {
            let zone = TimeZone::UTC;
            let mut history = History::default();
            if is_filtered {
                history.set_filter("copied".to_owned(), &zone);
            }
            let mut at = Timestamp::UNIX_EPOCH;
            for (action, token, secs) in lines {
                at += SignedDuration::from_secs(hours_a_step * 3_600 + secs);
                let action = [TokenIssued, TokenCopied, Locked][action];
                let entry = HistoryEntry::new(at, None, action);
                let entry = entry.about(BusinessId(Uuid::from_u128(7)), None);
                history.push(entry.with_fingerprint(Fingerprint([token; 4])), &zone);
                prop_assert_eq!(page(&history), page_of_all(&history));
            }
        }
    }
}
