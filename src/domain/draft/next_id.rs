//! Proposes the next `external_id`, following the pattern of the latest ones.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

/// How many of the latest ids are considered.
const MAX_IDS_READ: usize = 200;
/// How many ids must share a pattern before it is followed.
const MIN_SERIES_LEN: usize = 2;
/// How many used numbers are skipped before giving up.
const MAX_SKIPPED: u64 = 1000;

/// The ids of one pattern.
struct IdSeries {
    first_seen: usize,
    members: usize,
    highest: u64,
    width: usize,
}

/// The next id in sequence: `user-41219` leads to `user-41220`, `gb_0099` to `gb_0100`.
///
/// `used` are the ids in use and when their businesses were created, in any order, on which the result does not depend.
/// Returns `None` if they follow no pattern.
pub fn next_external_id<'a>(
    used: impl Iterator<Item = (Option<Timestamp>, &'a str)>,
) -> Option<String> {
    let mut used: Vec<_> = used.map(|(created, id)| (Reverse(created), id)).collect();
    let latest = used.len().min(MAX_IDS_READ);
    if latest < used.len() {
        used.select_nth_unstable(latest);
    }
    used[..latest].sort_unstable();
    let mut groups: HashMap<(&str, &str), IdSeries> = HashMap::new();
    for (seen, (_, id)) in used[..latest].iter().enumerate() {
        let Some((before, digits, after)) = split(id) else {
            continue;
        };
        let Ok(number) = digits.parse::<u64>() else {
            continue;
        };
        let group = groups.entry((before, after)).or_insert(IdSeries {
            first_seen: seen,
            members: 0,
            highest: number,
            width: 0,
        });
        group.members += 1;
        group.highest = group.highest.max(number);
        // A leading zero fixes the width. Otherwise the number simply grows.
        if digits.starts_with('0') {
            group.width = group.width.max(digits.len());
        }
    }
    let ((before, after), group) = groups
        .into_iter()
        .filter(|(_, group)| group.members >= MIN_SERIES_LEN)
        .max_by_key(|(_, group)| (group.members, Reverse(group.first_seen)))?;
    let used = used.iter().map(|(_, id)| *id);
    let used: HashSet<&str> = used.filter(|id| id.starts_with(before)).collect();
    (1..=MAX_SKIPPED)
        .filter_map(|step| group.highest.checked_add(step))
        .map(|number| format!("{before}{number:0width$}{after}", width = group.width))
        .find(|id| !used.contains(id.as_str()))
}

/// The parts before, of and after the last run of digits.
fn split(id: &str) -> Option<(&str, &str, &str)> {
    // Random ids contain digits too, but in no sequence.
    if uuid::Uuid::try_parse(id).is_ok() {
        return None;
    }
    let end = id.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = id[..end]
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .len();
    Some((&id[..start], &id[start..end], &id[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The proposal for these ids, of which the first is the newest.
    fn next(ids: &[&str]) -> Option<String> {
        let ages = (0..).map(|age| Timestamp::from_second(-age).ok());
        let dated: Vec<_> = ages.zip(ids.iter().copied()).collect();
        let proposed = next_external_id(dated.iter().copied());
        let reversed = next_external_id(dated.into_iter().rev());
        assert_eq!(proposed, reversed, "pages arrive in any order");
        proposed
    }

    #[test]
    fn the_commonest_pattern_goes_on() {
        assert_eq!(
            next(&["user-41219", "gb/1", "user-41207", "user-41218"]).as_deref(),
            Some("user-41220")
        );
        assert_eq!(next(&["gb_0099", "gb_0098"]).as_deref(), Some("gb_0100"));
        assert_eq!(next(&["a9-x", "a8-x"]).as_deref(), Some("a10-x"));
        assert_eq!(next(&["12", "11"]).as_deref(), Some("13"));
        // On a tie, the newer pattern wins.
        assert_eq!(next(&["b-1", "a-1", "a-2", "b-2"]).as_deref(), Some("b-3"));
    }

    #[test]
    fn without_a_pattern_nothing_is_proposed() {
        assert_eq!(next(&[]), None);
        assert_eq!(next(&["user-1"]), None);
        assert_eq!(next(&["alpha", "beta"]), None);
        assert_eq!(
            next(&["99999999999999999999", "99999999999999999998"]),
            None
        );
        assert_eq!(
            next(&[
                "3f2a0000-0000-4000-8000-000000000001",
                "3f2a0000-0000-4000-8000-000000000002"
            ]),
            None
        );
        let all = MAX_IDS_READ as u64 + MAX_SKIPPED;
        let all: Vec<_> = (1..=all).map(|number| format!("a-{number}")).collect();
        let all: Vec<_> = all.iter().map(String::as_str).collect();
        assert_eq!(next(&all), None);
    }

    #[test]
    fn numbers_in_use_are_passed_over() {
        let mut ids: Vec<_> = (1..=MAX_IDS_READ)
            .map(|number| format!("u-{number}"))
            .collect();
        ids.extend(["u-201".to_owned(), "u-202".to_owned()]);
        let ids: Vec<_> = ids.iter().map(String::as_str).collect();
        assert_eq!(next(&ids).as_deref(), Some("u-203"));
    }

    #[test]
    fn only_the_newest_ids_are_considered() {
        let old: Vec<_> = (1..=2 * MAX_IDS_READ).map(|n| format!("old-{n}")).collect();
        let new: Vec<_> = (1..=MAX_IDS_READ).map(|n| format!("new-{n}")).collect();
        let ids: Vec<_> = new.iter().chain(&old).map(String::as_str).collect();
        assert_eq!(next(&ids).as_deref(), Some("new-201"));
    }
}
