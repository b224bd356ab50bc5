use proptest::prelude::*;

use super::*;
use crate::domain::key_source::ExternalSource;

fn form(fields: &[(&str, &str)]) -> TypedSource {
    let blank = TypedSource::blank(SourceKind::Vault);
    fields
        .iter()
        .fold(blank, |typed, (id, text)| typed.with(id, *text))
}

fn complaints(fields: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let wrong = VaultSource::read(&form(fields)).unwrap_err();
    wrong.into_iter().map(|one| (one.field, one.text)).collect()
}

#[test]
fn the_address_of_a_page_fills_in_server_namespace_mount_and_path() {
    let page = "https://vault.example.com/ui/vault/secrets/secret/kv/thred%2Fproduction/details?namespace=admin";
    let source = VaultSource::read(&form(&[("path", page)])).unwrap();
    assert_eq!(source.address.to_string(), "https://vault.example.com");
    assert_eq!((&*source.namespace, &*source.mount), ("admin", "secret"));
    assert_eq!(source.path, "thred/production");
    // The server's page in the address field is accepted too.
    let both = form(&[
        ("path", page),
        ("address", "https://vault.example.com/ui/vault/secrets"),
    ]);
    assert_eq!(VaultSource::read(&both).unwrap(), source);
    let other = [("path", page), ("address", "https://vault.example.org")];
    assert_eq!(complaints(&other)[0].0, "path");
}

#[test]
fn each_wrong_field_has_its_complaint() {
    assert_eq!(
        complaints(&[("login", "approle")]),
        [
            ("address", "Enter the address.".to_owned()),
            ("path", "Enter the path of the secret.".to_owned()),
            ("role_id", "Enter the role ID.".to_owned())
        ]
    );
    let plain = [
        ("address", "http://vault.example.com:8200"),
        ("path", "secret/a"),
    ];
    let [(field, text)] = &complaints(&plain)[..] else {
        panic!("one complaint")
    };
    assert_eq!(*field, "address");
    assert!(text.contains("unprotected"), "{text}");
    for path in [
        "https://vault.example.com/ui/vault/secrets/secret/list/thred",
        "https://vault.example.com",
        "secret/../sys/raw",
    ] {
        let typed = [("address", "vault.example.com"), ("path", path)];
        assert_eq!(complaints(&typed)[0].0, "path", "{path}");
    }
}

#[test]
fn variables_fill_in_server_namespace_and_authority() {
    let set = |names: &'static [(&str, &str)]| {
        let variable = |name: &str| {
            let found = names.iter().find(|(one, _)| *one == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        SourceKind::Vault.prefilled(&variable)
    };
    let (typed, used) = set(&[
        ("VAULT_ADDR", "https://vault.example.com:8200"),
        ("VAULT_NAMESPACE", "admin"),
        ("VAULT_CACERT", "/ca.pem"),
        ("VAULT_TOKEN", "hvs.secret"),
    ]);
    assert_eq!(used, ["VAULT_ADDR", "VAULT_NAMESPACE", "VAULT_CACERT"]);
    assert_eq!(typed.text("address"), "https://vault.example.com:8200");
    assert_eq!(typed.text("namespace"), "admin");
    assert_eq!(typed.text("ca_file"), "/ca.pem");
    assert_eq!(typed.text("product"), "vault");
    let (typed, used) = set(&[
        ("VAULT_ADDR", "https://vault.example.com"),
        ("BAO_ADDR", "https://bao.example.com"),
        ("VAULT_NAMESPACE", "team"),
        ("BAO_CACERT", " "),
    ]);
    assert_eq!(used, ["BAO_ADDR", "VAULT_NAMESPACE"]);
    assert_eq!(typed.text("address"), "https://bao.example.com");
    assert_eq!(typed.text("product"), "openbao");
}

#[test]
fn every_choice_shows_its_fields_alone() {
    for (login, _) in LOGINS {
        let typed = form(&[("login", login)]);
        let shown = SPEC.fields.iter().filter(|field| typed.is_shown(field));
        let of_logins = shown.filter(|field| field.only_for.is_some()).count();
        assert_eq!(of_logins, if login == "token" { 0 } else { 2 }, "{login}");
    }
}

proptest! {
    #[test]
    fn what_was_read_fills_the_form_in_again(
        product in prop::sample::select(&["vault", "openbao"][..]),
        engine in prop::sample::select(&["auto", "1", "2"][..]),
        login in prop::sample::select(&["token", "approle", "userpass", "ldap"][..]),
        address in "https://[a-z]{1,8}\\.example(:[1-9][0-9]{3})?(/[a-z]{1,4})?/?",
        path in "[/a-z.%?#ä ]{1,20}",
        mount in "[/a-z ]{0,8}",
        text in "[ -~]{1,8}",
        names in "[a-zA-Z_]{0,8}",
    ) {
        let typed = form(&[
            ("product", product), ("engine", engine), ("login", login), ("address", &address),
            ("path", &path), ("mount", &mount), ("namespace", &mount), ("ca_file", &text),
            ("key_field", &names), ("partner_field", &names), ("role_id", &text),
            ("approle_mount", &mount), ("userpass_user", &text), ("ldap_user", &text),
            ("ldap_mount", &mount),
        ]);
        if let Ok(source) = ExternalSource::read(&typed) {
            let again = source.typed();
            prop_assert_eq!(ExternalSource::read(&again), Ok(source.clone()));
            let json = serde_json::to_string(&source).unwrap();
            prop_assert_eq!(serde_json::from_str::<ExternalSource>(&json).unwrap(), source);
        }
    }
}
