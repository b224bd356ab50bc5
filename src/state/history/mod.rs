//! What was done, as far as the page of the history shows it.

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

/// So many entries are kept in memory; a file holds fewer.
const MOST: usize = 50_000;

/// How many go at once when there are more, so that this is not done for each one.
const GOING: usize = 5_000;

/// Among so many lines more than there were in memory those are looked for at the end of the files.
const NEIGHBOURS: usize = 100;

/// The entries and what of them is shown.
#[derive(Debug, Default)]
pub struct History {
    lines: Vec<HistoryLine>,
    /// Places of the lines that pass the filter, ascending: the newest is the last. A token that was fetched to be copied
    /// is shown with its copy only.
    shown: Vec<u32>,
    /// The shown lines by day.
    days: HistoryDays,
    /// Places of the copies whose token was fetched for them.
    fresh_copies: HashSet<u32>,
    /// How many pass the filter, with the tokens that are shown with their copies.
    matching: usize,
    /// How many tokens were fetched for a copy, whether or not that is shown.
    fetched: usize,
    filter: String,
    words: Vec<String>,
    group: ActionGroup,
    selected: Option<usize>,
    reading: HistoryProgress,
    /// How many lines of the files make no sense.
    pub unreadable: usize,
    /// Why the files cannot be written or read; a sentence.
    pub problem: Option<String>,
}

/// A row of the page.
#[derive(Debug, Clone, Copy)]
pub enum HistoryRow<'a> {
    /// The heading of a day.
    Day(&'a HistoryDay),
    /// Something that was done.
    Entry {
        /// What.
        entry: &'a HistoryEntry,
        /// It is the copy of a token that was fetched for it.
        is_fresh_copy: bool,
        /// Which of the shown entries it is, the newest first, from 0.
        number: usize,
    },
}

/// How far the files are read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum HistoryProgress {
    /// Nobody has looked at the page yet.
    #[default]
    NotYet,
    /// They are being read; so many entries were in memory before that.
    UnderWay { before: usize },
    /// They are read, and had so many lines.
    Done { lines: usize },
    /// They are being read again; they had so many lines the last time.
    Again { lines: usize },
}

impl History {
    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// How many entries there are, a copy and the fetch for it as one.
    pub fn entry_count(&self) -> usize {
        self.lines.len() - self.fetched
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether the files are being read.
    pub fn is_reading(&self) -> bool {
        matches!(
            self.reading,
            HistoryProgress::UnderWay { .. } | HistoryProgress::Again { .. }
        )
    }

    /// How many entries are shown.
    pub fn shown_count(&self) -> usize {
        self.shown.len()
    }

    /// One of the shown entries, the newest first.
    pub fn shown(&self, number: usize) -> Option<&HistoryEntry> {
        let place = self.shown.len().checked_sub(number + 1)?;
        let line = *self.shown.get(place)?;
        self.lines.get(line as usize).map(|line| &line.entry)
    }

    /// How many entries pass the filter, shown by themselves or with another.
    pub fn matching_count(&self) -> usize {
        self.matching
    }

    /// How many rows the page has, with those that name the days.
    pub fn row_count(&self) -> usize {
        self.days.row_count()
    }

    /// What this row is, the newest on top.
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

    /// All that pass the filter, the newest first: every line, also of tokens that are shown with their copies.
    pub fn all_matching(&self) -> Vec<HistoryEntry> {
        let lines = self.lines.iter().rev();
        lines
            .filter(|line| line.matches(self.group, &self.words))
            .map(|line| line.entry.clone())
            .collect()
    }

    /// What was typed into the filter.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// What the history is narrowed down to.
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

    /// Selects the entry in a row. From the heading of a day a step goes on to the next entry, up or down.
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

    /// Takes note of what was just done.
    pub(super) fn push(&mut self, entry: HistoryEntry, zone: &TimeZone) {
        self.lines.push(HistoryLine::new(entry));
        self.bound();
        self.arrange(zone);
    }

    /// Whether the files have to be read, which then is under way.
    pub(super) fn begin_reading(&mut self) -> bool {
        self.reading = match self.reading {
            HistoryProgress::NotYet => HistoryProgress::UnderWay {
                before: self.lines.len(),
            },
            // The command line may have added to them.
            HistoryProgress::Done { lines } => HistoryProgress::Again { lines },
            HistoryProgress::UnderWay { .. } | HistoryProgress::Again { .. } => return false,
        };
        true
    }

    /// The files are read.
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

    /// What was in memory before the files were read is in them, unless it could not be written there.
    fn receive_all(&mut self, read: ReadLines, before: usize) {
        let mut recent = std::mem::take(&mut self.lines);
        let later = recent.split_off(before.min(recent.len()));
        // Another console that runs may have written in between.
        let tail = read.lines.len().saturating_sub(2 * before + NEIGHBOURS);
        recent.retain(|line| !read.lines[tail..].contains(line));
        self.lines = read.lines;
        self.lines.extend(recent);
        self.lines.extend(later);
        self.selected = None;
    }

    /// Lines are only added, by this console and by commands; of its own it knows.
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
        if self.lines.len() <= MOST {
            return;
        }
        let going = self.lines.len() - (MOST - GOING);
        self.lines.drain(..going);
        if let HistoryProgress::UnderWay { before } = &mut self.reading {
            *before = before.saturating_sub(going);
        }
        self.selected = self.selected.and_then(|line| line.checked_sub(going));
    }

    /// What is shown, and under which day, after a change or in another time zone.
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
