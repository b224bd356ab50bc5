//! Reads who a certificate (RFC 5280) is for, who issued it and when it expires. Nothing is verified here; TLS does
//! that.

pub(crate) mod der;

// Only a type; nothing in `core` does I/O.
use core::net::IpAddr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use url::Host;

use super::text::{excerpt, visible};
use der::{BOOLEAN, Der, INTEGER, OBJECT_ID, OCTET_STRING, SEQUENCE, SET};

/// Longer names are truncated, because they are shown on one line.
const MAX_NAME_LEN: usize = 80;

/// The parts of a certificate that are shown to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    pub subject: String,
    pub issuer: String,
    /// Start of validity, if readable.
    pub not_before: Option<Timestamp>,
    /// End of validity, if readable.
    pub not_after: Option<Timestamp>,
    /// Whether subject and issuer are the same.
    pub is_self_signed: bool,
    /// Whether it is marked as a certificate authority (RFC 5280, 4.2.1.9).
    pub is_authority: bool,
    /// The hosts it is valid for, including wildcards.
    pub hosts: Vec<String>,
}

/// "12 Mar 2027", in UTC, as the dates in certificates are.
pub fn day(at: Timestamp) -> String {
    at.strftime("%-d %b %Y").to_string()
}

impl CertificateFacts {
    /// Parses a DER certificate. Returns `None` if it is not one. `hide` removes from each name what must not be shown;
    /// it runs before the name is truncated.
    pub fn read(der: &[u8], hide: impl Fn(&str) -> String) -> Option<Self> {
        let mut certificate = Der(Der(der).take(SEQUENCE)?);
        let mut body = Der(certificate.take(SEQUENCE)?);
        if body.peek() == Some(VERSION) {
            body.next()?;
        }
        body.take(INTEGER)?;
        body.take(SEQUENCE)?;
        let issuer = body.take(SEQUENCE)?;
        let mut validity = Der(body.take(SEQUENCE)?);
        let (from_tag, from) = validity.next()?;
        let (tag, until) = validity.next()?;
        let subject = body.take(SEQUENCE)?;
        let mut facts = Self {
            subject: name(subject, &hide),
            issuer: name(issuer, &hide),
            not_before: time(from_tag, from),
            not_after: time(tag, until),
            is_self_signed: subject == issuer,
            is_authority: false,
            hosts: Vec::new(),
        };
        // A certificate without readable extensions is still shown.
        let _ = facts.read_extensions(body, &hide);
        Some(facts)
    }

    /// Whether it can be a trust anchor: a certificate authority or self-signed.
    pub fn can_be_trusted(&self) -> bool {
        self.is_authority || self.is_self_signed
    }
}

const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const BMP_STRING: u8 = 0x1e;
const VERSION: u8 = 0xa0;
const EXTENSIONS: u8 = 0xa3;

/// `2.5.4.3` and `2.5.4.10`.
const COMMON_NAME: [u8; 3] = [0x55, 0x04, 0x03];
const ORGANISATION: [u8; 3] = [0x55, 0x04, 0x0a];

/// `2.5.29.17` and `2.5.29.19`.
const ALTERNATIVE_NAMES: [u8; 3] = [0x55, 0x1d, 0x11];
const BASIC_CONSTRAINTS: [u8; 3] = [0x55, 0x1d, 0x13];

/// `dNSName` and `iPAddress` (RFC 5280, 4.2.1.6).
const DNS_NAME: u8 = 0x82;
const IP_ADDRESS: u8 = 0x87;

impl CertificateFacts {
    /// Reads the extensions, as far as possible.
    fn read_extensions(&mut self, mut rest: Der<'_>, hide: &impl Fn(&str) -> String) -> Option<()> {
        let extensions = loop {
            let (tag, value) = rest.next()?;
            if tag == EXTENSIONS {
                break Der(value).take(SEQUENCE)?;
            }
        };
        let mut extensions = Der(extensions);
        while let Some(extension) = extensions.take(SEQUENCE) {
            let mut extension = Der(extension);
            let kind = extension.take(OBJECT_ID)?;
            if extension.peek() == Some(BOOLEAN) {
                extension.next()?;
            }
            let value = Der(extension.take(OCTET_STRING)?).take(SEQUENCE);
            if kind == BASIC_CONSTRAINTS {
                let flag = Der(value?).take(BOOLEAN);
                self.is_authority = flag.is_some_and(|flag| flag != [0]);
            } else if kind == ALTERNATIVE_NAMES {
                self.hosts = hosts(Der(value?), hide);
            }
        }
        Some(())
    }
}

/// Host names and IP addresses among the alternative names.
fn hosts(mut names: Der<'_>, hide: &impl Fn(&str) -> String) -> Vec<String> {
    let mut hosts = Vec::new();
    while let Some((tag, value)) = names.next() {
        match tag {
            DNS_NAME => hosts.push(shown(&text(tag, value), hide)),
            IP_ADDRESS => hosts.extend(address(value).map(|address| address.to_string())),
            _ => {}
        }
    }
    hosts
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    let short = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    short
        .or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from))
        .ok()
}

/// The common name, followed by the organisation if that adds anything.
fn name(parts: &[u8], hide: &impl Fn(&str) -> String) -> String {
    let (mut common, mut organisation) = (None, None);
    let mut parts = Der(parts);
    while let Some(set) = parts.take(SET) {
        let Some(pair) = Der(set).take(SEQUENCE) else {
            continue;
        };
        let mut pair = Der(pair);
        let (Some(kind), Some((tag, value))) = (pair.take(OBJECT_ID), pair.next()) else {
            continue;
        };
        if kind == COMMON_NAME {
            common = Some(shown(&text(tag, value), hide));
        } else if kind == ORGANISATION {
            organisation = Some(shown(&text(tag, value), hide));
        }
    }
    match (common, organisation) {
        (Some(common), Some(organisation)) if !common.contains(&organisation) => {
            format!("{common}, {organisation}")
        }
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => "unnamed".to_owned(),
    }
}

/// Makes a name safe to display: on one line, and without what `hide` removes.
fn shown(text: &str, hide: &impl Fn(&str) -> String) -> String {
    excerpt(&visible(&without_look_alikes(hide(text))), MAX_NAME_LEN)
}

fn text(tag: u8, value: &[u8]) -> String {
    if tag == BMP_STRING {
        let units: Vec<u16> = value
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    } else {
        String::from_utf8_lossy(value).into_owned()
    }
}

/// Converts host names to punycode, so that letters of other scripts cannot pass for those of a known host.
fn without_look_alikes(name: String) -> String {
    let is_like_a_host = !name.is_ascii() && name.contains('.') && !name.contains(' ');
    match Host::parse(&name) {
        Ok(Host::Domain(host)) if is_like_a_host => host,
        _ => name,
    }
}

/// `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`.
fn time(tag: u8, value: &[u8]) -> Option<Timestamp> {
    let digits = std::str::from_utf8(value).ok()?.strip_suffix('Z')?;
    let whole = match tag {
        // RFC 5280, 4.1.2.5.1: years from 50 are 19YY.
        UTC_TIME if digits.get(..2)? >= "50" => format!("19{digits}"),
        UTC_TIME => format!("20{digits}"),
        GENERALIZED_TIME => digits.to_owned(),
        _ => return None,
    };
    if whole.len() != 14 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let civil = DateTime::strptime("%Y%m%d%H%M%S", &whole).ok()?;
    Offset::UTC.to_timestamp(civil).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(der: &[u8]) -> Option<CertificateFacts> {
        CertificateFacts::read(der, |name| name.replace("s3cret", "-"))
    }

    fn der(tag: u8, value: &[u8]) -> Vec<u8> {
        let mut out = vec![tag];
        match u8::try_from(value.len()) {
            Ok(len) if len < 0x80 => out.push(len),
            _ => {
                let len = u16::try_from(value.len()).unwrap();
                out.push(0x82);
                out.extend(len.to_be_bytes());
            }
        }
        out.extend(value);
        out
    }

    fn named(parts: &[([u8; 3], &str)]) -> Vec<u8> {
        let sets = parts.iter().flat_map(|(kind, value)| {
            let pair = [der(OBJECT_ID, kind), der(0x0c, value.as_bytes())].concat();
            der(SET, &der(SEQUENCE, &pair))
        });
        der(SEQUENCE, &sets.collect::<Vec<u8>>())
    }

    fn certificate(until: &[u8]) -> Vec<u8> {
        let validity = [der(UTC_TIME, b"240101000000Z"), until.to_vec()].concat();
        let body = [
            der(VERSION, &der(INTEGER, &[2])),
            der(INTEGER, &[1]),
            der(SEQUENCE, &[]),
            named(&[(ORGANISATION, "Corp"), (COMMON_NAME, "Root\u{202e}")]),
            der(SEQUENCE, &validity),
            named(&[(COMMON_NAME, &"x".repeat(200))]),
        ]
        .concat();
        der(SEQUENCE, &der(SEQUENCE, &body))
    }

    #[test]
    fn names_and_end_are_read_and_names_cannot_reorder_what_is_beside_them() {
        let facts = read(&certificate(&der(UTC_TIME, b"300228120000Z"))).unwrap();
        assert!(!facts.issuer.contains('\u{202e}'), "{}", facts.issuer);
        assert!(facts.issuer.starts_with("Root") && facts.issuer.ends_with(", Corp"));
        assert!(facts.subject.chars().count() <= MAX_NAME_LEN + 1);
        assert_eq!(facts.not_after.unwrap().to_string(), "2030-02-28T12:00:00Z");
        let far = certificate(&der(GENERALIZED_TIME, b"20520101000000Z"));
        let far = read(&far).unwrap();
        assert_eq!(far.not_after.unwrap().to_string(), "2052-01-01T00:00:00Z");
    }

    #[test]
    fn what_must_not_be_shown_is_taken_out_before_a_name_is_cut() {
        let name = format!("{}s3cret", "x".repeat(MAX_NAME_LEN - 3));
        let parts = named(&[(COMMON_NAME, &name)]);
        let mut parts = Der(&parts);
        let shown = super::name(parts.take(SEQUENCE).unwrap(), &|name| {
            name.replace("s3cret", "-")
        });
        assert!(!shown.contains("s3"), "{shown}");
    }

    #[test]
    fn a_look_alike_host_is_named_in_punycode() {
        let name = |name: &str| {
            let parts = named(&[(COMMON_NAME, name)]);
            let mut parts = Der(&parts);
            super::name(parts.take(SEQUENCE).unwrap(), &str::to_owned)
        };
        // The first letter is Cyrillic.
        assert_eq!(name("аpi.thredfi.com"), "xn--pi-6kc.thredfi.com");
        assert_eq!(name("Müller Root CA"), "Müller Root CA");
    }

    #[test]
    fn what_is_damaged_is_none_or_lacks_its_end() {
        let whole = certificate(&der(UTC_TIME, b"300228120000Z"));
        for len in 0..whole.len() {
            assert_eq!(read(&whole[..len]), None, "{len} bytes");
        }
        for end in [
            &b"300230120000Z"[..],
            b"3002281200Z",
            b"30022\xff120000Z",
            b"Z",
        ] {
            let facts = read(&certificate(&der(UTC_TIME, end))).unwrap();
            assert_eq!(facts.not_after, None);
        }
    }
}
