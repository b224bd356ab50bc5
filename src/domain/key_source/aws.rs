//! A secret in AWS Secrets Manager.

mod problem;
mod secret_id;
mod words;

pub use problem::{AwsProblem, AwsScope};

use serde::{Deserialize, Serialize};

use super::form::{FieldComplaint, SourceField, SourceSpec, TypedSource};
use super::secret::is_key_alone;
use super::{FieldNames, SourceKind};
use crate::domain::text::{shell_word, visible};
use secret_id::{Arn, SecretId};

const SECRET: &str = "secret";
const REGION: &str = "region";
const PROFILE: &str = "profile";

/// Display texts and form fields.
pub(super) static SPEC: SourceSpec = SourceSpec {
    name: "AWS Secrets Manager",
    hint: "For teams that keep the key in AWS. Uses your AWS credentials: variables, profiles, SSO or roles.",
    fields: &[
        SourceField::needed(SECRET, "Secret name or ARN", "thred/production"),
        SourceField::optional(REGION, "Region", "eu-central-1; empty for the profile’s"),
        SourceField::optional(PROFILE, "AWS profile", "default"),
        SourceField::KEY_NAME,
        SourceField::PARTNER_NAME,
    ],
    templates: &[],
};

/// Where the secret is, and which AWS credentials to use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwsSource {
    /// Name or ARN.
    pub secret: String,
    /// "eu-central-1". `None` for the region of the environment or the AWS profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// A profile of the AWS configuration. `None` for the default credentials of the AWS tools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Names of the fields that hold key and partner.
    #[serde(default)]
    pub names: FieldNames,
    /// Whether the secret contained nothing but the key when it was last fetched.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_key_alone: bool,
}

impl AwsSource {
    pub(super) fn read(typed: &TypedSource) -> Result<Self, Vec<FieldComplaint>> {
        let mut complaints = typed.missing();
        let mut complain = |field, text: String| complaints.push(FieldComplaint { field, text });
        let id = typed.filled(SECRET).map(SecretId::read);
        let arn_region = match &id {
            Some(Ok(SecretId::Arn(Arn { region, .. }))) => Some(region.clone()),
            _ => None,
        };
        let region = match typed.filled(REGION).map(secret_id::read_region) {
            Some(Ok(region)) => match &arn_region {
                Some(other) if *other != region => {
                    complain(
                        REGION,
                        format!("The ARN is in {other}. Enter that, or leave the region empty."),
                    );
                    None
                }
                _ => Some(region),
            },
            Some(Err(text)) => {
                complain(REGION, text);
                None
            }
            None => arn_region,
        };
        let profile = typed.filled(PROFILE).map(str::to_owned);
        if profile.as_deref().is_some_and(is_invalid_profile) {
            complain(
                PROFILE,
                "Enter the profile’s name only, without “profile” and brackets.".to_owned(),
            );
        }
        let secret = match id {
            Some(Err(text)) => {
                complain(SECRET, text);
                String::new()
            }
            Some(Ok(id)) => id.into_text(),
            None => String::new(),
        };
        if !complaints.is_empty() {
            return Err(complaints);
        }
        Ok(Self {
            secret,
            region,
            profile,
            names: typed.field_names(),
            is_key_alone: false,
        })
    }

    pub(super) fn typed(&self) -> TypedSource {
        TypedSource::blank(SourceKind::Aws)
            .with(SECRET, self.secret.as_str())
            .with(REGION, self.region.as_deref().unwrap_or_default())
            .with(PROFILE, self.profile.as_deref().unwrap_or_default())
            .with_field_names(&self.names)
    }

    pub(super) fn name(&self) -> String {
        SPEC.name.to_owned()
    }

    /// The secret's name; for an ARN, the name in it.
    pub(super) fn location(&self) -> String {
        match SecretId::read(&self.secret) {
            Ok(SecretId::Arn(arn)) => visible(&arn.name).into_owned(),
            Ok(SecretId::Name(_)) | Err(_) => visible(&self.secret).into_owned(),
        }
    }

    /// Records what the fetched secret shows.
    #[must_use]
    pub fn found(mut self, secret: &str) -> Self {
        self.is_key_alone = self.names == FieldNames::default() && is_key_alone(secret);
        self
    }

    /// The command that stores a new key. `None` unless the secret is known to be only the key, because the command
    /// replaces the whole secret and would delete its other fields.
    pub(super) fn store_command(&self) -> Option<String> {
        self.replace_command(cfg!(unix))
            .filter(|_| self.is_key_alone)
    }

    /// The command that replaces the whole secret. `None` if standard input is not a file, as on Windows: the AWS CLI
    /// reads a value only from an argument, which other programs can see, or from a file.
    fn replace_command(&self, has_stdin_file: bool) -> Option<String> {
        let words = [
            "secretsmanager",
            "put-secret-value",
            "--secret-id",
            &self.secret,
            "--secret-string",
            "file:///dev/stdin",
        ];
        has_stdin_file.then(|| self.line(&words))
    }

    /// An `aws` command line with the configured region and profile.
    fn line(&self, words: &[&str]) -> String {
        aws_line(words, self.region.as_deref(), self.profile.as_deref())
    }
}

/// A command line for a terminal.
fn aws_line(words: &[&str], region: Option<&str>, profile: Option<&str>) -> String {
    let region = region.map(|region| ["--region", region]);
    let profile = profile.map(|profile| ["--profile", profile]);
    let flags = region.into_iter().chain(profile).flatten();
    let words = std::iter::once("aws")
        .chain(words.iter().copied())
        .chain(flags);
    let words: Vec<_> = words.map(shell_word).collect();
    words.join(" ")
}

/// Whether the text is a section header such as `[profile x]`, or cannot be a profile name.
fn is_invalid_profile(typed: &str) -> bool {
    typed.contains(['[', ']'])
        || typed.starts_with("profile ")
        || typed.chars().any(char::is_control)
}

pub(super) fn prefilled(
    blank: TypedSource,
    variable: &dyn Fn(&str) -> Option<String>,
) -> (TypedSource, Vec<&'static str>) {
    let filled = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
    let mut used = Vec::new();
    let mut typed = blank;
    let regions = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    let region = regions.iter().find_map(|name| Some((name, filled(name)?)));
    if let Some((name, region)) = region {
        typed = typed.with(REGION, region);
        used.push(*name);
    }
    // As in every AWS tool, keys in variables take precedence over AWS_PROFILE.
    if filled("AWS_ACCESS_KEY_ID").is_none()
        && let Some(profile) = filled("AWS_PROFILE")
    {
        typed = typed.with(PROFILE, profile);
        used.push("AWS_PROFILE");
    }
    (typed, used)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ARN: &str =
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:thred/production-AbCdEf";

    fn typed(secret: &str) -> TypedSource {
        TypedSource::blank(SourceKind::Aws).with(SECRET, secret)
    }

    fn complaints(typed: &TypedSource) -> Vec<(&'static str, String)> {
        let complaints = AwsSource::read(typed).unwrap_err().into_iter();
        complaints
            .map(|complaint| (complaint.field, complaint.text))
            .collect()
    }

    #[test]
    fn an_arn_says_its_region_and_name() {
        let source = AwsSource::read(&typed(ARN)).unwrap();
        assert_eq!(source.region.as_deref(), Some("eu-west-1"));
        assert_eq!(source.location(), "thred/production-AbCdEf");
        assert_eq!(source.secret, ARN);
        let same = AwsSource::read(&typed(ARN).with(REGION, "EU-West-1 ")).unwrap();
        assert_eq!(same, source);
        assert_eq!(
            complaints(&typed(ARN).with(REGION, "eu-central-1")),
            [(
                REGION,
                "The ARN is in eu-west-1. Enter that, or leave the region empty.".to_owned()
            )]
        );
    }

    #[test]
    fn a_name_needs_nothing_else() {
        let source = AwsSource::read(&typed(" thred/production ")).unwrap();
        assert_eq!(source.location(), "thred/production");
        assert_eq!((source.region, source.profile), (None, None));
        assert_eq!(
            complaints(&typed("")),
            [(SECRET, "Enter the secret name or ARN.".to_owned())]
        );
    }

    #[test]
    fn a_profile_is_its_bare_name() {
        for wrong in ["[thred]", "profile thred", "a\nb"] {
            assert_eq!(
                complaints(&typed("x").with(PROFILE, wrong))[0].0,
                PROFILE,
                "{wrong}"
            );
        }
        let source = AwsSource::read(&typed("x").with(PROFILE, "my team")).unwrap();
        assert_eq!(source.profile.as_deref(), Some("my team"));
    }

    #[test]
    fn without_a_file_for_standard_input_there_is_no_line_to_store() {
        let source = AwsSource::read(&typed("x")).unwrap().found("sk_test_0123");
        assert!(source.replace_command(true).is_some());
        assert_eq!(source.replace_command(false), None);
        assert_eq!(source.store_command().is_some(), cfg!(unix));
    }

    #[cfg(unix)]
    #[test]
    fn the_line_to_store_reads_standard_input_and_is_quoted() {
        let source = AwsSource {
            secret: "thred/production".to_owned(),
            region: Some("eu-central-1".to_owned()),
            profile: Some("my team; rm -rf ~".to_owned()),
            names: FieldNames::default(),
            is_key_alone: true,
        };
        assert_eq!(
            source.store_command().unwrap(),
            "aws secretsmanager put-secret-value --secret-id thred/production --secret-string \
             file:///dev/stdin --region eu-central-1 --profile 'my team; rm -rf ~'"
        );
    }

    #[cfg(unix)]
    #[test]
    fn the_line_to_store_is_offered_for_a_key_alone() {
        const UUID: &str = "3f2a71c8-05de-4b7e-8d14-61fa20b39c1e";
        let unknown = AwsSource::read(&typed("thred/production")).unwrap();
        assert_eq!(unknown.store_command(), None);
        let alone = unknown.clone().found("sk_test_0123456789\n");
        assert!(alone.store_command().is_some());
        for whole in [
            r#"{"api_key":"k","other":"x"}"#.to_owned(),
            format!("{UUID}:sk_test_0123456789"),
            format!("THRED_PARTNER_UUID={UUID}\nTHRED_API_KEY=sk_test_0123456789"),
            "THRED_API_KEY=sk_test_0123456789".to_owned(),
            "[1]".to_owned(),
            "a\nb".to_owned(),
            String::new(),
        ] {
            // A previous finding no longer counts.
            let found = alone.clone().found(&whole);
            assert_eq!(found.store_command(), None, "{whole}");
        }
    }

    #[test]
    fn a_line_for_a_terminal_holds_nothing_that_is_not_seen() {
        let source = AwsSource {
            secret: "a\u{1b}[201~\nb".to_owned(),
            ..AwsSource::read(&typed("x")).unwrap()
        };
        let line = source.replace_command(true).unwrap();
        assert!(line.contains("a[U+001B][201~[U+000A]b"), "{line}");
        assert_eq!(source.location(), "a[U+001B][201~[U+000A]b");
    }

    #[test]
    fn variables_fill_in_region_and_profile() {
        let prefilled = |variables: &[(&str, &str)]| {
            let variables = variables.to_vec();
            let variable = move |name: &str| {
                let mut all = variables.iter();
                all.find_map(|(known, value)| (*known == name).then(|| (*value).to_owned()))
            };
            let (typed, used) = SourceKind::Aws.prefilled(&variable);
            let text = |id| typed.text(id).to_owned();
            (text(REGION), text(PROFILE), used)
        };
        let nothing = (String::new(), String::new(), Vec::new());
        assert_eq!(prefilled(&[]), nothing);
        assert_eq!(prefilled(&[("AWS_REGION", " ")]), nothing);
        assert_eq!(
            prefilled(&[
                ("AWS_DEFAULT_REGION", "eu-north-1"),
                ("AWS_PROFILE", "thred")
            ]),
            (
                "eu-north-1".to_owned(),
                "thred".to_owned(),
                vec!["AWS_DEFAULT_REGION", "AWS_PROFILE"]
            )
        );
        assert_eq!(
            prefilled(&[
                ("AWS_DEFAULT_REGION", "eu-north-1"),
                ("AWS_REGION", "eu-west-3"),
                ("AWS_PROFILE", "thred"),
                ("AWS_ACCESS_KEY_ID", "AKIA"),
            ]),
            ("eu-west-3".to_owned(), String::new(), vec!["AWS_REGION"])
        );
    }

    proptest! {
        #[test]
        fn what_was_read_is_typed_and_read_again(
            secret in prop_oneof![
                "[A-Za-z0-9/_+=.@!-]{1,40}",
                "arn:aws:secretsmanager:eu-west-1:[0-9]{12}:secret:[a-z/]{1,9}-[A-Za-z0-9]{6}",
            ],
            region in prop_oneof![Just(""), Just("eu-west-1"), Just("us-gov-west-1")],
            profile in "[a-z ]{0,9}",
            key in "[A-Za-z_]{0,9}",
        ) {
            let typed = typed(&secret)
                .with(REGION, region)
                .with(PROFILE, profile)
                .with(SourceField::KEY_NAME.id, key);
            if let Ok(source) = AwsSource::read(&typed) {
                prop_assert_eq!(AwsSource::read(&source.typed()).unwrap(), source.clone());
                let json = serde_json::to_string(&source).unwrap();
                prop_assert_eq!(serde_json::from_str::<AwsSource>(&json).unwrap(), source);
            }
        }
    }
}
