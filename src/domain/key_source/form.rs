//! What a kind of source asks for, as the sign-in form draws it.

use super::SourceKind;
use crate::domain::text::visible;

/// A kind of source in words, and the fields of its form.
#[derive(Debug)]
pub struct SourceSpec {
    /// "HashiCorp Vault or OpenBao".
    pub name: &'static str,
    /// When to choose it, in a sentence.
    pub hint: &'static str,
    /// In the order of the form.
    pub fields: &'static [SourceField],
    /// Filled in at a click.
    pub templates: &'static [SourceTemplate],
}

/// One field of the form of a source. None of them holds a secret.
#[derive(Debug)]
pub struct SourceField {
    /// In the settings file, and for [`TypedSource::text`].
    pub id: &'static str,
    /// Above the field.
    pub label: &'static str,
    /// Shown in an empty field.
    pub placeholder: &'static str,
    /// May be left empty.
    pub is_optional: bool,
    /// Few need it: it is folded away while it has its default.
    pub is_rare: bool,
    /// Value and name of each choice; none for a field that is typed in. The first is the default.
    pub choices: &'static [(&'static str, &'static str)],
    /// Only shown where another field has this value.
    pub only_for: Option<(&'static str, &'static str)>,
}

impl SourceField {
    /// The name of the value that holds the API key, where a secret has several.
    pub(super) const KEY_NAME: Self =
        Self::optional("key_field", "Field with the API key", "api_key").rare();

    /// The same for the partner UUID.
    pub(super) const PARTNER_NAME: Self = Self::optional(
        "partner_field",
        "Field with the partner UUID",
        "partner_uuid",
    )
    .rare();

    /// A text field that has to be filled in.
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
            is_rare: false,
            choices: &[],
            only_for: None,
        }
    }

    /// A text field that may be left empty.
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

    /// A choice; the first is the default.
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

    /// The same, folded away while it has its default.
    pub(super) const fn rare(self) -> Self {
        Self {
            is_rare: true,
            ..self
        }
    }

    /// The same, shown only where the field `other` has this value.
    pub(super) const fn only_for(self, other: &'static str, value: &'static str) -> Self {
        Self {
            only_for: Some((other, value)),
            ..self
        }
    }
}

/// Something to begin with.
#[derive(Debug)]
pub struct SourceTemplate {
    /// "1Password".
    pub name: &'static str,
    /// Fields and their texts.
    pub texts: &'static [(&'static str, &'static str)],
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldComplaint {
    /// The `id` of the field.
    pub field: &'static str,
    /// A sentence.
    pub text: String,
}

/// A form as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedSource {
    kind: SourceKind,
    /// One for each field.
    texts: Vec<String>,
}

impl TypedSource {
    /// An empty form, with the defaults of its choices.
    pub fn blank(kind: SourceKind) -> Self {
        let default = |field: &SourceField| {
            let first = field.choices.first();
            first.map_or_else(String::new, |(value, _)| (*value).to_owned())
        };
        let texts = kind.spec().fields.iter().map(default).collect();
        Self { kind, texts }
    }

    /// What kind of source it is for.
    pub const fn kind(&self) -> SourceKind {
        self.kind
    }

    /// What the field with this id holds, without blanks around it.
    pub fn text(&self, id: &str) -> &str {
        self.place(id).map_or("", |place| self.texts[place].trim())
    }

    /// The same, `None` if empty.
    pub fn filled(&self, id: &str) -> Option<&str> {
        Some(self.text(id)).filter(|text| !text.is_empty())
    }

    /// The buffer of the field with this id.
    pub fn text_mut(&mut self, id: &str) -> Option<&mut String> {
        let place = self.place(id)?;
        self.texts.get_mut(place)
    }

    /// Fills a field in.
    #[must_use]
    pub fn with(mut self, id: &str, text: impl Into<String>) -> Self {
        if let Some(buffer) = self.text_mut(id) {
            *buffer = text.into();
        }
        self
    }

    /// The same with the texts of a template.
    #[must_use]
    pub fn with_template(self, template: &SourceTemplate) -> Self {
        let texts = template.texts.iter();
        texts.fold(self, |typed, (id, text)| typed.with(id, *text))
    }

    /// Whether a field is part of the form as it is filled in.
    pub fn is_shown(&self, field: &SourceField) -> bool {
        field
            .only_for
            .is_none_or(|(other, value)| self.text(other) == value)
    }

    /// Whether a field has the value that it begins with.
    pub fn has_default(&self, field: &SourceField) -> bool {
        let default = field.choices.first().map_or("", |(value, _)| value);
        self.text(field.id) == default
    }

    /// Complains about the fields that are shown, needed and empty.
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

    /// Name and text of each field that is shown and filled in, each text quoted: the settings file can be changed
    /// by others, and a text of it must not look like a setting of its own.
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

/// Shows where a text begins and ends, and what in it would not be seen.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", visible(text))
}

/// "Address" inside a sentence; "AWS profile" and "KV mount" stay as they are.
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
