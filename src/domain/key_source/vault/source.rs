//! The settings of a Vault source.

use serde::{Deserialize, Serialize};

use super::super::FieldNames;
use super::super::kind::SourcePrompt;
use super::address::VaultAddress;
use crate::domain::text::visible;

/// A secret in a key/value (KV) engine of Vault or OpenBao, and how to log in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultSource {
    /// Decides on names in texts, on the command-line tool, and on whose token is sent. Only the user sets it: a server's
    /// response must not decide which token it gets.
    #[serde(default)]
    pub product: VaultProduct,
    pub address: VaultAddress,
    /// "admin/team". Empty for the root namespace.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub namespace: String,
    /// Where the engine is mounted: "secret". Empty if the server has to tell which part of the path it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mount: String,
    /// Path of the secret below the mount. If `mount` is empty, the path as entered, mount included.
    pub path: String,
    /// Version of the engine at the mount, if known.
    #[serde(default)]
    pub engine: KvEngine,
    /// Names of the fields that hold key and partner.
    #[serde(default)]
    pub names: FieldNames,
    /// A PEM file with additional certificate authorities for this server. Empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ca_file: String,
    pub login: VaultLogin,
}

/// The two servers with this API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VaultProduct {
    /// HashiCorp Vault.
    #[default]
    Vault,
    /// The fork of Vault.
    OpenBao,
}

/// The two versions of the KV engine, which use different paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KvEngine {
    /// The console asks the server.
    #[default]
    Unknown,
    /// Secrets have no versions.
    V1,
    /// Secrets have versions.
    V2,
}

/// How to obtain a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VaultLogin {
    /// Uses the token that the command-line tool saved at `vault login`.
    Token,
    /// For programs: a role and a secret id.
    AppRole {
        /// Not secret on its own.
        role_id: String,
        /// Where the login method is mounted. Empty for the default.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        mount: String,
    },
    /// A user defined on the server.
    Userpass {
        username: String,
        /// As in [`VaultLogin::AppRole`].
        #[serde(default, skip_serializing_if = "String::is_empty")]
        mount: String,
    },
    /// A user of the company's directory.
    Ldap {
        username: String,
        /// As in [`VaultLogin::AppRole`].
        #[serde(default, skip_serializing_if = "String::is_empty")]
        mount: String,
    },
}

impl VaultProduct {
    /// Its display name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vault => "Vault",
            Self::OpenBao => "OpenBao",
        }
    }

    /// Its command-line program.
    pub const fn program(self) -> &'static str {
        match self {
            Self::Vault => "vault",
            Self::OpenBao => "bao",
        }
    }
}

impl VaultLogin {
    /// Where the login method is mounted, below `auth/`. `None` if no login takes place.
    pub fn mount(&self) -> Option<&str> {
        let (mount, usual) = match self {
            Self::Token => return None,
            Self::AppRole { mount, .. } => (mount, "approle"),
            Self::Userpass { mount, .. } => (mount, "userpass"),
            Self::Ldap { mount, .. } => (mount, "ldap"),
        };
        Some(if mount.is_empty() { usual } else { mount })
    }
}

impl VaultSource {
    /// "Vault" or "OpenBao".
    pub fn name(&self) -> String {
        self.product.name().to_owned()
    }

    /// "secret/thred/production", safe to display.
    pub fn location(&self) -> String {
        visible(&self.whole_path()).into_owned()
    }

    /// The full path as sent to the server.
    pub fn whole_path(&self) -> String {
        match (self.mount.as_str(), self.path.as_str()) {
            ("", path) => path.to_owned(),
            (mount, "") => mount.to_owned(),
            (mount, path) => format!("{mount}/{path}"),
        }
    }

    /// Server, namespace, login method and user. The location of the secret is not included, because a fetch may update
    /// it, nor is the product, which these logins do not depend on.
    pub(in crate::domain::key_source) fn answer_id(&self) -> Option<String> {
        let (method, user) = match &self.login {
            VaultLogin::Token => return None,
            VaultLogin::AppRole { role_id, .. } => ("approle", role_id),
            VaultLogin::Userpass { username, .. } => ("userpass", username),
            VaultLogin::Ldap { username, .. } => ("ldap", username),
        };
        let address = self.address.to_string();
        let parts = [
            address.as_str(),
            &self.namespace,
            method,
            self.login.mount()?,
            user,
        ];
        // JSON keeps the parts unambiguous.
        Some(serde_json::Value::from(parts.to_vec()).to_string())
    }

    pub(in crate::domain::key_source) fn prompt(&self) -> Option<SourcePrompt> {
        match &self.login {
            VaultLogin::Token => None,
            VaultLogin::AppRole { .. } => Some(SourcePrompt {
                label: "Secret ID".to_owned(),
                is_saved: true,
            }),
            VaultLogin::Userpass { username, .. } | VaultLogin::Ldap { username, .. } => {
                Some(SourcePrompt {
                    label: format!("Password for {}", visible(username)),
                    is_saved: false,
                })
            }
        }
    }
}
