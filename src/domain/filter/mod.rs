//! The filter language of the list: free words and `key:value` terms. `!` negates either.

mod complete;
mod created;
mod found;
mod free_word;
mod glob;
mod keys;
mod parse;
mod query;
mod search_block;
mod search_index;
mod search_text;
mod suggest;
#[cfg(test)]
mod tests;
mod value_hint;

pub use complete::{Completion, Completions, completions};
pub use created::CreatedRange;
pub use found::{SearchedText, TextMatch};
pub use keys::KEYS;
pub use parse::{can_be_a_term, quoted, raw_tokens};
pub use query::{Candidate, Query, TermProblem};
pub use search_index::SearchIndex;
pub use search_text::{SearchText, SearchableBusiness};
