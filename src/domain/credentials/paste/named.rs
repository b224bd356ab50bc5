//! Chooses, among several named values, those that belong to Thred.

use secrecy::{ExposeSecret as _, SecretString};

use super::name::{self, ValueKind};
use super::pasted::PastedCredentials;
use crate::domain::credentials::PartnerId;
use crate::domain::environment::{BaseUrl, Environment};

/// The recognised values of a text.
#[derive(Default)]
pub(super) struct NamedValues(Vec<NamedValue>);

struct NamedValue {
    meaning: ValueKind,
    is_ours: bool,
    /// Lower is more certain.
    rank: usize,
    text: SecretString,
}

impl NamedValues {
    /// Adds a value. `is_inside_ours` says whether an enclosing object is named after Thred.
    pub(super) fn add(&mut self, name: &str, is_inside_ours: bool, text: &str) {
        if let Some((rank, meaning)) = name::ranked(name)
            && !text.is_empty()
        {
            self.0.push(NamedValue {
                meaning,
                is_ours: is_inside_ours || name::is_ours(name),
                rank,
                text: SecretString::from(text),
            });
        }
    }

    /// Uses only values that certainly belong to Thred. An application's file also has keys and addresses of other services: none of
    /// those may be sent to Thred, nor Thred's key to them.
    pub(super) fn choose(mut self, found: &mut PastedCredentials) {
        if self.0.iter().any(|value| value.is_ours) {
            self.0.retain(|value| value.is_ours);
        }
        found.partner = self
            .only(ValueKind::Partner)
            .and_then(|value| PartnerId::parse(value.text()).ok());
        found.key = self.only(ValueKind::Key).map(|value| value.text.clone());
        found.environment = self.only(ValueKind::Address).and_then(|value| {
            let environment = Environment::at(BaseUrl::parse(value.text()).ok()?);
            let is_known = !matches!(environment, Environment::Custom(_));
            (is_known || value.is_ours).then_some(environment)
        });
    }

    /// The most certain value, unless a different one is equally certain.
    fn only(&self, meaning: ValueKind) -> Option<&NamedValue> {
        let same = || self.0.iter().filter(|value| value.meaning == meaning);
        let best = same().min_by_key(|value| value.rank)?;
        let mut rivals = same().filter(|value| value.rank == best.rank);
        rivals
            .all(|value| value.text() == best.text())
            .then_some(best)
    }
}

impl NamedValue {
    fn text(&self) -> &str {
        self.text.expose_secret()
    }
}
