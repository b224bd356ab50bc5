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
use copies::fetched_for_copies;
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
        let place = self.shown.len().checked_sub(number + 1)?;
        let line = *self.shown.get(place)?;
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
        let place = match self.days.row(row)? {
            DayRow::Heading(day) => return Some(HistoryRow::Day(day)),
            DayRow::Place(place) => place,
        };
        let line = *self.shown.get(place)?;
        Some(HistoryRow::Entry {
            entry: &self.lines.get(line as usize)?.entry,
            is_fresh_copy: self.fresh_copies.contains(&line),
            number: self.shown.len() - 1 - place,
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
        let place = self.shown.binary_search(&line).ok()?;
        self.days.row_of(place)
    }

    /// The selected entry, if it is shown.
    pub fn selected(&self) -> Option<HistoryRow<'_>> {
        self.row(self.selected_row()?)
    }

    /// Selects the entry in a row. A step onto the heading of a day continues to the next entry in the same direction.
    pub(super) fn select(&mut self, row: Option<usize>) {
        let place = |row: usize| match self.days.row(row)? {
            DayRow::Heading(_) => None,
            DayRow::Place(place) => Some(place),
        };
        let found = row.and_then(|row| {
            let is_step_up = self.selected_row() == Some(row + 1);
            let above = row.checked_sub(1).filter(|_| is_step_up);
            place(row)
                .or_else(|| place(above?))
                .or_else(|| place(row + 1))
        });
        self.selected = found
            .and_then(|place| self.shown.get(place))
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
        self.bound();
        self.arrange(zone);
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

    /// Takes in the lines of the files.
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

    /// After a later read: takes in the added lines, except those that this console wrote itself.
    fn receive_more(&mut self, mut read: ReadLines, known: usize) {
        let added = read.lines.split_off(known.min(read.lines.len()));
        let near = self.lines.len().saturating_sub(added.len() + NEIGHBOURS);
        for line in added {
            if self.lines[near..].contains(&line) {
                continue;
            }
            let near_last = self.lines[near..].iter().rev();
            let later = near_last.take_while(|before| before.entry.at > line.entry.at);
            let place = self.lines.len() - later.count();
            self.lines.insert(place, line);
            let selected = self.selected.as_mut();
            if let Some(selected) = selected.filter(|selected| **selected >= place) {
                *selected += 1;
            }
        }
    }

    fn bound(&mut self) {
        if self.lines.len() <= MAX {
            return;
        }
        let going = self.lines.len() - (MAX - DROP_COUNT);
        self.lines.drain(..going);
        if let HistoryProgress::UnderWay { before } = &mut self.reading {
            *before = before.saturating_sub(going);
        }
        self.selected = self.selected.and_then(|line| line.checked_sub(going));
    }

    /// Filters the entries and groups them by day, after a change or in another time zone.
    pub(super) fn arrange(&mut self, zone: &TimeZone) {
        let matches = |line: &&HistoryLine| line.matches(self.group, &self.words);
        let mut shown: Vec<u32> = (0_u32..)
            .zip(&self.lines)
            .filter(|(_, line)| matches(line))
            .map(|(at, _)| at)
            .collect();
        self.matching = shown.len();
        let mut pairs: Vec<(u32, u32)> = fetched_for_copies(&self.lines).collect();
        self.fetched = pairs.len();
        pairs.retain(|(_, copy)| shown.binary_search(copy).is_ok());
        let fetched: HashSet<u32> = pairs.iter().map(|(fetched, _)| *fetched).collect();
        self.fresh_copies = pairs.into_iter().map(|(_, copy)| copy).collect();
        shown.retain(|line| !fetched.contains(line));
        let times = shown.iter().map(|line| self.lines[*line as usize].entry.at);
        self.days = HistoryDays::of(times, zone);
        self.shown = shown;
    }
}
