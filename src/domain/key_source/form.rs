//! The fields of each kind of source, as shown in the sign-in form.

use super::{FieldNames, SourceKind};
use crate::domain::text::visible;
use crate::domain::web_address;

/// Texts and form fields of a kind of source.
#[derive(Debug)]
pub struct SourceSpec {
    /// "HashiCorp Vault or OpenBao".
    pub name: &'static str,
    /// When to choose it; a sentence.
    pub hint: &'static str,
    /// In form order.
    pub fields: &'static [SourceField],
    /// Offered as buttons that fill in the form.
    pub templates: &'static [SourceTemplate],
}

/// A field in the form of a source. No field holds a secret.
#[derive(Debug)]
pub struct SourceField {
    /// Identifies the field in [`TypedSource::text`].
    pub id: &'static str,
    pub label: &'static str,
    pub placeholder: &'static str,
    pub is_optional: bool,
    /// Value and name of each choice, the default first. Empty for a text field.
    pub choices: &'static [(&'static str, &'static str)],
    /// Shown only if another field has this value.
    pub only_for: Option<(&'static str, &'static str)>,
    /// Whether it is the address of a server. Other fields may have one as well, as a URL.
    is_address: bool,
}

impl SourceField {
    /// Asks which field holds the API key, for secrets with several fields.
    pub(super) const KEY_NAME: Self =
        Self::optional("key_field", "Field with the API key", "api_key");

    /// Asks which field holds the partner UUID, for secrets with several fields.
    pub(super) const PARTNER_NAME: Self = Self::optional(
        "partner_field",
        "Field with the partner UUID",
        "partner_uuid",
    );

    /// A required text field.
    pub(super) const fn needed(
        id: &'static str,
        label: &'static str,
        placeholder: &'static str,
    ) -> Self {
        Self {
            id,
            label,
            placeholder,
            is_optional: false,
            choices: &[],
            only_for: None,
            is_address: false,
        }
    }

    /// An optional text field.
    pub(super) const fn optional(
        id: &'static str,
        label: &'static str,
        placeholder: &'static str,
    ) -> Self {
        Self {
            is_optional: true,
            ..Self::needed(id, label, placeholder)
        }
    }

    /// A choice. The first one is the default.
    pub(super) const fn choice(
        id: &'static str,
        label: &'static str,
        choices: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self {
            choices,
            ..Self::optional(id, label, "")
        }
    }

    /// The required address of a server.
    pub(super) const fn address(
        id: &'static str,
        label: &'static str,
        placeholder: &'static str,
    ) -> Self {
        Self {
            is_address: true,
            ..Self::needed(id, label, placeholder)
        }
    }

    /// A sentence that names the server in `typed`, if its letters hide it.
    pub fn look_alike(&self, typed: &str) -> Option<String> {
        let is_address = self.is_address || typed.contains("://");
        is_address.then(|| web_address::look_alike(typed)).flatten()
    }

    /// Shows the field only if the field `other` has this value.
    pub(super) const fn only_for(self, other: &'static str, value: &'static str) -> Self {
        Self {
            only_for: Some((other, value)),
            ..self
        }
    }
}

/// A predefined text for the first field of a form.
#[derive(Debug)]
pub struct SourceTemplate {
    /// "1Password".
    pub name: &'static str,
    pub text: &'static str,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldComplaint {
    /// The `id` of the field.
    pub field: &'static str,
    /// A sentence.
    pub text: String,
}

/// A form as filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedSource {
    kind: SourceKind,
    /// One per field, in form order.
    texts: Vec<String>,
}

impl TypedSource {
    /// An empty form, with the default of each choice.
    pub fn blank(kind: SourceKind) -> Self {
        let default = |field: &SourceField| {
            let first = field.choices.first();
            first.map_or_else(String::new, |(value, _)| (*value).to_owned())
        };
        let texts = kind.spec().fields.iter().map(default).collect();
        Self { kind, texts }
    }

    pub const fn kind(&self) -> SourceKind {
        self.kind
    }

    /// The trimmed text of a field.
    pub fn text(&self, id: &str) -> &str {
        self.place(id).map_or("", |place| self.texts[place].trim())
    }

    /// The trimmed text of a field, or `None` if empty.
    pub fn filled(&self, id: &str) -> Option<&str> {
        Some(self.text(id)).filter(|text| !text.is_empty())
    }

    /// The edit buffer of a field.
    pub fn text_mut(&mut self, id: &str) -> Option<&mut String> {
        let place = self.place(id)?;
        self.texts.get_mut(place)
    }

    /// Sets a field.
    #[must_use]
    pub fn with(mut self, id: &str, text: impl Into<String>) -> Self {
        if let Some(buffer) = self.text_mut(id) {
            *buffer = text.into();
        }
        self
    }

    /// The names of the fields that hold key and partner.
    pub(super) fn field_names(&self) -> FieldNames {
        FieldNames {
            key: self.text(SourceField::KEY_NAME.id).to_owned(),
            partner: self.text(SourceField::PARTNER_NAME.id).to_owned(),
        }
    }

    #[must_use]
    pub(super) fn with_field_names(self, names: &FieldNames) -> Self {
        self.with(SourceField::KEY_NAME.id, &*names.key)
            .with(SourceField::PARTNER_NAME.id, &*names.partner)
    }

    /// Applies a template.
    #[must_use]
    pub fn with_template(self, template: &SourceTemplate) -> Self {
        let first = self.kind.spec().fields[0].id;
        self.with(first, template.text)
    }

    /// Whether a field is shown, given the other values.
    pub fn is_shown(&self, field: &SourceField) -> bool {
        field
            .only_for
            .is_none_or(|(other, value)| self.text(other) == value)
    }

    /// A complaint for each visible required field that is empty.
    pub fn missing(&self) -> Vec<FieldComplaint> {
        let fields = self.kind.spec().fields.iter();
        fields
            .filter(|field| {
                !field.is_optional && self.is_shown(field) && self.text(field.id).is_empty()
            })
            .map(|field| FieldComplaint {
                field: field.id,
                text: format!("Enter the {}.", lower_first(field.label)),
            })
            .collect()
    }

    /// Label and quoted text of each visible field that is filled in. Texts are quoted because other programs can
    /// change the settings file, and a text must not pass for another setting.
    pub fn in_full(&self) -> Vec<(&'static str, String)> {
        let fields = self.kind.spec().fields.iter();
        fields
            .filter(|field| self.is_shown(field))
            .filter_map(|field| Some((field.label, quoted(self.filled(field.id)?))))
            .collect()
    }

    fn place(&self, id: &str) -> Option<usize> {
        let mut fields = self.kind.spec().fields.iter();
        fields.position(|field| field.id == id)
    }
}

/// Shows where a text begins and ends, and makes invisible characters visible.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", visible(text))
}

/// A label for use inside a sentence: "Address" in lower case; "AWS profile" and "KV mount" unchanged.
fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_the_settings_looks_like_another_setting() {
        let typed = TypedSource::blank(SourceKind::Aws)
            .with("secret", "thred/a\nAWS profile: harmless")
            .with("profile", "x\u{202E}y");
        assert_eq!(
            typed.in_full(),
            [
                (
                    "Secret name or ARN",
                    "\"thred/a[U+000A]AWS profile: harmless\"".to_owned()
                ),
                ("AWS profile", "\"x[U+202E]y\"".to_owned()),
            ]
        );
    }
}
