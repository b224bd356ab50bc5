//! Proposes the next `external_id`, following the pattern of the latest ones.

use std::collections::{HashMap, HashSet};

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
/// `used` are the ids in use, newest first. Returns `None` if they follow no pattern.
pub fn next_external_id<'a>(used: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    let mut groups: HashMap<(&str, &str), IdSeries> = HashMap::new();
    for (seen, id) in used.clone().take(MAX_IDS_READ).enumerate() {
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
        .max_by_key(|(_, group)| (group.members, std::cmp::Reverse(group.first_seen)))?;
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

    fn next(ids: &[&str]) -> Option<String> {
        next_external_id(ids.iter().copied())
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
        assert_eq!(next_external_id(all.iter().map(String::as_str)), None);
    }

    #[test]
    fn numbers_in_use_are_passed_over() {
        let mut ids: Vec<_> = (1..=MAX_IDS_READ)
            .map(|number| format!("u-{number}"))
            .collect();
        ids.extend(["u-201".to_owned(), "u-202".to_owned()]);
        let next = next_external_id(ids.iter().map(String::as_str));
        assert_eq!(next.as_deref(), Some("u-203"));
    }
}
