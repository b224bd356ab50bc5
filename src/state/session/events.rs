//! Handles the events of sign-ins, and those of any request of a session.

use super::attempt::{AttemptStage, CredentialCheck, SignInProblem};
use super::messages::SignInEvent;
use super::sign_in_flow;
use super::workspace::Retry;
use crate::domain::key_source::KeySource;
use crate::domain::request_notice::RequestNotice;
use crate::state::app_state::{AppState, with_workspace};
use crate::state::cx::Cx;

/// Handles an event of the sign-in attempt.
pub(in crate::state) fn sign_in(state: &mut AppState, event: SignInEvent, cx: &mut Cx) {
    match event {
        SignInEvent::DemoReady(Ok(credentials)) => {
            let check = CredentialCheck {
                is_entered: false,
                ..CredentialCheck::entered(&credentials, KeySource::Demo, cx.now.boot)
            };
            sign_in_flow::verify(state, credentials, check, cx);
        }
        SignInEvent::DemoGenerating(now) => {
            if let Some(attempt) = &mut state.attempt
                && let AttemptStage::StartingDemo { progress } = &mut attempt.stage
            {
                *progress = Some(now);
            }
        }
        SignInEvent::DemoReady(Err(why)) => sign_in_flow::fail(state, SignInProblem::Demo(why)),
        SignInEvent::KeyFetched(result) => sign_in_flow::key_fetched(state, result, cx),
        SignInEvent::Verified(result) => sign_in_flow::verified(state, result, cx),
        // These concern a running session.
        SignInEvent::KeyStored(_)
        | SignInEvent::AnswerStored(_)
        | SignInEvent::KeyRefetching
        | SignInEvent::KeyRefetchEnded
        | SignInEvent::KeyRefetched(_) => {}
    }
}

/// Handles an event of the attempt's own request.
pub(in crate::state) fn sign_in_request(state: &mut AppState, event: RequestNotice, cx: &Cx) {
    let Some(verifying) = state
        .attempt
        .as_mut()
        .and_then(|attempt| attempt.verifying_mut())
    else {
        return;
    };
    match event {
        RequestNotice::Retrying {
            operation,
            resumes_in,
            failure,
        } => {
            verifying.retry = Some(Retry {
                operation,
                at: cx.now.boot.saturating_add(resumes_in),
                failure,
            });
        }
        RequestNotice::Resumed(_) => verifying.retry = None,
        RequestNotice::ClockSkew(secs) => verifying.clock_skew_secs = secs,
    }
}

/// Handles an event of any request of the running session.
pub(in crate::state) fn request(state: &mut AppState, event: RequestNotice, cx: &Cx) {
    with_workspace(state, |workspace| match event {
        RequestNotice::Retrying {
            operation,
            resumes_in,
            failure,
        } => {
            workspace.retry = Some(Retry {
                operation,
                at: cx.now.boot.saturating_add(resumes_in),
                failure,
            });
        }
        RequestNotice::Resumed(operation) => workspace.clear_retry(operation),
        RequestNotice::ClockSkew(secs) => {
            workspace.clock_skew_secs = secs;
            workspace.is_skew_dismissed = false;
        }
    });
}
