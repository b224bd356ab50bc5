//! Problems with the secret itself.

use super::super::super::SourceProblem;
use super::{MessageContext, NOTHING_FETCHED};

impl MessageContext<'_> {
    pub(super) fn missing(&self) -> SourceProblem {
        let account = match &self.scope.account {
            Some(account) => format!(" of account {account}"),
            None => String::new(),
        };
        let words = [
            "secretsmanager",
            "list-secrets",
            "--query",
            "SecretList[].Name",
            "--output",
            "text",
        ];
        SourceProblem::new(
            "There is no such secret",
            format!(
                "AWS Secrets Manager has no secret called {} in {}{account}. {NOTHING_FETCHED} Check name, region and \
                 profile.",
                self.source.location(),
                self.the_region()
            ),
        )
        .with_help_command(self.line(&words, true))
    }

    pub(super) fn deleted(&self) -> SourceProblem {
        let words = [
            "secretsmanager",
            "restore-secret",
            "--secret-id",
            &self.source.secret,
        ];
        SourceProblem::new(
            "The secret is scheduled for deletion",
            format!(
                "{} in {} can still be restored. {NOTHING_FETCHED} Restore it, or enter another secret.",
                self.source.location(),
                self.the_region()
            ),
        )
        .with_help_command(self.line(&words, true))
    }

    pub(super) fn denied(&self, said: &str) -> SourceProblem {
        SourceProblem::new(
            "AWS denies access to the secret",
            format!(
                "The credentials do not allow secretsmanager:GetSecretValue on {} in {}. {NOTHING_FETCHED} Ask for that \
                 permission, or use another AWS profile.",
                self.source.location(),
                self.the_region()
            ),
        )
        .saying(said)
        .with_help_command(self.credentials_sentence())
    }

    pub(super) fn kms_denied(&self, said: &str) -> SourceProblem {
        let words = [
            "secretsmanager",
            "describe-secret",
            "--secret-id",
            &self.source.secret,
            "--query",
            "KmsKeyId",
        ];
        SourceProblem::new(
            "AWS denies access to the secret’s encryption key",
            format!(
                "The credentials allow reading {}, but not kms:Decrypt with the key that encrypts it. \
                 {NOTHING_FETCHED} Ask for that permission, or use another AWS profile.",
                self.source.location()
            ),
        )
        .saying(said)
        .with_help_command(self.line(&words, true))
    }

    /// The secret exists, but its value cannot be used.
    pub(super) fn unreadable(&self, title: &str, why: &str) -> SourceProblem {
        SourceProblem::new(title, format!("{why} Nothing was sent to Thred."))
    }
}
