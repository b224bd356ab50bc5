//! A note for the recipient of a token, without the token itself.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::TokenFormat;
use crate::domain::environment::Environment;

/// A note about a token, to be sent separately from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOverNote<'a> {
    /// Name of the business, if it has one.
    pub name: Option<&'a str>,
    /// The partner's id for the business, or Thred's id if there is none.
    pub reference: &'a str,
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
            name,
            reference,
            environment,
            format,
            ends,
            zone,
        } = self;
        let ends = ends.to_zoned_datetime((*zone).clone());
        let (place, host) = (environment.called(), environment.host());
        match name {
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
        let note = HandOverNote {
            name: Some("Bäckerei Lindenhof GmbH"),
            reference: "user-41162",
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
    }
}
