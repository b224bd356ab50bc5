//! Reconciles the key of a session with its saved record, and resumes a rotation that was under way.

use crate::domain::key_record::KeyRecord;
use crate::domain::key_source::KeySource;
use crate::domain::profile::Profile;
use crate::domain::rotation::{Rotation, RotationStep};
use crate::domain::text::capitalised;
use crate::domain::time::Now;
use crate::domain::token::Fingerprint;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::rotation::RotationActivity;
use crate::state::rotation::commands::forget;
use crate::state::shell::saved::{RememberedProfile, Saved};
use crate::state::shell::toasts::Toast;

/// Matches the key of a new session with its saved record, and resumes a rotation that was under way.
pub(in crate::state) fn session_began(state: &mut AppState, cx: &mut Cx) {
    let Some(open) = &mut state.open else {
        return;
    };
    state.ages_checked_on = None;
    let fingerprint = open.keys.fingerprint;
    let is_external = open.source.external().is_some();
    let is_stored = open.is_key_stored();
    let created = open.version.created;
    let profile = open.profile().clone();
    // Retained from before a lock or a switch to another profile. A saved record is newer.
    let retained = state.take_unsaved(&profile);
    match state.saved.known_mut(&profile) {
        Some(known) if known.key.fits(fingerprint) => {
            known.key.fingerprint = fingerprint;
            if is_external {
                // The source knows the key's age better than the console, which only knows when it first saw the key. The
                // oldest date counts, since a version may be younger than the key in it. A clock ahead of ours is ignored.
                let dates = [known.key.added_at, created];
                let oldest = dates.into_iter().flatten().min();
                known.key.added_at = Some(oldest.map_or(cx.now.wall, |at| at.min(cx.now.wall)));
            }
            resume(state, fingerprint, cx);
        }
        // The keychain or the source holds another key than the record says.
        Some(_) if is_stored => another_key(state, fingerprint, cx),
        Some(_) | None => {
            let record = retained.unwrap_or_else(|| RememberedProfile::new(profile));
            unsaved_session_began(state, record, fingerprint, cx);
        }
    }
}

/// Like `session_began`, for a profile that is not saved.
fn unsaved_session_began(
    state: &mut AppState,
    mut record: RememberedProfile,
    fingerprint: Option<Fingerprint>,
    cx: &mut Cx,
) {
    let is_same = record.key.fits(fingerprint);
    let is_new = record
        .rotation
        .as_ref()
        .is_some_and(|rotation| rotation.new.is_some() && rotation.new == fingerprint);
    if is_same {
        record.key.fingerprint = fingerprint;
    } else {
        record.key = KeyRecord {
            fingerprint,
            ..KeyRecord::default()
        };
    }
    state.unsaved.push(record);
    match (is_same, is_new) {
        (true, _) => resume(state, fingerprint, cx),
        (false, true) => complete_unrecorded_switch(state, fingerprint, cx),
        (false, false) => restart(state, fingerprint),
    }
}

/// Resumes a rotation whose record matches the key. A new key that was in memory only is lost.
fn resume(state: &mut AppState, fingerprint: Option<Fingerprint>, cx: &mut Cx) {
    let Some(rotation) = state.rotation_mut() else {
        return;
    };
    let is_old = rotation.old.is_none() || rotation.old == fingerprint;
    let is_new = rotation.new.is_some() && rotation.new == fingerprint;
    let step = rotation.step;
    if is_new {
        if !rotation.is_switched() {
            complete_unrecorded_switch(state, fingerprint, cx);
        }
        return;
    }
    if is_old && (step.needs_new_key() || step == RotationStep::Check) {
        // Keep the fingerprint of the new key: a write that was under way may still succeed.
        rotation.back_to(RotationStep::Paste);
        let text = format!(
            "The new key was in memory only and was lost. {} the old key{}, which works. Paste the new \
             key again.",
            holder_holds(state),
            named(fingerprint),
        );
        report_status(state, "Key rotation resumed", text, cx);
    }
}

/// Handles a key that differs from the record: the previous run was killed during a switch, or someone replaced the key.
fn another_key(state: &mut AppState, fingerprint: Option<Fingerprint>, cx: &mut Cx) {
    let is_ours = state
        .rotation()
        .is_some_and(|rotation| rotation.new.is_some() && rotation.new == fingerprint);
    if is_ours {
        complete_unrecorded_switch(state, fingerprint, cx);
        return;
    }
    let former = state.known_now().and_then(|known| known.key.fingerprint);
    replaced(state, fingerprint, cx);
    let is_dated = state
        .open
        .as_ref()
        .is_some_and(|open| open.version.created.is_some());
    let age = if is_dated {
        "The console counts its age from the date stated there."
    } else {
        "The console counts its age from today. Enter its issue date if you know it."
    };
    let change = match (former, fingerprint) {
        (Some(former), Some(new)) => format!(" ({former} → {new})"),
        _ => named(fingerprint),
    };
    let text = format!("{} has a new key{change}. It works. {age}", holder(state));
    report_status(state, "The API key was replaced elsewhere", text, cx);
}

/// Handles a key that was replaced in its source while the session was running.
pub(in crate::state) fn replaced_in_source(
    state: &mut AppState,
    fingerprint: Fingerprint,
    cx: &mut Cx,
) {
    let is_ours = |rotation: &Rotation| rotation.new == Some(fingerprint);
    if state.rotation().is_some_and(is_ours) {
        if let Some(open) = &mut state.open {
            // A test or switch under way is about a key that the session uses by now.
            open.keys.work = RotationActivity::Idle;
            open.keys.problem = None;
            open.keys.has_candidate = false;
            open.keys.has_old = true;
        }
        complete_unrecorded_switch(state, Some(fingerprint), cx);
        return;
    }
    if let Some(open) = &mut state.open {
        forget(open, cx);
    }
    replaced(state, Some(fingerprint), cx);
}

/// Records a key that someone else has replaced. A rotation that is under way starts again with it as the old key.
fn replaced(state: &mut AppState, fingerprint: Option<Fingerprint>, cx: &Cx) {
    state.key_is_new(fingerprint, cx.now.wall);
    restart(state, fingerprint);
}

/// Starts a rotation that is under way again, with this key as the old key.
fn restart(state: &mut AppState, fingerprint: Option<Fingerprint>) {
    if let Some(rotation) = state.rotation_mut() {
        rotation.new = None;
        rotation.old = fingerprint;
        if rotation.step != RotationStep::Portal {
            rotation.back_to(RotationStep::Paste);
        }
    }
}

/// What holds the session's key, for the start of a sentence.
fn holder(state: &AppState) -> String {
    let store = state.keychain.phrase();
    match state.open.as_ref().map(|open| &open.source) {
        // Names of programs are not capitalised.
        Some(source @ KeySource::External(_)) => source.holder(store),
        Some(_) | None => capitalised(store),
    }
}

/// "The keychain holds".
fn holder_holds(state: &AppState) -> String {
    match state.open.as_ref().map(|open| &open.source) {
        Some(KeySource::Variables) => "The environment variables hold".to_owned(),
        Some(KeySource::Typed | KeySource::Demo) => "This session holds".to_owned(),
        Some(KeySource::Keychain | KeySource::External(_)) | None => {
            format!("{} holds", holder(state))
        }
    }
}

/// Completes a switch that the console had not recorded, for example because it was killed or locked at that moment.
fn complete_unrecorded_switch(state: &mut AppState, fingerprint: Option<Fingerprint>, cx: &mut Cx) {
    state.key_is_new(fingerprint, cx.now.wall);
    if let Some(rotation) = state.rotation_mut() {
        for step in [
            RotationStep::Portal,
            RotationStep::Paste,
            RotationStep::Verify,
            RotationStep::OtherSystems,
            RotationStep::Switch,
        ] {
            if rotation.step == step {
                rotation.complete(step, cx.now.wall);
            }
        }
    }
    let text = format!(
        "{} the new key{}: the switch finished before the console could record it. Next, confirm the old \
         key is revoked.",
        holder_holds(state),
        named(fingerprint),
    );
    report_status(state, "The new key is in use", text, cx);
}

/// Records that a key was stored after the user typed it on the sign-in screen.
pub(in crate::state) fn key_was_stored(state: &mut AppState, now: Now) {
    let Some(open) = &state.open else {
        return;
    };
    let (fingerprint, profile) = (open.keys.fingerprint, open.profile().clone());
    let record = state.take_unsaved(&profile);
    remember(&mut state.saved, &profile, fingerprint, record, now);
    state.ages_checked_on = None;
}

/// Records a profile whose key was stored, together with what was known about it before.
pub(in crate::state) fn remember(
    saved: &mut Saved,
    profile: &Profile,
    fingerprint: Option<Fingerprint>,
    unsaved_record: Option<RememberedProfile>,
    now: Now,
) {
    saved.key_was_stored(profile, fingerprint, now.wall);
    let Some(known) = saved.known_mut(profile) else {
        return;
    };
    if let Some(unsaved_record) = unsaved_record {
        if known.consumers.0.is_empty() {
            known.consumers = unsaved_record.consumers;
        }
        if known.key.issued_on.is_none() {
            known.key.issued_on = unsaved_record.key.issued_on;
        }
        known.rotation = known.rotation.take().or(unsaved_record.rotation);
    }
    // A key that the user typed in place of the old one completes the rotation that was under way.
    let is_replaced =
        |rotation: &&mut Rotation| !rotation.is_switched() && rotation.old != fingerprint;
    if let Some(rotation) = known.rotation.as_mut().filter(is_replaced) {
        rotation.new = fingerprint;
        rotation.step = RotationStep::Switch;
        rotation.complete(RotationStep::Switch, now.wall);
    }
}

pub(super) fn report_status(state: &mut AppState, title: &str, text: String, cx: &mut Cx) {
    cx.toast(Toast::info(title, text.clone()));
    if let Some(open) = &mut state.open {
        open.keys.status_note = Some(text);
    }
}

fn named(fingerprint: Option<Fingerprint>) -> String {
    fingerprint.map_or_else(String::new, |fingerprint| format!(" ({fingerprint})"))
}
