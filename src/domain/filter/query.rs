//! A parsed filter, and which rows it matches.

use std::sync::Arc;

use super::created::CreatedRange;
use super::free_word::FreeWord;
use super::glob::Glob;
use super::search_index::SearchIndex;
use crate::domain::business::{BusinessId, BusinessIds, BusinessText, CompactBusiness};
use crate::domain::text::fold;

/// A parsed filter. An empty one matches everything.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub(super) clauses: Vec<Clause>,
    /// Terms that could not be applied, to be marked in the field.
    pub problems: Vec<TermProblem>,
    /// Terms with a value that looks like a name or a typo, to be explained if nothing matches.
    pub hints: Vec<TermProblem>,
    /// Businesses created by the last import.
    pub(super) imported: Arc<BusinessIds>,
}

#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub(super) negated: bool,
    pub(super) applies: Applies,
    pub(super) test: Predicate,
}

/// When a clause applies. Only [`Self::Always`] can be decided for a single row.
#[derive(Debug, Clone)]
pub(super) enum Applies {
    Always,
    /// Only if any row passes. For a term with an unknown key, because an `external_id` may look like a term, and for
    /// the start of a key.
    IfFound,
    /// Unless the value, which is still being typed, is only the beginning of some rows' values.
    OnceTyped(BusinessText, String),
}

#[derive(Debug, Clone)]
pub(super) enum Predicate {
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
