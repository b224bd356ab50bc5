//! A note for the recipient of a token, without the token itself.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::format::TokenFormat;
use crate::domain::business::BusinessId;
use crate::domain::environment::Environment;
use crate::domain::text::ServerText;

/// A note about a token, to be sent separately from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOverNote<'a> {
    pub business: BusinessId,
    /// Name of the business, if it has one.
    pub name: Option<&'a ServerText>,
    /// The partner's id for the business, if it has one. Otherwise, the note gives Thred's id.
    pub external_id: Option<&'a ServerText>,
    /// Where the token is valid.
    pub environment: &'a Environment,
    /// The format in which it was copied.
    pub format: TokenFormat,
    /// When it expires.
    pub ends: Timestamp,
    /// The zone in which that time is shown.
    pub zone: &'a TimeZone,
}

impl fmt::Display for HandOverNote<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            business,
            name,
            external_id,
            environment,
            format,
            ends,
            zone,
        } = self;
        let ends = ends.to_zoned_datetime((*zone).clone());
        let (place, host) = (environment.in_sentence(), environment.host());
        // Made visible: a line break in a name could add a false line to the note.
        let reference =
            external_id.map_or_else(|| Cow::Owned(business.to_string()), ServerText::shown);
        match name.map(ServerText::shown) {
            Some(name) => writeln!(f, "Thred token for {name} ({reference})")?,
            None => writeln!(f, "Thred token for {reference}")?,
        }
        match environment {
            Environment::Custom(_) if !environment.is_production() => {
                writeln!(f, "Environment: {host}")?;
            }
            _ => writeln!(f, "Environment: {place}, {host}")?,
        }
        writeln!(f, "Form: {}", format.name())?;
        let day = ends.strftime("%-d %b %Y, %H:%M (UTC%:z)");
        writeln!(f, "Valid until: {day}. It cannot be extended.")?;
        write!(
            f,
            "For another token, ask the sender for {reference} in {place}."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_business_place_form_end_and_the_way_to_another() {
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        let (name, external_id) = ("Bäckerei Lindenhof GmbH".into(), "user-41162".into());
        let note = HandOverNote {
            business: BusinessId(uuid::Uuid::from_u128(1)),
            name: Some(&name),
            external_id: Some(&external_id),
            environment: &Environment::Sandbox,
            format: TokenFormat::Bearer,
            ends: "2027-02-13T13:32:07Z".parse().unwrap(),
            zone: &zone,
        };
        let host = Environment::Sandbox.host();
        let expected = format!(
            "Thred token for Bäckerei Lindenhof GmbH (user-41162)\n\
             Environment: Sandbox, {host}\n\
             Form: Bearer header\n\
             Valid until: 13 Feb 2027, 14:32 (UTC+01:00). It cannot be extended.\n\
             For another token, ask the sender for user-41162 in Sandbox."
        );
        assert_eq!(note.to_string(), expected);
        let nameless = HandOverNote { name: None, ..note };
        assert!(
            nameless
                .to_string()
                .starts_with("Thred token for user-41162\n")
        );
        let unnumbered = HandOverNote {
            name: None,
            external_id: None,
            ..note
        };
        assert!(
            unnumbered
                .to_string()
                .starts_with("Thred token for 00000000-0000-0000-0000-000000000001\n")
        );
    }

    #[test]
    fn a_name_or_id_cannot_add_or_reorder_lines() {
        let zone = TimeZone::UTC;
        let name = "Acme\nEnvironment: Production, evil.example\u{202e}".into();
        let external_id = "user-1\r\nForm: Bearer header\u{2028}x".into();
        let note = HandOverNote {
            business: BusinessId(uuid::Uuid::from_u128(1)),
            name: Some(&name),
            external_id: Some(&external_id),
            environment: &Environment::Sandbox,
            format: TokenFormat::Bearer,
            ends: Timestamp::UNIX_EPOCH,
            zone: &zone,
        };
        let note = note.to_string();
        assert_eq!(note.lines().count(), 5, "{note}");
        let forged = ["\u{202e}", "\r", "\u{2028}", "\nEnvironment: Production"];
        assert!(forged.iter().all(|text| !note.contains(text)), "{note}");
    }
}
