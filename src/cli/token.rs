//! `token`: fetches a token for one business and sends it either to standard output or to the clipboard.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use super::arguments::{TokenArguments, WantedToken};
use super::business::{ChosenBusiness, as_id, find};
use super::choose_profile::{ChosenProfile, choose, saved};
use super::cli_error::CliError;
use super::copy::CopyTarget;
use super::exit::CliExit;
use super::services::CliServices;
use super::{output, record, sign_in};
use crate::domain::failure::FailureKind;
use crate::domain::token::{BusinessToken, Handout, TokenCheck, TokenFormat};
use crate::partner_api::PartnerApi;
use crate::state::shell::saved::Saved;

pub(super) async fn run(arguments: TokenArguments, services: &CliServices) -> Result<(), CliError> {
    let format = arguments.format;
    // A curl command does not contain the token.
    let is_chosen = arguments.copy || arguments.print || format == TokenFormat::Curl;
    if !is_chosen && output::is_terminal() {
        let message = "This would show the token on your terminal. Nothing was fetched. Add --copy to copy it or \
                       --print to show it, or send the output to a program or file.";
        return Err(CliError::new(CliExit::Usage, message));
    }
    let target = match arguments.copy {
        true => Some(CopyTarget::connect(services).await?),
        false => None,
    };
    let issued = issue(&arguments.wanted, Some(format), services).await?;
    let handout = issued.handout(format, services)?;
    if let Some(target) = target {
        drop(issued);
        return target.hold(handout).await;
    }
    let line = Zeroizing::new(format!("{}\n", handout.text().expose_secret()));
    output::print(line.as_bytes())
}

/// A token that has passed every check and is recorded in the history.
pub(super) struct IssuedToken {
    profile: ChosenProfile,
    token: BusinessToken,
}

impl IssuedToken {
    /// The text to hand out.
    pub(super) fn handout(
        &self,
        format: TokenFormat,
        services: &CliServices,
    ) -> Result<Handout, CliError> {
        let base = self.profile.profile.environment.base_url();
        let handout = self.token.handout(format, &base, services.clock.now());
        handout.ok_or_else(|| {
            let (message, next) = ("The token has already expired.", "Run the command again.");
            CliError::undone(CliExit::TokenRejected, message, next)
        })
    }
}

/// Fetches a token, checks it and records it, in this order. A token that is not in the history is not handed out.
pub(super) async fn issue(
    wanted: &WantedToken,
    format: Option<TokenFormat>,
    services: &CliServices,
) -> Result<IssuedToken, CliError> {
    let saved = saved(services)?;
    let profile = choose(wanted.profile.profile.as_deref(), &saved, services)?;
    match fetch_checked(&profile, &saved, wanted, services).await {
        Ok((token, business)) => {
            record::issued(&profile, &business, &token, format, services).await?;
            if token.checked == TokenCheck::NotChecked {
                output::print_message(
                    "The console could not check that the token is for this business alone: it can’t be read, or it states \
                     no scope.",
                );
            }
            Ok(IssuedToken { profile, token })
        }
        Err(error) => {
            record::failed(&profile, as_id(&wanted.business), &error, services).await;
            Err(error)
        }
    }
}

async fn fetch_checked(
    profile: &ChosenProfile,
    saved: &Saved,
    wanted: &WantedToken,
    services: &CliServices,
) -> Result<(BusinessToken, ChosenBusiness), CliError> {
    let api = sign_in::client(profile, saved, sign_in::options(saved).await, services).await?;
    let (token, business) = fetch(&api, &wanted.business, services).await?;
    check_life(&token, wanted.min_life, services)?;
    Ok((token, business))
}

async fn fetch(
    api: &PartnerApi,
    typed: &str,
    services: &CliServices,
) -> Result<(BusinessToken, ChosenBusiness), CliError> {
    let zone = &services.zone;
    if let Some(id) = as_id(typed) {
        match api.business_token(id).await {
            Ok(token) => return Ok((token, ChosenBusiness { id, name: None })),
            // Some partners use UUIDs of their own as external_id.
            Err(failure) if failure.kind == FailureKind::NotFound => {}
            Err(failure) => return Err(CliError::of_failure(&failure, zone)),
        }
    }
    let business = find(api, typed, zone).await?;
    let token = api.business_token(business.id).await;
    let token = token.map_err(|failure| CliError::of_failure(&failure, zone))?;
    Ok((token, business))
}

fn check_life(
    token: &BusinessToken,
    min_life: Option<Duration>,
    services: &CliServices,
) -> Result<(), CliError> {
    let left = token.remaining(services.clock.now().boot);
    let Some(wanted) = min_life.filter(|wanted| left < *wanted) else {
        return Ok(());
    };
    let message = format!(
        "The server’s new token is valid for {} s, but --min-life asks for {} s.",
        left.as_secs(),
        wanted.as_secs()
    );
    let next = "This server’s tokens do not live longer. Use a shorter --min-life.";
    Err(CliError::undone(CliExit::TokenRejected, message, next))
}
