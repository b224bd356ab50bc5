//! Responses to reading a secret, and their texts.

use secrecy::ExposeSecret as _;

use super::*;
use crate::domain::key_source::KeyVersion;
use crate::domain::key_source::vault::{KvEngine, VaultProduct};
use crate::key_sources::fetch_key;

#[tokio::test]
async fn a_secret_with_versions_comes_with_its_number_and_date() {
    let fake = Server::start(kv2(|_| told(200, SECRET_V2))).await;
    let source = source(&fake.base, &[("namespace", "admin/team/")]);
    let fetched = fetch_key(ExternalSource::Vault(source), None, &with_token())
        .await
        .unwrap();
    assert_eq!(fetched.version.name.as_deref(), Some("v4"));
    let created = fetched.version.created.unwrap().to_string();
    assert_eq!(created, "2026-11-28T00:39:01.390344202Z");
    assert_eq!(
        fake.asked(),
        [
            "GET /v1/sys/internal/ui/mounts/secret/thred/production",
            "GET /v1/secret/data/thred/production"
        ]
    );
    for asked in fake.seen() {
        assert_eq!(asked.header("x-vault-token"), Some(TOKEN));
        assert_eq!(asked.header("x-vault-namespace"), Some("admin/team"));
        assert_eq!(asked.header("x-vault-request"), Some("true"));
    }
    let source = fetched.source.external().unwrap();
    let ExternalSource::Vault(found) = source else {
        panic!("{source:?}")
    };
    assert_eq!(
        (&*found.mount, &*found.path),
        ("secret", "thred/production")
    );
    assert_eq!(found.engine, KvEngine::V2);
    assert_eq!(source.title(), "Vault · secret/thred/production");
}

#[tokio::test]
async fn the_path_is_read_however_it_was_pasted() {
    for (path, mount_field, asked) in [
        (
            "secret/data/thred/production",
            "",
            "secret/data/thred/production",
        ),
        (
            "v1/secret/metadata/thred/production",
            "",
            "secret/data/thred/production",
        ),
        ("thred/production", "secret", "secret/data/thred/production"),
        // If the user entered a mount, the path is used as typed.
        ("data/thred", "secret", "secret/data/data/thred"),
        ("secret/a b?/ü%", "", "secret/data/a%20b%3F/%C3%BC%25"),
    ] {
        let fake = Server::start(kv2(|_| told(200, SECRET_V2))).await;
        let source = source(&fake.base, &[("path", path), ("mount", mount_field)]);
        let fetched = fetch(&source, &with_token()).await.unwrap();
        assert_eq!(fake.asked()[1], format!("GET /v1/{asked}"), "{path}");
        // The remembered settings lead to the same secret.
        let Some(ExternalSource::Vault(found)) = fetched.found else {
            panic!("nothing was found out")
        };
        let again = fetch(&found, &with_token()).await.unwrap();
        assert_eq!(fake.asked()[3], format!("GET /v1/{asked}"), "{path}");
        assert_eq!(again.found, None);
    }
}

#[tokio::test]
async fn a_mount_without_versions_has_no_data_in_its_path() {
    let fake = Server::start(|asked, _| {
        if asked.asked().contains(MOUNTS) {
            told(200, &mount("team/kv/", "kv", "1"))
        } else {
            told(200, SECRET_V1)
        }
    })
    .await;
    let source = source(&fake.base, &[("path", "team/kv/data/thred")]);
    let fetched = fetch(&source, &with_token()).await.unwrap();
    assert_eq!(fake.asked()[1], "GET /v1/team/kv/data/thred");
    assert!(fetched.text.expose_secret().contains(KEY));
    assert_eq!(fetched.version, KeyVersion::default());
    let Some(ExternalSource::Vault(found)) = fetched.found else {
        panic!("nothing was found out")
    };
    assert_eq!((&*found.mount, found.engine), ("team/kv", KvEngine::V1));
}

/// The product decides whose token is sent, so only the user chooses it.
#[tokio::test]
async fn an_answer_changes_neither_the_product_nor_the_token_sent() {
    let fake = Server::start(|asked, _| {
        if asked.asked().contains(MOUNTS) {
            let body = mount("team/kv/", "kv", "1");
            told(200, &body.replace("+builtin", "+builtin.bao"))
        } else {
            told(200, SECRET_V1)
        }
    })
    .await;
    let both = context(&[("VAULT_TOKEN", "hvs.vault"), ("BAO_TOKEN", "s.openbao")]);
    let asked = source(&fake.base, &[("path", "team/kv/thred")]);
    let fetched = fetch(&asked, &both).await.unwrap();
    let Some(ExternalSource::Vault(found)) = fetched.found else {
        panic!("nothing was found out")
    };
    assert_eq!(found.product, VaultProduct::Vault);
    fetch(&found, &both).await.unwrap();
    for request in fake.seen() {
        assert_eq!(request.header("x-vault-token"), Some("hvs.vault"));
    }
}

/// Every possible response to reading the secret, with its text.
#[tokio::test]
async fn each_answer_to_the_reading_has_words_of_its_own() {
    const DELETED: &str = r#"{"request_id":"1","data":{"data":null,"metadata":{"created_time":"2026-11-28T00:39:01Z","deletion_time":"2026-11-28T00:40:00Z","destroyed":false,"version":3}},"warnings":null}"#;
    let destroyed = DELETED.replace("\"destroyed\":false", "\"destroyed\":true");
    let other_engine = r#"{"request_id":"1","data":null,"warnings":["Invalid path for a versioned K/V secrets engine. See the API docs."]}"#;
    let wrapped = r#"{"request_id":"1","data":null,"wrap_info":{"token":"hvs.CAESIJ-s3cret-token-of-the-user"}}"#;
    let by_policy = "{\"errors\":[\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}";
    let cases = [
        (
            403,
            by_policy,
            "Vault denied access to secret/thred/production",
            Some("capabilities"),
        ),
        (
            404,
            r#"{"errors":[]}"#,
            "There is no secret at secret/thred/production",
            Some("kv list"),
        ),
        (
            404,
            DELETED,
            "Version 3 of secret/thred/production is deleted",
            Some("-mount=secret -versions=3 thred/production"),
        ),
        (
            404,
            &destroyed,
            "Version 3 of secret/thred/production was destroyed",
            Some("kv patch"),
        ),
        (
            404,
            other_engine,
            "secret/thred/production is not in the KV version",
            None,
        ),
        (200, wrapped, "Vault sent a wrapped answer", None),
        (200, "{\"data\":[]}", "The answer is not from Vault", None),
        (
            400,
            r#"{"errors":["bad"]}"#,
            "Vault returned an error (400)",
            Some("status"),
        ),
    ];
    for (status, body, title, line) in cases {
        let answer = told(status, body);
        let fake = Server::start(kv2(move |_| answer.clone())).await;
        let problem = problem(&source(&fake.base, &[]), &with_token()).await;
        assert!(problem.title.starts_with(title), "{problem:?}");
        match line {
            Some(line) => assert!(problem.help_command.unwrap().contains(line), "{line}"),
            None => assert_eq!(problem.help_command, None),
        }
        assert_eq!(fake.asked().len(), 2);
    }
}

/// Every possible response to any request, with its text.
#[tokio::test]
async fn each_answer_of_a_server_that_cannot_help_has_words_of_its_own() {
    let page = "<html><title>Sign in</title></html>";
    for (status, body, title) in [
        (503, r#"{"errors":["Vault is sealed"]}"#, "Vault is sealed"),
        (
            400,
            r#"{"errors":["server is not yet initialized"]}"#,
            "Vault is not initialised",
        ),
        (
            503,
            r#"{"errors":["Vault is not initialized"]}"#,
            "Vault is not initialised",
        ),
        (429, r#"{"errors":[]}"#, "This Vault server is a standby"),
        (
            429,
            r#"{"errors":["request path \"x\": rate limit quota exceeded"]}"#,
            "Vault received too many requests",
        ),
        (472, "", "This Vault server is a standby"),
        (473, "{}", "This Vault server is a standby"),
        (
            500,
            r#"{"errors":["local node not active but active cluster node not found"]}"#,
            "This Vault server is a standby",
        ),
        (
            404,
            r#"{"errors":["namespace not found"]}"#,
            "Vault has no such namespace",
        ),
        (
            500,
            r#"{"errors":["internal error"]}"#,
            "Vault returned an error (500)",
        ),
        (502, page, "The answer is not from Vault"),
        (200, page, "The answer is not from Vault"),
        (200, "", "The answer is not from Vault"),
        (404, "404 page not found\n", "The answer is not from Vault"),
        (
            404,
            r#"{"message":"Not Found"}"#,
            "The answer is not from Vault",
        ),
        (200, "[]", "The answer is not from Vault"),
        (
            200,
            r#"{"data":{"keys":[]}}"#,
            "The answer is not from Vault",
        ),
        (403, DENIED, "Vault rejected the token"),
        (
            403,
            "{\"errors\":[\"2 errors occurred:\\n\\t* permission denied\\n\\t* invalid token\\n\\n\"]}",
            "Vault rejected the token",
        ),
    ] {
        let answer = told(status, body);
        let fake = Server::start(move |_, _| answer.clone()).await;
        let problem = problem(&source(&fake.base, &[]), &with_token()).await;
        assert!(
            problem.title.starts_with(title),
            "{status} {body}: {problem:?}"
        );
        let lines = fake.asked();
        let reads = lines.iter().filter(|line| !line.ends_with("/seal-status"));
        assert_eq!(reads.count(), 1, "{body}");
    }
}

#[tokio::test]
async fn a_server_that_was_never_set_up_is_told_from_a_sealed_one() {
    for (initialized, title) in [
        (true, "Vault is sealed"),
        (false, "Vault is not initialised"),
    ] {
        let fake = Server::start(move |asked, _| {
            if asked.asked().ends_with("/sys/seal-status") {
                let status = serde_json::json!({ "initialized": initialized, "sealed": true });
                told(200, &status.to_string())
            } else {
                told(503, r#"{"errors":["Vault is sealed"]}"#)
            }
        })
        .await;
        let problem = problem(&source(&fake.base, &[]), &with_token()).await;
        assert_eq!(problem.title, title);
    }
}

#[tokio::test]
async fn a_hidden_mount_is_told_from_a_wrong_token() {
    const PREFLIGHT: &str = r#"{"errors":["preflight capability check returned 403, please ensure client's policies grant access to path \"secret/thred/\""]}"#;
    for (own, title) in [
        (
            told(200, r#"{"data":{}}"#),
            "Vault has no mount for secret/thred/production",
        ),
        (
            told(
                403,
                "{\"errors\":[\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}",
            ),
            "Vault has no mount",
        ),
        (told(403, DENIED), "Vault rejected the token"),
    ] {
        let fake = Server::start(move |asked, _| {
            if asked.asked().contains("lookup-self") {
                own.clone()
            } else {
                told(403, PREFLIGHT)
            }
        })
        .await;
        let problem = problem(&source(&fake.base, &[]), &with_token()).await;
        assert!(problem.title.starts_with(title), "{problem:?}");
    }
    // Settings that name mount and engine can do without.
    let fake = Server::start(|asked, _| {
        if asked.asked().contains(MOUNTS) {
            told(403, PREFLIGHT)
        } else {
            told(200, SECRET_V2)
        }
    })
    .await;
    let all = [("path", "thred"), ("mount", "secret"), ("engine", "2")];
    fetch(&source(&fake.base, &all), &with_token())
        .await
        .unwrap();
    assert_eq!(fake.asked()[1], "GET /v1/secret/data/thred");
}

#[tokio::test]
async fn another_kind_of_mount_and_a_mount_alone_are_no_secret() {
    for (kind, path, title) in [
        (
            "pki",
            "secret/thred",
            "secret/ does not hold key/value secrets",
        ),
        ("kv", "secret", "There is no secret at secret"),
    ] {
        let fake = Server::start(move |_, _| told(200, &mount("secret/", kind, "2"))).await;
        let source = source(&fake.base, &[("path", path)]);
        let problem = problem(&source, &with_token()).await;
        assert!(problem.title.starts_with(title), "{problem:?}");
        assert_eq!(fake.asked().len(), 1);
    }
}

#[tokio::test]
async fn a_mount_that_was_not_asked_for_is_no_answer_of_vault() {
    for hostile in ["\\u001b[201~/", "other/", "secret/thred/production/x/", "/"] {
        let fake = Server::start(move |_, _| told(200, &mount(hostile, "kv", "2"))).await;
        let problem = problem(&source(&fake.base, &[]), &with_token()).await;
        assert_eq!(problem.title, "The answer is not from Vault", "{hostile}");
        assert!(!problem.body.contains('\u{1b}'), "{problem:?}");
        // Nothing is read from there.
        assert_eq!(fake.asked().len(), 1, "{hostile}");
    }
    let kind = "p\\u001b[201~";
    let fake = Server::start(move |_, _| told(200, &mount("secret/", kind, "2"))).await;
    let problem = problem(&source(&fake.base, &[]), &with_token()).await;
    assert!(problem.body.contains("“p[U+001B][201~”"), "{problem:?}");
}

#[tokio::test]
async fn the_fields_are_handed_out_as_they_were_sent() {
    const FIELDS: &str =
        r#"{"api_key":"s\"3\u0001cret\\ü","big":100000.0,"deep":{"a":[null,true,-1]}}"#;
    let fake = Server::start(kv2(|_| {
        let sent = FIELDS.replace("100000.0", "1e5");
        told(
            200,
            &format!(r#"{{"data":{{"data":{sent},"metadata":{{"version":1}}}}}}"#),
        )
    }))
    .await;
    let fetched = fetch(&source(&fake.base, &[]), &with_token())
        .await
        .unwrap();
    assert_eq!(fetched.text.expose_secret(), FIELDS);
}

#[tokio::test]
async fn a_server_that_repeats_the_token_shows_it_nowhere() {
    let fake = Server::start(|asked, _| {
        let token = asked.header("x-vault-token").unwrap_or_default();
        let hex: String = token.bytes().map(|byte| format!("{byte:02x}")).collect();
        let body = serde_json::json!({ "errors": [format!("bad token {token} {hex}"), token] });
        told(400, &body.to_string())
    })
    .await;
    let problem = problem(&source(&fake.base, &[]), &with_token()).await;
    let detail = problem.detail.unwrap();
    assert_eq!(detail, "bad token [hidden] [hidden]; [hidden]");
}

#[tokio::test]
async fn the_names_of_the_fields_are_told_where_one_is_missing() {
    let fake = Server::start(kv2(|_| told(200, SECRET_V2))).await;
    let source = source(&fake.base, &[("key_field", "THRED_KEY")]);
    let fetched = fetch_key(ExternalSource::Vault(source), None, &with_token()).await;
    let problem = fetched.unwrap_err();
    assert_clean(&problem);
    assert!(problem.title.contains("THRED_KEY"), "{problem:?}");
    assert!(
        problem.body.contains("api_key, partner_uuid"),
        "{problem:?}"
    );
}
