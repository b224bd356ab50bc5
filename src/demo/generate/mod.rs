//! Generates businesses: the same for the same seed, and as varied as real ones.

mod build;
pub(super) mod countries;
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
/// The same `seed` and `count` give the same businesses; only the dates depend on `as_of`. Special ones (see `special.rs`) are spread evenly; if
/// `count` is smaller than their number, only the first ones occur. `tell` is called with the number generated so far after each business.
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
        // The middle of each section, so that neither end of the list is full of special cases.
        let index = (2 * nth + 1) * count / (2 * SPECIALS.len().min(count));
        if let Some(business) = all.get_mut(index) {
            builder.make_special(business, special);
        }
    }
    if count > SPECIALS.len() {
        // The API guarantees only an id, so one business has nothing else.
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
    Rng::new(seed, u64::MAX).uuid()
}
