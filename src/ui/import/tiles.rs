//! The counts, each of which filters the table.

use egui::Ui;

use super::super::words;
use crate::state::import::messages::RowFilter;
use crate::state::import::open_file::{ImportStep, OpenFile};
use crate::state::import::run::ImportRun;
use crate::theme::Icon;
use crate::widgets::{Tile, Tone, tiles};

/// Draws the tiles. Returns the filter of the tile that was clicked.
pub(super) fn show(ui: &mut Ui, open: &OpenFile) -> Option<RowFilter> {
    let sums = match &open.step {
        ImportStep::Running(run) | ImportStep::Done(run) => of_run(open, run),
        ImportStep::Columns | ImportStep::DryRun | ImportStep::Confirming => of_dry_run(open),
    };
    let shown: Vec<Tile<'_>> = sums
        .iter()
        .map(|(filter, count)| {
            let (icon, label, tone) = look(*filter);
            Tile {
                icon,
                label,
                figure: words::count(*count as u64),
                // A count of zero is not a problem, so it is neutral.
                tone: if *count == 0 { Tone::Neutral } else { tone },
            }
        })
        .collect();
    let selected = sums.iter().position(|(filter, _)| *filter == open.filter);
    let clicked = tiles(ui, selected, &shown)?;
    sums.get(clicked).map(|(filter, _)| *filter)
}

fn of_dry_run(open: &OpenFile) -> Vec<(RowFilter, usize)> {
    let counts = open.counts();
    let earlier = open.earlier_tally();
    let sums = [
        (RowFilter::All, open.dry.counts.total()),
        (RowFilter::Create, open.to_send()),
        (RowFilter::Created, earlier.created),
        (RowFilter::Existed, earlier.existed),
        (RowFilter::Failed, earlier.rejected),
        (RowFilter::Exist, counts.exist),
        (RowFilter::Differ, counts.differ),
        (RowFilter::Invalid, counts.invalid),
        (RowFilter::Noted, counts.noted),
    ];
    let is_rare = |filter| {
        matches!(
            filter,
            RowFilter::Created | RowFilter::Existed | RowFilter::Failed | RowFilter::Noted
        )
    };
    let sums = sums.into_iter();
    sums.filter(|(filter, rows)| *rows > 0 || !is_rare(*filter))
        .collect()
}

fn of_run(open: &OpenFile, run: &ImportRun) -> Vec<(RowFilter, usize)> {
    let mut sums = vec![
        (RowFilter::All, open.dry.counts.total()),
        (RowFilter::Created, run.tally().created),
        (RowFilter::Existed, run.existed()),
        (RowFilter::Failed, open.failed_count()),
    ];
    let rare = [
        (RowFilter::Invalid, open.invalid_count()),
        (RowFilter::Unknown, open.unknown_count()),
        (RowFilter::Unsent, open.unsent_count()),
    ];
    sums.extend(rare.into_iter().filter(|(_, rows)| *rows > 0));
    sums
}

fn look(filter: RowFilter) -> (Option<Icon>, &'static str, Tone) {
    match filter {
        RowFilter::All | RowFilter::Shows(_) => (None, "All rows", Tone::Neutral),
        RowFilter::Create => (Some(Icon::Plus), "Create", Tone::Neutral),
        RowFilter::Exist => (Some(Icon::Check), "Already exist", Tone::Neutral),
        RowFilter::Differ => (Some(Icon::NotEqual), "Differ", Tone::Warning),
        RowFilter::Invalid => (Some(Icon::StopSign), "Invalid", Tone::Stop),
        RowFilter::Noted => (Some(Icon::Info), "With notes", Tone::Neutral),
        RowFilter::Created => (Some(Icon::CheckCircle), "Created", Tone::Verified),
        RowFilter::Existed => (Some(Icon::Check), "Already existed", Tone::Neutral),
        RowFilter::Failed => (Some(Icon::StopSign), "Failed", Tone::Stop),
        RowFilter::Unknown => (Some(Icon::Warning), "Unknown", Tone::Warning),
        RowFilter::Unsent => (Some(Icon::Clock), "Not sent", Tone::Warning),
    }
}
