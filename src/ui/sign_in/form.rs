//! Input of the sign-in screen, and its validation.

use egui::{Context, Event, Id};
use zeroize::Zeroize as _;

use crate::domain::credentials::{
    ApiKey, Credentials, PartnerId, PartnerIdError, is_like_a_key, recognise,
};
use crate::domain::environment::{self, BaseUrl, Environment};
use crate::domain::web_address;
use crate::theme::Hue;
use crate::ui::words;
use crate::widgets::{RadioRow, SecretField};

/// Index of "Custom" in the list of environments.
pub(super) const CUSTOM: usize = Environment::FIXED.len();

/// Buffers of the form. They survive a failed attempt.
#[derive(Default)]
pub(super) struct SignInForm {
    pub(super) environment: usize,
    pub(super) url: String,
    pub(super) partner: String,
    pub(super) key: String,
    /// Label of the profile.
    pub(super) label: String,
    /// Whether the label field is shown.
    pub(super) has_label: bool,
    /// Whether the key is used for this session only, without saving it.
    pub(super) only_this_session: bool,
    /// Whether *Sign in* was pressed, so that missing values are worth reporting.
    pub(super) was_submitted: bool,
}

/// What is wrong with each field.
#[derive(Default)]
pub(super) struct FormErrors {
    pub(super) url: Option<String>,
    pub(super) partner: Option<String>,
    pub(super) key: Option<String>,
}

pub(super) fn environment_id() -> Id {
    Id::unique("sign-in environment")
}

pub(super) fn url_id() -> Id {
    Id::unique("sign-in url")
}

pub(super) fn partner_id() -> Id {
    Id::unique("sign-in partner")
}

pub(super) fn label_id() -> Id {
    Id::unique("sign-in label")
}

pub(super) fn key_id() -> Id {
    Id::unique("sign-in key")
}

impl SignInForm {
    /// Fills in the environment and, if given, the partner.
    pub(super) fn prefill(&mut self, environment: &Environment, partner: Option<PartnerId>) {
        match environment {
            Environment::Custom(base) => {
                self.environment = CUSTOM;
                self.url = base.to_string();
            }
            // The demo's server will be gone by then, and needs no form.
            Environment::Demo(_) => return,
            fixed => {
                self.environment = Environment::FIXED
                    .iter()
                    .position(|known| known == fixed)
                    .unwrap_or(0);
            }
        }
        if let Some(partner) = partner {
            self.partner = partner.to_string();
        }
    }

    /// Name of the chosen environment, once its address is complete.
    pub(super) fn environment_name(&self) -> Option<String> {
        self.chosen()
            .ok()
            .map(|environment| environment.in_sentence())
    }

    pub(super) fn chosen(&self) -> Result<Environment, String> {
        match Environment::FIXED.get(self.environment) {
            Some(fixed) => Ok(fixed.clone()),
            None => BaseUrl::parse(&self.url)
                .map(Environment::at)
                .map_err(|error| error.to_string()),
        }
    }

    /// The credentials, or what is wrong with each field.
    pub(super) fn read(&self) -> Result<Credentials, FormErrors> {
        let environment = self.chosen();
        let partner = PartnerId::parse(&self.partner);
        let key = ApiKey::parse(&self.key);
        match (environment, partner, key) {
            (Ok(environment), Ok(partner), Ok(key)) => Ok(Credentials {
                environment,
                partner,
                key,
            }),
            (environment, partner, key) => Err(FormErrors {
                url: environment.err(),
                partner: partner.err().map(|error| error.to_string()),
                key: key.err(),
            }),
        }
    }

    /// Complaints that are shown while the user types: only those that more typing cannot fix.
    pub(super) fn early_errors(&self) -> FormErrors {
        let url = (self.environment == CUSTOM && self.url.len() > "https://".len())
            .then(|| {
                BaseUrl::parse(&self.url)
                    .err()
                    .map(|error| error.to_string())
            })
            .flatten();
        let partner = match PartnerId::parse(&self.partner) {
            Err(PartnerIdError::WrongLength { digits }) if digits < 32 => None,
            Err(PartnerIdError::Empty) | Ok(_) => None,
            Err(error) => Some(error.to_string()),
        };
        let key = (!self.key.is_empty())
            .then(|| ApiKey::parse(&self.key).err())
            .flatten();
        FormErrors { url, partner, key }
    }

    /// Names the actual host, if its letters from other scripts look like those of a known host.
    pub(super) fn look_alike(&self) -> Option<String> {
        if self.environment != CUSTOM {
            return None;
        }
        BaseUrl::parse(&self.url).ok()?;
        web_address::look_alike(&self.url)
    }

    /// Whether the partner UUID is complete and valid.
    pub(super) fn has_partner(&self) -> bool {
        PartnerId::parse(&self.partner).is_ok()
    }

    /// Distributes a pasted UUID, key, pair or `.env` file to the matching fields, whichever field it was pasted into.
    pub(super) fn split_paste(&mut self, ctx: &Context) {
        let focus = ctx.memory(|memory| memory.focused());
        if focus != Some(partner_id()) && focus != Some(key_id()) {
            return;
        }
        let in_partner = focus == Some(partner_id());
        ctx.input_mut(|input| {
            input.events.retain_mut(|event| match event {
                Event::Paste(text) => {
                    let is_taken = self.take_paste(text, in_partner);
                    if is_taken {
                        text.zeroize();
                    }
                    !is_taken
                }
                _ => true,
            });
        });
    }

    fn take_paste(&mut self, text: &str, in_partner: bool) -> bool {
        let text = &text[..text.floor_char_boundary(MAX_PASTED)];
        // A UUID pasted into its own field is an ordinary paste, unless it needs cleaning.
        let is_in_own_field = in_partner
            && PartnerId::parse(text)
                .is_ok_and(|id| id.to_string().eq_ignore_ascii_case(text.trim()));
        if !is_in_own_field && let Some(found) = recognise(text) {
            if let Some(environment) = &found.environment {
                self.prefill(environment, None);
            }
            if let Some(partner) = found.partner {
                self.partner = partner.to_string();
            }
            if found.key.is_some() {
                self.set_key(found.key_text());
            }
            return true;
        }
        let is_a_key = in_partner && is_like_a_key(text);
        if is_a_key {
            self.set_key(text.trim());
        }
        is_a_key
    }

    fn set_key(&mut self, key: &str) {
        self.key.zeroize();
        // Line breaks become spaces, as the field itself would do.
        self.key.extend(
            key.chars()
                .map(|c| if matches!(c, '\r' | '\n') { ' ' } else { c })
                .take(SecretField::MAX_LEN),
        );
    }

    /// Wipes the key and everything that belongs to its profile.
    pub(super) fn wipe(&mut self) {
        self.forget_key();
        self.label.clear();
        self.has_label = false;
    }

    /// Wipes the key. A missing key is not reported until the form is submitted again.
    pub(super) fn forget_key(&mut self) {
        self.key.zeroize();
        self.was_submitted = false;
    }
}

/// Bytes of a pasted text that are searched. Enough for any `.env` file, but not for a spreadsheet.
const MAX_PASTED: usize = 64 << 10;

/// The environments on offer, in the order of the form.
pub(super) fn environment_rows() -> Vec<RadioRow<'static>> {
    let custom = RadioRow {
        hue: Hue::Custom,
        name: environment::CUSTOM,
        detail: "any https:// address",
        mono: false,
    };
    Environment::FIXED
        .iter()
        .map(|environment| RadioRow {
            hue: words::hue(environment),
            name: environment.name(),
            detail: environment.fixed_host().unwrap_or_default(),
            mono: true,
        })
        .chain([custom])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "3f2a71c8-05de-4b7e-8d14-61fa20b39c1e";

    #[test]
    fn pastes_land_where_they_belong() {
        let mut form = SignInForm::default();
        assert!(form.take_paste(&format!("{UUID}:sk_live_0123456789"), false));
        assert_eq!(
            (form.partner.as_str(), form.key.as_str()),
            (UUID, "sk_live_0123456789")
        );

        let mut form = SignInForm::default();
        assert!(
            form.take_paste("sk_live_0123456789\n", true),
            "a key in the UUID field"
        );
        assert_eq!(
            (form.partner.as_str(), form.key.as_str()),
            ("", "sk_live_0123456789")
        );

        let mut form = SignInForm {
            partner: "3f2a71c8".into(),
            ..SignInForm::default()
        };
        assert!(
            form.take_paste("sk_live_0123456789", true),
            "a key in the UUID field beside what is there already"
        );
        assert_eq!(
            (form.partner.as_str(), form.key.as_str()),
            ("3f2a71c8", "sk_live_0123456789")
        );
        assert!(!form.take_paste("-05de-4b7e", true), "the rest of a UUID");
        assert!(form.take_paste(&format!("THRED_PARTNER_UUID={UUID}"), true));
        assert_eq!(
            (form.partner.as_str(), form.key.as_str()),
            (UUID, "sk_live_0123456789"),
            "one variable leaves the other field alone"
        );

        let mut form = SignInForm::default();
        assert!(form.take_paste(UUID, false), "a UUID in the key field");
        assert_eq!((form.partner.as_str(), form.key.as_str()), (UUID, ""));

        let mut form = SignInForm::default();
        assert!(!form.take_paste(UUID, true), "an ordinary paste stays one");
        assert!(
            !form.take_paste("sk_live_0123456789", false),
            "an ordinary paste stays one"
        );
    }

    #[test]
    fn the_variables_of_a_file_go_where_their_names_say() {
        let mut form = SignInForm::default();
        let file = format!(
            "THRED_BASE_URL=https://thred.example.com\nTHRED_PARTNER_UUID={UUID}\nTHRED_API_KEY=k=="
        );
        assert!(form.take_paste(&file, false));
        assert_eq!((form.partner.as_str(), form.key.as_str()), (UUID, "k=="));
        assert_eq!(
            (form.environment, form.url.as_str()),
            (CUSTOM, "https://thred.example.com")
        );
    }

    #[test]
    fn of_a_pasted_spreadsheet_only_a_start_is_taken() {
        let mut form = SignInForm::default();
        assert!(form.take_paste(&"cell_with_text\t".repeat(1 << 20), true));
        assert_eq!(form.key.chars().count(), SecretField::MAX_LEN);
        assert_eq!(form.partner, "");
    }

    #[test]
    fn a_look_alike_host_is_named_as_it_will_be_asked() {
        let told = |url: &str| {
            let form = SignInForm {
                environment: CUSTOM,
                url: url.into(),
                ..SignInForm::default()
            };
            form.look_alike()
        };
        // The first letter is Cyrillic.
        let text = told("https://аpi.thredfi.com").unwrap();
        assert!(
            text.starts_with("Requests go to xn--pi-6kc.thredfi.com."),
            "{text}"
        );
        // Full-width letters are another spelling of the same host.
        let text = told("ａpi.thredfi.com").unwrap();
        assert!(
            text.starts_with("Requests go to api.thredfi.com."),
            "{text}"
        );
        let text = told("https://%D0%B0pi.thredfi.com").unwrap();
        assert!(text.contains("xn--pi-6kc.thredfi.com"), "{text}");
        assert_eq!(told("https://api.thredfi.com"), None);
        assert_eq!(told("https://а b"), None);
    }

    #[test]
    fn what_is_missing_is_said_only_when_asked() {
        let form = SignInForm {
            partner: "3f2a71c8-05".into(),
            ..SignInForm::default()
        };
        assert!(form.early_errors().partner.is_none());
        let complaints = form.read().unwrap_err();
        assert!(
            complaints.partner.is_some() && complaints.key.is_some() && complaints.url.is_none()
        );
        let custom = SignInForm {
            environment: CUSTOM,
            url: "http://example.com".into(),
            ..SignInForm::default()
        };
        assert!(custom.early_errors().url.is_some());
    }
}
