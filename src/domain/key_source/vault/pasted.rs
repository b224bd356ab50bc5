//! Parses what users paste as the location of a secret: a path, an API path, or the URL of a page.

use url::Url;

use super::address::{MALFORMED, VaultAddress};

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PastedLocation {
    /// The server, if a URL was pasted.
    pub(super) address: Option<VaultAddress>,
    /// Set if the URL names one.
    pub(super) namespace: Option<String>,
    /// Set if the URL distinguishes it from the path.
    pub(super) mount: Option<String>,
    /// Without leading or trailing slashes. Includes the mount if that is not known separately.
    pub(super) path: String,
}

/// Segments that the web interface adds after the secret for tabs and actions.
const TABS: [&str; 8] = [
    "details",
    "edit",
    "metadata",
    "paths",
    "secret",
    "version-history",
    "configuration",
    "patch",
];

impl PastedLocation {
    /// Parses a path, with or without `v1/`, or a URL of the API or the web interface.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the URL.
    pub(super) fn read(pasted: &str) -> Result<Self, &'static str> {
        let pasted = pasted.trim();
        if !is_address(pasted) {
            let path = without_slashes(pasted);
            let path = path.trim_start_matches("v1/").to_owned();
            return Ok(Self {
                path,
                ..Self::default()
            });
        }
        let url = Url::parse(pasted).map_err(|_| MALFORMED)?;
        let segments: Vec<String> = url
            .path_segments()
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .map(decoded)
            .collect();
        // Anything before it is the path of a proxy.
        let root = segments
            .iter()
            .position(|part| part == "v1" || part == "ui");
        let (before, rest) = segments.split_at(root.unwrap_or(segments.len()));
        let mut address = url.clone();
        address.set_path(&before.join("/"));
        let mut place = match rest {
            [first, rest @ ..] if first == "ui" => Self::of_page(rest),
            [_, rest @ ..] => Self {
                path: rest.join("/"),
                ..Self::default()
            },
            [] => Self::default(),
        };
        place.address = Some(VaultAddress::parse(address.as_str())?);
        place.namespace = url
            .query_pairs()
            .find(|(name, _)| name == "namespace")
            .map(|(_, value)| without_slashes(&value));
        Ok(place)
    }

    /// `vault/secrets/MOUNT/kv/PATH/details`, `vault/secrets/MOUNT/show/PATH`.
    fn of_page(segments: &[String]) -> Self {
        let [_, _, mount, kind, rest @ ..] = segments else {
            return Self::default();
        };
        let path = match kind.as_str() {
            // In this URL the path is one segment with encoded slashes.
            "kv" => match rest {
                [path, tabs @ ..] if tabs.iter().all(|tab| TABS.contains(&tab.as_str())) => {
                    path.clone()
                }
                _ => rest.join("/"),
            },
            "show" | "edit" => rest.join("/"),
            _ => String::new(),
        };
        Self {
            mount: Some(without_slashes(mount)),
            path: without_slashes(&path),
            ..Self::default()
        }
    }
}

/// Whether it is a full URL.
pub(super) fn is_address(text: &str) -> bool {
    text.contains("://")
}

pub(super) fn without_slashes(text: &str) -> String {
    let parts = text.split('/').map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("/")
}

/// Decodes a percent-encoded path segment.
fn decoded(segment: &str) -> String {
    // These have a meaning in a query but are literal in a path.
    let query = segment
        .replace('+', "%2B")
        .replace('&', "%26")
        .replace('=', "%3D");
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.map(|(name, _)| name.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pasted: &str) -> (Option<String>, Option<String>, Option<String>, String) {
        let place = PastedLocation::read(pasted).unwrap();
        let address = place.address.map(|address| address.to_string());
        (address, place.namespace, place.mount, place.path)
    }

    #[test]
    fn paths_lose_what_the_api_puts_before_them() {
        for pasted in [
            "secret/thred/production",
            " /secret/thred/production/ ",
            "v1/secret/thred/production",
            "/v1/secret//thred/production",
        ] {
            let path = "secret/thred/production".to_owned();
            assert_eq!(read(pasted), (None, None, None, path), "{pasted}");
        }
        // Only the server knows whether `data` is part of the path.
        assert_eq!(read("secret/data/thred").3, "secret/data/thred");
    }

    #[test]
    fn addresses_of_api_and_pages_are_taken_apart() {
        let vault = Some("https://vault.example.com".to_owned());
        let secret = Some("secret".to_owned());
        let path = "thred/production".to_owned();
        for page in [
            "kv/thred%2Fproduction",
            "kv/thred%2Fproduction/details?version=4",
            "kv/thred%2fproduction/metadata/edit",
            "kv/thred/production",
            "show/thred/production",
            "edit/thred/production",
        ] {
            let pasted = format!("https://vault.example.com/ui/vault/secrets/secret/{page}");
            let expected = (vault.clone(), None, secret.clone(), path.clone());
            assert_eq!(read(&pasted), expected, "{page}");
        }
        let api = "https://vault.example.com/v1/secret/data/thred/production";
        let raw = "secret/data/thred/production".to_owned();
        assert_eq!(read(api), (vault.clone(), None, None, raw));
        let deep = "https://example.com:8443/vault/ui/vault/secrets/team%2Fkv/show/a+b%20c?namespace=admin%2Fteam%2F";
        assert_eq!(
            read(deep),
            (
                Some("https://example.com:8443/vault".to_owned()),
                Some("admin/team".to_owned()),
                Some("team/kv".to_owned()),
                "a+b c".to_owned()
            )
        );
        for nothing in ["https://vault.example.com", "https://vault.example.com/ui/"] {
            assert_eq!(read(nothing), (vault.clone(), None, None, String::new()));
        }
        // A folder is not a secret.
        let list = "https://vault.example.com/ui/vault/secrets/secret/list/thred/";
        assert_eq!(read(list), (vault, None, secret, String::new()));
        assert!(PastedLocation::read("http://vault.example.com/v1/secret/a").is_err());
    }
}
