//! Which request gets which answer.

use std::sync::{Arc, Mutex};

use axum::http::Method;

use super::{Answer, Seen};

const PLATFORM: &str = "/v1/platform/";

/// The requests a fault is meant for.
#[derive(Clone)]
pub enum On {
    Any,
    /// Asking for a partner token.
    SignIn,
    /// Asking for a business token.
    Token,
    /// Any page of the list.
    List,
    /// One page of the list, 1-based.
    Page(u64),
    /// Reading one business.
    Get,
    /// Creating a business.
    Create,
    /// Changing a business.
    Update,
    /// Archiving a business, or taking it back.
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
            Self::List => get && parts == ["businesses", ""],
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

/// How often an answer is given.
#[derive(Clone)]
pub enum Fault {
    Once(Answer),
    Times(usize, Answer),
    Always(Answer),
}

struct Rule {
    on: On,
    answer: Answer,
    /// `None`: without end.
    left: Option<usize>,
}

/// The standing faults. The oldest that is meant for a request and not used up is taken, so that several
/// [`Fault::Once`] for the same requests form a queue.
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

    /// The answer for `seen`: the real one where no fault is meant for it.
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
