//! Interprets a service's error by its code, because the same error comes with different statuses.

use std::error::Error;

use aws_sdk_secretsmanager::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use aws_sdk_sso::operation::get_role_credentials::GetRoleCredentialsError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;

use crate::domain::failure::{FailureKind, Unreachable};
use crate::domain::key_source::aws::AwsProblem;
use crate::partner_api::HttpProblem;

use super::connector::{Connector, SendFault};

/// Why nothing was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AwsFetchError {
    /// A problem with AWS or its configuration.
    Aws(AwsProblem),
    /// There was no response.
    NoResponse(HttpProblem),
}

impl From<AwsProblem> for AwsFetchError {
    fn from(problem: AwsProblem) -> Self {
        Self::Aws(problem)
    }
}

/// The service that rejected the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    SecretsManager,
    Sts,
    WebIdentity,
    Sso,
}

/// An error response of a service.
#[derive(Debug)]
pub(super) struct AwsErrorResponse {
    pub(super) service: Service,
    status: u16,
    code: Option<String>,
    /// Its message, without secrets and shortened.
    pub(super) said: String,
}

impl AwsErrorResponse {
    /// The error response of a service that issues credentials.
    pub(super) fn of_sign_in(error: &(dyn Error + 'static), connector: &Connector) -> Option<Self> {
        causes(error).find_map(|cause| {
            Self::of::<AssumeRoleError>(cause, Service::Sts, connector)
                .or_else(|| {
                    let service = Service::WebIdentity;
                    Self::of::<AssumeRoleWithWebIdentityError>(cause, service, connector)
                })
                .or_else(|| Self::of::<GetRoleCredentialsError>(cause, Service::Sso, connector))
        })
    }

    /// The error response of Secrets Manager.
    pub(super) fn of_secret(
        error: &SdkError<GetSecretValueError>,
        connector: &Connector,
    ) -> Option<Self> {
        Self::of::<GetSecretValueError>(error, Service::SecretsManager, connector)
    }

    fn of<E: ProvideErrorMetadata + Error + 'static>(
        cause: &(dyn Error + 'static),
        service: Service,
        connector: &Connector,
    ) -> Option<Self> {
        let error = cause.downcast_ref::<SdkError<E>>()?;
        let refused = error.as_service_error()?;
        let answer = error.raw_response();
        let body = answer.and_then(|answer| answer.body().bytes());
        let body = String::from_utf8_lossy(body.unwrap_or_default());
        // Some AWS-compatible servers return errors as XML whatever the protocol, which the SDK does not read.
        let code = refused.code().or_else(|| xml_text(&body, "Code"));
        let said = refused.message().or_else(|| xml_text(&body, "Message"));
        Some(Self {
            service,
            status: answer.map_or(0, |answer| answer.status().as_u16()),
            code: code.map(str::to_owned),
            said: connector.quote(said.unwrap_or_default()),
        })
    }

    pub(super) fn code(&self) -> &str {
        self.code.as_deref().unwrap_or_default()
    }

    /// The meaning of the error, whichever service returned it.
    pub(super) fn explain(self) -> AwsProblem {
        let (said, status) = (self.said, self.status);
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        match self.code.as_deref().unwrap_or_default() {
            "ResourceNotFoundException" if says(&["staging label", "AWSCURRENT"]) => {
                AwsProblem::NoValue
            }
            "ResourceNotFoundException" => AwsProblem::Missing,
            "InvalidRequestException" if says(&["deletion", "deleted"]) => AwsProblem::Deleted,
            "DecryptionFailure" | "KMSAccessDeniedException" => AwsProblem::KmsDenied { said },
            "AccessDeniedException" | "AccessDenied" if says(&["KMS", "kms:"]) => {
                AwsProblem::KmsDenied { said }
            }
            "AccessDeniedException" | "AccessDenied" | "UnauthorizedOperation" => {
                AwsProblem::Denied { said }
            }
            "ExpiredTokenException" | "ExpiredToken" | "RequestExpired" => AwsProblem::Expired,
            "UnrecognizedClientException"
            | "InvalidClientTokenId"
            | "InvalidAccessKeyId"
            | "InvalidAccessKeyIdException"
            | "AuthFailure"
            | "MissingAuthenticationToken"
            | "MissingAuthenticationTokenException" => AwsProblem::KeyUnknown,
            // AWS messages: "Signature expired: … is now earlier than …" or "Signature not yet current".
            "InvalidSignatureException" | "SignatureDoesNotMatch" | "InvalidSignature"
                if says(&["Signature expired", "not yet current"]) =>
            {
                AwsProblem::Clock
            }
            // The messages of these errors repeat what was signed, so they are not quoted.
            "InvalidSignatureException"
            | "SignatureDoesNotMatch"
            | "InvalidSignature"
            | "IncompleteSignature"
            | "IncompleteSignatureException" => AwsProblem::WrongSignature,
            "RequestTimeTooSkewed" => AwsProblem::Clock,
            "ThrottlingException"
            | "Throttling"
            | "TooManyRequestsException"
            | "RequestLimitExceeded"
            | "LimitExceededException" => AwsProblem::Throttled,
            _ if status >= 500 => AwsProblem::Down { status },
            _ if status == 429 => AwsProblem::Throttled,
            "" => AwsProblem::NotUnderstood,
            code => AwsProblem::Other {
                code: named(code),
                said,
            },
        }
    }
}

/// The text of an element without child elements.
fn xml_text<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = body.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once("</")?;
    Some(text.trim())
}

/// An error code, reduced to what can safely be shown.
fn named(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    letters.take(60).collect()
}

/// The fault that the connector returned instead of a response.
pub(super) fn fault_in(error: &(dyn Error + 'static)) -> Option<AwsFetchError> {
    let fault = causes(error).find_map(|cause| cause.downcast_ref::<SendFault>())?;
    Some(match fault.clone() {
        SendFault::Redirected(target) => AwsProblem::Redirected { target }.into(),
        SendFault::Http(HttpProblem::Unprotected { host }) => {
            AwsProblem::Unprotected { host }.into()
        }
        SendFault::Http(HttpProblem::NoAddress) | SendFault::Unsendable => {
            AwsProblem::NoAddress.into()
        }
        SendFault::Http(HttpProblem::NoAnswer(failure))
            if failure.kind == FailureKind::Unreachable(Unreachable::NameNotFound)
                && failure.host.contains(".amazonaws.") =>
        {
            AwsProblem::NoSuchHost.into()
        }
        SendFault::Http(problem) => AwsFetchError::NoResponse(problem),
        SendFault::TooSlow(limit) => AwsProblem::TimedOut { limit }.into(),
    })
}

/// The root cause of an error.
pub(super) fn innermost(error: &(dyn Error + 'static)) -> String {
    causes(error)
        .last()
        .map_or_else(String::new, ToString::to_string)
}

/// An error and its chain of causes.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
