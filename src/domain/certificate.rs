//! Who a certificate (RFC 5280) is for, who issued it and until when it holds. Nothing is proved here: that is for TLS.

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::Offset;

use super::text::{excerpt, visible};

/// Longer names are cut: they are shown on one line.
const LONGEST_NAME: usize = 80;

/// What of a certificate is worth showing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    /// For whom it was issued.
    pub subject: String,
    /// By whom.
    pub issuer: String,
    /// Until when it holds, as far as that can be read.
    pub not_after: Option<Timestamp>,
}

impl CertificateFacts {
    /// Reads a certificate in DER; `None` where it is none. `hide` takes out of a name what must not be shown, before it is
    /// cut.
    pub fn read(der: &[u8], hide: impl Fn(&str) -> String) -> Option<Self> {
        let mut certificate = Der(Der(der).take(SEQUENCE)?);
        let mut body = Der(certificate.take(SEQUENCE)?);
        if body.peek() == Some(VERSION) {
            body.next()?;
        }
        body.take(INTEGER)?;
        body.take(SEQUENCE)?;
        let issuer = name(body.take(SEQUENCE)?, &hide);
        let mut validity = Der(body.take(SEQUENCE)?);
        validity.next()?;
        let (tag, until) = validity.next()?;
        let subject = name(body.take(SEQUENCE)?, &hide);
        Some(Self {
            subject,
            issuer,
            not_after: time(tag, until),
        })
    }
}

const INTEGER: u8 = 0x02;
const OBJECT_ID: u8 = 0x06;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const BMP_STRING: u8 = 0x1e;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const VERSION: u8 = 0xa0;

/// `2.5.4.3` and `2.5.4.10`.
const COMMON_NAME: [u8; 3] = [0x55, 0x04, 0x03];
const ORGANISATION: [u8; 3] = [0x55, 0x04, 0x0a];

/// Values in DER, one after another.
struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    /// The next value with its tag.
    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (&tag, rest) = self.0.split_first()?;
        let (&first, mut rest) = rest.split_first()?;
        let mut len = usize::from(first);
        if first >= 0x80 {
            let count = usize::from(first & 0x7f);
            let bytes = rest.get(..count).filter(|_| (1..=4).contains(&count))?;
            len = bytes
                .iter()
                .fold(0, |len, byte| (len << 8) | usize::from(*byte));
            rest = &rest[count..];
        }
        let value = rest.get(..len)?;
        self.0 = &rest[len..];
        Some((tag, value))
    }

    /// The next value, if it has this tag.
    fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.next()
            .filter(|(found, _)| *found == tag)
            .map(|(_, value)| value)
    }
}

/// The common name, with the organisation where that says more.
fn name(parts: &[u8], hide: &impl Fn(&str) -> String) -> String {
    let shown = |text: String| excerpt(&visible(&hide(&text)), LONGEST_NAME);
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
            common = Some(shown(text(tag, value)));
        } else if kind == ORGANISATION {
            organisation = Some(shown(text(tag, value)));
        }
    }
    match (common, organisation) {
        (Some(common), Some(organisation)) if !common.contains(&organisation) => {
            format!("{common}, {organisation}")
        }
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => "without a name".to_owned(),
    }
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

/// `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`.
fn time(tag: u8, value: &[u8]) -> Option<Timestamp> {
    let digits = std::str::from_utf8(value).ok()?.strip_suffix('Z')?;
    let whole = match tag {
        // RFC 5280, 4.1.2.5.1: from 50 on it is the last century.
        UTC_TIME if digits.get(..2)? >= "50" => format!("19{digits}"),
        UTC_TIME => format!("20{digits}"),
        GENERALIZED_TIME => digits.to_owned(),
        _ => return None,
    };
    if whole.len() != 14 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let at = |from: usize, to: usize| whole[from..to].parse::<i8>().ok();
    let year = whole[..4].parse::<i16>().ok()?;
    let (month, day) = (at(4, 6)?, at(6, 8)?);
    let (hour, minute, second) = (at(8, 10)?, at(10, 12)?, at(12, 14)?);
    // `date` ends the program on a day that does not exist.
    jiff::civil::Date::new(year, month, day).ok()?;
    let clock = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    let civil = date(year, month, day).to_datetime(clock);
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
        assert!(facts.subject.chars().count() <= LONGEST_NAME + 1);
        assert_eq!(facts.not_after.unwrap().to_string(), "2030-02-28T12:00:00Z");
        let far = certificate(&der(GENERALIZED_TIME, b"20520101000000Z"));
        let far = read(&far).unwrap();
        assert_eq!(far.not_after.unwrap().to_string(), "2052-01-01T00:00:00Z");
    }

    #[test]
    fn what_must_not_be_shown_is_taken_out_before_a_name_is_cut() {
        let name = format!("{}s3cret", "x".repeat(LONGEST_NAME - 3));
        let parts = named(&[(COMMON_NAME, &name)]);
        let mut parts = Der(&parts);
        let shown = super::name(parts.take(SEQUENCE).unwrap(), &|name| {
            name.replace("s3cret", "-")
        });
        assert!(!shown.contains("s3"), "{shown}");
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
