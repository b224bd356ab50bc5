//! Hides the secrets of a session in texts.

use std::borrow::Cow;
use std::fmt;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{escapes, forms};
use crate::domain::text::excerpt;

pub(in crate::partner_api) const HIDDEN: &str = "[hidden]";
/// From this length on, `eyJ…` counts as a token: every JWT starts like that (RFC 7519).
const MIN_JWT_LEN: usize = 16;

/// The secrets that a server may repeat, in all forms in which it may do so.
#[derive(Default)]
pub struct Secrets {
    /// Bytes of the shortest form. A shorter text contains none, since decoding escapes makes it only shorter.
    shortest: usize,
    /// Finds the leftmost match, and the longest one there; `None` if there are no secrets.
    finder: Option<AhoCorasick>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(hidden)")
    }
}

impl Secrets {
    /// These secrets, plain and encoded. Texts of fewer than four bytes are ignored.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let forms: Vec<_> = secrets.into_iter().flat_map(forms::of).collect();
        let finder = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(forms.iter().map(|form| form.as_bytes()));
        // Building fails only for more text than any key or token has; `hide` then does nothing.
        let finder = finder.ok().filter(|_| !forms.is_empty());
        let shortest = forms.iter().map(|form| form.len()).min();
        Self {
            shortest: shortest.unwrap_or(0),
            finder,
        }
    }

    /// Whether `text` contains a secret, plain, encoded or behind escapes, in any case.
    pub(in crate::partner_api) fn is_in(&self, text: &str) -> bool {
        let Some(finder) = &self.finder else {
            return false;
        };
        finder.is_match(text)
            || escapes::layers(text, self.shortest).any(|layer| finder.is_match(&*layer))
    }

    /// `text` without the secrets.
    pub fn hide<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let Some(finder) = self.finder.as_ref().filter(|_| text.len() >= self.shortest) else {
            return Cow::Borrowed(text);
        };
        let mut shown = Cow::Borrowed(text);
        if finder.is_match(text) {
            let mut out = String::with_capacity(text.len());
            finder.replace_all_with(text, &mut out, |_, _, out| {
                out.push_str(HIDDEN);
                true
            });
            shown = Cow::Owned(out);
        }
        // If the secret is behind escapes, its position in the text is unknown.
        if escapes::layers(&shown, self.shortest).any(|layer| finder.is_match(&*layer)) {
            return Cow::Borrowed(HIDDEN);
        }
        shown
    }

    /// What a message may quote of `text`: without secrets and anything that looks like a token, and at most `max` characters.
    pub fn quote(&self, text: &str, max: usize) -> String {
        excerpt(&without_jwts(&self.hide(text)), max)
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
        out.push_str(if len >= MIN_JWT_LEN {
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
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;

    fn quoted(secrets: &Secrets, text: &str) -> String {
        secrets.quote(text, 1_000)
    }

    #[test]
    fn echoed_secrets_are_hidden_in_every_form() {
        let secrets = Secrets::new(["sk/live=1", "k"]);
        let text =
            "got sk/live=1, sk%2Flive%3D1, c2svbGl2ZT0x and eyJhbGciOiJIUzI1NiJ9.e30.c2ln; ok";
        assert_eq!(
            quoted(&secrets, text),
            "got [hidden], [hidden], [hidden] and [hidden]; ok"
        );
        assert_eq!(quoted(&secrets, "key eyJ k"), "key eyJ k");
        let secrets = Secrets::new(["sk?live>~1"]);
        let text = "c2s_bGl2ZT5-MQ, c2s/bGl2ZT5+MQ==, 736b3f6c6976653e7e31, 736B3F6C6976653E7E31";
        assert_eq!(
            quoted(&secrets, text),
            "[hidden], [hidden], [hidden], [hidden]"
        );
    }

    #[test]
    fn a_text_without_secrets_is_not_touched() {
        let secrets = Secrets::new(["sk/live=1"]);
        for text in ["", "Bäckerei & Söhne 100 % \\ Co", "eyJhbGciOiJIUzI1NiJ9"] {
            assert!(
                matches!(secrets.hide(text), Cow::Borrowed(same) if same == text),
                "{text}"
            );
        }
    }

    #[test]
    fn escapes_do_not_disguise_a_secret_however_deep() {
        let secrets = Secrets::new(["sk/live=1"]);
        for text in [
            r"\u0073k/live=1",
            r#"{\"key\":\"\\u0073k\/live=1\"}"#,
            "%73%6B%2f%6c%69%76%65%3D%31",
            "sk%252Flive%253D1",
            "&#115;&#x6B;&#47;live=1",
            "&amp;#115;k/live=1",
        ] {
            assert_eq!(secrets.hide(text), HIDDEN, "{text}");
            assert!(secrets.is_in(text), "{text}");
        }
    }

    #[test]
    fn a_secret_in_pieces_is_recognised() {
        let key = "sk_live_0123456789";
        let secrets = Secrets::new([key]);
        for between in [
            " ", "\t", "\n", "\r\n", "\u{a0}", "\u{ad}", "\u{200b}", "\u{200d}", "\u{2060}",
            "\u{feff}", "\u{2028}", "\0", "\\n", "\\t", "%20", "&#32;", "&Tab;",
        ] {
            let once = format!("{}{between}{}", &key[..6], &key[6..]);
            let letters: Vec<String> = key.chars().map(String::from).collect();
            for text in [once, letters.join(between)] {
                let text = format!("Your key is {text}.");
                assert!(secrets.is_in(&text), "{text:?}");
                assert_eq!(secrets.hide(&text), HIDDEN, "{text:?}");
            }
        }
        let encoded = STANDARD.encode(key);
        assert!(secrets.is_in(&encoded.replace('M', "M\u{ad}")));
        assert!(!secrets.is_in("Your key is sk_live_ 01234 5678."));
    }

    #[test]
    fn what_other_programs_write_is_recognised() {
        let key = "sk/live_1-and-more-to-fill-a-line-of-base64-as-openssl-writes-it";
        let secrets = Secrets::new([key]);
        let hex: String = key.bytes().map(|byte| format!("{byte:02x}")).collect();
        let half = hex[..20].to_uppercase() + &hex[20..];
        let encoded = STANDARD.encode(format!("user:{key}"));
        let lines = format!("{}\r\n{}\n", &encoded[..64], &encoded[64..]);
        let utf16 = key.encode_utf16().flat_map(u16::to_le_bytes);
        let powershell = STANDARD.encode(utf16.collect::<Vec<_>>());
        let escaped = lines.replace("\r\n", "\\n");
        let percent = lines.replace("\r\n", "%0A");
        for text in [
            half,
            lines,
            escaped,
            percent,
            powershell,
            key.replace('_', "&lowbar;"),
        ] {
            assert!(secrets.is_in(&text), "{text}");
            assert!(secrets.hide(&text).contains(HIDDEN), "{text}");
        }
    }

    #[test]
    fn it_is_hidden_before_it_is_cut() {
        let secrets = Secrets::new(["s3cret-key-of-the-partner"]);
        for before in 0..40 {
            let text = format!("{}s3cret-key-of-the-partner", "x".repeat(before));
            assert!(!secrets.quote(&text, 30).contains("s3"), "after {before}");
        }
    }

    #[test]
    fn a_host_in_small_letters_is_recognised() {
        let secrets = Secrets::new(["SK-Live-42"]);
        assert!(secrets.is_in("sk-live-42.evil.example"));
        assert!(!secrets.is_in("evil.example"));
    }

    proptest! {
        #[test]
        fn no_form_gets_through(
            key in "[!-~]{8,60}",
            before in "[a-z ]{0,7}",
            after in "[a-z ]{0,7}",
        ) {
            let secrets = Secrets::new([key.as_str()]);
            let plain = format!("{before}{key}{after}");
            let escaped: String = plain.bytes().map(|b| format!("\\u{b:04x}")).collect();
            let percent: String = plain.bytes().map(|b| format!("%{b:02x}")).collect();
            for text in [
                plain.clone(),
                STANDARD.encode(&plain),
                URL_SAFE_NO_PAD.encode(&plain),
                serde_json::to_string(&plain).unwrap(),
                escaped,
                percent,
            ] {
                prop_assert!(secrets.is_in(&text), "{}", text);
                let shown = secrets.hide(&text);
                prop_assert!(!secrets.is_in(&shown), "{}", shown);
                prop_assert!(!shown.contains(&key), "{}", shown);
            }
        }

        #[test]
        fn any_text_is_taken(text in ".*") {
            let secrets = Secrets::new(["s3cret-key-of-the-partner"]);
            prop_assert_eq!(secrets.hide(&text), text.as_str());
        }
    }
}
