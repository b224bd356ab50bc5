//! Which request gets which response.

use std::sync::{Arc, Mutex};

use axum::http::Method;

use super::{Answer, Seen};

const PLATFORM: &str = "/v1/platform/";

/// The requests that a fault applies to.
#[derive(Clone)]
pub enum On {
    Any,
    /// Requesting a partner token.
    SignIn,
    /// Requesting a business token.
    Token,
    /// Any page of the list, except for the archived businesses.
    List,
    /// Reading which businesses are archived.
    Archived,
    /// One page of the list, 1-based.
    Page(u64),
    /// Reading one business.
    Get,
    /// Creating a business.
    Create,
    /// Changing a business.
    Update,
    /// Archiving or unarchiving a business.
    Archive,
    Matching(Arc<dyn Fn(&Seen) -> bool + Send + Sync>),
}

impl On {
    pub fn matching(test: impl Fn(&Seen) -> bool + Send + Sync + 'static) -> Self {
        Self::Matching(Arc::new(test))
    }

    pub(super) fn takes(&self, seen: &Seen) -> bool {
        let path = seen.uri.path().strip_prefix(PLATFORM).unwrap_or_default();
        let parts: Vec<&str> = path.split('/').collect();
        let post = seen.method == Method::POST;
        let get = seen.method == Method::GET;
        match self {
            Self::Any => true,
            Self::SignIn => post && parts == ["oauth2", "token", ""],
            Self::Token => post && matches!(parts[..], [_, "oauth2", "token", ""]),
            Self::List => get && parts == ["businesses", ""] && seen.query("is_archived").is_none(),
            Self::Archived => {
                get && parts == ["businesses", ""] && seen.query("is_archived").is_some()
            }
            Self::Page(page) => Self::List.takes(seen) && seen.page() == *page,
            Self::Get => get && matches!(parts[..], ["businesses", _, ""]),
            Self::Create => post && parts == ["businesses", ""],
            Self::Update => {
                seen.method == Method::PATCH && matches!(parts[..], ["businesses", _, ""])
            }
            Self::Archive => {
                post && matches!(parts[..], ["businesses", _, "archive" | "unarchive", ""])
            }
            Self::Matching(test) => test(seen),
        }
    }
}

/// A response, and how often it is given.
#[derive(Clone)]
pub enum Fault {
    Once(Answer),
    Times(usize, Answer),
    Always(Answer),
}

struct Rule {
    on: On,
    answer: Answer,
    /// How often it may still be used; `None` is always.
    left: Option<usize>,
}

/// The active faults. A request takes the oldest that applies to it and is not used up, so several [`Fault::Once`] for
/// the same requests form a queue.
#[derive(Default)]
pub(super) struct Rules(Mutex<Vec<Rule>>);

impl Rules {
    pub(super) fn add(&self, on: On, fault: Fault) {
        let (answer, left) = match fault {
            Fault::Once(answer) => (answer, Some(1)),
            Fault::Times(times, answer) => (answer, Some(times)),
            Fault::Always(answer) => (answer, None),
        };
        self.0.lock().unwrap().push(Rule { on, answer, left });
    }

    pub(super) fn clear(&self) {
        self.0.lock().unwrap().clear();
    }

    /// The response to `seen`: the real one if no fault applies.
    pub(super) fn take(&self, seen: &Seen) -> Answer {
        let mut rules = self.0.lock().unwrap();
        let rule = rules
            .iter_mut()
            .find(|rule| rule.left != Some(0) && rule.on.takes(seen));
        rule.map_or_else(Answer::real, |rule| {
            rule.left = rule.left.map(|left| left - 1);
            rule.answer.clone()
        })
    }
}
