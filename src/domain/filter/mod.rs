//! The filter language of the list: free words and `key:value` terms. `!` negates either.

mod complete;
mod created;
mod found;
mod parse;
mod search_block;
mod search_index;
mod search_text;
mod suggest;
mod value_hint;

pub use complete::{Completion, Completions, completions};
pub use created::CreatedRange;
pub use found::{SearchedText, TextMatch};
pub use parse::{can_be_a_term, quoted, raw_tokens};
pub use search_index::SearchIndex;
pub use search_text::{SearchText, SearchableBusiness};

use std::sync::Arc;

use memchr::memmem::Finder;

use super::business::{BusinessId, BusinessIds, BusinessText, CompactBusiness};
use super::text::fold;

/// The keys of terms, as typed before the colon.
pub const KEYS: [&str; 7] = [
    "country", "type", "currency", "is", "token", "ext", "created",
];

/// A parsed filter. An empty one matches everything.
#[derive(Debug, Clone, Default)]
pub struct Query {
    clauses: Vec<Clause>,
    /// Terms that could not be applied, to be marked in the field.
    pub problems: Vec<TermProblem>,
    /// Terms with a value that looks like a name or a typo, to be explained if nothing matches.
    pub hints: Vec<TermProblem>,
    /// Businesses created by the last import.
    imported: Arc<BusinessIds>,
}

#[derive(Debug, Clone)]
struct Clause {
    negated: bool,
    applies: Applies,
    test: Predicate,
}

/// When a clause applies. Only [`Self::Always`] can be decided for a single row.
#[derive(Debug, Clone)]
enum Applies {
    Always,
    /// Only if any row passes. For a term with an unknown key, because an `external_id` may look like a term, and for
    /// the start of a key.
    IfFound,
    /// Unless the value, which is still being typed, is only the beginning of some rows' values.
    OnceTyped(BusinessText, String),
}

#[derive(Debug, Clone)]
enum Predicate {
    Word(Box<FreeWord>),
    Country(Vec<String>),
    EntityType(Vec<String>),
    Currency(Vec<String>),
    Active(bool),
    Archived,
    Imported,
    LiveToken,
    ExternalId(Vec<Glob>),
    Created(CreatedRange),
}

/// A free word. It matches any text of the row, a number without its punctuation, or the start of the id.
#[derive(Debug, Clone)]
struct FreeWord {
    folded: Finder<'static>,
    /// Without punctuation, if that is different.
    squashed: Option<Finder<'static>>,
    /// In lower case without hyphens, if it could be the start of an id.
    id_start: Option<String>,
}

/// A pattern in which `*` matches any run of characters.
#[derive(Debug, Clone)]
struct Glob {
    parts: Vec<String>,
}

/// A term that cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermProblem {
    /// As typed, including any `!`.
    pub term: String,
    /// A sentence that says what is wrong.
    pub message: String,
    /// How a list is filtered nevertheless, as a sentence; empty if the term counts for nothing.
    pub effect: &'static str,
    /// The whole term as probably intended.
    pub suggestion: Option<String>,
}

/// A row to match against a query.
pub struct Candidate<'a> {
    pub business: &'a CompactBusiness,
    /// Its text in the search index.
    pub text: &'a str,
}

impl Query {
    /// Whether it matches every business.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether all its terms are unknown, unusable or unfinished, so that it may have no effect.
    pub fn may_have_no_effect(&self) -> bool {
        self.clauses.iter().all(Clause::is_doubtful)
    }

    /// Whether it contains free words, which are searched in all texts.
    pub fn has_words(&self) -> bool {
        self.clauses
            .iter()
            .any(|clause| matches!(clause.test, Predicate::Word(_)))
    }

    /// Whether the result depends on which tokens are live.
    pub fn depends_on_tokens(&self) -> bool {
        self.clauses
            .iter()
            .any(|clause| matches!(clause.test, Predicate::LiveToken))
    }

    /// Whether the result depends on which businesses are archived.
    pub fn depends_on_archive(&self) -> bool {
        self.clauses
            .iter()
            .any(|clause| matches!(clause.test, Predicate::Archived | Predicate::Active(_)))
    }

    /// Whether a term names the archived businesses themselves.
    pub fn asks_for_archived(&self) -> bool {
        self.clauses
            .iter()
            .any(|clause| matches!(clause.test, Predicate::Archived))
    }

    /// Whether the result depends on which businesses the last import created.
    pub fn depends_on_import(&self) -> bool {
        self.clauses
            .iter()
            .any(|clause| matches!(clause.test, Predicate::Imported))
    }

    /// Sets the businesses created by the last import.
    pub fn set_imported(&mut self, ids: Arc<BusinessIds>) {
        self.imported = ids;
    }

    /// Whether a later row can change which other rows match.
    pub fn depends_on_all(&self) -> bool {
        self.clauses.iter().any(Clause::is_doubtful)
    }

    /// Whether the business passes every clause that can be evaluated for a single row.
    pub fn matches(
        &self,
        row: &Candidate<'_>,
        has_live_token: impl Fn(BusinessId) -> bool,
        is_archived: impl Fn(BusinessId) -> bool,
    ) -> bool {
        let mut certain = self.clauses.iter().filter(|clause| !clause.is_doubtful());
        certain.all(|clause| {
            clause.negated != self.passes(&clause.test, row, &has_live_token, &is_archived)
        })
    }
}

impl Query {
    /// Which rows pass every clause, by row number. `business` returns the row with a given number.
    pub fn passing<'a>(
        &self,
        index: &SearchIndex,
        business: impl Fn(usize) -> Option<&'a CompactBusiness>,
        has_live_token: impl Fn(BusinessId) -> bool,
        is_archived: impl Fn(BusinessId) -> bool,
    ) -> Vec<bool> {
        let mut passing = vec![true; index.len()];
        for Clause {
            negated,
            applies,
            test,
        } in &self.clauses
        {
            if let Predicate::Word(word) = test {
                let hits = word.rows(index, &business);
                if matches!(applies, Applies::IfFound) && !hits.contains(&true) {
                    continue;
                }
                for (row, hit) in passing.iter_mut().zip(hits) {
                    *row &= hit != *negated;
                }
                continue;
            }
            if let Applies::OnceTyped(text, start) = applies {
                let values = (0..index.len()).filter_map(|row| business(row)?.text(*text));
                if is_only_a_start(start, values) {
                    continue;
                }
            }
            for (row, passes) in passing
                .iter_mut()
                .enumerate()
                .filter(|(_, passes)| **passes)
            {
                *passes = business(row).is_some_and(|business| {
                    let candidate = Candidate {
                        business,
                        text: index.row(row),
                    };
                    *negated != self.passes(test, &candidate, &has_live_token, &is_archived)
                });
            }
        }
        passing
    }

    fn passes(
        &self,
        test: &Predicate,
        row: &Candidate<'_>,
        has_live_token: &impl Fn(BusinessId) -> bool,
        is_archived: &impl Fn(BusinessId) -> bool,
    ) -> bool {
        let Candidate { business, text } = row;
        let one_of = |wanted: &[String], text: BusinessText| {
            let value = business.text(text);
            value.is_some_and(|value| wanted.iter().any(|w| w.eq_ignore_ascii_case(value)))
        };
        match test {
            Predicate::Word(word) => word.is_in(text, business.id),
            Predicate::Country(wanted) => one_of(wanted, BusinessText::Country),
            Predicate::EntityType(wanted) => one_of(wanted, BusinessText::EntityType),
            Predicate::Currency(wanted) => one_of(wanted, BusinessText::BaseCurrency),
            // As in the column Status, an archived business is neither active nor inactive.
            Predicate::Active(wanted) => {
                business.is_active() == Some(*wanted) && !is_archived(business.id)
            }
            Predicate::Archived => is_archived(business.id),
            Predicate::Imported => self.imported.contains(&business.id),
            Predicate::LiveToken => has_live_token(business.id),
            Predicate::ExternalId(globs) => business
                .text(BusinessText::ExternalId)
                .is_some_and(|id| globs.iter().any(|glob| glob.matches(&fold(id)))),
            Predicate::Created(range) => business.created_at().is_some_and(|at| range.contains(at)),
        }
    }
}

impl Clause {
    fn is_doubtful(&self) -> bool {
        !matches!(self.applies, Applies::Always)
    }
}

/// Whether some of the values begin with the folded `start` and none is equal to it.
fn is_only_a_start<'a>(start: &str, mut values: impl Iterator<Item = &'a str>) -> bool {
    let mut begins = false;
    let is_one = values.any(|value| {
        let value = fold(value);
        begins |= value.starts_with(start);
        value == start
    });
    begins && !is_one
}

impl FreeWord {
    fn new(typed: &str) -> Self {
        let folded = fold(typed);
        let squashed = search_text::without_punctuation(&folded);
        let could_be_id =
            squashed.len() >= 4 && folded.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        Self {
            id_start: could_be_id.then(|| squashed.clone()),
            squashed: (squashed != folded && !squashed.is_empty())
                .then(|| Finder::new(&squashed).into_owned()),
            folded: Finder::new(&folded).into_owned(),
        }
    }

    fn rows<'a>(
        &self,
        index: &SearchIndex,
        business: impl Fn(usize) -> Option<&'a CompactBusiness>,
    ) -> Vec<bool> {
        let mut hits = vec![false; index.len()];
        index.mark(&self.folded, &mut hits);
        if let Some(squashed) = &self.squashed {
            index.mark(squashed, &mut hits);
        }
        if self.id_start.is_some() {
            for (row, hit) in hits.iter_mut().enumerate().filter(|(_, hit)| !**hit) {
                *hit = business(row).is_some_and(|business| self.begins(business.id));
            }
        }
        hits
    }

    fn begins(&self, id: BusinessId) -> bool {
        self.id_start.as_ref().is_some_and(|start| {
            let mut digits = [0; uuid::fmt::Simple::LENGTH];
            id.0.simple().encode_lower(&mut digits).starts_with(start)
        })
    }

    fn is_in(&self, text: &str, id: BusinessId) -> bool {
        let found = |finder: &Finder<'_>| finder.find(text.as_bytes()).is_some();
        found(&self.folded) || self.squashed.as_ref().is_some_and(found) || self.begins(id)
    }
}

impl Glob {
    fn new(pattern: &str) -> Self {
        Self {
            parts: fold(pattern).split('*').map(str::to_owned).collect(),
        }
    }

    fn matches(&self, text: &str) -> bool {
        let Some((first, rest)) = self.parts.split_first() else {
            return text.is_empty();
        };
        let Some(mut left) = text.strip_prefix(first.as_str()) else {
            return false;
        };
        let Some((last, middle)) = rest.split_last() else {
            return left.is_empty();
        };
        for part in middle {
            match left.find(part.as_str()) {
                Some(at) => left = &left[at + part.len()..],
                None => return false,
            }
        }
        left.ends_with(last.as_str())
    }
}

#[cfg(test)]
mod tests;
