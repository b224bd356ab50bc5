//! Texts for each AWS problem.

mod secret;
mod service;
mod sign_in;

use super::super::SourceProblem;
use super::{AwsProblem, AwsScope, AwsSource, aws_line};
use crate::domain::text::capitalised;

const NOTHING_FETCHED: &str = "Nothing was fetched.";

impl AwsProblem {
    /// What happened, what was not done, and the next step.
    pub fn explain(&self, source: &AwsSource, scope: &AwsScope) -> SourceProblem {
        // Profile, region and account come from the environment, from files and from servers.
        self.words(source, scope).made_visible()
    }

    fn words(&self, source: &AwsSource, scope: &AwsScope) -> SourceProblem {
        let about = MessageContext { source, scope };
        match self {
            Self::NotBuilt => about.built_without_aws(),
            Self::ConfigUnreadable { said } => SourceProblem::new(
                "The AWS configuration can’t be read",
                format!("{NOTHING_FETCHED} Fix the file, then try again."),
            )
            .saying(said),
            Self::ProfileMissing { profile, there } => about.profile_missing(profile, there),
            Self::ProfileUnusable { said } => SourceProblem::new(
                format!("{} can’t be used", capitalised(&about.the_profile())),
                format!(
                    "Its AWS configuration is incomplete or contradictory. {NOTHING_FETCHED} \
                     Fix the profile, or enter another one."
                ),
            )
            .saying(said),
            Self::NoCredentials { is_whole_chain } => about.no_credentials(*is_whole_chain),
            Self::SignedOut => about.signed_out(),
            Self::SsoRoleDenied => SourceProblem::new(
                "You do not have this AWS role",
                format!(
                    "The SSO session of {} works, but its role is not assigned to you in that account. \
                     {NOTHING_FETCHED} Ask your AWS administrator for the role, or enter another profile.",
                    about.the_profile()
                ),
            ),
            Self::ConsoleLogin => about.console_login(),
            Self::MfaNeeded => about.mfa_needed(),
            Self::ProcessFailed => SourceProblem::new(
                format!("The credential process of {} failed", about.the_profile()),
                format!(
                    "It ended with an error, or printed no credentials. Its output is not shown, because it may \
                     hold a secret. {NOTHING_FETCHED} Run it in a terminal to see why."
                ),
            )
            .with_help_command(about.credentials_sentence()),
            Self::RoleDenied { said } => SourceProblem::new(
                "AWS does not let you assume the role",
                format!(
                    "The role of {} can’t be assumed with its credentials. {NOTHING_FETCHED} Ask your AWS \
                     administrator to allow sts:AssumeRole, or enter another profile.",
                    about.the_profile()
                ),
            )
            .saying(said)
            .with_help_command(about.credentials_sentence()),
            Self::TokenFile {
                named_by,
                file,
                why,
            } => SourceProblem::new(
                "The token file can’t be read",
                format!(
                    "{named_by} names {file}: {why}. {NOTHING_FETCHED} Renew the token or correct the path, then \
                     try again."
                ),
            ),
            Self::WebIdentity { said } => SourceProblem::new(
                "AWS rejected the web identity token",
                format!(
                    "The token has expired, or the role does not trust it. {NOTHING_FETCHED} Renew the token, then \
                     try again."
                ),
            )
            .saying(said),
            Self::Metadata => SourceProblem::new(
                "The metadata service returned no credentials",
                format!(
                    "This computer runs in AWS, and its container or instance role could not be used. \
                     {NOTHING_FETCHED} Check that a role is attached."
                ),
            ),
            Self::NoRegion => about.no_region(),
            Self::Missing => about.missing(),
            Self::NoValue => about
                .unreadable(
                    "The secret has no value",
                    "It exists, but no version of it is current (AWSCURRENT). Store the key there first.",
                )
                .with_optional_help_command(source.replace_command(cfg!(unix))),
            Self::Deleted => about.deleted(),
            Self::Binary => about.unreadable(
                "The secret is not text",
                "Its value is binary data. Store the key as text: JSON with partner_uuid and api_key.",
            ),
            Self::Denied { said } => about.denied(said),
            Self::KmsDenied { said } => about.kms_denied(said),
            _ => about.refused(self),
        }
    }
}

/// The context of a problem.
struct MessageContext<'a> {
    source: &'a AwsSource,
    scope: &'a AwsScope,
}

impl MessageContext<'_> {
    fn built_without_aws(&self) -> SourceProblem {
        let words = [
            "secretsmanager",
            "get-secret-value",
            "--secret-id",
            &self.source.secret,
            "--query",
            "SecretString",
            "--output",
            "text",
        ];
        SourceProblem::new(
            "This build can’t read AWS Secrets Manager",
            format!(
                "The console was built without AWS support. {NOTHING_FETCHED} Use a command as the source instead."
            ),
        )
        .with_help_command(self.source.line(&words))
    }

    fn line(&self, words: &[&str], names_region: bool) -> String {
        let region = self.scope.region.as_deref().filter(|_| names_region);
        aws_line(words, region, self.profile())
    }

    /// The command that shows whose credentials are used.
    fn credentials_sentence(&self) -> String {
        self.line(&["sts", "get-caller-identity"], false)
    }

    fn profile(&self) -> Option<&str> {
        self.scope.profile.as_deref()
    }

    fn the_profile(&self) -> String {
        match self.profile() {
            Some(profile) => format!("the AWS profile {profile}"),
            None => "the default AWS profile".to_owned(),
        }
    }

    fn the_region(&self) -> String {
        match &self.scope.region {
            Some(region) => format!("region {region}"),
            None => "its region".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::time::Duration;

    use super::*;
    use crate::domain::key_source::FieldNames;

    #[test]
    fn every_problem_has_a_title_of_its_own_and_whole_sentences() {
        let text = || "x".to_owned();
        let all = [
            AwsProblem::NotBuilt,
            AwsProblem::ConfigUnreadable { said: text() },
            AwsProblem::ProfileMissing {
                profile: text(),
                there: Vec::new(),
            },
            AwsProblem::ProfileUnusable { said: text() },
            AwsProblem::NoCredentials {
                is_whole_chain: true,
            },
            AwsProblem::SignedOut,
            AwsProblem::SsoRoleDenied,
            AwsProblem::ConsoleLogin,
            AwsProblem::MfaNeeded,
            AwsProblem::ProcessFailed,
            AwsProblem::RoleDenied { said: text() },
            AwsProblem::TokenFile {
                named_by: text(),
                file: text(),
                why: text(),
            },
            AwsProblem::WebIdentity { said: text() },
            AwsProblem::Metadata,
            AwsProblem::NoRegion,
            AwsProblem::Missing,
            AwsProblem::NoValue,
            AwsProblem::Deleted,
            AwsProblem::Binary,
            AwsProblem::Denied { said: text() },
            AwsProblem::KmsDenied { said: text() },
            AwsProblem::Expired,
            AwsProblem::KeyUnknown,
            AwsProblem::WrongSignature,
            AwsProblem::Clock,
            AwsProblem::Throttled,
            AwsProblem::Down { status: 503 },
            AwsProblem::Other {
                code: text(),
                said: text(),
            },
            AwsProblem::NotUnderstood,
            AwsProblem::NoSuchHost,
            AwsProblem::Redirected { target: text() },
            AwsProblem::Unprotected { host: text() },
            AwsProblem::NoAddress,
            AwsProblem::TimedOut {
                limit: Duration::from_secs(60),
            },
        ];
        let source = AwsSource {
            secret: "thred/production".to_owned(),
            region: None,
            profile: None,
            names: FieldNames::default(),
            is_key_alone: false,
        };
        let scopes = [
            AwsScope::default(),
            AwsScope {
                region: Some("eu-central-1".to_owned()),
                profile: Some("my team".to_owned()),
                account: Some("123456789012".to_owned()),
            },
        ];
        for scope in scopes {
            let mut titles = HashSet::new();
            for problem in &all {
                let said = problem.explain(&source, &scope);
                assert!(!said.title.ends_with('.'), "{said:?}");
                assert!(said.body.ends_with('.'), "{said:?}");
                assert!(!said.body.contains("  "), "{said:?}");
                let says_so = said.body.contains("Nothing was ");
                assert!(says_so, "what was not done: {said:?}");
                if let Some(line) = &said.help_command {
                    let words = shlex::split(line).unwrap();
                    assert!(!words.contains(&"team".to_owned()), "unquoted: {line}");
                }
                assert!(titles.insert(said.title.clone()), "twice: {}", said.title);
            }
        }
    }
}
