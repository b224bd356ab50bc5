//! Finds a business by id, by `external_id`, or by a filter with exactly one match.

use jiff::tz::TimeZone;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::cli_error::CliError;
use super::exit::CliExit;
use super::output;
use crate::domain::business::{BusinessId, BusinessIds, BusinessText, CompactBusiness};
use crate::domain::failure::Failure;
use crate::domain::filter::{Query, SearchIndex, SearchableBusiness};
use crate::domain::text::{ServerText, identifies, visible};
use crate::partner_api::{ListEnd, ListSummary, PartnerApi, collect};

/// How many businesses an error message lists.
const MAX_NAMED: usize = 5;

/// The list as the server returned it.
pub(super) struct LoadedList {
    rows: Vec<SearchableBusiness>,
    archived: BusinessIds,
    /// `None` if no businesses are missing from it.
    pub(super) gap: Option<ListGap>,
}

/// Why businesses may be missing from the list.
pub(super) struct ListGap {
    /// As a clause.
    pub(super) why: String,
    /// What to do about it.
    pub(super) next: &'static str,
}

/// The business that the arguments identify.
pub(super) struct ChosenBusiness {
    pub(super) id: BusinessId,
    /// `None` if the list was not read.
    pub(super) name: Option<ServerText>,
}

/// Parses an id in the form in which it is printed. Other spellings of a UUID may be somebody's `external_id`.
pub(super) fn as_id(typed: &str) -> Option<BusinessId> {
    let id = BusinessId(Uuid::parse_str(typed.trim()).ok()?);
    id.to_string()
        .eq_ignore_ascii_case(typed.trim())
        .then_some(id)
}

/// Parses a filter. In a script, an unknown term is an error.
pub(super) fn filter(typed: &str, zone: &TimeZone) -> Result<Query, CliError> {
    let query = Query::parse(typed, zone);
    if let Some(problem) = query.problems.first() {
        let help = match &problem.suggestion {
            Some(suggestion) => format!(" Did you mean {}?", visible(suggestion)),
            None => String::new(),
        };
        let message = format!(
            "The filter term “{}” can’t be used. {}{help}",
            visible(&problem.term),
            problem.message
        );
        return Err(CliError::new(CliExit::Usage, message));
    }
    if query.depends_on_tokens() {
        let message = "token:live only works in the window: the command line keeps no tokens.";
        return Err(CliError::new(CliExit::Usage, message));
    }
    if query.depends_on_import() {
        let message = "is:imported only works in the window: the command line does not know what an import created.";
        return Err(CliError::new(CliExit::Usage, message));
    }
    Ok(query)
}

/// Finds the business by its `external_id` or by a filter.
pub(super) async fn find(
    api: &PartnerApi,
    typed: &str,
    zone: &TimeZone,
) -> Result<ChosenBusiness, CliError> {
    // Parsed before anything is sent. An error counts only later, since an external_id may look like an invalid filter.
    let query = filter(typed, zone);
    let list = load(api, query.as_ref().ok(), zone).await?;
    let same = list.with_external_id(typed.trim());
    if !same.is_empty() {
        return only(&same, typed);
    }
    // An id is never used as a search word: a business could attract another's tokens by putting that id in its name.
    let found = match (as_id(typed), &query) {
        (None, Ok(query)) if !query.is_empty() => list.matching(query),
        (None, Err(_)) => return Err(query.err().unwrap_or_else(|| none(typed, &[]))),
        _ => Vec::new(),
    };
    if let Some(gap) = list.gap.as_ref().filter(|_| found.len() < 2) {
        let message = format!(
            "The server’s list is incomplete ({}), so the console can’t tell which businesses match “{}”. No token was fetched. \
             Use the business’s id.",
            gap.why,
            visible(typed)
        );
        return Err(CliError::new(CliExit::Server, message));
    }
    if query.is_ok_and(|query| query.has_words()) {
        return Err(none(typed, &found));
    }
    only(&found, typed)
}

/// Reads the list, and the archived businesses if the filter needs them.
pub(super) async fn load(
    api: &PartnerApi,
    query: Option<&Query>,
    zone: &TimeZone,
) -> Result<LoadedList, CliError> {
    let failed = |failure: Failure| CliError::of_failure(&failure, zone);
    let (pages, arrived) = mpsc::channel(8);
    let (summary, mut rows) = tokio::join!(api.load_businesses(pages), collect(arrived));
    let mut gap = gap_of(&summary.map_err(failed)?);
    let mut archived = BusinessIds::default();
    if let Some(query) = query.filter(|query| query.depends_on_archive()) {
        match api.load_archived().await {
            Ok(Some(more)) => {
                gap = gap.or_else(|| gap_of(&more.summary));
                archived.extend(more.rows.iter().map(|row| row.business.id));
                let known: BusinessIds = rows.iter().map(|row| row.business.id).collect();
                let is_new = |row: &SearchableBusiness| !known.contains(&row.business.id);
                rows.extend(more.rows.into_iter().filter(is_new));
            }
            Ok(None) if query.asks_for_archived() => {
                let message = "This server does not report which businesses are archived, so is:archived can’t be used.";
                return Err(CliError::new(CliExit::Server, message));
            }
            Err(failure) if query.asks_for_archived() => return Err(failed(failure)),
            Ok(None) | Err(_) => output::print_message(
                "The server does not report which businesses are archived. They count as active or inactive.",
            ),
        }
    }
    Ok(LoadedList {
        rows,
        archived,
        gap,
    })
}

/// Why businesses may be missing; `None` if all were read.
fn gap_of(summary: &ListSummary) -> Option<ListGap> {
    let next = match summary.end {
        ListEnd::Cap => {
            "The limit is the same each time. To fetch a token for a business that is missing, give its id."
        }
        ListEnd::Cycle | ListEnd::Abandoned | ListEnd::LastPage => "Run the command again later.",
    };
    reason(summary).map(|why| ListGap { why, next })
}

fn reason(summary: &ListSummary) -> Option<String> {
    let missing = summary.missing();
    // While the list shrinks, businesses move to pages that were read already, and deleted ones that were read make up for them in the count.
    Some(match summary.end {
        ListEnd::Cap => format!(
            "the console’s limit for lists was reached after {} businesses",
            summary.unique
        ),
        ListEnd::Cycle => "the server sent the same page again and again".to_owned(),
        ListEnd::Abandoned => "it was not read to its end".to_owned(),
        ListEnd::LastPage if summary.unreadable > 0 => {
            format!("{} of its rows have no readable id", summary.unreadable)
        }
        ListEnd::LastPage if summary.reread_failure.is_some() => {
            "it changed while it was read, and could not be read again".to_owned()
        }
        ListEnd::LastPage if missing > 0 => {
            format!("the server counts {missing} more than it sent")
        }
        ListEnd::LastPage if summary.moved => "it kept changing while it was read".to_owned(),
        ListEnd::LastPage => return None,
    })
}

impl LoadedList {
    fn with_external_id(&self, wanted: &str) -> Vec<&CompactBusiness> {
        let rows = self.rows.iter().filter(|_| identifies(wanted));
        let all = rows.map(|row| &row.business);
        all.filter(|business| business.text(BusinessText::ExternalId) == Some(wanted))
            .collect()
    }

    /// The businesses that pass the filter, in the server's order.
    pub(super) fn matching(&self, query: &Query) -> Vec<&CompactBusiness> {
        let mut index = SearchIndex::default();
        for row in &self.rows {
            index.push(&row.text);
        }
        let business = |row: usize| self.rows.get(row).map(|row| &row.business);
        let is_archived = |id| self.archived.contains(&id);
        let passing = query.passing(&index, business, |_| false, is_archived);
        let rows = self.rows.iter().zip(passing);
        rows.filter(|(_, passes)| *passes)
            .map(|(row, _)| &row.business)
            .collect()
    }
}

fn only(found: &[&CompactBusiness], typed: &str) -> Result<ChosenBusiness, CliError> {
    match found {
        [] => Err(none(typed, &[])),
        [only] => Ok(ChosenBusiness {
            id: only.id,
            name: only.title().map(ServerText::from),
        }),
        several => {
            let mut message = format!(
                "{} businesses match “{}”. No token was fetched. Use the id of one of them:",
                several.len(),
                visible(typed)
            );
            name_some(several, &mut message);
            Err(CliError::new(CliExit::SeveralBusinesses, message))
        }
    }
}

/// The error that no business matches. It lists businesses that contain the words. Words alone get no token, since they
/// may be part of the name or `external_id` of another business than the intended one.
fn none(typed: &str, with_words: &[&CompactBusiness]) -> CliError {
    let mut message = format!(
        "No business has the id or external_id “{}” or matches it as a filter. No token was fetched. ",
        visible(typed)
    );
    if with_words.is_empty() {
        message.push_str("Run “thred-console list” to see all.");
    } else {
        message.push_str("Use the id of the one that you mean:");
        name_some(with_words, &mut message);
    }
    CliError::new(CliExit::NoBusiness, message)
}

fn name_some(businesses: &[&CompactBusiness], message: &mut String) {
    for business in businesses.iter().take(MAX_NAMED) {
        message.push_str("\n  ");
        message.push_str(&line(business, "  "));
    }
    if businesses.len() > MAX_NAMED {
        message.push_str("\n  …");
    }
}

/// Id, `external_id` and name, with control characters made visible so that none passes for a separator.
pub(super) fn line(business: &CompactBusiness, separator: &str) -> String {
    let external_id = business.text(BusinessText::ExternalId).unwrap_or_default();
    let name = business.title().unwrap_or_default();
    format!(
        "{}{separator}{}{separator}{}",
        business.id,
        visible(external_id),
        visible(name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_of_the_console_is_not_to_be_waited_out() {
        let next = |end| {
            let summary = ListSummary {
                end,
                total: Some(20),
                unique: 10,
                listed: 10,
                repeated: 0,
                unreadable: 0,
                moved: false,
                pages: 1,
                rereads: 0,
                reread_failure: None,
            };
            gap_of(&summary).unwrap().next
        };
        assert!(next(ListEnd::Cap).starts_with("The limit is the same each time."));
        assert_eq!(next(ListEnd::LastPage), "Run the command again later.");
    }
}
