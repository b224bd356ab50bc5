use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::business::Business;
use crate::domain::filter::{Candidate, Query};

const NOW: &str = "2027-02-13T13:49:10Z";

fn business(
    id: usize,
    country: &str,
    entity_type: &str,
    created: &str,
    is_active: impl Into<Option<bool>>,
) -> CompactBusiness {
    let text = |text: &str| (!text.is_empty()).then(|| text.into());
    CompactBusiness::from(&Business {
        country: text(country),
        entity_type: text(entity_type),
        created_at: created.parse().ok(),
        is_active: is_active.into(),
        ..Business::unknown(BusinessId(Uuid::from_u128(id as u128)))
    })
}

fn count(rows: &[CompactBusiness], archived: &[BusinessId]) -> Overview {
    let archived = archived.iter().copied().collect();
    Overview::of(rows, &archived, NOW.parse().unwrap(), &TimeZone::UTC)
}

fn bars(figure: &[OverviewBar]) -> Vec<(BarValue, usize)> {
    let bars = figure.iter().filter(|bar| bar.count > 0);
    bars.map(|bar| (bar.value.clone(), bar.count)).collect()
}

#[test]
fn values_are_ranked_and_the_rest_share_a_bar() {
    let mut rows: Vec<_> = (0..6)
        .map(|id| business(id, ["DE", "de", "NL"][id % 3], "", "", true))
        .collect();
    let others = ["AA", "BB", "CC", "DD", "EE", "FF", "GG"];
    rows.extend(
        (6..)
            .zip(others)
            .map(|(id, at)| business(id, at, "a,b", "", true)),
    );
    let counted = count(&rows, &[]);
    let country = |code: &str| BarValue::Country(code.to_owned());
    let found = bars(&counted.countries);
    assert_eq!(
        found[..3],
        [(country("DE"), 4), (country("NL"), 2), (country("AA"), 1)]
    );
    assert_eq!(found[8..], [(BarValue::Other(1), 1)]);
    assert_eq!(
        bars(&counted.entity_types),
        [(BarValue::Other(1), 13)],
        "what cannot be a term has no bar of its own"
    );
}

#[test]
fn months_begin_where_the_user_is() {
    let row = [business(1, "", "", "2027-01-31T23:30:00Z", true)];
    let now = NOW.parse().unwrap();
    let created = |zone| bars(&Overview::of(&row, &HashSet::new(), now, &zone).created);
    let month = |month| BarValue::Month(date(2027, month, 1));
    assert_eq!(created(TimeZone::UTC), [(month(1), 1)]);
    let tokyo = TimeZone::fixed(jiff::tz::offset(9));
    assert_eq!(created(tokyo), [(month(2), 1)]);
}

#[test]
fn a_year_of_months_and_what_was_before() {
    let dates = [
        "2026-02-28T23:59:59Z",
        "2026-03-01T00:00:00Z",
        "2027-03-01T00:00:00Z",
        "",
    ];
    let rows: Vec<_> = (0..)
        .zip(dates)
        .map(|(id, at)| business(id, "", "", at, true))
        .collect();
    let created = count(&rows, &[]).created;
    assert_eq!(created.len(), 13, "a month without any has a place too");
    let first = date(2026, 3, 1);
    let expected = [(BarValue::Before(first), 1), (BarValue::Month(first), 1)];
    assert_eq!(bars(&created), expected, "nothing is told of the future");
}

#[test]
fn archived_ones_are_told_once_there_are_any() {
    let rows = [
        business(1, "", "", "", true),
        business(2, "", "", "", false),
    ];
    assert_eq!(count(&rows, &[]).status.len(), 2);
    let status = count(&rows, &[rows[1].id]).status;
    let expected = [(BarValue::Active, 1), (BarValue::Archived, 1)];
    assert_eq!(bars(&status), expected, "each has one status");
}

proptest! {
    /// The filter of a bar shows exactly the businesses that it counts.
    #[test]
    fn each_bar_counts_what_its_filter_shows(
        rows in proptest::collection::vec(("[a-dA-D ]{0,1}[,\"xX]{0,1}", "[a-l]{0,1}", 0_i64..40_000_000, any::<Option<bool>>(), any::<bool>()), 0..60),
    ) {
        let now: Timestamp = NOW.parse().unwrap();
        let archived: HashSet<BusinessId> = (0_u128..)
            .zip(&rows)
            .filter(|(_, row)| row.4)
            .map(|(id, _)| BusinessId(Uuid::from_u128(id)))
            .collect();
        let rows: Vec<CompactBusiness> = rows
            .iter()
            .enumerate()
            .map(|(id, (entity_type, country, ago, is_active, _))| {
                let created = now - jiff::SignedDuration::from_secs(*ago);
                business(id, country, entity_type, &created.to_string(), *is_active)
            })
            .collect();
        let counted = Overview::of(&rows, &archived, now, &TimeZone::UTC);
        let figures = [&counted.created, &counted.countries, &counted.entity_types, &counted.status];
        for bar in figures.into_iter().flatten() {
            let query = Query::parse(&bar.filter, &TimeZone::UTC);
            prop_assert!(query.problems.is_empty(), "{}", bar.filter);
            let shown = rows.iter().filter(|row| {
                let candidate = Candidate { business: row, text: "" };
                query.matches(&candidate, |_| false, |id| archived.contains(&id))
            });
            prop_assert_eq!(shown.count(), bar.count, "{}", bar.filter);
        }
    }
}
