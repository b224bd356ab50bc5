//! Vault commands for the user to run in a terminal.

use super::{KvEngine, VaultLogin, VaultSource};
use crate::domain::text::shell_word;

impl VaultSource {
    /// The command that stores a new key. `None` for KV version 1, which can only replace all fields of a secret at
    /// once and would delete the partner UUID.
    pub(in crate::domain::key_source) fn store_command(&self) -> Option<String> {
        let key = match self.names.key.as_str() {
            "" => "api_key",
            name => name,
        };
        match self.engine {
            KvEngine::V1 => None,
            KvEngine::V2 | KvEngine::Unknown => {
                Some(format!("{} {}=-", self.kv("patch", ""), shell_word(key)))
            }
        }
    }

    /// `vault kv get -address=https://vault.example.com -mount=secret thred/production`. `options` are inserted before
    /// the path.
    pub(super) fn kv(&self, command: &str, options: &str) -> String {
        let (mount, path) = match self.mount.as_str() {
            // Nearly always, the mount is the first part of the path.
            "" => match self.path.split_once('/') {
                Some((mount, path)) => (mount, path.strip_prefix("data/").unwrap_or(path)),
                None => ("", self.path.as_str()),
            },
            mount => (mount, self.path.as_str()),
        };
        let mount = match mount {
            "" => String::new(),
            mount => format!("-mount={}", shell_word(mount)),
        };
        let path = shell_word(path);
        let arguments = [mount.as_str(), options, &path].into_iter();
        let arguments: Vec<_> = arguments.filter(|part| !part.is_empty()).collect();
        self.command(&format!("kv {command}"), &arguments.join(" "))
    }

    /// `vault login -address=https://vault.example.com`. The server is always named, because the terminal may be
    /// configured for another one.
    pub(super) fn command(&self, command: &str, arguments: &str) -> String {
        let program = self.product.program();
        let namespace = self.namespace_option();
        let address = self.address.to_string();
        let line = format!(
            "{program} {command} -address={}{namespace} {arguments}",
            shell_word(&address)
        );
        line.trim_end().to_owned()
    }

    /// The command that logs in.
    pub(super) fn login_command(&self) -> String {
        let mount = |usual: &str, mount: &str| match mount {
            "" => String::new(),
            mount if mount == usual => String::new(),
            mount => format!("-path={} ", shell_word(mount)),
        };
        let arguments = match &self.login {
            // The command line cannot log in with AppRole.
            VaultLogin::Token | VaultLogin::AppRole { .. } => String::new(),
            VaultLogin::Userpass {
                username,
                mount: at,
            } => format!(
                "-method=userpass {}username={}",
                mount("userpass", at),
                shell_word(username)
            ),
            VaultLogin::Ldap {
                username,
                mount: at,
            } => {
                format!(
                    "-method=ldap {}username={}",
                    mount("ldap", at),
                    shell_word(username)
                )
            }
        };
        self.command("login", &arguments)
    }

    /// The path as policies name it: with `data/` for KV version 2.
    pub(super) fn api_path(&self) -> String {
        match self.engine {
            KvEngine::V2 if !self.mount.is_empty() => format!("{}/data/{}", self.mount, self.path),
            _ => self.whole_path(),
        }
    }

    fn namespace_option(&self) -> String {
        match self.namespace.as_str() {
            "" => String::new(),
            namespace => format!(" -namespace={}", shell_word(namespace)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::key_source::{ExternalSource, SourceKind, TypedSource};

    fn line(fields: &[(&str, &str)]) -> Option<String> {
        let blank = TypedSource::blank(SourceKind::Vault).with("address", "vault.example.com");
        let typed = fields
            .iter()
            .fold(blank, |typed, (id, text)| typed.with(id, *text));
        ExternalSource::read(&typed).unwrap().store_command()
    }

    #[test]
    fn a_key_is_stored_from_standard_input_beside_the_other_fields() {
        let plain = Some(
            "vault kv patch -address=https://vault.example.com -mount=secret thred/production api_key=-"
                .to_owned(),
        );
        for fields in [
            &[("path", "secret/thred/production")][..],
            &[("path", "secret/data/thred/production")],
            &[
                ("path", "thred/production"),
                ("mount", "secret"),
                ("engine", "2"),
            ],
        ] {
            assert_eq!(line(fields), plain, "{fields:?}");
        }
        let bao = line(&[
            ("product", "openbao"),
            ("namespace", "team"),
            ("path", "a b/it's"),
            ("mount", "kv"),
            ("key_field", "THRED_API_KEY"),
        ]);
        let expected = r#"bao kv patch -address=https://vault.example.com -namespace=team -mount=kv "a b/it's" THRED_API_KEY=-"#;
        assert_eq!(bao.as_deref(), Some(expected));
        // Version 1 has no `patch`, and `put` would delete the other fields.
        assert_eq!(line(&[("path", "kv/thred"), ("engine", "1")]), None);
    }
}
