//! Removes secrets from everything a server sends, before it can reach the screen, a file, a message or a log.
//!
//! A server knows the key and the sign-in, and may repeat them in any text. Texts are therefore searched after decoding and before shortening,
//! because half a secret would not be recognised. [`Secrets::quote`], [`Secrets::hide`] and [`WireText`] ensure this order.

mod escapes;
mod forms;
mod secrets;
mod wire_text;

pub(super) use secrets::HIDDEN;
pub use secrets::Secrets;
pub(super) use wire_text::WireText;
