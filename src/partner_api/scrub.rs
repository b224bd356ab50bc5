//! Takes secrets out of text that a server sent back, before it can reach a message or a log.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
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
            forms.push(Zeroizing::new(STANDARD.encode(secret)));
            let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            forms.push(Zeroizing::new(percent));
            forms.push(Zeroizing::new(secret.to_owned()));
        }
        // A form that contains another one has to go first.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        Self(forms)
    }

    /// These and one more.
    pub(super) fn with(&self, secret: &str) -> Self {
        let mut forms = Self::new([secret]).0;
        forms.extend(self.0.iter().cloned());
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        Self(forms)
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
    }
}
