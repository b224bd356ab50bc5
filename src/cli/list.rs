//! `list`: prints the businesses for people, spreadsheets and programs.

use super::arguments::ListArguments;
use super::business::{filter, line, load};
use super::choose_profile::{choose, saved};
use super::cli_error::CliError;
use super::exit::CliExit;
use super::services::CliServices;
use super::{output, sign_in};
use crate::domain::export::{ExportColumn, to_csv, to_json};
use crate::domain::filter::{Query, TermProblem, quoted};

/// Spreadsheets need it at the start of a file, but programs that read a pipe take it for part of the first column's name.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

pub(super) async fn run(arguments: ListArguments, services: &CliServices) -> Result<(), CliError> {
    let typed = arguments.filter.as_deref().unwrap_or_default();
    let query = filter(typed, &services.zone)?;
    let saved = saved(services)?;
    let profile = choose(arguments.profile.profile.as_deref(), &saved, services)?;
    let api = sign_in::client(&profile, &saved, sign_in::options(&saved).await, services).await?;
    let list = load(&api, Some(&query), &services.zone).await?;
    let found = list.matching(&query);
    let businesses = found.iter().map(|business| business.to_business());
    let bytes = if arguments.json {
        to_json(businesses, &ExportColumn::ALL)
    } else if arguments.csv {
        let mut csv = to_csv(businesses, &ExportColumn::ALL);
        if csv.starts_with(BYTE_ORDER_MARK) {
            csv.drain(..BYTE_ORDER_MARK.len());
        }
        csv
    } else {
        let lines = found.iter().map(|business| line(business, "\t") + "\n");
        lines.collect::<String>().into_bytes()
    };
    output::print(&bytes)?;
    // Of several terms, only one that matches nothing by itself is the cause.
    let is_in_vain = |hint: &&TermProblem| {
        let alone = Query::parse(&quoted(&hint.term), &services.zone);
        list.matching(&alone).is_empty()
    };
    if found.is_empty()
        && let Some(hint) = query.hints.iter().find(is_in_vain)
    {
        let then = match &hint.suggestion {
            Some(suggestion) => format!(" Did you mean {suggestion}?"),
            None => String::new(),
        };
        output::print_message(&format!(
            "No business matches {}. {}{then}",
            hint.term, hint.message
        ));
    }
    match &list.gap {
        Some(gap) => {
            let message = format!(
                "The list is incomplete: {}. The businesses that arrived were printed. {}",
                gap.why, gap.next
            );
            Err(CliError::new(CliExit::Server, message))
        }
        None => Ok(()),
    }
}
