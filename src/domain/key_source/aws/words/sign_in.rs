//! Problems with profile, credentials or region, before the secret is requested.

use super::super::super::SourceProblem;
use super::super::aws_line;
use super::{MessageContext, NOTHING_FETCHED};
use crate::domain::text::{capitalised, excerpt};

/// Longest list of profiles, characters.
const MAX_LIST_LEN: usize = 300;

impl MessageContext<'_> {
    pub(super) fn profile_missing(&self, profile: &str, there: &[String]) -> SourceProblem {
        let there = if there.is_empty() {
            "The AWS configuration has no profiles.".to_owned()
        } else {
            format!(
                "The AWS configuration has: {}.",
                excerpt(&there.join(", "), MAX_LIST_LEN)
            )
        };
        SourceProblem::new(
            format!("There is no AWS profile called {profile}"),
            format!("{there} {NOTHING_FETCHED} Enter one of them, or create it."),
        )
        .with_help_command(aws_line(&["configure"], None, Some(profile)))
    }

    pub(super) fn no_credentials(&self, is_whole_chain: bool) -> SourceProblem {
        let looked = if is_whole_chain {
            "The console looked in the environment variables, in the default AWS profile, and at the container and \
             instance metadata services."
                .to_owned()
        } else {
            format!(
                "{} has no keys, role, SSO session or credential process.",
                capitalised(&self.the_profile())
            )
        };
        SourceProblem::new(
            "No AWS credentials",
            format!("{looked} {NOTHING_FETCHED} Sign in with AWS, or enter another profile."),
        )
        .with_help_command(self.line(&["configure"], false))
    }

    pub(super) fn signed_out(&self) -> SourceProblem {
        SourceProblem::new(
            "Not signed in to AWS",
            format!(
                "The SSO session of {} has expired or was never started. {NOTHING_FETCHED} Sign in, then try again.",
                self.the_profile()
            ),
        )
        .with_help_command(self.line(&["sso", "login"], false))
    }

    pub(super) fn console_login(&self) -> SourceProblem {
        let profile = self.scope.profile.as_deref().unwrap_or("default");
        let exported = aws_line(
            &["configure", "export-credentials", "--format", "process"],
            None,
            Some(profile),
        );
        let other = format!("{profile}-exported");
        let words = ["configure", "set", "credential_process", &exported];
        SourceProblem::new(
            format!("The console can’t use the login of {}", self.the_profile()),
            format!(
                "The profile signs in with aws login. {NOTHING_FETCHED} Export its credentials with the AWS CLI: \
                 run this command, then enter {other} as the AWS profile, with the same region."
            ),
        )
        .with_help_command(aws_line(&words, None, Some(&other)))
    }

    pub(super) fn mfa_needed(&self) -> SourceProblem {
        let export = self.line(
            &["configure", "export-credentials", "--format", "env"],
            false,
        );
        SourceProblem::new(
            "The AWS role needs an MFA code",
            format!(
                "The console can’t ask for the code that {} needs. {NOTHING_FETCHED} Start the console from a \
                 terminal with this command, which asks for it, and leave the AWS profile empty.",
                self.the_profile()
            ),
        )
        .with_help_command(format!("eval \"$({export})\" && thred-console"))
    }

    pub(super) fn no_region(&self) -> SourceProblem {
        let words = ["configure", "set", "region", "eu-central-1"];
        SourceProblem::new(
            "No AWS region",
            format!(
                "The settings, AWS_REGION and {} do not set one. {NOTHING_FETCHED} Enter the region that holds \
                 the secret.",
                self.the_profile()
            ),
        )
        .with_help_command(aws_line(&words, None, self.profile()))
    }
}
