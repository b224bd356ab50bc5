//! The entity types that the server accepts (see the API documentation, Entity types).

use super::generate::countries;

/// Whether `country` accepts the lower-case code `entity_type`. Countries whose types have labels reject all others.
///
/// # Errors
/// The server's message, which lists the accepted codes.
pub(super) fn check(country: &str, entity_type: &str) -> Result<(), String> {
    let data = countries::all().find(|data| data.code == country);
    let valid: Vec<_> = data.iter().flat_map(|data| data.listed_types()).collect();
    if valid.is_empty() || valid.iter().any(|(code, _)| *code == entity_type) {
        return Ok(());
    }
    let listed: Vec<String> = valid
        .iter()
        .map(|(code, label)| format!("{code} ({label})"))
        .collect();
    Err(format!(
        "Invalid entity_type '{entity_type}' for country {country}. Valid options: {}",
        listed.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_is_the_documented_one() {
        let refused = check("GB", "gmbh").unwrap_err();
        assert!(
            refused.starts_with(
                "Invalid entity_type 'gmbh' for country GB. Valid options: \
                 limited (Ltd (Private Limited Company)), sole_trader (Sole Trader), "
            ),
            "{refused}"
        );
        assert!(refused.ends_with(", plc (PLC (Public Limited Company))"));
    }

    #[test]
    fn only_some_countries_restrict() {
        assert_eq!(check("FR", "anything at all"), Ok(()));
        assert_eq!(check("DE", "ug"), Ok(()));
        assert!(check("DE", "limited").is_err());
    }
}
