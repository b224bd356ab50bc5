//! Generated businesses: the same for the same seed, and as varied as the real ones.

mod build;
mod countries;
mod rng;
mod scripts;
mod special;
mod tables;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use uuid::Uuid;

use self::{build::Builder, rng::Rng, special::SPECIALS};
use super::business::DemoBusiness;

/// `count` businesses, oldest first, created in the three years before `as_of`.
///
/// The same `seed` and `count` give the same businesses; only the dates move with `as_of`. Awkward ones (see
/// `special.rs`) are spread evenly; a count below their number gets only the first of them. `tell` hears how many there
/// are, after each.
pub(super) fn businesses(
    count: usize,
    seed: u64,
    as_of: Timestamp,
    mut tell: impl FnMut(usize),
) -> Vec<DemoBusiness> {
    let builder = Builder::new(seed, as_of, count);
    let mut all: Vec<DemoBusiness> = Vec::with_capacity(count);
    for index in 0..count {
        all.push(builder.ordinary(index));
        tell(all.len());
    }
    for (nth, special) in SPECIALS.iter().enumerate().take(count) {
        // The middle of each stretch, so that neither end of the list looks like a horror show.
        let index = (2 * nth + 1) * count / (2 * SPECIALS.len().min(count));
        if let Some(business) = all.get_mut(index) {
            builder.make_special(business, special);
        }
    }
    if count > SPECIALS.len() {
        // Nothing but an id is promised, so one business has nothing but an id.
        if let Some(bare) = all.get_mut(0) {
            *bare = DemoBusiness {
                id: bare.id,
                ..DemoBusiness::default()
            };
        }
    }
    all.sort_by_key(|business| business.created_at);
    all
}

/// The partner who owns the businesses of `seed`.
pub(super) fn partner_id(seed: u64) -> Uuid {
    uuid(&mut Rng::new(seed, u64::MAX))
}

/// A random-looking UUID of version 4.
fn uuid(rng: &mut Rng) -> Uuid {
    let bytes = (u128::from(rng.next()) << 64) | u128::from(rng.next());
    uuid::Builder::from_random_bytes(bytes.to_be_bytes()).into_uuid()
}
