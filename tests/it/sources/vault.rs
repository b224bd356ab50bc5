//! The Vault source against real OpenBao servers, which `tests/sources/vault.sh` starts.

use std::{collections::HashMap, env, path::PathBuf, process::Command, sync::Arc};

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use tempfile::TempDir;
use thred_console::{
    domain::{
        key_source::{ExternalSource, FetchedKey, SourceKind, SourceProblem, TypedSource},
        network::NetworkSettings,
    },
    key_sources::{FetchContext, fetch_key},
    platform::clock::SystemClock,
};

const PARTNER: &str = "7f6c1f0a-0000-4000-8000-000000000001";
const KEY: &str = "s3cret-key-of-the-partner-0001";
const PASSWORD: &str = "s3cret password of ada";

fn given(name: &str) -> String {
    env::var(format!("THRED_TEST_VAULT_{name}")).expect("started by tests/sources/vault.sh")
}

/// Sets up a server with the command line of OpenBao.
struct Operator {
    address: String,
    namespace: &'static str,
    token: String,
    home: TempDir,
}

impl Operator {
    fn at(address: String) -> Self {
        Self {
            address,
            namespace: "",
            token: given("ROOT"),
            home: tempfile::tempdir().unwrap(),
        }
    }

    fn run(&self, line: &str) -> String {
        let output = Command::new(given("PROGRAM"))
            .args(line.split_whitespace())
            .env_clear()
            .env("HOME", self.home.path())
            .env("BAO_ADDR", &self.address)
            .env("BAO_NAMESPACE", self.namespace)
            .env("BAO_TOKEN", &self.token)
            .env("BAO_CACERT", given("CA"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "bao {line}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, line: &str) -> Value {
        let (command, rest) = line.split_once(" -- ").unwrap();
        serde_json::from_str(&self.run(&format!("{command} -format=json {rest}"))).unwrap()
    }

    /// Whether the list has this entry, perhaps from an earlier test.
    fn has(&self, list: &str, name: &str) -> bool {
        self.json(&format!("{list} list -- "))
            .get(format!("{name}/"))
            .is_some()
    }

    fn enable(&self, list: &str, kind: &str, path: &str, options: &str) {
        if !self.has(list, path) {
            self.run(&format!("{list} enable -path={path} {options} {kind}"));
        }
    }

    fn store(&self, mount: &str, path: &str) {
        self.run(&format!(
            "kv put -mount={mount} {path} partner_uuid={PARTNER} api_key={KEY}"
        ));
    }

    /// A token whose policy allows reading this path.
    fn token_for(&self, policy_path: &str, options: &str) -> String {
        let file = self.home.path().join("policy.hcl");
        let policy = format!("path \"{policy_path}\" {{ capabilities = [\"read\"] }}");
        std::fs::write(&file, policy).unwrap();
        self.run(&format!("policy write reader {}", file.display()));
        let answer = self.json(&format!("token create -- -policy=reader {options}"));
        answer["auth"]["client_token"].as_str().unwrap().to_owned()
    }

    fn is_valid(&self, token: &str) -> bool {
        let output = Command::new(given("PROGRAM"))
            .args(["token", "lookup", token])
            .env("BAO_ADDR", &self.address)
            .env("BAO_TOKEN", &self.token)
            .output();
        output.unwrap().status.success()
    }
}

fn source(address: &str, fields: &[(&str, &str)]) -> ExternalSource {
    let blank = TypedSource::blank(SourceKind::Vault).with("address", address);
    let typed = fields
        .iter()
        .fold(blank, |typed, (id, text)| typed.with(id, *text));
    ExternalSource::read(&typed).unwrap()
}

fn context(variables: &[(&str, &str)], answer: Option<&str>) -> FetchContext {
    let variables: HashMap<String, String> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    FetchContext {
        network: NetworkSettings::default(),
        variable: Arc::new(move |name| variables.get(name).cloned()),
        home: None,
        answer: answer.map(SecretString::from),
        clock: Arc::new(SystemClock),
    }
}

async fn fetch(
    source: &ExternalSource,
    context: &FetchContext,
) -> Result<FetchedKey, SourceProblem> {
    let fetched = fetch_key(source.clone(), None, context).await;
    if let Err(problem) = &fetched {
        println!(
            "  {} | {} | {:?} | {:?}",
            problem.title, problem.body, problem.help_command, problem.detail
        );
        let words = format!("{problem:?}");
        for secret in [KEY, PASSWORD, &given("ROOT")] {
            assert!(!words.contains(secret), "{words}");
        }
    }
    fetched
}

async fn with_token(source: &ExternalSource, token: &str) -> Result<FetchedKey, SourceProblem> {
    fetch(source, &context(&[("BAO_TOKEN", token)], None)).await
}

async fn title(source: &ExternalSource, token: &str) -> String {
    with_token(source, token).await.unwrap_err().title
}

fn assert_key(fetched: &FetchedKey) {
    assert_eq!(fetched.partner.0.to_string(), PARTNER);
    assert_eq!(fetched.key.secret().expose_secret(), KEY);
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn a_secret_with_versions_is_read_by_every_form_of_its_path() {
    let operator = Operator::at(given("PLAIN"));
    let path = "thred/versions";
    operator.store("secret", path);
    operator.store("secret", path);
    let token = operator.token_for("secret/data/thred/*", "");
    let page = format!(
        "{}/ui/vault/secrets/secret/kv/thred%2Fversions/details",
        operator.address
    );
    for typed in [
        "secret/thred/versions",
        "v1/secret/data/thred/versions",
        &page,
    ] {
        let source = source(
            &operator.address,
            &[("path", typed), ("product", "openbao")],
        );
        let fetched = with_token(&source, &token).await.unwrap();
        let found = fetched.source.external().unwrap();
        assert_key(&fetched);
        let version = fetched.version.name.clone().unwrap();
        assert!(version.starts_with('v') && version != "v1", "{version}");
        assert!(fetched.version.created.is_some());
        assert_eq!(found.title(), "OpenBao · secret/thred/versions");
        let line = found.store_command().unwrap();
        let expected = format!(
            "bao kv patch -address={} -mount=secret thred/versions api_key=-",
            operator.address
        );
        assert_eq!(line, expected);
        // The remembered source works again.
        assert_key(&with_token(found, &token).await.unwrap());
    }
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn a_mount_without_versions_is_read_and_told_apart() {
    let operator = Operator::at(given("PLAIN"));
    operator.enable("secrets", "kv", "plain/kv", "-version=1");
    operator.store("plain/kv", "thred/production");
    let root = given("ROOT");
    let read = source(&operator.address, &[("path", "plain/kv/thred/production")]);
    let fetched = with_token(&read, &root).await.unwrap();
    let found = fetched.source.external().unwrap();
    assert_key(&fetched);
    assert_eq!(
        fetched.version,
        thred_console::domain::key_source::KeyVersion::default()
    );
    assert_eq!(found.store_command(), None);
    // A path of KV version 2, on a version 1 mount.
    let with_data = source(
        &operator.address,
        &[("path", "plain/kv/data/thred/production")],
    );
    let problem = with_token(&with_data, &root).await.unwrap_err();
    assert!(problem.body.contains("KV version 1"), "{problem:?}");
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn each_refusal_has_words_of_its_own() {
    let operator = Operator::at(given("PLAIN"));
    let root = given("ROOT");
    operator.store("secret", "thred/here");
    operator.store("secret", "other/here");
    let at = |path: &str| source(&operator.address, &[("path", path), ("product", "openbao")]);
    let token = operator.token_for("secret/data/thred/*", "");
    assert_eq!(
        title(&at("secret/thred/none"), &token).await,
        "There is no secret at secret/thred/none"
    );
    assert_eq!(
        title(&at("secret/other/here"), &token).await,
        "OpenBao denied access to secret/other/here"
    );
    assert_eq!(
        title(&at("nothing/there"), &token).await,
        "OpenBao has no mount for nothing/there"
    );
    assert_eq!(
        title(&at("cubbyhole/x"), &root).await,
        "cubbyhole/ does not hold key/value secrets"
    );
    for path in ["secret/thred/here", "nothing/there"] {
        assert_eq!(
            title(&at(path), "s.wrong").await,
            "OpenBao rejected the token"
        );
    }
    let short = operator.token_for("secret/data/thred/*", "-ttl=1s");
    while operator.is_valid(&short) {}
    assert_eq!(
        title(&at("secret/thred/here"), &short).await,
        "OpenBao rejected the token"
    );

    operator.store("secret", "thred/gone");
    operator.run("kv delete -mount=secret thred/gone");
    let deleted = with_token(&at("secret/thred/gone"), &token)
        .await
        .unwrap_err();
    assert!(
        deleted.title.ends_with("of secret/thred/gone is deleted"),
        "{deleted:?}"
    );
    // The suggested command fixes the problem.
    let line = deleted.help_command.unwrap();
    operator.run(line.strip_prefix("bao ").unwrap());
    assert_key(&with_token(&at("secret/thred/gone"), &token).await.unwrap());
    let versions = operator.json("kv get -- -mount=secret thred/gone");
    let version = &versions["data"]["metadata"]["version"];
    operator.run(&format!(
        "kv destroy -mount=secret -versions={version} thred/gone"
    ));
    let destroyed = title(&at("secret/thred/gone"), &token).await;
    assert!(
        destroyed.ends_with("of secret/thred/gone was destroyed"),
        "{destroyed}"
    );

    let lacks = source(
        &operator.address,
        &[("path", "secret/thred/here"), ("key_field", "other")],
    );
    let problem = with_token(&lacks, &token).await.unwrap_err();
    assert!(
        problem.body.contains("api_key, partner_uuid"),
        "{problem:?}"
    );
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn role_and_user_log_in_and_leave_no_token_behind() {
    let operator = Operator::at(given("PLAIN"));
    operator.store("secret", "thred/logins");
    operator.token_for("secret/data/thred/*", "");
    operator.enable("auth", "approle", "approle", "");
    operator.run("write auth/approle/role/console token_policies=reader");
    operator.enable("auth", "userpass", "people", "");
    let user = json!({ "password": PASSWORD, "token_policies": "reader" });
    let file = operator.home.path().join("user.json");
    std::fs::write(&file, user.to_string()).unwrap();
    operator.run(&format!("write auth/people/users/ada @{}", file.display()));
    let role = operator.json("read -- auth/approle/role/console/role-id");
    let secret = operator.json("write -- -force auth/approle/role/console/secret-id");
    let role_id = role["data"]["role_id"].as_str().unwrap();
    let secret_id = secret["data"]["secret_id"].as_str().unwrap();
    let before = accessors(&operator);
    for (fields, answer) in [
        (&[("login", "approle"), ("role_id", role_id)][..], secret_id),
        (
            &[
                ("login", "userpass"),
                ("userpass_user", "ada"),
                ("userpass_mount", "people"),
            ],
            PASSWORD,
        ),
    ] {
        let all = [fields, &[("path", "secret/thred/logins")]].concat();
        let source = source(&operator.address, &all);
        let fetched = fetch(&source, &context(&[], Some(answer))).await.unwrap();
        assert_key(&fetched);
        let wrong = fetch(&source, &context(&[], Some("s3cret wrong")))
            .await
            .unwrap_err();
        assert!(wrong.title.ends_with("rejected the login"), "{wrong:?}");
    }
    assert_eq!(accessors(&operator), before, "a token was left");
    let nowhere = [
        ("login", "ldap"),
        ("ldap_user", "ada"),
        ("path", "secret/a"),
    ];
    let nowhere = source(&operator.address, &nowhere);
    let problem = fetch(&nowhere, &context(&[], Some(PASSWORD)))
        .await
        .unwrap_err();
    assert!(
        problem.title.ends_with("no such login method"),
        "{problem:?}"
    );
}

fn accessors(operator: &Operator) -> usize {
    let all = operator.json("list -- auth/token/accessors");
    all.as_array().unwrap().len()
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn namespaces_are_entered() {
    let mut operator = Operator::at(given("PLAIN"));
    let root = given("ROOT");
    operator.run("namespace create team");
    operator.namespace = "team";
    operator.enable("secrets", "kv", "kv", "-version=2");
    operator.store("kv", "thred/production");
    let fields = [
        ("path", "kv/thred/production"),
        ("namespace", "team"),
        ("product", "openbao"),
    ];
    let inside = source(&operator.address, &fields);
    let fetched = with_token(&inside, &root).await.unwrap();
    let found = fetched.source.external().unwrap();
    assert_key(&fetched);
    let line = found.store_command().unwrap();
    let expected = format!(
        "bao kv patch -address={} -namespace=team -mount=kv thred/production api_key=-",
        operator.address
    );
    assert_eq!(line, expected);
    let unknown = source(
        &operator.address,
        &[("path", "kv/a"), ("namespace", "nobody")],
    );
    assert_eq!(title(&unknown, &root).await, "Vault has no such namespace");
    // A token of the root namespace without rights in the other.
    operator.namespace = "";
    let token = operator.token_for("secret/data/thred/*", "");
    assert_eq!(
        title(&inside, &token).await,
        "OpenBao has no mount for kv/thred/production"
    );
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn tls_is_trusted_by_the_file_alone() {
    let operator = Operator::at(given("TLS"));
    operator.store("secret", "thred/tls");
    let root = given("ROOT");
    let path = ("path", "secret/thred/tls");
    let ca = given("CA");
    let trusting = source(&operator.address, &[path, ("ca_file", &ca)]);
    assert_key(&with_token(&trusting, &root).await.unwrap());
    let problem = with_token(&source(&operator.address, &[path]), &root)
        .await
        .unwrap_err();
    assert_eq!(problem.title, "The connection to Vault is not secure");
    assert!(
        problem.body.contains("does not trust its issuer"),
        "{problem:?}"
    );
    // The form is prefilled from the command line's variables.
    let variable = |name: &str| match name {
        "BAO_ADDR" => Some(operator.address.clone()),
        "BAO_CACERT" => Some(ca.clone()),
        _ => None,
    };
    let (typed, used) = SourceKind::Vault.prefilled(&variable);
    assert_eq!(used, ["BAO_ADDR", "BAO_CACERT"]);
    let read = ExternalSource::read(&typed.with("path", "secret/thred/tls")).unwrap();
    assert_key(&with_token(&read, &root).await.unwrap());
    // With another certificate authority, the server is not trusted.
    let other = operator.home.path().join("other.pem");
    let key = rcgen::KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(vec!["other.example".to_owned()]).unwrap();
    std::fs::write(&other, params.self_signed(&key).unwrap().pem()).unwrap();
    let other = other.display().to_string();
    let other = source(&operator.address, &[path, ("ca_file", &other)]);
    assert_eq!(
        title(&other, &root).await,
        "The connection to Vault is not secure"
    );
    let plain = operator.address.replace("https:", "http:");
    assert_eq!(
        title(&source(&plain, &[path]), &root).await,
        "The answer is not from Vault"
    );
}

#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn the_token_of_the_command_line_is_found_where_it_keeps_it() {
    let operator = Operator::at(given("PLAIN"));
    operator.store("secret", "thred/found");
    operator.enable("auth", "userpass", "people", "");
    let token = operator.token_for("secret/data/thred/*", "");
    let source = source(&operator.address, &[("path", "secret/thred/found")]);
    let mut context = context(&[], None);
    context.home = Some(PathBuf::from(operator.home.path()));
    let problem = fetch(&source, &context).await.unwrap_err();
    assert_eq!(problem.title, "No Vault token was found");
    // `bao login` writes the token file.
    operator.run(&format!("login {token}"));
    assert_key(&fetch(&source, &context).await.unwrap());
}

/// Named to run last, because a sealed server stays sealed.
#[tokio::test]
#[ignore = "started by tests/sources/run"]
async fn zz_a_sealed_server_and_a_new_one_say_so() {
    let root = given("ROOT");
    let new = source(
        &given("NEW"),
        &[("path", "secret/a"), ("product", "openbao")],
    );
    assert_eq!(title(&new, &root).await, "OpenBao is not initialised");
    let operator = Operator::at(given("TLS"));
    operator.run("operator seal");
    let ca = given("CA");
    let sealed = source(&operator.address, &[("path", "secret/a"), ("ca_file", &ca)]);
    assert_eq!(title(&sealed, &root).await, "Vault is sealed");
}
