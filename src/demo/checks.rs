//! Validates fields, with the messages of the framework that the real server appears to use.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::business::NullableText;
use super::generate::countries;

/// ISO 4217.
const CURRENCIES: [&str; 9] = [
    "GBP", "EUR", "USD", "SEK", "NOK", "DKK", "ISK", "MYR", "SGD",
];
const METHODS: [&str; 2] = ["accrual", "cash"];
/// The longest email address that mail can be sent to (RFC 5321, 4.5.3.1.3, less the brackets).
const MAX_EMAIL_LEN: usize = 254;

/// Reads the fields of a JSON object and collects validation errors.
pub(super) struct FieldChecks<'a> {
    body: &'a Map<String, Value>,
    /// The messages for each field that has any.
    pub(super) errors: BTreeMap<String, Vec<String>>,
}

impl<'a> FieldChecks<'a> {
    pub(super) fn new(body: &'a Map<String, Value>) -> Self {
        Self {
            body,
            errors: BTreeMap::new(),
        }
    }

    /// Whether the field was sent, even as null.
    pub(super) fn has(&self, field: &str) -> bool {
        self.body.contains_key(field)
    }

    /// A required text that is not blank. Otherwise records an error and returns `None`.
    pub(super) fn required(&mut self, field: &'static str, longest: usize) -> Option<String> {
        match self.body.get(field) {
            None => self.reject(field, "This field is required."),
            Some(Value::Null) => self.reject(field, "This field may not be null."),
            Some(value) => {
                let text = self.text(field, value, longest)?;
                if text.is_empty() {
                    return self.reject(field, "This field may not be blank.");
                }
                Some(text)
            }
        }
    }

    /// An optional text: absent, null and blank all mean `None`.
    pub(super) fn optional(&mut self, field: &'static str, longest: usize) -> NullableText {
        let value = self.body.get(field).filter(|value| !value.is_null())?;
        let text = self.text(field, value, longest)?;
        (!text.is_empty()).then_some(Cow::Owned(text))
    }

    pub(super) fn email(&mut self) -> NullableText {
        let email = self.required("email", MAX_EMAIL_LEN)?;
        if !is_email(&email) {
            return self.reject("email", "Enter a valid email address.");
        }
        Some(email.into())
    }

    pub(super) fn country(&mut self) -> NullableText {
        let codes = countries::all().map(|country| country.code);
        self.choice("country", codes)
    }

    pub(super) fn base_currency(&mut self) -> NullableText {
        self.choice("base_currency", CURRENCIES)
    }

    pub(super) fn accounting_method(&mut self) -> NullableText {
        self.choice("accounting_method", METHODS)
    }

    pub(super) fn fiscal_year_end(&mut self) -> NullableText {
        let field = "fiscal_year_end";
        let text = self.optional(field, usize::MAX)?;
        let has_shape = text.len() == 10 && text.bytes().all(|b| b == b'-' || b.is_ascii_digit());
        if !has_shape || text.parse::<Date>().is_err() {
            let message = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.";
            return self.reject(field, message);
        }
        Some(text)
    }

    pub(super) fn metadata(&mut self) -> Option<Map<String, Value>> {
        match self.body.get("metadata")? {
            Value::Null => None,
            Value::Object(map) => Some(map.clone()),
            other => {
                let message = format!(
                    "Expected a dictionary of items but got type \"{}\".",
                    type_name(other)
                );
                self.reject("metadata", message)
            }
        }
    }

    /// Records an error for `field`.
    pub(super) fn reject<T>(&mut self, field: &str, message: impl Into<String>) -> Option<T> {
        let messages = self.errors.entry(field.to_owned()).or_default();
        messages.push(message.into());
        None
    }

    fn choice(
        &mut self,
        field: &'static str,
        valid: impl IntoIterator<Item = &'static str>,
    ) -> NullableText {
        let text = self.optional(field, usize::MAX)?;
        // Filters ignore case, values do not.
        match valid.into_iter().find(|valid| *valid == text) {
            Some(valid) => Some(Cow::Borrowed(valid)),
            None => self.reject(field, format!("\"{text}\" is not a valid choice.")),
        }
    }

    /// A text without surrounding white space. Limits count characters, not bytes.
    fn text(&mut self, field: &str, value: &Value, longest: usize) -> Option<String> {
        let Value::String(text) = value else {
            return self.reject(field, "Not a valid string.");
        };
        let text = text.trim();
        if text.contains('\0') {
            return self.reject(field, "Null characters are not allowed.");
        }
        if text.chars().count() > longest {
            let message = format!("Ensure this field has no more than {longest} characters.");
            return self.reject(field, message);
        }
        Some(text.to_owned())
    }
}

/// Approximately what the framework accepts as an address: one `@`, a name of harmless characters, a host with a dot.
fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.rsplit_once('@') else {
        return false;
    };
    let is_user = |b: u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{}|~-".contains(&b);
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    !user.is_empty()
        && user.bytes().all(is_user)
        && user.split('.').all(|part| !part.is_empty())
        && host.contains('.')
        && host.split('.').all(is_label)
}

/// The name of a JSON type in the framework's language.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_texts() {
        for good in [
            "a@b.example",
            "first.last+tag@sub.host.example",
            "o'neil@bücher.example",
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "@b.example",
            "a@",
            "a@b",
            "a b@c.example",
            "a@b..example",
            ".a@b.example",
            "a@-b.example",
            "a@b@c.example",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
