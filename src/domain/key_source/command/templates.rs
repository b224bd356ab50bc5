//! Commands for well-known tools, as a starting point.

use super::super::form::SourceTemplate;

const fn template(name: &'static str, text: &'static str) -> SourceTemplate {
    SourceTemplate { name, text }
}

/// None of these prompts on a terminal.
pub(super) static TEMPLATES: [SourceTemplate; 10] = [
    template("1Password", "op read op://Vault/Thred/api_key"),
    template("Bitwarden", "bw --nointeraction get password thred"),
    template(
        "Vault CLI",
        "vault kv get -field=api_key secret/thred/production",
    ),
    template(
        "OpenBao CLI",
        "bao kv get -field=api_key secret/thred/production",
    ),
    template(
        "AWS CLI",
        "aws secretsmanager get-secret-value --secret-id thred/production --query SecretString --output text",
    ),
    template(
        "Google Cloud",
        "gcloud secrets versions access latest --secret=thred",
    ),
    template("Doppler", "doppler secrets get THRED_API_KEY --plain"),
    template("pass", "pass show thred/production"),
    template(
        "KeePassXC",
        "keepassxc-cli show -q -s -a Password --no-password -k /path/to/team.keyx /path/to/team.kdbx Thred",
    ),
    template(
        "Secret Service",
        "secret-tool lookup service thred account production",
    ),
];
