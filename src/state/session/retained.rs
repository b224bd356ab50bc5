//! What is retained, until exit, of profiles that were open earlier in this run.

use super::open::{KeyStoring, Open};
use super::retained_workspace;
use super::workspace::Workspace;
use crate::domain::profile::Profile;
use crate::domain::time::Now;
use crate::domain::token::Fingerprint;
use crate::state::generation::Generation;

/// What is retained of profiles that are not open.
#[derive(Debug, Default)]
pub struct RetainedProfiles {
    profiles: Vec<Workspace>,
    /// The label of a profile that is not saved, or not yet.
    pub(in crate::state) label: Option<(Profile, String)>,
    /// Keys whose session ended before the keychain had stored them.
    being_stored: Vec<PendingKeyStore>,
    /// Whether the latest sign-out dropped tokens of other profiles.
    forgot_tokens: bool,
    /// The profile whose key is being removed.
    pub removing: Option<Profile>,
}

/// A profile that was left or locked while its key was being stored.
#[derive(Debug)]
pub(in crate::state) struct PendingKeyStore {
    pub(in crate::state) generation: Generation,
    pub(in crate::state) profile: Profile,
    pub(in crate::state) fingerprint: Option<Fingerprint>,
}

impl RetainedProfiles {
    /// The profiles that were left in this run, with their tokens.
    pub fn profiles(&self) -> impl Iterator<Item = &Workspace> {
        self.profiles.iter()
    }

    /// Retains what outlives a session that ended because another was opened.
    pub(in crate::state) fn add(&mut self, workspace: Workspace) {
        // The businesses of the embedded server are gone with it.
        if !workspace.profile.is_demo() {
            self.forget(&workspace.profile);
            self.profiles.push(retained_workspace::by_switch(workspace));
        }
    }

    /// Takes what was retained of a profile that is opened again.
    pub(in crate::state) fn take(&mut self, profile: &Profile) -> Option<Workspace> {
        let is_it = |retained: &mut Workspace| retained.profile == *profile;
        self.profiles.extract_if(.., is_it).next()
    }

    /// If the key of the ended session is still being stored, remembers whose it is, for the keychain's answer.
    pub(in crate::state) fn track_pending_store(&mut self, ended: &Open) {
        if ended.storing == KeyStoring::UnderWay {
            self.being_stored.push(PendingKeyStore {
                generation: ended.generation,
                profile: ended.profile().clone(),
                fingerprint: ended.keys.fingerprint,
            });
        }
    }

    /// Takes the profile whose key the keychain has answered for.
    pub(in crate::state) fn take_being_stored(
        &mut self,
        generation: Generation,
    ) -> Option<PendingKeyStore> {
        let is_it = |left: &mut PendingKeyStore| left.generation == generation;
        self.being_stored.extract_if(.., is_it).next()
    }

    /// Drops the retained profiles after a sign-out, tokens included, because no lock would protect them any more.
    pub(in crate::state) fn signed_out(&mut self, memory_only_profile: Option<&Profile>) {
        self.forgot_tokens = self
            .profiles
            .iter()
            .any(|retained| !retained.tokens.is_empty());
        self.clear(memory_only_profile);
    }

    /// The message about a sign-out, extended if tokens of other profiles were dropped.
    pub(in crate::state) fn with_tokens_note(&self, message: String) -> String {
        if self.forgot_tokens {
            message + " Tokens of other profiles were forgotten too."
        } else {
            message
        }
    }

    /// Drops what is retained of a profile.
    pub(in crate::state) fn forget(&mut self, profile: &Profile) {
        self.profiles
            .retain(|retained| retained.profile != *profile);
    }

    /// Drops what is retained of every profile, tokens included, except the draft and import of the profile that leaves no trace: they are
    /// nowhere else.
    pub(in crate::state) fn clear(&mut self, memory_only_profile: Option<&Profile>) {
        self.profiles
            .retain(|retained| Some(&retained.profile) == memory_only_profile);
        let left = self.profiles.drain(..).map(retained_workspace::by_lock);
        self.profiles = left.collect();
    }

    /// Lets retained tokens expire.
    pub(in crate::state) fn tick(&mut self, now: Now) {
        for retained in &mut self.profiles {
            retained.tokens.tick(now.boot);
        }
    }
}
