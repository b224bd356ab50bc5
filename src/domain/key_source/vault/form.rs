//! The form of a Vault source.

use super::super::SourceKind;
use super::super::form::{FieldComplaint, SourceField, SourceSpec, TypedSource};
use super::VaultAddress;
use super::pasted::{PastedLocation, is_address, without_slashes};
use super::source::{KvEngine, VaultLogin, VaultProduct, VaultSource};

const PRODUCTS: [(&str, &str); 2] = [("vault", "HashiCorp Vault"), ("openbao", "OpenBao")];
const ENGINES: [(&str, &str); 3] = [
    ("auto", "Detect"),
    ("2", "KV version 2"),
    ("1", "KV version 1"),
];
const LOGINS: [(&str, &str); 4] = [
    ("token", "CLI token"),
    ("approle", "AppRole"),
    ("userpass", "User name and password"),
    ("ldap", "LDAP"),
];

/// Display texts and form fields.
pub(in crate::domain::key_source) static SPEC: SourceSpec = SourceSpec {
    name: "HashiCorp Vault or OpenBao",
    hint: "Reads the key from a KV secret, with your CLI token, an AppRole or your password.",
    fields: &[
        SourceField::choice("product", "Server", &PRODUCTS),
        SourceField::address("address", "Address", "https://vault.example.com:8200"),
        SourceField::optional("namespace", "Namespace", "admin/team"),
        SourceField::needed("path", "Path of the secret", "secret/thred/production"),
        SourceField::optional("mount", "Mount", "detected from the path"),
        SourceField::choice("engine", "Engine", &ENGINES),
        SourceField::KEY_NAME,
        SourceField::PARTNER_NAME,
        SourceField::choice("login", "Log in with", &LOGINS),
        SourceField::needed("role_id", "Role ID", "").only_for("login", "approle"),
        SourceField::optional("approle_mount", "Login mount", "approle")
            .only_for("login", "approle"),
        SourceField::needed("userpass_user", "User name", "").only_for("login", "userpass"),
        SourceField::optional("userpass_mount", "Login mount", "userpass")
            .only_for("login", "userpass"),
        SourceField::needed("ldap_user", "User name", "").only_for("login", "ldap"),
        SourceField::optional("ldap_mount", "Login mount", "ldap").only_for("login", "ldap"),
        SourceField::optional(
            "ca_file",
            "Certificate authority (PEM file)",
            "/etc/ssl/vault-ca.pem",
        ),
    ],
    templates: &[],
};

impl VaultSource {
    pub(in crate::domain::key_source) fn read(
        typed: &TypedSource,
    ) -> Result<Self, Vec<FieldComplaint>> {
        let mut wrong = typed.missing();
        let mut complain = |field, text: String| wrong.push(FieldComplaint { field, text });
        let pasted = match PastedLocation::read(typed.text("path")) {
            Ok(place) => {
                if place.path.is_empty() && typed.filled("path").is_some() {
                    let text = "This is a server or a folder. Open the secret and copy its address, or type its path.";
                    complain("path", text.to_owned());
                }
                place
            }
            Err(error) => {
                complain("path", error.to_string());
                PastedLocation::default()
            }
        };
        if has_dots(&pasted.path) {
            complain(
                "path",
                "A path can’t contain “.” or “..” as a part.".to_owned(),
            );
        }
        // The address field may also contain the URL of a page or an endpoint. Only the server is used.
        let address = match typed.filled("address") {
            None => pasted.address.clone(),
            Some(text) if is_address(text) => match PastedLocation::read(text) {
                Ok(place) => place.address,
                Err(why) => {
                    complain("address", why.to_owned());
                    None
                }
            },
            Some(text) => match VaultAddress::parse(text) {
                Ok(address) => Some(address),
                Err(why) => {
                    complain("address", why.to_owned());
                    None
                }
            },
        };
        if let (Some(typed), Some(pasted)) = (&address, &pasted.address)
            && typed != pasted
        {
            let text = format!("This secret is at {pasted}, and the address above is {typed}.");
            complain("path", text);
        }
        let mount = typed.filled("mount").map(without_slashes);
        let namespace = typed.filled("namespace").map(without_slashes);
        let source = address.map(|address| Self {
            product: match typed.text("product") {
                "openbao" => VaultProduct::OpenBao,
                _ => VaultProduct::Vault,
            },
            address,
            namespace: namespace.or(pasted.namespace).unwrap_or_default(),
            mount: mount.or(pasted.mount).unwrap_or_default(),
            path: pasted.path,
            engine: match typed.text("engine") {
                "1" => KvEngine::V1,
                "2" => KvEngine::V2,
                _ => KvEngine::Unknown,
            },
            names: typed.field_names(),
            ca_file: typed.text("ca_file").to_owned(),
            login: login(typed),
        });
        // A URL in the path field also supplies the server address.
        wrong.retain(|complaint| complaint.field != "address" || source.is_none());
        match source {
            Some(source) if wrong.is_empty() => Ok(source),
            _ => Err(wrong),
        }
    }

    pub(in crate::domain::key_source) fn typed(&self) -> TypedSource {
        let typed = TypedSource::blank(SourceKind::Vault)
            .with(
                "product",
                match self.product {
                    VaultProduct::Vault => "vault",
                    VaultProduct::OpenBao => "openbao",
                },
            )
            .with("address", self.address.to_string())
            .with("namespace", &*self.namespace)
            .with("path", &*self.path)
            .with("mount", &*self.mount)
            .with(
                "engine",
                match self.engine {
                    KvEngine::Unknown => "auto",
                    KvEngine::V1 => "1",
                    KvEngine::V2 => "2",
                },
            )
            .with_field_names(&self.names)
            .with("ca_file", &*self.ca_file);
        match &self.login {
            VaultLogin::Token => typed.with("login", "token"),
            VaultLogin::AppRole { role_id, mount } => typed
                .with("login", "approle")
                .with("role_id", &**role_id)
                .with("approle_mount", &**mount),
            VaultLogin::Userpass { username, mount } => typed
                .with("login", "userpass")
                .with("userpass_user", &**username)
                .with("userpass_mount", &**mount),
            VaultLogin::Ldap { username, mount } => typed
                .with("login", "ldap")
                .with("ldap_user", &**username)
                .with("ldap_mount", &**mount),
        }
    }
}

fn login(typed: &TypedSource) -> VaultLogin {
    let text = |id: &str| typed.text(id).to_owned();
    let mount = |id: &str| {
        let mount = without_slashes(typed.text(id));
        mount.trim_start_matches("auth/").to_owned()
    };
    match typed.text("login") {
        "approle" => VaultLogin::AppRole {
            role_id: text("role_id"),
            mount: mount("approle_mount"),
        },
        "userpass" => VaultLogin::Userpass {
            username: text("userpass_user"),
            mount: mount("userpass_mount"),
        },
        "ldap" => VaultLogin::Ldap {
            username: text("ldap_user"),
            mount: mount("ldap_mount"),
        },
        _ => VaultLogin::Token,
    }
}

fn has_dots(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "." | ".."))
}

/// Fills in the environment variables of the command-line tools: those of OpenBao if BAO_ADDR is set, otherwise those
/// of Vault.
pub(in crate::domain::key_source) fn prefilled(
    blank: TypedSource,
    variable: &dyn Fn(&str) -> Option<String>,
) -> (TypedSource, Vec<&'static str>) {
    const FIELDS: [(&str, &str, &str); 3] = [
        ("address", "VAULT_ADDR", "BAO_ADDR"),
        ("namespace", "VAULT_NAMESPACE", "BAO_NAMESPACE"),
        ("ca_file", "VAULT_CACERT", "BAO_CACERT"),
    ];
    let value = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
    let is_openbao = value("BAO_ADDR").is_some();
    let product = if is_openbao { "openbao" } else { "vault" };
    let mut typed = blank.with("product", product);
    let mut used = Vec::new();
    for (field, of_vault, of_openbao) in FIELDS {
        let names = if is_openbao {
            [of_openbao, of_vault]
        } else {
            [of_vault, of_openbao]
        };
        let found = names
            .into_iter()
            .find_map(|name| Some((name, value(name)?)));
        if let Some((name, value)) = found {
            typed = typed.with(field, value);
            used.push(name);
        }
    }
    (typed, used)
}

#[cfg(test)]
mod tests;
