//! A business token: the guard that decides whether it may be handed out, and its lifetime.

mod claims;
mod fingerprint;
mod format;
mod guard;
mod hand_over;
mod lifetime;
mod problem;
#[cfg(test)]
mod tests;

pub use self::claims::{Claims, Payload};
pub use self::fingerprint::Fingerprint;
pub use self::format::{Handout, TokenFormat};
pub use self::guard::{BUSINESS_SCOPE, BusinessToken, TokenCheck, TokenResponse, check_bearer};
pub use self::hand_over::HandOverNote;
pub use self::lifetime::StatedLifetime;
pub use self::problem::TokenProblem;
