//! Share mode: stand-ins for names and ids while others can see the screen.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use uuid::Uuid;

use super::business::BusinessId;
use super::draft::Field;
use super::profile::Profile;
use super::text::{ServerText, visible};

/// Whether share mode is on. It always ends with the run, because a console that starts with hidden names would
/// surprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ShareMode {
    is_on: bool,
}

/// Replaces hidden text. Always the same length, to reveal nothing.
pub const DOTS: &str = "••••••";

/// Length of a UUID with its hyphens.
const UUID_LENGTH: usize = 36;

impl ShareMode {
    pub fn is_on(self) -> bool {
        self.is_on
    }

    #[must_use]
    pub fn toggled(self) -> Self {
        Self { is_on: !self.is_on }
    }

    /// The name of a business, or in share mode "Business 7f3a91", which is always the same for a business.
    pub fn name(self, business: BusinessId, name: Option<&ServerText>) -> Option<Cow<'_, str>> {
        if self.is_on {
            return Some(Cow::Owned(format!("Business {:06x}", stand_in(business))));
        }
        name.map(ServerText::shown)
    }

    /// The name of a profile, or in share mode "Profile 7f3a91", which is always the same for a profile.
    pub fn profile_name(self, profile: &Profile, label: &str) -> String {
        if !self.is_on {
            profile.name(label)
        } else if label.is_empty() {
            format!("Partner {DOTS}")
        } else {
            format!("Profile {:06x}", stand_in(profile))
        }
    }

    /// A personal text from the server, or dots in share mode.
    pub fn shown(self, text: &ServerText) -> Cow<'_, str> {
        if self.is_on {
            Cow::Borrowed(DOTS)
        } else {
            text.shown()
        }
    }

    /// A personal text that was typed or read from a file, or dots in share mode.
    pub fn text(self, text: &str) -> Cow<'_, str> {
        if self.is_on && !text.trim().is_empty() {
            Cow::Borrowed(DOTS)
        } else {
            visible(text)
        }
    }

    /// A personal text known to be safe to display, or dots in share mode.
    pub fn plain(self, text: &str) -> Cow<'_, str> {
        if self.is_on {
            Cow::Borrowed(DOTS)
        } else {
            Cow::Borrowed(text)
        }
    }

    /// The value of a field; dots in share mode if the field is personal.
    pub fn value(self, field: Field, text: &str) -> Cow<'_, str> {
        if field.is_identifying() {
            self.text(text)
        } else {
            visible(text)
        }
    }

    /// Whether the input of this field is shown as dots.
    pub fn hides(self, field: Field) -> bool {
        self.is_on && field.is_identifying()
    }

    /// A sentence; in share mode without these texts and without UUIDs.
    pub fn scrub(self, sentence: &str, personal: &[&str]) -> String {
        if !self.is_on {
            return sentence.to_owned();
        }
        let mut words: Vec<String> = personal
            .iter()
            .flat_map(|text| [(*text).trim().to_owned(), visible(text).trim().to_owned()])
            .filter(|text| !text.is_empty())
            .collect();
        // Longest first, because a name may contain another one.
        words.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let mut out = sentence.to_owned();
        for word in &words {
            out = out.replace(word.as_str(), DOTS);
        }
        without_uuids(&out)
    }
}

/// Six hexadecimal digits of a hash, so that the stand-in does not reveal the id.
fn stand_in(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish() & 0xff_ff_ff
}

fn without_uuids(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let start = rest.get(..UUID_LENGTH);
        if start.is_some_and(|start| Uuid::try_parse(start).is_ok()) {
            out.push_str(DOTS);
            rest = &rest[UUID_LENGTH..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::credentials::PartnerId;
    use super::super::environment::Environment;
    use super::*;

    #[test]
    fn a_stand_in_is_stable_and_tells_nothing() {
        let share = ShareMode::default().toggled();
        let id = BusinessId(Uuid::from_u128(7));
        let name = ServerText::from("Acme Ltd");
        let shown = share.name(id, Some(&name)).unwrap();
        assert_eq!(share.name(id, None).unwrap(), shown);
        assert!(shown.starts_with("Business ") && shown.len() == "Business 7f3a91".len());
        assert_ne!(
            share.name(BusinessId(Uuid::from_u128(8)), None).unwrap(),
            shown
        );
        assert_eq!(
            ShareMode::default().name(id, Some(&name)).unwrap(),
            "Acme Ltd"
        );
        assert_eq!(ShareMode::default().name(id, None), None);
    }

    #[test]
    fn a_label_is_hidden() {
        let profile = Profile {
            environment: Environment::Sandbox,
            partner: PartnerId(Uuid::from_u128(7)),
        };
        let share = ShareMode::default().toggled();
        let shown = share.profile_name(&profile, "Northwind");
        assert_eq!(share.profile_name(&profile, "Southwind"), shown);
        assert!(shown.starts_with("Profile ") && shown.len() == "Profile 7f3a91".len());
        assert_eq!(share.profile_name(&profile, ""), "Partner ••••••");
        assert_eq!(
            ShareMode::default().profile_name(&profile, "Northwind"),
            "Northwind"
        );
    }

    #[test]
    fn sentences_lose_names_and_ids() {
        let share = ShareMode::default().toggled();
        let text = "Acme Ltd (acme-1) is 80004000-8000-0000-0000-000000000001, not here.";
        assert_eq!(
            share.scrub(text, &["acme-1", "Acme Ltd", ""]),
            "•••••• (••••••) is ••••••, not here."
        );
        assert_eq!(ShareMode::default().scrub(text, &["Acme Ltd"]), text);
        assert_eq!(share.scrub("Grüße, ÄÖÜ", &[]), "Grüße, ÄÖÜ");
    }

    #[test]
    fn what_is_not_personal_stays() {
        let share = ShareMode::default().toggled();
        assert_eq!(share.value(Field::Country, "NL"), "NL");
        assert_eq!(share.value(Field::Email, "a@b.example"), DOTS);
        assert_eq!(share.value(Field::Email, ""), "");
    }
}
