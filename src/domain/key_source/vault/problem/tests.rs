use super::super::VaultSource;
use super::*;
use crate::domain::key_source::{ExternalSource, SourceKind, TypedSource};

fn source(fields: &[(&str, &str)]) -> VaultSource {
    let blank = TypedSource::blank(SourceKind::Vault)
        .with("address", "vault.example.com")
        .with("path", "thred/production")
        .with("mount", "secret")
        .with("engine", "2");
    let typed = fields
        .iter()
        .fold(blank, |typed, (id, text)| typed.with(id, *text));
    match ExternalSource::read(&typed).unwrap() {
        ExternalSource::Vault(source) => source,
        other => panic!("{other:?}"),
    }
}

fn all() -> Vec<VaultProblem> {
    let file = || TokenOrigin::File("~/.vault-token".to_owned());
    vec![
        VaultProblem::CaFile(CaProblem::Missing),
        VaultProblem::NotSendable("token"),
        VaultProblem::NoToken {
            looked_at: vec!["VAULT_TOKEN".to_owned(), "~/.vault-token".to_owned()],
        },
        VaultProblem::Unreadable {
            file: "~/.vault-token".to_owned(),
            why: "Permission denied".to_owned(),
        },
        VaultProblem::HelperNotAProgram {
            helper: "pass token".to_owned(),
            file: "~/.vault".to_owned(),
        },
        VaultProblem::HelperFailed {
            helper: "/opt/helper".to_owned(),
            why: "it ended with 1".to_owned(),
            said: "no session".to_owned(),
        },
        VaultProblem::NoAnswer,
        VaultProblem::LoginRejected,
        VaultProblem::NoLoginMethod,
        VaultProblem::NeedsMfa,
        VaultProblem::Wrapped,
        VaultProblem::TokenRejected(file()),
        VaultProblem::TokenRejected(TokenOrigin::Variable("VAULT_TOKEN")),
        VaultProblem::Denied(file()),
        VaultProblem::NoMount(file()),
        VaultProblem::NotKv {
            mount: "pki/".to_owned(),
            kind: "pki".to_owned(),
        },
        VaultProblem::NoSecret,
        VaultProblem::Deleted {
            version: Some(3),
            since: Some(Timestamp::UNIX_EPOCH),
        },
        VaultProblem::Destroyed { version: Some(3) },
        VaultProblem::OtherEngine,
        VaultProblem::NoNamespace,
        VaultProblem::Sealed,
        VaultProblem::NotInitialised,
        VaultProblem::Standby,
        VaultProblem::Redirected {
            target: "https://other.example/v1".to_owned(),
        },
        VaultProblem::Busy,
        VaultProblem::ServerError { status: 500 },
        VaultProblem::NotVault { status: 200 },
    ]
}

#[test]
fn every_problem_has_a_title_of_its_own_and_a_next_step() {
    let source = source(&[]);
    let mut bodies = Vec::new();
    for problem in all() {
        let words = problem.words(&source);
        assert!(!words.title.ends_with('.'), "{words:?}");
        assert!(words.body.contains("No key was read."), "{words:?}");
        assert!(words.body.ends_with('.'), "{words:?}");
        assert!(
            !words.body.contains("..") && !words.body.contains("  "),
            "{words:?}"
        );
        bodies.push(words.body);
    }
    let all = bodies.len();
    bodies.sort_unstable();
    bodies.dedup();
    assert_eq!(bodies.len(), all);
}

#[test]
fn the_line_that_helps_fits_server_namespace_and_path() {
    let help_command = |problem: VaultProblem, fields: &[(&str, &str)]| {
        problem.words(&source(fields)).help_command
    };
    let no_token = || VaultProblem::NoToken {
        looked_at: Vec::new(),
    };
    let deleted = VaultProblem::Deleted {
        version: Some(3),
        since: None,
    };
    for (problem, fields, line) in [
        (
            no_token(),
            &[][..],
            "vault login -address=https://vault.example.com",
        ),
        (
            no_token(),
            &[("product", "openbao"), ("namespace", "team a")],
            "bao login -address=https://vault.example.com -namespace='team a'",
        ),
        (
            VaultProblem::NeedsMfa,
            &[
                ("login", "ldap"),
                ("ldap_user", "ada"),
                ("ldap_mount", "corp"),
            ],
            "vault login -address=https://vault.example.com -method=ldap -path=corp username=ada",
        ),
        (
            VaultProblem::Sealed,
            &[],
            "vault operator unseal -address=https://vault.example.com",
        ),
        (
            deleted,
            &[],
            "vault kv undelete -address=https://vault.example.com -mount=secret -versions=3 thred/production",
        ),
        (
            VaultProblem::NoSecret,
            &[],
            "vault kv list -address=https://vault.example.com secret/thred",
        ),
        (
            VaultProblem::Denied(TokenOrigin::Login),
            &[],
            "vault token capabilities -address=https://vault.example.com secret/data/thred/production",
        ),
    ] {
        assert_eq!(help_command(problem, fields).as_deref(), Some(line));
    }
}

#[test]
fn a_missing_secret_says_what_is_odd_in_the_path() {
    let body = |fields: &[(&str, &str)]| VaultProblem::NoSecret.words(&source(fields)).body;
    for (fields, words) in [
        (
            &[("path", "data/thred"), ("engine", "1")][..],
            "no “data/” in them",
        ),
        (&[("path", "data/thred")], "which only the API adds"),
        (&[("path", "secret/thred")], "repeats the mount secret"),
        (&[("mount", "")], "has nothing there"),
        (&[], "has the mount secret, but nothing at thred/production"),
    ] {
        assert!(body(fields).contains(words), "{}", body(fields));
    }
}
