//! The entity types that the server accepts (see the API documentation, Entity types).

/// The countries that reject unknown types, with their codes and labels in the order of the server's message. Only the list for the United Kingdom is
/// fully documented; the others use the codes of the generator.
const RESTRICTED: &[(&str, &[(&str, &str)])] = &[
    (
        "GB",
        &[
            ("limited", "Ltd (Private Limited Company)"),
            ("sole_trader", "Sole Trader"),
            ("llp", "LLP (Limited Liability Partnership)"),
            ("partnership", "Partnership"),
            ("plc", "PLC (Public Limited Company)"),
        ],
    ),
    (
        "DE",
        &[
            ("gmbh", "GmbH (Gesellschaft mit beschränkter Haftung)"),
            ("ug", "UG (haftungsbeschränkt)"),
            ("ag_de", "AG (Aktiengesellschaft)"),
            ("einzelunternehmen", "Einzelunternehmen (e. K.)"),
            ("gbr", "GbR (Gesellschaft bürgerlichen Rechts)"),
            ("kg", "KG (Kommanditgesellschaft)"),
            ("ohg", "OHG (Offene Handelsgesellschaft)"),
        ],
    ),
    (
        "NL",
        &[
            ("bv", "B.V. (Besloten vennootschap)"),
            ("nv", "N.V. (Naamloze vennootschap)"),
            ("eenmanszaak", "Eenmanszaak"),
            ("vof", "V.O.F. (Vennootschap onder firma)"),
        ],
    ),
    (
        "ES",
        &[
            ("sl", "S.L. (Sociedad Limitada)"),
            ("sa", "S.A. (Sociedad Anónima)"),
            ("autonomo", "Autónomo"),
        ],
    ),
    (
        "BE",
        &[
            ("bv", "BV (Besloten vennootschap)"),
            ("srl", "SRL (Société à responsabilité limitée)"),
            ("nv", "NV (Naamloze vennootschap)"),
            ("sole_proprietor", "Sole Proprietor"),
        ],
    ),
    (
        "MY",
        &[
            ("sdn_bhd", "Sdn. Bhd. (Sendirian Berhad)"),
            ("plt", "PLT (Limited Liability Partnership)"),
            ("sole_proprietorship", "Sole Proprietorship"),
        ],
    ),
    (
        "SG",
        &[
            ("pte_ltd", "Pte. Ltd. (Private Limited Company)"),
            ("llp", "LLP (Limited Liability Partnership)"),
            ("sole_proprietorship", "Sole Proprietorship"),
        ],
    ),
];

/// Whether `country` accepts the lower-case code `entity_type`.
///
/// # Errors
/// The server's message, which lists the accepted codes.
pub(super) fn check(country: &str, entity_type: &str) -> Result<(), String> {
    let Some((_, valid)) = RESTRICTED.iter().find(|(code, _)| *code == country) else {
        return Ok(());
    };
    if valid.iter().any(|(code, _)| *code == entity_type) {
        return Ok(());
    }
    let taught: Vec<String> = valid
        .iter()
        .map(|(code, label)| format!("{code} ({label})"))
        .collect();
    Err(format!(
        "Invalid entity_type '{entity_type}' for country {country}. Valid options: {}",
        taught.join(", ")
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
