//! Takes secrets out of text that a server sent back, before it can reach a message or a log.

use std::borrow::Cow;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use memchr::memmem;
use zeroize::Zeroizing;

const HIDDEN: &str = "[hidden]";
/// Shorter texts are no secrets, and taking them out would shred the message.
const SHORTEST_SECRET: usize = 4;
/// From here on `eyJ…` is taken for a token: the first characters of every JWT (RFC 7519).
const SHORTEST_JWT: usize = 16;

/// The secrets that were sent with a request, in the forms in which a server may echo them.
#[derive(Default)]
pub(super) struct Secrets(Vec<Zeroizing<String>>);

impl Secrets {
    pub(super) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut forms = Vec::new();
        for secret in secrets {
            if secret.len() < SHORTEST_SECRET {
                continue;
            }
            for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD] {
                forms.push(Zeroizing::new(engine.encode(secret)));
            }
            let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            forms.push(Zeroizing::new(percent));
            let hex = in_hex(secret);
            forms.push(Zeroizing::new(hex.to_uppercase()));
            forms.push(hex);
            // JSON may write a slash so.
            forms.push(Zeroizing::new(secret.replace('/', "\\/")));
            forms.push(Zeroizing::new(secret.to_owned()));
        }
        // A form that contains another one has to go first.
        sort(&mut forms);
        Self(forms)
    }

    /// These and one more.
    pub(super) fn with(&self, secret: &str) -> Self {
        let mut forms = Self::new([secret]).0;
        forms.extend(self.0.iter().cloned());
        sort(&mut forms);
        Self(forms)
    }

    /// A body without the secrets: what a server answers with success is shown and kept as well.
    pub(super) fn hide_in<'a>(&self, body: &'a [u8]) -> Cow<'a, [u8]> {
        let is_in = |form: &Zeroizing<String>| memmem::find(body, form.as_bytes()).is_some();
        if !self.0.iter().any(is_in) {
            return Cow::Borrowed(body);
        }
        let mut text = String::from_utf8_lossy(body).into_owned();
        for form in &self.0 {
            text = text.replace(form.as_str(), HIDDEN);
        }
        Cow::Owned(text.into_bytes())
    }

    /// `text` without the secrets and without anything that looks like a token.
    pub(super) fn scrub(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for form in &self.0 {
            if out.contains(form.as_str()) {
                out = out.replace(form.as_str(), HIDDEN);
            }
        }
        without_jwts(&out)
    }
}

/// Longer ones first, each once.
fn sort(forms: &mut Vec<Zeroizing<String>>) {
    forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    forms.dedup();
}

fn in_hex(secret: &str) -> Zeroizing<String> {
    let mut hex = Zeroizing::new(String::with_capacity(2 * secret.len()));
    for byte in secret.bytes() {
        // Writing into a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

fn without_jwts(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("eyJ") {
        let (before, found) = rest.split_at(at);
        let len = found
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || b"-_.=+/".contains(b))
            .count();
        out.push_str(before);
        out.push_str(if len >= SHORTEST_JWT {
            HIDDEN
        } else {
            &found[..len]
        });
        rest = &found[len..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn echoed_secrets_are_hidden_in_every_form() {
        let secrets = Secrets::new(["sk/live=1", "k"]);
        let text =
            "got sk/live=1, sk%2Flive%3D1, c2svbGl2ZT0x and eyJhbGciOiJIUzI1NiJ9.e30.c2ln; ok";
        assert_eq!(
            secrets.scrub(text),
            "got [hidden], [hidden], [hidden] and [hidden]; ok"
        );
        assert_eq!(secrets.scrub("key eyJ k"), "key eyJ k");
        let secrets = Secrets::new(["sk?live>~1"]);
        let text = "c2s_bGl2ZT5-MQ, c2s/bGl2ZT5+MQ==, 736b3f6c6976653e7e31, 736B3F6C6976653E7E31";
        assert_eq!(
            secrets.scrub(text),
            "[hidden], [hidden], [hidden], [hidden]"
        );
    }

    #[test]
    fn a_body_is_the_same_but_for_the_secrets() {
        let secrets = Secrets::new(["sk/live=1"]);
        let body = br#"{"name":"eyJhbGciOiJIUzI1NiJ9","x":"sk\/live=1 or sk/live=1"}"#;
        assert_eq!(
            &*secrets.hide_in(body),
            br#"{"name":"eyJhbGciOiJIUzI1NiJ9","x":"[hidden] or [hidden]"}"#
        );
        let bytes = b"\xFFno secret";
        assert!(matches!(secrets.hide_in(bytes), Cow::Borrowed(_)));
    }
}
