//! Asks for the secret, and reads the answer.

use aws_config::SdkConfig;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::SdkError;
use aws_sdk_secretsmanager::operation::get_secret_value::{
    GetSecretValueError, GetSecretValueOutput,
};
use jiff::Timestamp;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::domain::key_source::aws::AwsProblem;
use crate::key_sources::FetchedSecret;

use super::connector::Connector;
use super::refusal::{AwsRefusal, AwsTrouble, fault_in};

/// The version that is in use; a rotation moves this label.
const CURRENT: &str = "AWSCURRENT";
/// Of the UUID of a version as many characters tell it apart.
const VERSION_LEN: usize = 8;

/// Asks once for the current value.
pub(super) async fn secret(
    config: &SdkConfig,
    secret_id: &str,
    connector: &Connector,
) -> Result<FetchedSecret, AwsTrouble> {
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
        version: version.map(|id| id.chars().take(VERSION_LEN).collect()),
        created: created.and_then(|date| Timestamp::from_second(date.secs()).ok()),
        found: None,
    })
}

fn why(error: &SdkError<GetSecretValueError>, connector: &Connector) -> AwsTrouble {
    if let Some(fault) = fault_in(error) {
        return fault;
    }
    if let Some(refusal) = AwsRefusal::of_secret(error, connector) {
        return refusal.explain().into();
    }
    match error {
        // Region and address do not make a request.
        SdkError::ConstructionFailure(_) => AwsProblem::NoAddress.into(),
        _ => AwsProblem::NotUnderstood.into(),
    }
}
