//! Suggests the key that was probably intended.

use super::keys::KEYS;

/// Longest mistyped key considered, bytes. The longest key with a synonym has 13.
const MAX_TYPO_LEN: usize = 24;

/// The known key closest to a mistyped one, if it is close enough.
pub(super) fn nearest_key(typed: &str) -> Option<&'static str> {
    // Computing the distance takes longer for longer texts, and a much longer text is not a typo.
    if typed.len() > MAX_TYPO_LEN {
        return None;
    }
    let synonym = match typed {
        "status" | "active" => Some("is"),
        "external_id" | "external" | "external_ref" => Some("ext"),
        "entity" | "entity_type" => Some("type"),
        "base_currency" => Some("currency"),
        "created_at" | "since" | "date" => Some("created"),
        _ => None,
    };
    synonym.or_else(|| {
        KEYS.into_iter()
            .map(|key| (strsim::levenshtein(typed, key), key))
            .min()
            .filter(|(distance, key)| *distance <= 2 && *distance < key.len())
            .map(|(_, key)| key)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_key_and_a_stranger_finds_none() {
        assert_eq!(nearest_key("contry"), Some("country"));
        assert_eq!(nearest_key("curency"), Some("currency"));
        assert_eq!(nearest_key("creatd"), Some("created"));
        assert_eq!(nearest_key("status"), Some("is"));
        assert_eq!(nearest_key("urn"), None);
        assert_eq!(nearest_key("invoice"), None);
    }
}
