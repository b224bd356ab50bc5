//! Commands for well-known tools, as a starting point.

use super::super::form::SourceTemplate;
use super::COMMAND;

const fn template(
    name: &'static str,
    texts: &'static [(&'static str, &'static str)],
) -> SourceTemplate {
    SourceTemplate { name, texts }
}

/// None of these prompts on a terminal.
pub(super) static TEMPLATES: [SourceTemplate; 10] = [
    template(
        "1Password",
        &[(COMMAND, "op read op://Vault/Thred/api_key")],
    ),
    template(
        "Bitwarden",
        &[(COMMAND, "bw --nointeraction get password thred")],
    ),
    template(
        "Vault CLI",
        &[(
            COMMAND,
            "vault kv get -field=api_key secret/thred/production",
        )],
    ),
    template(
        "OpenBao CLI",
        &[(COMMAND, "bao kv get -field=api_key secret/thred/production")],
    ),
    template(
        "AWS CLI",
        &[(
            COMMAND,
            "aws secretsmanager get-secret-value --secret-id thred/production --query SecretString --output text",
        )],
    ),
    template(
        "Google Cloud",
        &[(
            COMMAND,
            "gcloud secrets versions access latest --secret=thred",
        )],
    ),
    template(
        "Doppler",
        &[(COMMAND, "doppler secrets get THRED_API_KEY --plain")],
    ),
    template("pass", &[(COMMAND, "pass show thred/production")]),
    template(
        "KeePassXC",
        &[(
            COMMAND,
            "keepassxc-cli show -q -s -a Password --no-password -k /path/to/team.keyx /path/to/team.kdbx Thred",
        )],
    ),
    template(
        "Secret Service",
        &[(
            COMMAND,
            "secret-tool lookup service thred account production",
        )],
    ),
];
