//! What decides the order of the rows.

use std::collections::HashSet;

use crate::domain::business::BusinessId;
use crate::domain::filter::Query;
use crate::domain::time::BootInstant;
use crate::state::list::columns::SortKey;
use crate::state::list::layout::Sort;

/// When the token of a business expires; `None` if it has no live token.
pub type TokenEnd<'a> = &'a dyn Fn(BusinessId) -> Option<BootInstant>;

pub(in crate::state::list) struct OrderRule<'a> {
    pub query: &'a Query,
    /// The value that rows are compared by first.
    pub(super) sort_key: SortKey,
    /// Largest or latest first.
    pub(super) is_descending: bool,
    /// For the filter, and for sorting by the expiry of tokens.
    pub token_end: TokenEnd<'a>,
    /// For the filter.
    pub(super) archived: &'a HashSet<BusinessId>,
}

impl<'a> OrderRule<'a> {
    /// The rule for this filter and this sort.
    pub(in crate::state::list) fn new(
        query: &'a Query,
        sort: Sort,
        token_end: TokenEnd<'a>,
        archived: &'a HashSet<BusinessId>,
    ) -> Self {
        Self {
            query,
            sort_key: sort.column.spec().sort_key,
            is_descending: sort.is_descending,
            token_end,
            archived,
        }
    }
}
