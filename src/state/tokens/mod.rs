//! The tokens of this session: which are held, being fetched or failed, and when their countdowns change.

pub mod clipboard;
pub(super) mod commands;
pub(super) mod copying;
pub(super) mod events;
pub mod messages;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::time::Duration;

use jiff::Timestamp;

use crate::domain::business::BusinessId;
use crate::domain::countdown::{Countdown, Milestone};
use crate::domain::failure::Failure;
use crate::domain::text::ServerText;
use crate::domain::time::{BootInstant, Now};
use crate::domain::token::{BusinessToken, TokenFormat};
use crate::state::shell::loading_stage::wording_changes_in;

/// A token and how it was used.
#[derive(Debug, Clone)]
pub struct HeldToken {
    pub token: BusinessToken,
    /// Name of its business when it was fetched.
    pub name: Option<ServerText>,
    /// The partner's id of its business when it was fetched.
    pub external_id: Option<ServerText>,
    pub copies: u32,
    /// When it was last copied, and in which format.
    pub last_copy: Option<(Timestamp, TokenFormat)>,
    was_live: bool,
    /// The latest milestone that was announced; `None` before the first check.
    announced: Option<Milestone>,
}

/// A fetch that is under way.
#[derive(Debug, Clone, Copy)]
pub struct PendingToken {
    /// When it started.
    pub since: BootInstant,
    /// What to do with the token.
    pub then: TokenUse,
}

/// What to do with a fetched token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenUse {
    /// Copy it in this format.
    Copy(TokenFormat),
    /// Keep it without copying it.
    Keep,
}

/// The tokens of one profile.
#[derive(Debug, Default)]
pub struct Tokens {
    held: HashMap<BusinessId, HeldToken>,
    fetching: HashMap<BusinessId, PendingToken>,
    refused: HashMap<BusinessId, Failure>,
}

impl Tokens {
    /// The token of a business, live or expired.
    pub fn get(&self, business: BusinessId) -> Option<&HeldToken> {
        self.held.get(&business)
    }

    /// The fetch under way for a business.
    pub fn fetch(&self, business: BusinessId) -> Option<PendingToken> {
        self.fetching.get(&business).copied()
    }

    /// Whether any fetch is under way.
    pub fn is_fetching(&self) -> bool {
        !self.fetching.is_empty()
    }

    /// Why the latest fetch for a business failed.
    pub fn fetch_failure(&self, business: BusinessId) -> Option<&Failure> {
        self.refused.get(&business)
    }

    /// All tokens, first to expire first.
    pub fn by_expiry(&self) -> Vec<&HeldToken> {
        let mut all: Vec<_> = self.held.values().collect();
        all.sort_by_key(|held| (held.token.expires(), held.token.business));
        all
    }

    /// Number of live tokens.
    pub fn live_count(&self, now: BootInstant) -> usize {
        self.held
            .values()
            .filter(|held| held.token.is_live(now))
            .count()
    }

    /// Number of tokens, live or expired.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// When the token of a business expires; `None` if it has no live token.
    pub(in crate::state) fn live_expiries(
        &self,
        now: Now,
    ) -> impl Fn(BusinessId) -> Option<BootInstant> {
        move |business| {
            let token = &self.held.get(&business)?.token;
            token.is_live(now.boot).then(|| token.expires())
        }
    }

    /// Whether the token of a business is fresh enough to be handed out again; see
    /// [`BusinessToken::is_fresh`](crate::domain::token::BusinessToken::is_fresh).
    pub(in crate::state) fn is_reusable(
        &self,
        business: BusinessId,
        floor: Duration,
        now: BootInstant,
    ) -> bool {
        let held = self.held.get(&business);
        held.is_some_and(|held| held.token.is_fresh(floor, now))
    }

    /// Records that a fetch starts. Returns `false` if one is under way already. That one then also copies the token if
    /// `then` says so, in the format that was requested last.
    pub(in crate::state) fn begin_fetch(
        &mut self,
        business: BusinessId,
        then: TokenUse,
        now: BootInstant,
    ) -> bool {
        self.refused.remove(&business);
        match self.fetching.entry(business) {
            Entry::Occupied(mut entry) => {
                if let TokenUse::Copy(_) = then {
                    entry.get_mut().then = then;
                }
                false
            }
            Entry::Vacant(entry) => {
                entry.insert(PendingToken { since: now, then });
                true
            }
        }
    }

    /// Records that a fetch has ended. Returns what to do with its token.
    pub(in crate::state) fn end_fetch(&mut self, business: BusinessId) -> Option<TokenUse> {
        self.fetching.remove(&business).map(|fetch| fetch.then)
    }

    /// Drops the fetches that are under way, because their answers will not arrive.
    pub(in crate::state) fn end_fetches(&mut self) {
        self.fetching.clear();
    }

    /// Adds a fetched token.
    pub(in crate::state) fn insert(
        &mut self,
        token: BusinessToken,
        name: Option<ServerText>,
        external_id: Option<ServerText>,
    ) {
        self.held.insert(
            token.business,
            HeldToken {
                token,
                name,
                external_id,
                copies: 0,
                last_copy: None,
                was_live: true,
                announced: None,
            },
        );
    }

    /// Records why a fetch failed.
    pub(in crate::state) fn fetch_failed(&mut self, business: BusinessId, failure: Failure) {
        self.refused.insert(business, failure);
    }

    /// Records that a token was copied.
    pub(in crate::state) fn copied(
        &mut self,
        business: BusinessId,
        at: Timestamp,
        format: TokenFormat,
    ) {
        if let Some(held) = self.held.get_mut(&business) {
            held.copies += 1;
            held.last_copy = Some((at, format));
        }
    }

    /// Drops a token.
    pub(in crate::state) fn forget(&mut self, business: BusinessId) {
        self.held.remove(&business);
    }

    /// Drops the expired tokens.
    pub(in crate::state) fn forget_expired(&mut self, now: BootInstant) {
        self.held.retain(|_, held| held.token.is_live(now));
    }

    /// Drops all tokens.
    pub(in crate::state) fn forget_all(&mut self) {
        self.held.clear();
    }

    /// Returns whether a token has expired since the last call.
    pub(in crate::state) fn tick(&mut self, now: BootInstant) -> bool {
        let mut any = false;
        for held in self.held.values_mut() {
            let is_live = held.token.is_live(now);
            any |= held.was_live && !is_live;
            held.was_live = is_live;
        }
        any
    }

    /// Tokens that have passed a milestone since the last call, first to expire first. If a token passed several at once, for
    /// example during sleep, only the latest counts.
    pub(in crate::state) fn milestones(
        &mut self,
        now: BootInstant,
    ) -> Vec<(BusinessId, Milestone)> {
        let mut passed = Vec::new();
        for held in self.held.values_mut() {
            let at = Milestone::at(held.token.remaining(now));
            if held.announced.replace(at).is_some_and(|before| before < at) {
                passed.push((held.token.expires(), held.token.business, at));
            }
        }
        passed.sort_by_key(|(expires, business, _)| (*expires, *business));
        passed
            .into_iter()
            .map(|(_, business, at)| (business, at))
            .collect()
    }

    /// When a countdown, or the text about a fetch, next changes.
    pub(in crate::state) fn next_deadline(&self, now: BootInstant) -> Option<BootInstant> {
        let countdowns = self
            .held
            .values()
            .map(|held| held.countdown(now).changes_in);
        let fetches = self
            .fetching
            .values()
            .map(|fetch| wording_changes_in(now.saturating_since(fetch.since)));
        countdowns
            .chain(fetches)
            .map(|step| now.saturating_add(step))
            .min()
    }
}

impl HeldToken {
    /// Whether it was live at the last tick.
    pub fn was_live(&self) -> bool {
        self.was_live
    }

    pub fn countdown(&self, now: BootInstant) -> Countdown {
        Countdown::read(self.token.remaining(now), self.token.expired_for(now))
    }
}
