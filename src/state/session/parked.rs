//! The profiles that are not open: what was left of those that were open before in this run. It is gone at exit.

use super::open::{KeyStoring, Open};
use super::workspace::Workspace;
use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::business::{BusinessId, BusinessIds};
use crate::domain::import::Journal;
use crate::domain::profile::Profile;
use crate::domain::rotation::KeyFingerprint;
use crate::domain::time::Now;
use crate::state::create::creating::Creating;
use crate::state::generation::Generation;
use crate::state::list::Layout;
use crate::state::shell::messages::Page;
use crate::state::shell::saved::KnownProfile;
use crate::state::tokens::Tokens;

/// What is kept of the profiles that are not open.
#[derive(Debug, Default)]
pub struct Parked {
    profiles: Vec<ParkedProfile>,
    /// The label of a profile that is not remembered, or not yet.
    pub(in crate::state) label: Option<(Profile, String)>,
    /// Keys that were on the way to the keychain when their session ended.
    being_stored: Vec<BeingStored>,
    /// Tokens of profiles that were not open went with the last sign-out.
    forgot_tokens: bool,
    /// A profile whose key is being removed.
    pub removing: Option<Profile>,
}

/// What is kept of a profile that was left: its tokens, and what was arranged and typed there.
#[derive(Debug)]
pub struct ParkedProfile {
    /// Whose.
    pub profile: Profile,
    /// They expire here as elsewhere.
    pub tokens: Tokens,
    pub(in crate::state) page: Page,
    pub(in crate::state) layout: Layout,
    pub(in crate::state) filter: String,
    pub(in crate::state) creating: Creating,
    /// The server does not tell which businesses are archived.
    pub(in crate::state) archived: HashSet<BusinessId>,
    pub(in crate::state) offers_archive: bool,
    pub(in crate::state) imported: Arc<BusinessIds>,
    /// Without notes on disk, this is all that is known of an import that broke off.
    pub(in crate::state) unfinished_import: Option<Box<Journal>>,
}

/// A profile that was left or locked while its key was on the way to the keychain.
#[derive(Debug)]
pub(in crate::state) struct BeingStored {
    pub(in crate::state) generation: Generation,
    pub(in crate::state) profile: Profile,
    pub(in crate::state) fingerprint: Option<KeyFingerprint>,
    /// What is to be remembered of the key once it is stored.
    pub(in crate::state) passing: Option<KnownProfile>,
}

impl Parked {
    /// Profiles that were left in this run, with their tokens.
    pub fn profiles(&self) -> impl Iterator<Item = &ParkedProfile> {
        self.profiles.iter()
    }

    /// A session has ended because another was opened.
    pub(in crate::state) fn park(&mut self, workspace: Workspace) {
        let Workspace {
            profile,
            list,
            page,
            layout,
            mut tokens,
            mut creating,
            archived,
            offers_archive,
            mut import,
            ..
        } = workspace;
        // The businesses of the embedded server end with it.
        if profile.is_demo() {
            return;
        }
        tokens.end_fetches();
        creating.end_waiting();
        import.put_back();
        self.forget(&profile);
        self.profiles.push(ParkedProfile {
            profile,
            tokens,
            page,
            layout,
            filter: list.filter().to_owned(),
            creating,
            archived,
            offers_archive,
            imported: import.created,
            unfinished_import: import.unfinished,
        });
    }

    /// What is kept of a profile that is opened again.
    pub(in crate::state) fn take(&mut self, profile: &Profile) -> Option<ParkedProfile> {
        let place = self
            .profiles
            .iter()
            .position(|parked| parked.profile == *profile)?;
        Some(self.profiles.remove(place))
    }

    /// A session ends. If its key is still on the way to the keychain, the answer is for somebody.
    pub(in crate::state) fn keep_storing(&mut self, ended: &Open) {
        if ended.storing == KeyStoring::UnderWay {
            self.being_stored.push(BeingStored {
                generation: ended.generation,
                profile: ended.profile().clone(),
                fingerprint: ended.keys.fingerprint,
                passing: ended.keys.passing.clone(),
            });
        }
    }

    /// The profile whose key the keychain has answered for.
    pub(in crate::state) fn take_being_stored(
        &mut self,
        generation: Generation,
    ) -> Option<BeingStored> {
        let mut left = self.being_stored.iter();
        let place = left.position(|left| left.generation == generation)?;
        Some(self.being_stored.remove(place))
    }

    /// The session has ended for good, and nothing would lock what is parked: it goes, its tokens with it.
    pub(in crate::state) fn signed_out(&mut self) {
        self.forgot_tokens = self.profiles.iter().any(|parked| !parked.tokens.is_empty());
        self.clear();
    }

    /// What is said of a sign-out, and of the tokens that went with it.
    pub(in crate::state) fn and_tokens(&self, told: String) -> String {
        if self.forgot_tokens {
            told + " Tokens of other profiles were forgotten too."
        } else {
            told
        }
    }

    /// Drops what is kept of a profile.
    pub(in crate::state) fn forget(&mut self, profile: &Profile) {
        self.profiles.retain(|parked| parked.profile != *profile);
    }

    /// Drops what is kept of every profile, the tokens with it.
    pub(in crate::state) fn clear(&mut self) {
        self.profiles.clear();
    }

    /// Tokens expire wherever they are.
    pub(in crate::state) fn tick(&mut self, now: Now) {
        for parked in &mut self.profiles {
            parked.tokens.tick(now.boot);
        }
    }
}
