//! The list at 100,000 rows: a keystroke in the filter, sorting, a frame, memory.
//!
//! Each figure is measured in the same run as what it is compared with:
//! `cargo bench --bench list`.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up has no result"
)]

mod processor;
mod support;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, SamplingMode, criterion_group, criterion_main};
use memchr::memmem::Finder;
use support::{businesses, frame, load, signed_in, start};
use thred_console::domain::draft::BusinessLookup as _;
use thred_console::domain::filter::{SearchIndex, SearchText, SearchableBusiness};
use thred_console::state::command::Command;
use thred_console::state::list::ListColumn;
use thred_console::state::list::messages::ListCommand;
use thred_console::ui::Screens;

const ROWS: usize = 100_000;

fn keystroke(c: &mut Criterion) {
    let mut group = c.benchmark_group("keystroke over 100,000 rows");
    let mut state = signed_in(ROWS);
    let mut words = ["lin", "lind", "linde"].iter().cycle();
    group.bench_function("filter", |b| {
        b.iter(|| {
            let typed = (*words.next().unwrap()).to_owned();
            black_box(state.command(Command::List(ListCommand::SetFilter(typed)), start()));
        });
    });
    let mut index = SearchIndex::default();
    for business in businesses(ROWS) {
        index.push(&SearchText::of(&business));
    }
    let text: String = (0..index.len()).map(|row| index.row(row)).collect();
    group.bench_function("bare substring scan of the same text", |b| {
        let finder = Finder::new("lind");
        b.iter(|| black_box(finder.find_iter(text.as_bytes()).count()));
    });
    group.finish();
}

/// What the form looks up in each frame. Nothing is found, which takes longest.
fn look_up(c: &mut Criterion) {
    let mut group = c.benchmark_group("look-up among 100,000 rows");
    let state = signed_in(ROWS);
    let list = &state.workspace().unwrap().list;
    group.bench_function("external_id", |b| {
        b.iter(|| black_box(list.with_external_id("user-100000")));
    });
    group.bench_function("name", |b| {
        b.iter(|| black_box(list.with_folded_name("backerei lindenhof 100000")));
    });
    group.finish();
}

fn sorting(c: &mut Criterion) {
    let mut group = c.benchmark_group("sort of 100,000 rows");
    let mut state = signed_in(ROWS);
    for column in [
        ListColumn::Name,
        ListColumn::ExternalId,
        ListColumn::Country,
        ListColumn::Created,
    ] {
        group.bench_function(column.title(), |b| {
            b.iter(|| {
                black_box(state.command(Command::List(ListCommand::SortBy(column)), start()))
            });
        });
    }
    group.finish();
}

/// Pages of the whole list. In each round, `percent` of the businesses have a new name.
fn pages(round: usize, percent: usize) -> Vec<Vec<SearchableBusiness>> {
    let rows = businesses(ROWS).enumerate().map(|(at, mut business)| {
        if at.wrapping_mul(37) % 100 < percent {
            let name = format!("{round} {}", business.name.as_ref().unwrap().raw());
            business.name = Some(name.as_str().into());
        }
        SearchableBusiness::from(business)
    });
    let mut rows = rows.peekable();
    let mut pages = Vec::new();
    while rows.peek().is_some() {
        pages.push(rows.by_ref().take(100).collect());
    }
    pages
}

/// The work of the drawing thread for a reload, for several shares of changed rows, compared with a first load.
fn reload(c: &mut Criterion) {
    /// The most pages that the reference machine takes in within a frame's limit of 10 ms.
    const PAGES_A_FRAME: usize = 100;
    let mut group = c.benchmark_group("taking in 100,000 rows");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    let mut longest = Duration::ZERO;
    group.bench_function("first load", |b| {
        b.iter_batched(
            || (signed_in(0), pages(0, 0)),
            |(mut state, pages)| {
                longest = longest.max(load(&mut state, pages, PAGES_A_FRAME));
                state
            },
            BatchSize::PerIteration,
        );
    });
    println!("most processor time of a frame of a first load: {longest:?}");
    for percent in [0, 1, 50, 100] {
        let mut state = signed_in(ROWS);
        let (mut round, mut longest) = (0, Duration::ZERO);
        group.bench_function(format!("{percent} % changed"), |b| {
            b.iter_batched(
                || {
                    round += 1;
                    pages(round, percent)
                },
                |pages| longest = longest.max(load(&mut state, pages, PAGES_A_FRAME)),
                BatchSize::PerIteration,
            );
        });
        println!(
            "most processor time of a frame of a reload with {percent} % changed: {longest:?}"
        );
    }
    group.finish();
}

fn frames(c: &mut Criterion) {
    let mut group = c.benchmark_group("frame");
    for rows in [100, ROWS] {
        let state = signed_in(rows);
        let ctx = egui::Context::default();
        let theme = thred_console::domain::settings::ThemePreference::Dark;
        thred_console::theme::install(&ctx, theme);
        let mut screens = Screens::default();
        for _ in 0..5 {
            frame(&ctx, &mut screens, &state);
        }
        group.bench_function(format!("{rows} rows"), |b| {
            b.iter(|| black_box(frame(&ctx, &mut screens, &state)));
        });
    }
    group.finish();
}

/// Prints the memory per business beyond its own text.
fn memory(_: &mut Criterion) {
    let before = support::resident_bytes();
    let state = signed_in(ROWS);
    let after = support::resident_bytes();
    let text: usize = businesses(ROWS).map(|row| support::text_bytes(&row)).sum();
    let (Some(before), Some(after)) = (before, after) else {
        println!("memory: not measured on this system");
        return;
    };
    let beyond = (after - before) as f64 / ROWS as f64 - text as f64 / ROWS as f64;
    println!(
        "memory: {beyond:.0} bytes a business beyond its {} bytes of text",
        text / ROWS
    );
    drop(state);
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = memory, keystroke, look_up, sorting, reload, frames
}
criterion_main!(benches);
