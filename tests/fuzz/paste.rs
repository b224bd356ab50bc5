//! Texts pasted at the sign-in.

use thred_console::domain::{
    credentials::{ApiKey, recognise},
    environment::BaseUrl,
};

use crate::input::{assert_plain, fuzz_text};

#[test]
fn credentials() {
    fuzz_text(
        "paste",
        &[
            "THRED_PARTNER_UUID=",
            "THRED_API_KEY=",
            "export ",
            "BASE_URL=",
            "#",
            "3f2a71c8-05de-4b7e-8d14-61fa20b39c1e",
        ],
        |pasted| {
            let Some(found) = recognise(pasted) else {
                return false;
            };
            let key = found.key_text();
            // An escaped or shell-quoted key does not appear literally in the pasted text.
            if !pasted.contains(['\\', '\'', '"']) {
                assert!(pasted.contains(key), "the key was made up");
                assert!(!key.contains(['\r', '\n']), "{key:?}");
                // Hyphens and invisible characters do not count.
                let told = pasted.chars().filter(char::is_ascii_hexdigit);
                let told = told.collect::<String>().to_ascii_lowercase();
                let partner = found.partner.map(|partner| partner.0.simple().to_string());
                assert!(
                    partner.is_none_or(|partner| told.contains(&partner)),
                    "the partner was made up"
                );
            }
            // The debug text has the partner's id, which may contain a key of hex digits.
            let is_id = key
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
            if key.len() > 8 && !is_id {
                assert!(!format!("{found:?}").contains(key), "it is printed");
            }
            // The pair of partner and key is recognised again, if the key has no special characters.
            let is_word = key.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if let (Some(partner), Ok(_), true) = (found.partner, ApiKey::parse(key), is_word) {
                let again = recognise(&format!("{partner}:{key}")).unwrap();
                assert_eq!((again.partner, again.key_text()), (Some(partner), key));
            }
            true
        },
    );
}

#[test]
fn an_address() {
    fuzz_text(
        "address",
        &[
            "https://",
            "http://",
            "127.0.0.1",
            "localhost",
            "user:pass@",
            "#",
            "?",
            "/v1/platform",
            "xn--",
        ],
        |typed| {
            let Ok(base) = BaseUrl::parse(typed) else {
                return false;
            };
            let written = base.to_string();
            assert_plain(&written);
            assert!(
                written.starts_with("https://") || base.is_loopback(),
                "{written}"
            );
            assert!(base.host().is_ascii(), "{}", base.host());
            assert_eq!(BaseUrl::parse(&written).unwrap(), base);
            let endpoint = base.endpoint(&["businesses", "a/b?c#d"]);
            assert_eq!(endpoint.query(), None);
            assert!(endpoint.as_str().starts_with(&written), "{endpoint}");
            true
        },
    );
}
