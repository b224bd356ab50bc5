//! Reads a simulated list that changes between responses.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::*;
use crate::domain::business::{Business, BusinessId};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::partner_api::options::ListLimits;
use crate::partner_api::wire::{BusinessPage, NextLink};

/// A change of the list before a response.
#[derive(Debug, Clone, Copy)]
enum ListChange {
    Insert(prop::sample::Index),
    Append,
    Prepend,
    Remove(prop::sample::Index),
}

/// How a server behaves.
#[derive(Debug, Clone, Copy)]
struct ServerHabits {
    page_size: usize,
    says_total: bool,
    says_next: bool,
    ends_with_404: bool,
}

struct SimulatedServer {
    habits: ServerHabits,
    list: Vec<u128>,
    next_id: u128,
    changes: Vec<Option<ListChange>>,
    requests: u32,
    /// Whether the list no longer changed when page 1 was last requested.
    is_at_rest: bool,
}

impl SimulatedServer {
    fn change(&mut self) {
        let Some(Some(change)) = self.changes.pop() else {
            return;
        };
        let at = |index: prop::sample::Index, len: usize| index.index(len.max(1));
        match change {
            ListChange::Remove(index) => {
                if !self.list.is_empty() {
                    let at = at(index, self.list.len());
                    self.list.remove(at);
                }
                return;
            }
            ListChange::Insert(index) => {
                let at = at(index, self.list.len() + 1);
                self.list.insert(at, self.next_id);
            }
            ListChange::Append => self.list.push(self.next_id),
            ListChange::Prepend => self.list.insert(0, self.next_id),
        }
        self.next_id += 1;
    }

    fn answer(&mut self, number: u32, budget: &RowBudget) -> Option<ReadyPage> {
        self.requests += 1;
        if number == 1 {
            self.is_at_rest = self.changes.iter().all(Option::is_none);
        }
        self.change();
        let from = (number as usize - 1) * self.habits.page_size;
        let to = (from + self.habits.page_size).min(self.list.len());
        if from >= self.list.len() && self.habits.ends_with_404 && number > 1 {
            return None;
        }
        let ids = self.list.get(from..to).unwrap_or_default();
        let page = BusinessPage {
            rows: ids
                .iter()
                .map(|id| Business::unknown(BusinessId(Uuid::from_u128(*id))))
                .collect(),
            total: self.habits.says_total.then_some(self.list.len() as u64),
            next: match (self.habits.says_next, to < self.list.len()) {
                (false, _) => NextLink::Missing,
                (true, true) => NextLink::More,
                (true, false) => NextLink::Last,
            },
            ..BusinessPage::default()
        };
        Some(ReadyPage::of(page, budget))
    }
}

/// The result of a simulated reading.
struct SimulationOutcome {
    summary: ListSummary,
    /// The businesses held in the end.
    held: BTreeSet<u128>,
    server: SimulatedServer,
}

impl SimulationOutcome {
    fn list(&self) -> BTreeSet<u128> {
        self.server.list.iter().copied().collect()
    }
}

fn run(
    habits: ServerHabits,
    len: usize,
    changes: Vec<Option<ListChange>>,
    delays: &[u8],
) -> SimulationOutcome {
    let server = RefCell::new(SimulatedServer {
        habits,
        list: (0..len as u128).collect(),
        next_id: len as u128,
        changes,
        requests: 0,
        is_at_rest: true,
    });
    let fetch = |number: u32, budget: Arc<RowBudget>| {
        let server = &server;
        // Responses arrive late and in any order.
        let turns = delays
            .get(number as usize % delays.len().max(1))
            .copied()
            .unwrap_or(0);
        async move {
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
            Ok(server.borrow_mut().answer(number, &budget))
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let (sender, mut receiver) = mpsc::channel(2);
    let (summary, held) = runtime.block_on(async {
        let receive = async {
            let mut held = BTreeSet::new();
            while let Some(news) = receiver.recv().await {
                match news {
                    ListProgress::Page { rows, .. } => {
                        for row in rows {
                            assert!(
                                held.insert(row.business.id.0.as_u128()),
                                "a row was sent twice"
                            );
                        }
                    }
                    ListProgress::Gone { ids } => {
                        for id in ids {
                            assert!(held.remove(&id.0.as_u128()), "a row unknown was withdrawn");
                        }
                    }
                }
            }
            held
        };
        let limits = ListLimits {
            in_flight: 4,
            ..ListLimits::default()
        };
        tokio::join!(
            async { load(fetch, limits, sender).await.unwrap() },
            receive
        )
    });
    assert_eq!(summary.unique, held.len() as u64);
    SimulationOutcome {
        summary,
        held,
        server: server.into_inner(),
    }
}

fn habits() -> impl Strategy<Value = ServerHabits> {
    (1_usize..8, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(page_size, says_total, says_next, ends_with_404)| ServerHabits {
            page_size,
            says_total,
            says_next,
            ends_with_404,
        },
    )
}

fn change() -> impl Strategy<Value = Option<ListChange>> {
    prop_oneof![
        4 => Just(None),
        1 => any::<prop::sample::Index>().prop_map(|at| Some(ListChange::Insert(at))),
        1 => Just(Some(ListChange::Append)),
        1 => Just(Some(ListChange::Prepend)),
        2 => any::<prop::sample::Index>().prop_map(|at| Some(ListChange::Remove(at))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Servers of all behaviours are read to the end, whatever the order of responses.
    #[test]
    fn a_list_at_rest_is_read_exactly_and_once(
        habits in habits(),
        len in 0_usize..60,
        delays in prop::collection::vec(0_u8..6, 1..9),
    ) {
        let outcome = run(habits, len, Vec::new(), &delays);
        let summary = &outcome.summary;
        prop_assert_eq!(&outcome.held, &outcome.list());
        prop_assert!(summary.is_exact(), "{:?}", summary);
        prop_assert_eq!(summary.rereads, 0);
        prop_assert!(outcome.server.requests as usize <= len.div_ceil(habits.page_size) + 1);
    }

    /// A list that changed and then came to rest is repaired exactly: nothing is missing, and nothing removed is left. If it keeps changing, the
    /// summary claims to be exact only if the count agrees.
    #[test]
    fn a_list_that_changed_is_repaired_or_said(
        habits in habits(),
        len in 0_usize..60,
        changes in prop::collection::vec(change(), 0..60),
        delays in prop::collection::vec(0_u8..6, 1..9),
    ) {
        let habits = ServerHabits { says_total: true, ..habits };
        let outcome = run(habits, len, changes, &delays);
        let summary = &outcome.summary;
        if summary.is_exact() {
            // One change leaves no trace: a business added and another removed between two responses, so that the total stays the same. The count
            // must agree even then.
            prop_assert_eq!(Some(outcome.held.len() as u64), summary.total);
        }
        if summary.rereads > 0 && outcome.server.is_at_rest {
            prop_assert_eq!(&outcome.held, &outcome.list());
            prop_assert!(summary.is_exact(), "{:?}", summary);
        }
        prop_assert!(summary.rereads <= 2);
    }

    /// Appended rows, as in a list sorted by age, need no second reading.
    #[test]
    fn growth_at_the_end_is_followed(
        page_size in 1_usize..8,
        len in 1_usize..60,
        grown in 1_usize..10,
    ) {
        let habits = ServerHabits { page_size, says_total: true, says_next: false, ends_with_404: true };
        // The list grows while its first pages are read.
        let grown = grown.min(len.div_ceil(page_size));
        let outcome = run(habits, len, vec![Some(ListChange::Append); grown], &[0]);
        prop_assert_eq!(&outcome.held, &outcome.list());
        prop_assert!(outcome.summary.is_exact(), "{:?}", outcome.summary);
        prop_assert_eq!(outcome.summary.rereads, 0);
    }
}

fn failure() -> Failure {
    Failure {
        kind: FailureKind::NotPermitted,
        operation: Operation::ListBusinesses,
        server: String::new(),
        host: String::new(),
        status: Some(403),
        detail: None,
        request: 1,
        at: Timestamp::UNIX_EPOCH,
    }
}

fn one_page(number: u32, total: u64, budget: &RowBudget) -> ReadyPage {
    let page = BusinessPage {
        rows: vec![Business::unknown(BusinessId(Uuid::from_u128(
            number.into(),
        )))],
        total: Some(total),
        ..BusinessPage::default()
    };
    ReadyPage::of(page, budget)
}

#[tokio::test]
async fn a_failed_page_is_the_failure_of_the_list_and_of_a_second_reading_is_not() {
    let (sender, _receiver) = mpsc::channel(100);
    let fetch = async |number, budget: Arc<RowBudget>| match number {
        3 => Err(failure()),
        number => Ok(Some(one_page(number, 5, &budget))),
    };
    let result = load(fetch, ListLimits::default(), sender).await;
    assert_eq!(result, Err(failure()));

    let (sender, _receiver) = mpsc::channel(100);
    let calls = RefCell::new(0);
    let fetch = async |number, budget: Arc<RowBudget>| {
        *calls.borrow_mut() += 1;
        // The count is one too high, so the list is read again.
        if *calls.borrow() > 3 {
            Err(failure())
        } else {
            Ok((number < 3).then(|| one_page(number, 3, &budget)))
        }
    };
    let summary = load(fetch, ListLimits::default(), sender).await.unwrap();
    assert_eq!(summary.reread_failure, Some(failure()));
    assert_eq!((summary.unique, summary.missing()), (2, 1));
    assert!(!summary.is_exact());
}

#[tokio::test]
async fn only_a_rejected_page_number_ends_the_list_at_a_total_that_may_be_too_low() {
    let passing = FailureKind::ServiceDown { retry_after: None };
    let invalid = FailureKind::Invalid { fields: Vec::new() };
    for (kind, is_end) in [
        (invalid, true),
        (FailureKind::UnexpectedResponse, true),
        (passing, false),
        (FailureKind::KeyRejected, false),
    ] {
        let fails = Failure { kind, ..failure() };
        let (sender, _receiver) = mpsc::channel(100);
        let fetch = async |number, budget: Arc<RowBudget>| match number {
            3 => Err(fails.clone()),
            number => Ok(Some(one_page(number, 2, &budget))),
        };
        let limits = ListLimits {
            page_size: 1,
            ..ListLimits::default()
        };
        let result = load(fetch, limits, sender).await;
        match result {
            Ok(summary) => assert!(is_end && summary.is_exact(), "{fails:?}: {summary:?}"),
            Err(failed) => assert!(!is_end && failed == fails, "{failed:?}"),
        }
    }
}

#[tokio::test]
async fn a_slow_receiver_holds_up_the_requests_and_a_closed_one_ends_them() {
    let (sender, mut receiver) = mpsc::channel(1);
    let asked = RefCell::new(0_u32);
    let fetch = async |number, budget: Arc<RowBudget>| {
        *asked.borrow_mut() += 1;
        Ok(Some(one_page(number, 1_000, &budget)))
    };
    let limits = ListLimits {
        in_flight: 4,
        ..ListLimits::default()
    };
    let receive = async {
        for _ in 0..3 {
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            receiver.recv().await.unwrap();
        }
        let before_close = *asked.borrow();
        drop(receiver);
        before_close
    };
    let (summary, before_close) = tokio::join!(load(fetch, limits, sender), receive);
    assert_eq!(summary.unwrap().end, ListEnd::Abandoned);
    assert!(
        before_close <= 3 + 1 + 4,
        "{before_close} pages were asked for"
    );
    assert!(*asked.borrow() <= before_close + 1);
}

#[tokio::test]
async fn a_count_that_is_simply_wrong_is_not_chased() {
    let (sender, _receiver) = mpsc::channel(100);
    let fetch = async |number, budget: Arc<RowBudget>| {
        Ok((number < 4).then(|| one_page(number, 9, &budget)))
    };
    let summary = load(fetch, ListLimits::default(), sender).await.unwrap();
    assert_eq!(
        (summary.rereads, summary.unique, summary.missing()),
        (1, 3, 6)
    );
    assert_eq!(summary.end, ListEnd::LastPage);
}
