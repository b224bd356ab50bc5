use super::*;
use crate::domain::environment::Environment;

const UUID: &str = "df2a71c8-05de-4b7e-8d14-61fa20b39c1e";
const KEY: &str = "example_key_0123456789==";

#[track_caller]
fn assert_pair(text: &str) {
    let found = recognise(text).unwrap_or_default();
    let partner = found.partner.map(|id| id.to_string());
    assert_eq!(partner.as_deref(), Some(UUID), "{text:?}");
    assert_eq!(found.key_text(), KEY, "{text:?}");
}

#[track_caller]
fn assert_only_partner(text: &str) {
    let found = recognise(text).unwrap_or_default();
    assert!(found.partner.is_some(), "{text:?}");
    assert_eq!(found.key_text(), "", "{text:?}");
}

#[test]
fn pairs_on_one_line_and_on_two() {
    for separator in [
        ":", ": ", "\t", " ", "   ", ",", ";", " | ", "\n", "\r\n\r\n",
    ] {
        assert_pair(&format!("{UUID}{separator}{KEY}"));
    }
    assert_pair(&format!("{KEY}\r\n{UUID}\r\n"));
    assert_pair(&format!("{KEY}\t{UUID}"));
    assert_pair(&format!("`{UUID}:{KEY}`"));
    assert_pair(&format!("\"{UUID}\" \"{KEY}\""));
    assert_pair(&format!("{{{UUID}}}\n{KEY}"));
}

#[test]
fn lines_of_files_and_shells() {
    for (name, value) in [
        ("THRED_PARTNER_UUID", "THRED_API_KEY"),
        ("partner_uuid", "api_key"),
        ("partnerUuid", "apiKey"),
        ("My-Partner-UUID", "My-Api-Key"),
    ] {
        for (before, between, after) in [
            ("", "=", ""),
            ("export ", "=", ""),
            ("set ", "=", ""),
            ("SET ", "=", ""),
            ("setx ", " ", ""),
            ("$env:", " = ", ""),
            ("$Env:", "=", ";"),
            ("", ": ", ""),
            ("  - ", ": ", ""),
            ("", "=", " # production, until February"),
            ("| ", " | ", " |"),
        ] {
            for quote in ["", "\"", "'", "`"] {
                if quote.is_empty() && after == ";" {
                    continue;
                }
                let line =
                    |name, value| format!("{before}{name}{between}{quote}{value}{quote}{after}");
                assert_pair(&format!(
                    "# Thred\n{}\n{}\n",
                    line(name, UUID),
                    line(value, KEY)
                ));
            }
        }
    }
    assert_pair(&format!(
        "set \"THRED_PARTNER_UUID={UUID}\"\r\nset \"THRED_API_KEY={KEY}\"\r\n"
    ));
    assert_pair(&format!(
        "thred:\n  partner_uuid: {UUID}\n  api_key: {KEY}\n"
    ));
    assert_pair(&format!("Partner: {UUID}\nKey: {KEY}"));
    assert_pair(&format!("Partner UUID:\n{UUID}\n\nAPI Key:\n{KEY}\n"));
    assert_pair(&format!(
        "Environment: Sandbox\nPartner UUID: {UUID}\nAPI Key: {KEY}\nRegards\n"
    ));
    assert_pair(
        &format!("Partner UUID\t{UUID}\nAPI Key\t{KEY}")
            .replace("Partner UUID", "partner_uuid")
            .replace("API Key", "api_key"),
    );
}

#[test]
fn a_hash_inside_a_value_is_no_comment() {
    for (line, key) in [
        ("THRED_API_KEY=ab#cd # note", "ab#cd"),
        ("THRED_API_KEY=\"ab # cd\"", "ab # cd"),
        ("THRED_API_KEY='ab#cd' # note", "ab#cd"),
        ("THRED_API_KEY=abcd\t# note", "abcd"),
    ] {
        assert_eq!(recognise(line).unwrap().key_text(), key, "{line}");
    }
}

#[test]
fn json_of_files_and_secret_managers() {
    let object = format!(r#"{{"partner_uuid": "{UUID}", "api_key": "{KEY}"}}"#);
    assert_pair(&object);
    assert_pair(&format!("\u{FEFF}[{object}]\n"));
    assert_pair(&format!(
        r#"{{"data": {{"data": {object}, "metadata": {{"version": 4}}}}}}"#
    ));
    let text = serde_json::to_string(&object).unwrap();
    assert_pair(&format!(
        r#"{{"Name": "thred/production", "SecretString": {text}}}"#
    ));
    assert!(recognise(r#"{"user": "me", "password": "example"}"#).is_none());
    // An incomplete object is read line by line.
    assert_pair(&format!(
        "\"partner_uuid\": \"{UUID}\",\n\"api_key\": \"{KEY}\",\n"
    ));
    let deep = "[".repeat(500);
    assert!(recognise(&deep).is_none());
}

#[test]
fn the_user_of_a_curl_command() {
    for user in ["-u ", "-u", "--user ", "--user="] {
        for quote in ["", "'", "\""] {
            let command = format!(
                "curl -X POST {user}{quote}{UUID}:{KEY}{quote} \\\n  https://api.thredfi.com/v1/platform/oauth2/token/"
            );
            assert_pair(&command);
            let found = recognise(&command).unwrap();
            assert_eq!(found.environment, Some(Environment::Production));
        }
    }
    assert!(recognise("curl -u me:secret https://example.com").is_none());
}

#[test]
fn names_decide_what_is_a_key() {
    let file = format!(
        "THRED_BASE_URL=https://api.thredfi.com\nOTHER_UUID=00000000-0000-0000-0000-000000000001\n\
         LOG_LEVEL=debug\nMY_THRED_API_KEY=\"{KEY}\"\nTHRED_PARTNER_UUID={UUID}\nOTHER_SECRET=no\n"
    );
    assert_pair(&file);
    assert_eq!(
        recognise(&file).unwrap().environment,
        Some(Environment::Production)
    );

    let alone = recognise("THRED_API_KEY=k==").unwrap();
    assert!(alone.partner.is_none() && alone.key_text() == "k==");
    assert_only_partner(&format!("THRED_TOKEN=eyJ\nTHRED_PARTNER_UUID={UUID}"));
    assert!(recognise("LOG_LEVEL=debug\nOTHER_SECRET=no").is_none());
    assert!(recognise("example_key_0123456789=").is_none());
}

#[test]
fn what_is_for_another_service_stays_out() {
    let other = "00000000-0000-0000-0000-000000000001";
    let ours = format!("THRED_PARTNER_UUID={UUID}\nTHRED_API_KEY={KEY}\n");
    for line in [
        "STRIPE_API_KEY=sk_live_x".to_owned(),
        format!("AZURE_CLIENT_ID={other}"),
        "ACME_API_URL=https://api.acme.example".to_owned(),
    ] {
        for text in [format!("{line}\n{ours}"), format!("{ours}{line}")] {
            assert_pair(&text);
            assert_eq!(recognise(&text).unwrap().environment, None, "{text}");
        }
    }
    assert_only_partner(&format!(
        "STRIPE_API_KEY=sk_live_x\nTHRED_PARTNER_UUID={UUID}"
    ));
    // Nothing says which key is meant.
    assert!(recognise("FIRST_API_KEY=one\nSECOND_API_KEY=two").is_none());
    assert_pair(&format!(
        "PARTNER_UUID={UUID}\nSOME_CLIENT_ID={other}\nAPI_KEY={KEY}"
    ));
    let json = format!(
        r#"{{"stripe": {{"api_key": "x"}}, "thred": {{"partner_uuid": "{UUID}", "api_key": "{KEY}"}}}}"#
    );
    assert_pair(&json);
    let elsewhere = format!("API_URL=https://api.acme.example\nAPI_KEY={KEY}");
    assert_eq!(recognise(&elsewhere).unwrap().environment, None);
    assert!(
        recognise(&format!("sk.{UUID}")).is_none(),
        "a key with a UUID in it"
    );
}

#[test]
fn text_with_a_uuid_in_it_is_never_a_key() {
    assert_only_partner(UUID);
    assert_only_partner(&format!("{UUID}\u{200B}"));
    assert_only_partner(&UUID.replace('-', "\u{2011}"));
    assert_only_partner(&format!("urn:uuid:{UUID}"));
    assert_only_partner(&format!("Our partner is {UUID}, the key follows."));
    assert_only_partner(&format!("https://portal.example/partners/{UUID}/keys"));
    assert_only_partner(&format!("partner {UUID}"));
    assert_only_partner(&format!("Partner: {UUID}"));
    assert_only_partner(&format!("Customer: {UUID}\nPlan: gold"));
    assert_only_partner(&format!("{UUID} # production"));
}

#[test]
fn a_key_is_told_from_a_uuid_that_was_copied_badly() {
    for key in [
        "example_key_0123456789",
        " 0123456789abcdef-z ",
        &"0123456789abcdef".repeat(4),
        "SECRET=example_key_0123456789\nother",
    ] {
        assert!(is_like_a_key(key), "{key}");
    }
    for other in [
        UUID,
        "{df2a71c8-05de-4b7e-8d14-61fa20b39c1e}",
        "df2a71c8-05de-4b7e",
        "Partner UUID: df2a71c8-05de-4b7e-8d14-61fa20b39c1e;",
        "example",
    ] {
        assert!(!is_like_a_key(other), "{other}");
    }
}
