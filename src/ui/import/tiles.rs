//! The counts, each of which filters the table.

use egui::Ui;

use super::super::words;
use crate::state::import::messages::RowFilter;
use crate::state::import::open_file::{ImportStep, OpenFile};
use crate::state::import::run::ImportRun;
use crate::theme::Icon;
use crate::widgets::{Tile, Tone, tiles};

type RowCount = (RowFilter, Option<Icon>, &'static str, usize, Tone);

/// Draws the tiles. Returns the filter of the tile that was clicked.
pub(super) fn show(ui: &mut Ui, open: &OpenFile) -> Option<RowFilter> {
    let sums = match &open.step {
        ImportStep::Running(run) | ImportStep::Done(run) => of_run(open, run),
        ImportStep::Columns | ImportStep::DryRun | ImportStep::Confirming => of_dry_run(open),
    };
    let figures: Vec<String> = sums
        .iter()
        .map(|(_, _, _, count, _)| words::count(*count as u64))
        .collect();
    let shown: Vec<Tile<'_>> = sums
        .iter()
        .zip(&figures)
        .map(|((_, icon, label, count, tone), figure)| Tile {
            icon: *icon,
            label,
            figure,
            // A count of zero is no problem, so it is neutral.
            tone: if *count == 0 { Tone::Neutral } else { *tone },
        })
        .collect();
    let selected = sums.iter().position(|sum| sum.0 == open.filter);
    let clicked = tiles(ui, selected, &shown)?;
    sums.get(clicked).map(|sum| sum.0)
}

fn of_dry_run(open: &OpenFile) -> Vec<RowCount> {
    let counts = open.counts();
    let mut sums = vec![
        (
            RowFilter::All,
            None,
            "All rows",
            counts.total(),
            Tone::Neutral,
        ),
        (
            RowFilter::Create,
            Some(Icon::Plus),
            "Create",
            counts.create,
            Tone::Neutral,
        ),
        (
            RowFilter::Exist,
            Some(Icon::Check),
            "Already exist",
            counts.exist,
            Tone::Neutral,
        ),
        (
            RowFilter::Differ,
            Some(Icon::NotEqual),
            "Differ",
            counts.differ,
            Tone::Warning,
        ),
        (
            RowFilter::Invalid,
            Some(Icon::StopSign),
            "Invalid",
            counts.invalid,
            Tone::Stop,
        ),
    ];
    if counts.noted > 0 {
        let noted = (
            RowFilter::Noted,
            Some(Icon::Info),
            "With notes",
            counts.noted,
            Tone::Neutral,
        );
        sums.push(noted);
    }
    sums
}

fn of_run(open: &OpenFile, run: &ImportRun) -> Vec<RowCount> {
    let tally = run.tally();
    let counts = open.counts();
    vec![
        (
            RowFilter::All,
            None,
            "All rows",
            counts.total(),
            Tone::Neutral,
        ),
        (
            RowFilter::Created,
            Some(Icon::CheckCircle),
            "Created",
            tally.created,
            Tone::Verified,
        ),
        (
            RowFilter::Existed,
            Some(Icon::Check),
            "Already existed",
            run.existed(),
            Tone::Neutral,
        ),
        (
            RowFilter::Failed,
            Some(Icon::StopSign),
            "Failed",
            open.failed_count(),
            Tone::Stop,
        ),
    ]
}
