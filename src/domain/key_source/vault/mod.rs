//! HashiCorp Vault and OpenBao, which have the same API: <https://developer.hashicorp.com/vault/api-docs>.

mod address;
mod form;
mod lines;
mod pasted;
mod problem;
mod source;

pub use address::VaultAddress;
pub(super) use form::{SPEC, prefilled};
pub use problem::{TokenOrigin, VaultProblem};
pub use source::{KvEngine, VaultLogin, VaultProduct, VaultSource};

/// Re-exported because responses are parsed into it.
pub use super::secret::WipedJson;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::key_source::{ExternalSource, SourceKind, TypedSource};
    use crate::domain::text::visible;

    #[test]
    fn it_is_named_by_its_place_and_asks_for_what_it_needs() {
        let blank = TypedSource::blank(SourceKind::Vault);
        let typed = blank
            .with("address", "vault.example.com")
            .with("path", "secret/thred/production");
        let read = |typed: &TypedSource| ExternalSource::read(typed).unwrap();
        assert_eq!(read(&typed).title(), "Vault · secret/thred/production");
        assert_eq!(read(&typed).prompt(), None);
        let typed = typed.with("product", "openbao").with("login", "approle");
        let source = read(&typed.clone().with("role_id", "thred-console"));
        assert_eq!(source.name(), "OpenBao");
        let prompt = source.prompt().unwrap();
        assert_eq!(
            (prompt.label.as_str(), prompt.is_saved),
            ("Secret ID", true)
        );
        for login in ["userpass", "ldap"] {
            let user = format!("{login}_user");
            let typed = typed.clone().with("login", login).with(&user, "ada");
            let prompt = read(&typed).prompt().unwrap();
            assert_eq!(prompt.label, "Password for ada");
            assert!(!prompt.is_saved);
        }
    }

    fn role(fields: &[(&str, &str)]) -> VaultSource {
        let blank = TypedSource::blank(SourceKind::Vault)
            .with("address", "vault.example.com")
            .with("path", "secret/thred")
            .with("login", "approle")
            .with("role_id", "console");
        let typed = fields
            .iter()
            .fold(blank, |typed, (id, text)| typed.with(id, *text));
        VaultSource::read(&typed).unwrap()
    }

    #[test]
    fn an_answer_belongs_to_the_login_whatever_is_found_out() {
        let id = |fields: &[(&str, &str)]| ExternalSource::Vault(role(fields)).answer_id();
        let before = id(&[]);
        assert!(before.is_some());
        let found = VaultSource {
            mount: "secret".to_owned(),
            path: "thred".to_owned(),
            engine: KvEngine::V2,
            product: VaultProduct::OpenBao,
            ..role(&[])
        };
        assert_eq!(ExternalSource::Vault(found).answer_id(), before);
        assert_eq!(id(&[("approle_mount", "approle")]), before);
        let others = [
            id(&[("role_id", "other")]),
            id(&[("address", "vault.example.org")]),
            id(&[("namespace", "team")]),
            id(&[("approle_mount", "apps")]),
            id(&[("login", "userpass"), ("userpass_user", "console")]),
            id(&[
                ("login", "ldap"),
                ("ldap_user", "console"),
                ("ldap_mount", "userpass"),
            ]),
        ];
        for (at, other) in others.iter().enumerate() {
            assert_ne!(*other, before);
            assert!(!others[..at].contains(other), "{other:?}");
        }
        assert_eq!(id(&[("login", "token")]), None);
    }

    #[test]
    fn nothing_is_shown_that_reorders_or_breaks_lines() {
        let hostile = "a\u{1b}[201~\n\u{202E}b";
        let source = VaultSource {
            namespace: hostile.to_owned(),
            mount: hostile.to_owned(),
            login: VaultLogin::Ldap {
                username: hostile.to_owned(),
                mount: hostile.to_owned(),
            },
            ..role(&[])
        };
        let problems = [
            VaultProblem::NoLoginMethod,
            VaultProblem::NoNamespace,
            VaultProblem::NoSecret,
            VaultProblem::NoAnswer,
            VaultProblem::Denied(TokenOrigin::Helper(hostile.to_owned())),
            VaultProblem::NoToken {
                looked_at: vec![hostile.to_owned()],
            },
        ];
        let words = problems.map(|problem| problem.words(&source));
        let words = words.into_iter().flat_map(|words| {
            let help_command = words.help_command.unwrap_or_default();
            [words.title, words.body, help_command]
        });
        let source = ExternalSource::Vault(source);
        let shown = [
            source.location(),
            source.prompt().unwrap().label,
            source.store_command().unwrap(),
        ];
        for text in words.chain(shown) {
            assert_eq!(visible(&text), text);
        }
    }
}
