//! The profiles that are not shown: the session that waits while another sign-in is tried, and what was left of
//! those that were open before in this run.

use crate::domain::profile::Profile;
use crate::domain::rotation::KeyFingerprint;
use crate::domain::time::Now;
use crate::state::generation::Generation;
use crate::state::import::Stage;
use crate::state::rotation::Keys;
use crate::state::session::attempt::{KeyPlace, Session};
use crate::state::session::workspace::Workspace;
use crate::state::shell::saved::KnownProfile;

/// What is kept of the profiles that are not shown. All of it is gone at exit.
#[derive(Debug, Default)]
pub struct Others {
    waiting: Option<Waiting>,
    parked: Vec<Workspace>,
    /// The label of a profile that is not remembered, or not yet.
    pub(in crate::state) label: Option<(Profile, String)>,
    /// The label that was typed for the sign-in that is tried.
    pub(in crate::state) label_tried: Option<(Profile, String)>,
    /// Keys that were on the way to the keychain when their session ended.
    being_stored: Vec<BeingStored>,
    /// Tokens of profiles that were not open went with the last sign-out.
    pub(in crate::state) forgot_tokens: bool,
    /// A profile whose key is being removed.
    pub removing: Option<Profile>,
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

/// A session that runs on, unseen, while another sign-in is tried.
#[derive(Debug)]
pub(in crate::state) struct Waiting {
    pub(in crate::state) session: Session,
    pub(in crate::state) workspace: Workspace,
    pub(in crate::state) keys: Keys,
    pub(in crate::state) generation: Generation,
}

impl Others {
    /// The profile that is shown again if the sign-in that is tried is given up.
    pub fn waiting(&self) -> Option<&Profile> {
        self.waiting
            .as_ref()
            .map(|waiting| &waiting.workspace.profile)
    }

    /// The session that waits.
    pub(in crate::state) fn waiting_session(&self) -> Option<&Session> {
        self.waiting.as_ref().map(|waiting| &waiting.session)
    }

    /// The session that waits, and its key.
    pub(in crate::state) fn waiting_world(&self) -> Option<(&Workspace, &Keys)> {
        let waiting = self.waiting.as_ref()?;
        Some((&waiting.workspace, &waiting.keys))
    }

    /// The world of the session that waits.
    pub(in crate::state) fn waiting_workspace(&self) -> Option<&Workspace> {
        self.waiting.as_ref().map(|waiting| &waiting.workspace)
    }

    /// Whether the key of the waiting session is nowhere but in memory.
    pub fn waits_with_the_only_key(&self) -> bool {
        self.waiting
            .as_ref()
            .is_some_and(|waiting| waiting.session.holds_the_only_key())
    }

    /// Profiles that were left in this run, with their tokens.
    pub fn parked(&self) -> impl Iterator<Item = &Workspace> {
        self.parked.iter()
    }

    /// Whether the waiting session is the one of this generation.
    pub(in crate::state) fn waits_as(&self, generation: Generation) -> bool {
        self.waiting
            .as_ref()
            .is_some_and(|waiting| waiting.generation == generation)
    }

    pub(in crate::state) fn set_waiting(&mut self, waiting: Waiting) {
        self.waiting = Some(waiting);
    }

    pub(in crate::state) fn take_waiting(&mut self) -> Option<Waiting> {
        self.waiting.take()
    }

    /// Keeps the world of a profile whose session has ended, so that its tokens are there when it is opened again.
    pub(in crate::state) fn park(&mut self, mut workspace: Workspace) {
        // The businesses of the embedded server end with it.
        if workspace.profile.is_demo() {
            return;
        }
        workspace.come_to_rest();
        self.forget(&workspace.profile.clone());
        self.parked.push(workspace);
    }

    /// The world of a profile that is opened again.
    pub(in crate::state) fn unpark(&mut self, profile: &Profile) -> Option<Workspace> {
        let place = self
            .parked
            .iter()
            .position(|parked| parked.profile == *profile)?;
        Some(self.parked.remove(place))
    }

    /// A session ends. If its key is still on the way to the keychain, the answer is for somebody.
    pub(in crate::state) fn ended(
        &mut self,
        generation: Generation,
        session: &Session,
        keys: Keys,
    ) {
        if let Session::SignedIn {
            profile,
            key: KeyPlace::BeingStored,
        } = session
        {
            self.being_stored.push(BeingStored {
                generation,
                profile: profile.clone(),
                fingerprint: keys.fingerprint,
                passing: keys.passing,
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

    /// The session has ended for good, and nothing would lock what was parked: it goes, its tokens with it.
    pub(in crate::state) fn signed_out(&mut self) {
        self.forgot_tokens = self.parked.iter().any(|parked| !parked.tokens.is_empty());
        self.clear();
    }

    /// What is said of a sign-out, and of the tokens that went with it.
    pub(in crate::state) fn and_tokens(&self, told: String) -> String {
        if self.forgot_tokens {
            told + " Tokens of the other profiles are forgotten too."
        } else {
            told
        }
    }

    /// Drops what was kept of a profile.
    pub(in crate::state) fn forget(&mut self, profile: &Profile) {
        self.parked.retain(|parked| parked.profile != *profile);
    }

    /// Drops the waiting session and every parked world, their tokens with them.
    pub fn clear(&mut self) {
        self.waiting = None;
        self.parked.clear();
    }

    /// Tokens expire wherever they are.
    pub(in crate::state) fn tick(&mut self, now: Now) {
        let waiting = self
            .waiting
            .iter_mut()
            .map(|waiting| &mut waiting.workspace);
        for workspace in waiting.chain(&mut self.parked) {
            if workspace.tokens.tick(now.boot) {
                workspace.tokens_changed(now);
            }
        }
    }
}

impl Workspace {
    /// The session has ended: nothing that was awaited will come.
    fn come_to_rest(&mut self) {
        self.list.loading.stop();
        self.detail.is_reading = false;
        self.looked_up = None;
        self.reveal = None;
        self.tokens.end_fetches();
        self.creating.end_waiting();
        self.editing = None;
        self.archiving.clear();
        self.fresh = None;
        self.sign_in_failure = None;
        self.retry = None;
        self.clock_skew_secs = None;
        let import = &mut self.import;
        // What a run has done stands in its journal, from which it goes on.
        if import.running().is_some() || matches!(import.stage, Stage::Reading { .. }) {
            import.put_back();
            import.stage = Stage::Empty;
        }
        import.session_ended();
    }
}
