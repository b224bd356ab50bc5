//! Finds the token of the command-line tool: in a variable, from a token helper, or in a file. Searched for again at each fetch.

use std::io;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde_json::Deserializer;
use zeroize::Zeroizing;

use super::helper::{MAX_TOKEN_LEN, run_helper};
use super::server::in_background;
use crate::domain::key_source::vault::{TokenOrigin, VaultProblem, VaultProduct, VaultSource};
use crate::key_sources::FetchContext;
use crate::platform::files::{ReadError, read_limited};

/// Largest settings file of the command-line tool, bytes; it usually has a few lines.
const MAX_SETTINGS_LEN: u64 = 64 << 10;

/// Where a product's command-line tool stores its token.
struct TokenLocations {
    variable: &'static str,
    settings: &'static str,
    file: &'static str,
}

const VAULT: TokenLocations = TokenLocations {
    variable: "VAULT_TOKEN",
    settings: ".vault",
    file: ".vault-token",
};
const OPENBAO: TokenLocations = TokenLocations {
    variable: "BAO_TOKEN",
    settings: ".bao",
    file: ".bao-token",
};

/// A token and where it was found. All locations of the configured product come before those of the other: a token that is certainly for this product
/// must not be passed over for one that may be for another server.
pub(super) async fn find_token(
    source: &VaultSource,
    context: &FetchContext,
) -> Result<(SecretString, TokenOrigin), VaultProblem> {
    let places = match source.product {
        VaultProduct::Vault => [VAULT, OPENBAO],
        VaultProduct::OpenBao => [OPENBAO, VAULT],
    };
    let mut looked_at = Vec::new();
    for place in places {
        let value = (context.variable)(place.variable).map(Zeroizing::new);
        if let Some(token) = value.and_then(|text| token(&text)) {
            return Ok((token, TokenOrigin::Variable(place.variable)));
        }
        looked_at.push(place.variable.to_owned());
        if let Some(home) = &context.home
            && let Some(found) = stored_token(&place, home, context, &mut looked_at).await?
        {
            return Ok(found);
        }
    }
    Err(VaultProblem::NoToken { looked_at })
}

/// The token in a helper or a file of one product.
async fn stored_token(
    place: &TokenLocations,
    home: &Path,
    context: &FetchContext,
    looked_at: &mut Vec<String>,
) -> Result<Option<(SecretString, TokenOrigin)>, VaultProblem> {
    let file = shown(place.settings);
    if let Some(settings) = text_of(home.join(place.settings), MAX_SETTINGS_LEN).await?
        && let Some(helper) = named_helper(&settings)
    {
        let printed = run_helper(&helper, &file, context).await?;
        let printed = printed.as_ref().map(ExposeSecret::expose_secret);
        if let Some(token) = printed.and_then(token) {
            return Ok(Some((token, TokenOrigin::Helper(helper))));
        }
        looked_at.push(format!("the token helper {helper}"));
    } else {
        looked_at.push(format!("a token helper in {file}"));
    }
    let file = home.join(place.file);
    if let Some(text) = text_of(file, MAX_TOKEN_LEN as u64).await?
        && let Some(token) = token(&text)
    {
        return Ok(Some((token, TokenOrigin::File(shown(place.file)))));
    }
    looked_at.push(shown(place.file));
    Ok(None)
}

fn token(text: &str) -> Option<SecretString> {
    let text = text.trim_start_matches('\u{FEFF}').trim();
    (!text.is_empty()).then(|| SecretString::from(text))
}

fn shown(name: &str) -> String {
    format!(
        "{}{name}",
        if cfg!(windows) {
            "%USERPROFILE%\\"
        } else {
            "~/"
        }
    )
}

/// The contents of a file; `None` if it does not exist.
async fn text_of(path: PathBuf, limit: u64) -> Result<Option<Zeroizing<String>>, VaultProblem> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file = shown(&name);
    let read = in_background(move || read_text(&path, limit)).await;
    read.map_err(|why| VaultProblem::Unreadable { file, why })
}

fn read_text(path: &Path, limit: u64) -> Result<Option<Zeroizing<String>>, String> {
    match read_limited(path, limit).map(String::from_utf8) {
        Ok(Ok(text)) => Ok(Some(Zeroizing::new(text))),
        Ok(Err(bytes)) => {
            drop(Zeroizing::new(bytes.into_bytes()));
            Err("it is not text in UTF-8".to_owned())
        }
        Err(ReadError::Missing) => Ok(None),
        Err(ReadError::NotAFile) => Err("it is not a file".to_owned()),
        Err(ReadError::TooLarge(_)) => Err("it is too large".to_owned()),
        Err(ReadError::Io(error)) => Err(match error.kind() {
            io::ErrorKind::PermissionDenied => "this user may not read it".to_owned(),
            _ => error.to_string(),
        }),
    }
}

/// The program named in the settings of the command-line tool: `token_helper = "/path/to/program"`, in HCL or JSON.
fn named_helper(settings: &str) -> Option<String> {
    settings.lines().find_map(|line| {
        let line = line.trim().trim_start_matches(['{', ' ']);
        let name = line.trim_start_matches('"').strip_prefix("token_helper")?;
        let value = name.trim_start_matches('"').trim_start();
        let value = value.strip_prefix(['=', ':'])?.trim_start();
        // HCL quotes as JSON does. A comment may follow.
        let helper = Deserializer::from_str(value)
            .into_iter::<String>()
            .next()?
            .ok()?;
        (!helper.trim().is_empty()).then_some(helper)
    })
}

#[cfg(test)]
mod tests {
    use super::named_helper;

    #[test]
    fn the_helper_is_found_in_both_forms_of_the_settings() {
        for (settings, helper) in [
            (
                "token_helper = \"/usr/bin/helper\"",
                Some("/usr/bin/helper"),
            ),
            ("# x\n  token_helper=\"/a b\" # y", Some("/a b")),
            (
                "{\"token_helper\": \"C:\\\\helper.exe\"}",
                Some("C:\\helper.exe"),
            ),
            ("// token_helper = \"/no\"", None),
            ("# token_helper = \"/no\"", None),
            ("token_helper = \"\"", None),
            ("token_helper = /bare", None),
            ("token_helper_other = \"/no\"", None),
            ("token_helper = \"/open", None),
            ("", None),
        ] {
            assert_eq!(named_helper(settings).as_deref(), helper, "{settings}");
        }
    }
}
