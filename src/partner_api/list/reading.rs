//! One reading of the list from first to last page: decides which page to request next and interprets the responses. Pages are requested by number;
//! `next` is only used to tell whether another page follows.

use std::sync::Arc;

use crate::domain::business::BusinessIds;
use crate::domain::filter::SearchableBusiness;
use crate::partner_api::options::ListLimits;
use crate::partner_api::wire::NextLink;

use super::ready_page::ReadyPage;
use super::row_budget::RowBudget;
use super::summary::ListEnd;

/// After this many consecutive pages without a new business, the server is going in circles. A few are allowed if the total is known, because a bulk
/// import at the front of the list shifts whole pages.
const OLD_PAGES_FORGIVEN: u32 = 3;

/// Memory is reserved for at most this many ids, because a server may state any number.
const MAX_RESERVED: u64 = 200_000;

/// What the page with the highest number says about the next one.
#[derive(Debug, Default)]
struct LastPage {
    number: u32,
    next: NextLink,
    is_full: bool,
}

/// Rows per page if a server ignores `page_size` (API page "List businesses").
const DEFAULT_PAGE_SIZE: u64 = 20;

#[derive(Debug)]
pub(super) struct ListReading {
    limits: ListLimits,
    /// The next page to request, from 1.
    next_page: u32,
    /// Rows of page 1, from which the last page is computed: a server may ignore `page_size`.
    page_size: Option<u64>,
    frontier: LastPage,
    /// The first page known not to exist.
    beyond: Option<u32>,
    old_pages_in_a_row: u32,
    end: ListEnd,
    total_pages: Option<u64>,
    /// The total in the server's latest response.
    pub(super) total: Option<u64>,
    pub(super) seen: BusinessIds,
    /// Shared with the other readings of the list.
    pub(super) budget: Arc<RowBudget>,
    pub(super) repeated: u64,
    pub(super) unreadable: u64,
    /// Whether the total fell. A row may have been removed from an earlier page; the row that moved up to fill its position then appeared on neither
    /// page.
    pub(super) shrank: bool,
    pub(super) answered: u32,
}

impl ListReading {
    pub(super) fn new(limits: ListLimits, budget: Arc<RowBudget>) -> Self {
        Self {
            limits,
            next_page: 1,
            page_size: None,
            frontier: LastPage::default(),
            beyond: None,
            old_pages_in_a_row: 0,
            end: ListEnd::LastPage,
            total_pages: None,
            total: None,
            seen: BusinessIds::default(),
            budget,
            repeated: 0,
            unreadable: 0,
            shrank: false,
            answered: 0,
        }
    }

    pub(super) fn end(&self) -> ListEnd {
        self.end
    }

    /// The next page to request while `in_flight` requests are pending; `None` if there is nothing to request now.
    pub(super) fn next_page(&mut self, in_flight: usize) -> Option<u32> {
        let page = self.next_page;
        let is_first = page == 1;
        if self.end != ListEnd::LastPage
            || self.is_beyond(page)
            || (!is_first && self.answered == 0)
        {
            return None;
        }
        let is_planned = is_first || u64::from(page) <= self.planned_last_page();
        // Beyond the stated total, request page by page, and only if the last response suggests another page.
        let is_wanted = is_planned || (in_flight == 0 && self.has_next());
        if !is_wanted {
            return None;
        }
        if page > self.limits.page_cap || self.seen.len() >= self.limits.row_cap {
            self.end = ListEnd::Cap;
            return None;
        }
        self.next_page += 1;
        Some(page)
    }

    /// Whether `page` is known not to exist, so that its failure can be ignored.
    pub(super) fn is_beyond(&self, page: u32) -> bool {
        self.beyond.is_some_and(|beyond| page >= beyond)
    }

    /// Whether the only evidence for `page` is that the previous one was full. If the server rejects its number, the list ends where the stated total
    /// says.
    pub(super) fn is_beyond_total(&self, page: u32) -> bool {
        let planned = self.planned_last_page();
        planned > 0 && u64::from(page) > planned && self.frontier.next == NextLink::Missing
    }

    /// Takes the response for page `number`, where `None` means that the page does not exist. Returns the rows that this reading has not seen before.
    pub(super) fn take(
        &mut self,
        number: u32,
        answer: Option<ReadyPage>,
    ) -> Vec<SearchableBusiness> {
        self.answered += 1;
        let Some(ready) = answer else {
            self.ends_before(number);
            return Vec::new();
        };
        let ReadyPage {
            mut rows,
            left_out,
            page,
        } = ready;
        if page.total.is_some() {
            self.shrank |= page.total < self.total;
            self.total = page.total;
        }
        self.total_pages = page.total_pages.or(self.total_pages);
        let readable = (rows.len() + left_out) as u64;
        let listed = readable + page.unreadable;
        // A server may repeat its last page when asked for one beyond it.
        let knows_all = || left_out == 0 && rows.iter().all(|row| self.has_seen(row));
        if listed == 0 || (self.is_beyond_total(number) && knows_all()) {
            rows.iter().for_each(|row| self.budget.release(row));
            self.ends_before(number);
            return Vec::new();
        }
        if number == 1 {
            self.page_size = Some(listed);
            let expected = page.total.unwrap_or(0).min(MAX_RESERVED);
            self.seen.reserve(expected as usize);
        }
        if number > self.frontier.number {
            // A server may use smaller pages than requested: the first page shows the size of a full one.
            let full = if number == 1 {
                let stated = page.page_size.unwrap_or(DEFAULT_PAGE_SIZE);
                stated.min(self.limits.page_size.into())
            } else {
                self.page_size.unwrap_or(u64::MAX)
            };
            self.frontier = LastPage {
                number,
                next: page.next,
                is_full: listed >= full,
            };
        }
        self.unreadable += page.unreadable;
        rows.retain(|row| {
            let is_new = self.seen.insert(row.business.id);
            if !is_new {
                self.budget.release(row);
            }
            is_new
        });
        let new = (rows.len() + left_out) as u64;
        self.repeated += readable - new;
        if left_out > 0 {
            self.end = ListEnd::Cap;
        }
        self.detect_cycle(new);
        rows
    }

    fn has_seen(&self, row: &SearchableBusiness) -> bool {
        self.seen.contains(&row.business.id)
    }

    fn detect_cycle(&mut self, new: u64) {
        if new > 0 {
            self.old_pages_in_a_row = 0;
            return;
        }
        self.old_pages_in_a_row += 1;
        let forgiven = match self.total {
            Some(_) => OLD_PAGES_FORGIVEN,
            None => 1,
        };
        if self.old_pages_in_a_row >= forgiven && self.end == ListEnd::LastPage {
            self.end = ListEnd::Cycle;
        }
    }

    fn ends_before(&mut self, page: u32) {
        self.beyond = Some(self.beyond.map_or(page, |beyond| beyond.min(page)));
    }

    /// The number of the last page according to the server's totals; 0 if it states none.
    fn planned_last_page(&self) -> u64 {
        let by_total = match (self.total, self.page_size) {
            (Some(total), Some(size)) => total.div_ceil(size),
            _ => 0,
        };
        by_total.max(self.total_pages.unwrap_or(0))
    }

    fn has_next(&self) -> bool {
        match self.frontier.next {
            NextLink::More => true,
            NextLink::Last => false,
            // The stated total may be too low; a full last page is the sign of it.
            NextLink::Missing => self.frontier.is_full || self.planned_last_page() == 0,
        }
    }

    /// Whether reading again might find something else.
    pub(super) fn is_doubtful(&self) -> bool {
        let counted = self.seen.len() as u64 + self.unreadable;
        let agrees = self.total.is_none_or(|total| total == counted);
        self.end == ListEnd::Cycle
            || (self.end == ListEnd::LastPage && (self.shrank || self.repeated > 0 || !agrees))
    }

    /// Whether both readings found the same without a sign of change: then the server's count is wrong.
    pub(super) fn confirms(&self, earlier: &Self) -> bool {
        !self.shrank
            && self.total == earlier.total
            && self.repeated == earlier.repeated
            && self.seen == earlier.seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::business::{Business, BusinessId};
    use crate::partner_api::wire::BusinessPage;
    use uuid::Uuid;

    fn page(ids: std::ops::Range<u128>, total: Option<u64>, next: NextLink) -> Option<ReadyPage> {
        let budget = RowBudget::new(ListLimits::default());
        Some(ReadyPage::of(plain_page(ids, total, next), &budget))
    }

    fn plain_page(ids: std::ops::Range<u128>, total: Option<u64>, next: NextLink) -> BusinessPage {
        BusinessPage {
            rows: ids
                .map(|id| Business::unknown(BusinessId(Uuid::from_u128(id))))
                .collect(),
            total,
            next,
            ..BusinessPage::default()
        }
    }

    fn reading() -> ListReading {
        within(ListLimits {
            page_cap: 20,
            row_cap: 1_000,
            ..ListLimits::default()
        })
    }

    fn within(limits: ListLimits) -> ListReading {
        ListReading::new(limits, Arc::new(RowBudget::new(limits)))
    }

    #[test]
    fn the_first_page_says_how_many_follow() {
        let mut reading = reading();
        assert_eq!(reading.next_page(0), Some(1));
        assert_eq!(reading.next_page(1), None, "nothing is known yet");
        // The server ignores `page_size` and returns 20 rows.
        assert_eq!(
            reading
                .take(1, page(0..20, Some(50), NextLink::Missing))
                .len(),
            20
        );
        assert_eq!(reading.next_page(0), Some(2));
        assert_eq!(reading.next_page(1), Some(3));
        assert_eq!(reading.next_page(2), None);
        reading.take(3, page(40..50, Some(61), NextLink::Missing));
        assert_eq!(reading.next_page(1), Some(4), "the list has grown");
        reading.take(2, page(20..40, Some(61), NextLink::Missing));
        reading.take(4, page(50..61, Some(61), NextLink::Missing));
        assert_eq!(reading.next_page(0), None);
        assert!(!reading.is_doubtful());
    }

    #[test]
    fn a_total_that_is_too_low_does_not_hide_what_follows_a_full_page() {
        for next in [NextLink::Missing, NextLink::More] {
            let mut reading = reading();
            reading.limits.page_size = 20;
            reading.next_page(0);
            reading.take(1, page(0..20, Some(40), next));
            assert_eq!(reading.next_page(0), Some(2));
            assert!(!reading.is_beyond_total(2));
            reading.take(2, page(20..40, Some(40), next));
            assert_eq!(reading.next_page(0), Some(3), "{next:?}");
            assert_eq!(reading.is_beyond_total(3), next == NextLink::Missing);
            assert_eq!(reading.next_page(1), None, "one by one");
            reading.take(3, page(40..60, Some(40), next));
            assert_eq!(reading.next_page(0), Some(4));
            reading.take(4, page(60..66, Some(40), NextLink::Missing));
            assert_eq!(reading.next_page(0), None);
            assert_eq!(reading.seen.len(), 66);
            assert!(reading.is_doubtful(), "the total was wrong");
        }
    }

    #[test]
    fn a_first_page_of_the_size_that_the_server_states_or_has_by_default_is_full() {
        for (rows, stated, next) in [
            (20, Some(20), Some(2)),
            (20, Some(50), None),
            (20, None, Some(2)),
            (19, None, None),
        ] {
            let mut reading = reading();
            reading.next_page(0);
            let total = Some(rows as u64);
            let mut first = page(0..rows, total, NextLink::Missing).unwrap();
            first.page.page_size = stated;
            reading.take(1, Some(first));
            assert_eq!(reading.next_page(0), next, "{rows} of {stated:?}");
        }
    }

    #[test]
    fn a_last_page_that_is_given_again_for_the_next_is_the_end() {
        let mut reading = reading();
        reading.limits.page_size = 20;
        reading.next_page(0);
        reading.take(1, page(0..20, Some(20), NextLink::Missing));
        assert_eq!(reading.next_page(0), Some(2));
        assert!(
            reading
                .take(2, page(0..20, Some(20), NextLink::Missing))
                .is_empty()
        );
        assert_eq!(
            (reading.next_page(0), reading.end()),
            (None, ListEnd::LastPage)
        );
        assert!(!reading.is_doubtful());
    }

    #[test]
    fn a_last_page_that_is_said_to_be_the_last_is_believed_and_so_is_a_short_one() {
        let mut said = reading();
        said.limits.page_size = 20;
        said.next_page(0);
        said.take(1, page(0..20, Some(20), NextLink::Last));
        assert_eq!(said.next_page(0), None);
        let mut short = reading();
        short.next_page(0);
        short.take(1, page(0..6, Some(6), NextLink::Missing));
        assert_eq!(short.next_page(0), None);
    }

    #[test]
    fn without_a_total_next_leads_on_one_by_one() {
        let mut reading = reading();
        assert_eq!(reading.next_page(0), Some(1));
        reading.take(1, page(0..20, None, NextLink::More));
        assert_eq!(reading.next_page(0), Some(2));
        assert_eq!(reading.next_page(1), None);
        reading.take(2, page(20..40, None, NextLink::Last));
        assert_eq!(reading.next_page(0), None);
        assert!(!reading.is_doubtful());
    }

    #[test]
    fn without_any_word_it_goes_on_until_nothing_comes() {
        for end in [None, page(0..0, None, NextLink::Missing)] {
            let mut reading = reading();
            reading.next_page(0);
            reading.take(1, page(0..20, None, NextLink::Missing));
            assert_eq!(reading.next_page(0), Some(2));
            reading.take(2, end);
            assert_eq!(reading.next_page(0), None);
            assert!(!reading.is_doubtful());
        }
    }

    #[test]
    fn a_count_of_the_page_does_not_hide_the_next_one() {
        let mut reading = reading();
        reading.next_page(0);
        reading.take(1, page(0..20, Some(20), NextLink::More));
        assert_eq!(reading.next_page(0), Some(2));
        reading.take(2, page(20..25, Some(5), NextLink::Last));
        assert_eq!(reading.next_page(0), None);
        assert_eq!(reading.seen.len(), 25);
    }

    #[test]
    fn a_server_that_goes_in_circles_is_noticed() {
        let mut reading = reading();
        reading.next_page(0);
        reading.take(1, page(0..20, Some(10_000), NextLink::More));
        for number in 2..=4 {
            assert_eq!(reading.next_page(0), Some(number));
            assert!(
                reading
                    .take(number, page(0..20, Some(10_000), NextLink::More))
                    .is_empty()
            );
        }
        assert_eq!(reading.next_page(0), None);
        assert_eq!(reading.end(), ListEnd::Cycle);
    }

    #[test]
    fn pages_and_rows_have_a_cap() {
        let mut endless = reading();
        let mut from = 0;
        while let Some(number) = endless.next_page(0) {
            endless.take(number, page(from..from + 2, Some(u64::MAX), NextLink::More));
            from += 2;
        }
        assert_eq!((endless.end(), endless.answered), (ListEnd::Cap, 20));

        let mut huge = reading();
        huge.next_page(0);
        let page = plain_page(0..1_500, Some(1_500), NextLink::Last);
        let page = ReadyPage::of(page, &huge.budget);
        assert_eq!(huge.take(1, Some(page)).len(), 1_000);
        assert_eq!((huge.end(), huge.seen.len()), (ListEnd::Cap, 1_000));
    }

    /// A page of rows whose names have `name` bytes, and the memory that the first row takes.
    fn wordy_page(ids: std::ops::Range<u128>, name: usize) -> (BusinessPage, usize) {
        let mut page = plain_page(ids, Some(40), NextLink::More);
        for row in &mut page.rows {
            row.name = Some("x".repeat(name).as_str().into());
        }
        let row = SearchableBusiness::from(page.rows[0].clone());
        let bytes = row.memory_bytes();
        (page, bytes)
    }

    fn pass_with(byte_cap: usize) -> ListReading {
        within(ListLimits {
            byte_cap,
            ..ListLimits::default()
        })
    }

    #[test]
    fn what_rows_take_in_memory_has_a_cap_however_few_or_short_they_are() {
        for (name, fitting) in [(300, 1), (1, 2)] {
            let (page, bytes) = wordy_page(0..20, name);
            let mut reading = pass_with(fitting * bytes + bytes / 2);
            reading.next_page(0);
            let ready = ReadyPage::of(page, &reading.budget);
            assert_eq!((ready.rows.len(), ready.left_out), (fitting, 20 - fitting));
            assert_eq!(reading.take(1, Some(ready)).len(), fitting);
            assert_eq!((reading.end(), reading.seen.len()), (ListEnd::Cap, fitting));
            assert_eq!(reading.next_page(0), None);
        }
    }

    #[test]
    fn rows_that_come_again_cost_nothing_of_the_budget() {
        let (_, bytes) = wordy_page(0..1, 300);
        // Enough for the rows that stay and for one more page.
        let mut reading = pass_with(2 * bytes);
        for number in 1..=3 {
            let (again, _) = wordy_page(0..1, 300);
            let again = ReadyPage::of(again, &reading.budget);
            assert_eq!(again.left_out, 0, "{number}");
            reading.take(number, Some(again));
        }
        assert_eq!(reading.repeated, 2);
    }
}
