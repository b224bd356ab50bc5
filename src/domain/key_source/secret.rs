//! Extracts the key from what a source returned.

use std::ops::Deref;

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use zeroize::Zeroize as _;

use super::problem::SourceProblem;
use crate::domain::credentials::{ApiKey, PartnerId, recognise};
use crate::domain::text::excerpt;

/// Names of the fields that hold key and partner. Empty to recognise them by their usual names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldNames {
    /// Field with the API key.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Field with the partner UUID.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub partner: String,
}

/// JSON whose strings are wiped on drop, because any of them may be a key or a token. Not wiped are copies that the
/// parser makes: of strings with escapes, and of JSON that turns out to be malformed.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub struct WipedJson(Json);

impl Deref for WipedJson {
    type Target = Json;

    fn deref(&self) -> &Json {
        &self.0
    }
}

impl From<Json> for WipedJson {
    fn from(json: Json) -> Self {
        Self(json)
    }
}

impl Drop for WipedJson {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(json: &mut Json) {
    match json {
        Json::String(text) => text.zeroize(),
        Json::Array(items) => items.iter_mut().for_each(wipe),
        Json::Object(members) => members.values_mut().for_each(wipe),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// How many field names an error lists.
const MAX_NAMES: usize = 20;

/// Keys have more characters than this, and hardly any field name with digits does.
const MIN_KEY_LEN: usize = 16;

/// Longest field name in an error, characters.
const MAX_NAME_LEN: usize = 40;

/// Extracts partner and key from the text of a secret: a JSON object, `.env` lines, `UUID:KEY`, or only the key if the
/// partner is known. A known partner must match the one in the text.
///
/// # Errors
/// What is missing, with the existing field names. No value is quoted.
pub fn read_secret(
    text: &str,
    names: &FieldNames,
    known: Option<PartnerId>,
) -> Result<(PartnerId, ApiKey), SourceProblem> {
    let text = bare(text);
    if text.is_empty() {
        return Err(SourceProblem::new(
            "The source returned nothing",
            "No key found in its answer. Check that this is the right secret and that it has a value.",
        ));
    }
    let fields = Fields::of(text);
    let partner = fields.named(&names.partner)?;
    let partner = partner.map(|value| partner_of(value, &names.partner));
    let partner = partner.transpose()?;
    let key = fields.named(&names.key)?.map(SecretString::from);
    // `recognise` makes copies that are not wiped, so it is skipped if both fields are named.
    let is_all_named = partner.is_some() && key.is_some();
    let found = (!is_all_named).then(|| recognise(text)).flatten();
    let found = found.unwrap_or_default();
    let partner = partner.or(found.partner);
    let key = key.or(found.key);
    // A key by itself has no recognisable form. Accept the text as one only if it contains nothing else.
    let key = key.or_else(|| {
        let is_alone = fields.json.is_none() && partner.is_none() && text.lines().count() == 1;
        is_alone.then(|| SecretString::from(text))
    });
    let key = key.ok_or_else(|| fields.lack("api_key"))?;
    let partner = match (partner, known) {
        (Some(found), Some(known)) if found != known => {
            return Err(SourceProblem::new(
                "The source holds another partner’s key",
                format!(
                    "It holds the key of {}, but this profile is for {}. Nothing was sent to Thred. Check the \
                     secret’s name.",
                    found.short(),
                    known.short()
                ),
            ));
        }
        (found, known) => found.or(known).ok_or_else(|| fields.lack("partner_uuid"))?,
    };
    let key = ApiKey::parse(key.expose_secret()).map_err(|error| {
        SourceProblem::new(
            "The value is not an API key",
            format!("{error} Nothing was sent to Thred. Check the names of secret and field."),
        )
    })?;
    Ok((partner, key))
}

/// Whether a secret contains only the key, so that a new key may replace it as a whole.
pub(super) fn is_key_alone(text: &str) -> bool {
    let text = bare(text);
    let is_one_word = text.split_whitespace().count() == 1;
    is_one_word && !text.starts_with(['{', '[']) && recognise(text).is_none()
}

fn bare(text: &str) -> &str {
    text.trim_start_matches('\u{FEFF}').trim()
}

/// The named fields of a secret.
struct Fields<'a> {
    text: &'a str,
    /// `None` if the text is not a JSON object.
    json: Option<WipedJson>,
}

impl<'a> Fields<'a> {
    fn of(text: &'a str) -> Self {
        let json = serde_json::from_str::<WipedJson>(text).ok();
        let json = json.filter(|json| json.is_object());
        Self { text, json }
    }

    /// The value of the field with exactly this name. `None` if `name` is empty.
    fn named(&self, name: &str) -> Result<Option<&str>, SourceProblem> {
        if name.is_empty() {
            return Ok(None);
        }
        let value = match &self.json {
            Some(json) => json.get(name).and_then(Json::as_str).map(str::trim),
            None => self.text.lines().find_map(|line| value_in(line, name)),
        };
        let is_member = || {
            self.json
                .as_ref()
                .is_some_and(|json| json.get(name).is_some())
        };
        value.map(Some).ok_or_else(|| match is_member() {
            true => not_text(name),
            false => self.lack(name),
        })
    }

    fn lack(&self, name: &str) -> SourceProblem {
        let what = match name {
            "partner_uuid" => "the partner UUID".to_owned(),
            "api_key" => "the API key".to_owned(),
            other => format!("the field {}", excerpt(other, MAX_NAME_LEN)),
        };
        SourceProblem::new(
            format!("The secret does not contain {what}"),
            format!(
                "{} Name the fields that hold partner UUID and API key, or rename them.",
                self.there()
            ),
        )
    }

    /// Lists the existing field names. For plain text none are listed, because names cannot be told from values with
    /// certainty.
    fn there(&self) -> String {
        let Some(members) = self.json.as_ref().and_then(|json| json.as_object()) else {
            return "The secret is text, and none of its lines has this name.".to_owned();
        };
        if members.is_empty() {
            return "The object is empty.".to_owned();
        }
        let names = members.keys().take(MAX_NAMES);
        let names: Vec<_> = names
            .map(|name| match looks_like_a_key(name) {
                true => "[hidden]".to_owned(),
                false => excerpt(name, MAX_NAME_LEN),
            })
            .collect();
        let more = match members.len().saturating_sub(MAX_NAMES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("Its fields are: {}{more}.", names.join(", "))
    }
}

/// The named field holds an object, a list or a number.
fn not_text(name: &str) -> SourceProblem {
    let name = excerpt(name, MAX_NAME_LEN);
    SourceProblem::new(
        format!("The field {name} of the secret is not text"),
        "Nothing was sent to Thred. Name a field that holds the value itself.",
    )
}

/// Whether a field name could be a key that was stored as a name by mistake.
fn looks_like_a_key(name: &str) -> bool {
    let is_of_keys = |byte: u8| byte.is_ascii_alphanumeric() || b"-_+/=.".contains(&byte);
    name.len() >= MIN_KEY_LEN
        && name.bytes().all(is_of_keys)
        && name.bytes().any(|byte| byte.is_ascii_digit())
        && name.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// The value in a line `NAME=value` or `name: value`, without enclosing quotation marks or a trailing comment.
fn value_in<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let line = line.trim();
    let line = line.strip_prefix("export ").map_or(line, str::trim_start);
    let value = line.strip_prefix(name)?.trim_start();
    let value = value.strip_prefix(['=', ':'])?.trim();
    let in_marks = ['"', '\'']
        .into_iter()
        .find_map(|mark| value.strip_prefix(mark)?.split_once(mark));
    let value = in_marks.map_or_else(
        || value.split(" #").next().unwrap_or_default().trim_end(),
        |(inside, _)| inside,
    );
    Some(value)
}

fn partner_of(value: &str, name: &str) -> Result<PartnerId, SourceProblem> {
    // The text of the error would quote a character of what may be the key.
    PartnerId::parse(value).map_err(|_| {
        SourceProblem::new(
            format!(
                "The field {} is not a partner UUID",
                excerpt(name, MAX_NAME_LEN)
            ),
            "Its value does not have the form of a UUID. Nothing was sent to Thred. Check the field’s name.",
        )
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const PARTNER: PartnerId =
        PartnerId(Uuid::from_u128(0x3f2a_71c8_05de_4b7e_8d14_61fa_20b3_9c1e));
    const KEY: &str = "sk_test_0123456789";

    fn names(key: &str, partner: &str) -> FieldNames {
        FieldNames {
            key: key.into(),
            partner: partner.into(),
        }
    }

    #[track_caller]
    fn is_read(text: &str, names: &FieldNames, known: Option<PartnerId>) {
        let (partner, key) = read_secret(text, names, known).unwrap();
        assert_eq!(
            (partner, key.secret().expose_secret()),
            (PARTNER, KEY),
            "{text}"
        );
    }

    #[track_caller]
    fn told(text: &str, names: &FieldNames, known: Option<PartnerId>) -> String {
        let problem = read_secret(text, names, known).unwrap_err();
        let told = format!("{} {}", problem.title, problem.body);
        assert!(!told.contains(KEY), "{told}");
        told
    }

    #[test]
    fn a_secret_comes_in_many_forms() {
        let any = FieldNames::default();
        for text in [
            format!("{PARTNER}:{KEY}"),
            format!("{PARTNER}:{KEY}\n"),
            format!(r#"{{"partner_uuid":"{PARTNER}","api_key":"{KEY}"}}"#),
            format!(
                r#"{{"NORTHWIND_PARTNER_UUID":"{PARTNER}","NORTHWIND_API_KEY":"{KEY}","note":"x"}}"#
            ),
            format!("THRED_PARTNER_UUID={PARTNER}\nTHRED_API_KEY={KEY}\n"),
        ] {
            is_read(&text, &any, None);
            is_read(&text, &any, Some(PARTNER));
        }
        is_read(KEY, &any, Some(PARTNER));
        is_read(&format!(" {KEY}\r\n"), &any, Some(PARTNER));
    }

    #[test]
    fn named_fields_are_taken_and_no_others() {
        let text =
            format!(r#"{{"who":"{PARTNER}","k":" {KEY} ","api_key":"sk_of_somebody_else"}}"#);
        is_read(&text, &names("k", "who"), None);
        is_read(&text, &names("k", ""), Some(PARTNER));
        let told = told(&text, &names("token", "who"), None);
        assert!(told.contains("does not contain the field token"), "{told}");
        assert!(
            told.contains("who, k, api_key") || told.contains("api_key, k, who"),
            "{told}"
        );
    }

    #[test]
    fn what_is_missing_or_wrong_is_told_without_a_value() {
        let any = FieldNames::default();
        assert!(told("", &any, None).contains("returned nothing"));
        assert!(told(KEY, &any, None).contains("does not contain the partner UUID"));
        let only_partner = format!(r#"{{"partner_uuid":"{PARTNER}"}}"#);
        assert!(told(&only_partner, &any, None).contains("does not contain the API key"));
        let other = PartnerId(Uuid::from_u128(7));
        let pair = format!("{PARTNER}:{KEY}");
        assert!(told(&pair, &any, Some(other)).contains("another partner"));
        let wrong = format!(r#"{{"who":"{KEY}","k":"{KEY}"}}"#);
        assert!(told(&wrong, &names("k", "who"), None).contains("not a partner UUID"));
        let page = format!("<html>\n<p>{KEY}</p>\n</html>");
        assert!(told(&page, &any, Some(PARTNER)).contains("does not contain the API key"));
    }

    #[test]
    fn a_field_that_is_no_text_is_not_called_missing() {
        let told = told(r#"{"K":{"a":1}}"#, &names("K", ""), Some(PARTNER));
        assert!(
            told.contains("The field K of the secret is not text"),
            "{told}"
        );
    }

    #[test]
    fn named_fields_are_found_among_lines_too() {
        for text in [
            format!("# ours\nWHO={PARTNER}\nexport K=\"{KEY}\" # since May\nAPI_KEY=sk_other"),
            format!("WHO: {PARTNER}\r\nK: {KEY} # since May\r\n"),
            format!("KK=sk_other\nK = '{KEY}'\nWHO={PARTNER}"),
        ] {
            is_read(&text, &names("K", "WHO"), None);
            is_read(&text, &names("K", ""), Some(PARTNER));
            for wrong in ["k", "KKK", "K=", "# ours"] {
                let told = told(&text, &names(wrong, "WHO"), None);
                assert!(told.contains("does not contain the field"), "{told}");
            }
        }
    }

    #[test]
    fn few_and_short_names_are_told_and_none_of_a_text() {
        let members: Vec<_> = (10..99)
            .map(|at| format!("\"{at}\\u202e{}\":\"{KEY}\"", "x".repeat(90)))
            .collect();
        let text = format!("{{{}}}", members.join(","));
        let told_of_many = told(&text, &names("no\nsuch", "who"), None);
        assert!(told_of_many.contains("29[U+202E]x"), "{told_of_many}");
        assert!(!told_of_many.contains("30[U+202E]"), "{told_of_many}");
        assert!(told_of_many.contains("… and 69 more."), "{told_of_many}");
        assert!(told_of_many.len() < 1_500, "{told_of_many}");
        let of_a_key = told(
            &format!(r#"{{"{KEY}":"x","url":"y"}}"#),
            &names("k", ""),
            Some(PARTNER),
        );
        assert!(
            of_a_key.contains("Its fields are: [hidden], url."),
            "{of_a_key}"
        );
        let of_text = told(
            "c2VjcmV0LW9m=\nsk-secret: x",
            &names("k", ""),
            Some(PARTNER),
        );
        assert!(
            of_text.contains("does not contain the field k"),
            "{of_text}"
        );
        assert!(
            !of_text.contains("c2Vj") && !of_text.contains("sk-"),
            "{of_text}"
        );
    }

    #[test]
    fn all_texts_of_wiped_json_are_wiped() {
        let mut json = serde_json::json!({"a": "s3cret", "b": ["s3cret", {"c": "s3cret"}], "d": 1});
        wipe(&mut json);
        assert!(!json.to_string().contains("s3cret"));
    }
}
