//! A dry run of 10,000 rows: reading the file and checking every row, compared with reading the file with the csv crate
//! alone.
//!
//! Each figure is measured in the same run as what it is compared with:
//! `cargo bench --bench import`.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up has no result"
)]

mod processor;

#[expect(dead_code, reason = "shared with other benchmarks")]
mod support;

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use support::signed_in;
use thred_console::domain::business::CompactBusiness;
use thred_console::domain::draft::LearnedTypes;
use thred_console::domain::import::{
    DecodedFile, Delimiter, DryRun, DryRunPlan, Mapping, Repairs, Sheet,
};

const ROWS: usize = 10_000;
/// A typical file. Every second row has an `external_id` that is in the loaded list too.
fn file() -> Vec<u8> {
    let mut text = String::from(
        "external_id,legal_name,email,country,entity_type,base_currency,vat_number,province\n",
    );
    for row in 0..ROWS {
        let id = if row % 2 == 0 {
            format!("user-{row}")
        } else {
            format!("new-{row}")
        };
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "{id},\"Bäckerei, Lindenhof {row} GmbH\",b{row}@lindenhof.example,DE,gmbh,EUR,DE{row:09},Bayern"
        );
    }
    text.into_bytes()
}

fn read(bytes: &[u8]) -> Sheet {
    let source = DecodedFile::open(bytes).unwrap();
    let delimiter = Delimiter::detect(&source.text);
    Sheet::read(source.text, delimiter).unwrap()
}

fn look(sheet: &Arc<Sheet>, mapping: &Mapping, known: &[CompactBusiness]) -> DryRun {
    let plan = DryRunPlan {
        sheet: Arc::clone(sheet),
        mapping: mapping.clone(),
        repairs: Repairs::default(),
        learned_types: LearnedTypes::default(),
        known: known.to_vec(),
    };
    plan.run(|_| true).unwrap()
}

fn dry_run(c: &mut Criterion) {
    let bytes = file();
    let sheet = Arc::new(read(&bytes));
    let mapping = Mapping::propose(&sheet.header, &sheet.columns);
    let state = signed_in(ROWS);
    let loaded = state.workspace().unwrap().list.businesses().rows();
    assert_eq!(loaded.len(), ROWS);
    assert_eq!(look(&sheet, &mapping, loaded).verdicts.len(), ROWS);

    let mut group = c.benchmark_group("dry run of 10,000 rows");
    group.bench_function("reading the file with the csv crate alone", |b| {
        b.iter(|| {
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let mut record = csv::StringRecord::new();
            let mut cells = 0;
            while reader.read_record(&mut record).unwrap() {
                cells += record.len();
            }
            black_box(cells)
        });
    });
    group.bench_function("reading the file", |b| {
        b.iter(|| black_box(read(&bytes)));
    });
    group.bench_function("looking at every row, nothing loaded", |b| {
        b.iter(|| black_box(look(&sheet, &mapping, &[])));
    });
    group.bench_function("looking at every row, 10,000 loaded", |b| {
        b.iter(|| black_box(look(&sheet, &mapping, loaded)));
    });
    group.bench_function("all of it, 10,000 loaded", |b| {
        b.iter(|| {
            let sheet = Arc::new(read(&bytes));
            let mapping = Mapping::propose(&sheet.header, &sheet.columns);
            black_box(look(&sheet, &mapping, loaded))
        });
    });
    group.finish();
}

criterion_group!(benches, dry_run);
criterion_main!(benches);
