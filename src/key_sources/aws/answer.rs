//! Requests the secret and interprets the response.

use aws_config::SdkConfig;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::SdkError;
use aws_sdk_secretsmanager::operation::get_secret_value::{
    GetSecretValueError, GetSecretValueOutput,
};
use jiff::Timestamp;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::domain::key_source::KeyVersion;
use crate::domain::key_source::aws::AwsProblem;
use crate::domain::text::visible;
use crate::key_sources::fetched_secret::FetchedSecret;

use super::connector::Connector;
use super::error_response::{AwsErrorResponse, AwsFetchError, fault_in};

/// The current version; a rotation moves this label.
const CURRENT: &str = "AWSCURRENT";
/// How many characters of a version's UUID are shown to identify it.
const VERSION_LEN: usize = 8;

/// Requests the current value once.
pub(super) async fn secret(
    config: &SdkConfig,
    secret_id: &str,
    connector: &Connector,
) -> Result<FetchedSecret, AwsFetchError> {
    let asking = Client::new(config)
        .get_secret_value()
        .secret_id(secret_id)
        .version_stage(CURRENT)
        .send();
    let answer = asking.await.map_err(|error| why(&error, connector))?;
    Ok(read(answer)?)
}

fn read(answer: GetSecretValueOutput) -> Result<FetchedSecret, AwsProblem> {
    let text = match (answer.secret_string, answer.secret_binary) {
        (Some(text), _) => SecretString::from(text),
        (None, Some(bytes)) => match String::from_utf8(bytes.into_inner()) {
            Ok(text) => SecretString::from(text),
            Err(error) => {
                drop(Zeroizing::new(error.into_bytes()));
                return Err(AwsProblem::Binary);
            }
        },
        (None, None) => return Err(AwsProblem::NoValue),
    };
    let version = answer.version_id;
    let created = answer.created_date;
    Ok(FetchedSecret {
        text,
        version: KeyVersion {
            name: version.map(|id| visible(&id).chars().take(VERSION_LEN).collect()),
            created: created.and_then(|date| Timestamp::from_second(date.secs()).ok()),
        },
        found: None,
    })
}

fn why(error: &SdkError<GetSecretValueError>, connector: &Connector) -> AwsFetchError {
    if let Some(fault) = fault_in(error) {
        return fault;
    }
    if let Some(response) = AwsErrorResponse::of_secret(error, connector) {
        return response.explain().into();
    }
    match error {
        // The only parts of a request that can be invalid are region and address.
        SdkError::ConstructionFailure(_) => AwsProblem::NoAddress.into(),
        _ => AwsProblem::NotUnderstood.into(),
    }
}
