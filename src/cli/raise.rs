//! `raise`: brings the open window to the front.

use super::cli_error::CliError;
use super::exit::CliExit;
use super::services::CliServices;
use crate::platform::instance::{RaiseRequest, raise_first};

pub(super) async fn run(services: &CliServices) -> Result<(), CliError> {
    let asked = async {
        let folder = services.folder.as_ref()?;
        raise_first(folder, RaiseRequest::new(false)).await
    };
    let none = "No open console uses this data folder, or its version is too old to answer.";
    asked
        .await
        .map(drop)
        .ok_or_else(|| CliError::new(CliExit::NotOpen, none))
}
