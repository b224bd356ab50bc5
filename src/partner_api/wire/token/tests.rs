use super::*;
use base64::engine::general_purpose::{URL_SAFE as PADDED, URL_SAFE_NO_PAD};
use proptest::prelude::*;

#[test]
fn lifetimes_of_any_type_are_read() {
    let secs = |json: &str| {
        let body = format!(r#"{{"access_token":"t","expires_in":{json}}}"#);
        read_token(body.as_bytes()).unwrap().expires_in_secs()
    };
    assert_eq!(secs("3600"), Some(3600));
    assert_eq!(secs("\"3600\""), Some(3600));
    assert_eq!(secs("3600.5"), Some(3600));
    assert_eq!(secs("null"), None);
    assert_eq!(secs("\"a while\""), None);
}

#[test]
fn an_answer_without_a_token_is_not_quoted() {
    for body in [
        r#"{"access_token":""}"#,
        r#"{"token":"s3cret"}"#,
        r#"{"access_token":["s3cret"]}"#,
        "7",
    ] {
        let Err(Unreadable::Unexpected(text)) = read_token(body.as_bytes()) else {
            panic!("{body} is no token");
        };
        assert!(!text.contains("s3cret"), "{text}");
    }
}

const HEADER: &str = "eyJhbGciOiJIUzI1NiJ9";

fn jwt(payload: &str) -> String {
    format!("{HEADER}.{}.sig", URL_SAFE_NO_PAD.encode(payload))
}

#[test]
fn claims_are_read_from_a_jwt_and_from_nothing_else() {
    let payload =
        r#"{"business_id":"b","scope":["business_access"],"iat":1,"nbf":"2","exp":"3601","x":{}}"#;
    let expected = Payload::Read(Claims {
        business_id: Some("b".into()),
        scope: Some("business_access".into()),
        issued_at: Some(1),
        not_before: Some(2),
        expires_at: Some(3601),
    });
    for encoded in [URL_SAFE_NO_PAD.encode(payload), PADDED.encode(payload)] {
        assert_eq!(read_payload(&format!("{HEADER}.{encoded}.sig")), expected);
    }
    for opaque in [
        "",
        "abc",
        "a.b",
        "a.!!.c",
        "a.e30.c.d",
        "a.W10.c",
        "a.bnVsbA.c",
        "a.e30",
        "a..c",
    ] {
        assert_eq!(read_payload(opaque), Payload::Opaque, "{opaque}");
    }
    assert_eq!(
        read_payload(&format!("{HEADER}.e30.c")),
        Payload::Read(Claims::default())
    );
}

#[test]
fn a_jwt_that_its_recipients_may_not_read_counts_against_itself_only() {
    let named = || Claims {
        business_id: Some("b".into()),
        ..Claims::default()
    };
    let payload = URL_SAFE_NO_PAD.encode(r#"{"business_id":"b"}"#);
    for header in ["", "eyJ", "garbage", "e30", "bnVsbA", "eyJhbGciOm51bGx9"] {
        let read = read_payload(&format!("{header}.{payload}.sig"));
        assert_eq!(read, Payload::Irregular(named()), "{header}");
    }
    for time in ["\"soon\"", "[0]", "false", "null", "{}"] {
        for claim in ["iat", "nbf", "exp"] {
            let read = read_payload(&jwt(&format!(r#"{{"business_id":"b","{claim}":{time}}}"#)));
            assert_eq!(read, Payload::Irregular(named()), "{claim}: {time}");
        }
    }
}

#[test]
fn a_payload_in_the_other_alphabet_counts_against_its_token_only() {
    let payload = r#"{"business_id":"b","note":"???>>>"}"#;
    let encoded = base64::engine::general_purpose::STANDARD.encode(payload);
    assert!(encoded.contains('/') || encoded.contains('+'));
    let Payload::Irregular(claims) = read_payload(&format!("{HEADER}.{encoded}.sig")) else {
        panic!("it is not that of RFC 7515");
    };
    assert_eq!(claims.business_id.as_deref(), Some("b"));
}

#[test]
fn a_payload_without_a_signature_or_with_more_counts_against_its_token_only() {
    let expected = Payload::Irregular(Claims {
        business_id: Some("b".into()),
        ..Claims::default()
    });
    let jwt = jwt(r#"{"business_id":"b"}"#);
    let unsigned = jwt.strip_suffix(".sig").unwrap();
    for token in [unsigned, &format!("{jwt}.x"), &format!("{jwt}.x.y")] {
        assert_eq!(read_payload(token), expected, "{token}");
    }
}

/// The JWT libraries of Python and Node.js read all of these.
#[test]
fn what_careless_readers_decode_counts_against_its_token_only() {
    let payload = r#"{"business_id":"b","scope":"partner_access"}"#;
    let encoded = URL_SAFE_NO_PAD.encode(payload);
    let start = encoded.strip_suffix('0').unwrap();
    let expected = Payload::Irregular(Claims {
        business_id: Some("b".into()),
        scope: Some("partner_access".into()),
        ..Claims::default()
    });
    for careless in [
        // The last character has bits that belong to no byte.
        format!("{start}1"),
        format!("{encoded}==="),
        format!("{}~{}", &encoded[..6], &encoded[6..]),
        format!("{encoded}~"),
    ] {
        let read = read_payload(&format!("{HEADER}.{careless}.sig"));
        assert_eq!(read, expected, "{careless}");
    }
    let both = r#"{"business_id":"b","scope":"partner_access","note":"???>>>??>>"}"#;
    let both = base64::engine::general_purpose::STANDARD_NO_PAD.encode(both);
    assert!(both.contains('/') && both.contains('+'), "{both}");
    let mixed = both.replace('/', "_");
    assert_eq!(read_payload(&format!("{HEADER}.{mixed}.sig")), expected);
}

#[test]
fn claims_that_only_some_readers_understand_are_garbled() {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        r#"{"business_id":"b"}"#.encode_utf16().flat_map(bytes).collect()
    };
    for payload in [
        br#"{"business_id":"b","\ud800":1}"#.to_vec(),
        br#"{"business_id":"b","x":NaN}"#.to_vec(),
        b"{\"business_id\":\"b\",\"\xED\xA0\x80\":1}".to_vec(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
    ] {
        let token = format!("{HEADER}.{}.sig", URL_SAFE_NO_PAD.encode(&payload));
        let shown = String::from_utf8_lossy(&payload);
        assert_eq!(read_payload(&token), Payload::Garbled, "{shown}");
    }
    // Some readers end at padding, others skip it.
    let [short, more] = [r#"{"business_id":"b"}"#, " "].map(|text| PADDED.encode(text));
    let token = format!("{HEADER}.{short}{more}.sig");
    assert!(short.ends_with('='), "{short}");
    assert_eq!(read_payload(&token), Payload::Garbled);
}

/// Go finds a claim by its name without regard to case, and some of its folds are not obvious.
#[test]
fn a_claim_in_another_case_is_never_believed() {
    let ambiguous = |name: &str| Payload::Ambiguous { twice: name.into() };
    for (payload, name) in [
        (r#"{"business_id":"a","Business_ID":"b"}"#, "business_id"),
        (r#"{"BUSINESS_ID":"b","business_id":"a"}"#, "business_id"),
        (r#"{"Business_id":"b","business_Id":"a"}"#, "business_id"),
        (
            "{\"business_id\":\"a\",\"bu\u{17F}iness_id\":\"b\"}",
            "business_id",
        ),
        (r#"{"scope":"a","Scope":"b"}"#, "scope"),
        (r#"{"EXP":1,"exp":2}"#, "exp"),
    ] {
        assert_eq!(read_payload(&jwt(payload)), ambiguous(name), "{payload}");
    }
    let alone = r#"{"business_id":"a","Scope":"partner_access"}"#;
    assert_eq!(read_payload(&jwt(alone)), Payload::Garbled);
    let others = r#"{"business_id":"a","sub":"x","Sub":"y","Name":"z"}"#;
    assert!(matches!(read_payload(&jwt(others)), Payload::Read(_)));
}

#[test]
fn a_damaged_token_is_none() {
    for body in [
        &br#"{"access_token":"t\ud83d"}"#[..],
        b"{\"access_token\":\"t\xff\"}",
    ] {
        assert_eq!(read_token(body).err(), Some(Unreadable::NotJson));
    }
}

#[test]
fn an_answer_that_states_something_twice_is_no_token() {
    let body = br#"{"access_token":"t","business_id":"a","business_id":"b"}"#;
    assert!(matches!(read_token(body), Err(Unreadable::Unexpected(_))));
}

proptest! {
    #[test]
    fn a_claim_that_is_stated_twice_is_never_believed(
        name in "business_id|scope|iat|nbf|exp|sub",
        first in "[a-z]{0,3}|[0-9]{1,4}",
        second in "[a-z]{0,3}|[0-9]{1,4}",
        between in proptest::option::of(0..100_u32),
    ) {
        let between = between.map_or_else(String::new, |n| format!(r#""n":{n},"#));
        let escaped = name.replace('_', r"\u005f").replace('s', r"\u0073");
        let payload = format!(r#"{{"{name}":"{first}",{between}"{escaped}":"{second}"}}"#);
        prop_assert_eq!(read_payload(&jwt(&payload)), Payload::Ambiguous { twice: name });
    }

    #[test]
    fn any_token_is_taken(token in ".*") {
        let _ = read_payload(&token);
    }
}
