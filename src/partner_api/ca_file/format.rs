//! Detects the format of a certificate file from its contents, whatever its name says.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use zeroize::Zeroizing;

use crate::domain::certificate::CertificateFacts;
use crate::domain::certificate::der::{Der, INTEGER, OBJECT_ID, OCTET_STRING, SEQUENCE};

/// `1.2.840.113549.1.7`: PKCS#7 (RFC 2315).
const PKCS7: [u8; 8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];

/// A file in a binary format.
pub(super) enum Binary {
    /// One certificate or several, in DER.
    Certificates(Vec<Vec<u8>>),
    /// A private key: PKCS#1, PKCS#8, SEC 1, or PKCS#12, which holds one.
    PrivateKey,
    /// A PKCS#7 bundle.
    Pkcs7,
}

/// `None` if the file is not DER.
pub(super) fn binary(contents: &[u8]) -> Option<Binary> {
    let mut values = Der(contents);
    let inside = values.take(SEQUENCE)?;
    if CertificateFacts::read(contents, str::to_owned).is_some() {
        return Some(Binary::Certificates(certificates(contents)));
    }
    let mut inside = Der(inside);
    match inside.next()? {
        (OBJECT_ID, id) if id.starts_with(&PKCS7) => Some(Binary::Pkcs7),
        // The version number of a private key. Nothing after it matters here.
        (INTEGER, _) => Some(Binary::PrivateKey),
        // The algorithm of an encrypted key, followed by the key.
        (SEQUENCE, algorithm) => {
            Der(algorithm).take(OBJECT_ID)?;
            inside.take(OCTET_STRING).map(|_| Binary::PrivateKey)
        }
        _ => None,
    }
}

/// Splits the file into certificates. Data that cannot be split further becomes the last one and is later rejected as damaged.
fn certificates(contents: &[u8]) -> Vec<Vec<u8>> {
    let mut ders = Vec::new();
    let mut rest = contents;
    // A tool or an editor may have added a line break.
    while !rest.trim_ascii().is_empty() {
        let mut values = Der(rest);
        let len = match values.next() {
            Some(_) => rest.len() - values.0.len(),
            None => rest.len(),
        };
        ders.push(rest[..len].to_vec());
        rest = &rest[len..];
    }
    ders
}

/// The text in UTF-8 without byte order marks and without blanks before lines, as in a block of YAML. It may contain a private key, so it is wiped when dropped.
pub(super) fn as_text(contents: &[u8]) -> Zeroizing<Vec<u8>> {
    let encoding = match contents {
        [1..=0x7f, 0, ..] => Some(UTF_16LE),
        [0, 1..=0x7f, ..] => Some(UTF_16BE),
        _ => Encoding::for_bom(contents).map(|(encoding, _)| encoding),
    };
    let text = match encoding {
        Some(encoding) => encoding.decode_without_bom_handling(contents).0,
        None => String::from_utf8_lossy(contents),
    };
    let marked = Zeroizing::new(match text {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    });
    let unmarked = Zeroizing::new(marked.replace('\u{feff}', ""));
    // An old label for the same (RFC 7468, section 5.1).
    let plain = Zeroizing::new(unmarked.replace(" X509 CERTIFICATE-", " CERTIFICATE-"));
    let lines = plain.split(['\n', '\r']).map(str::trim);
    let mut text = Zeroizing::new(Vec::with_capacity(plain.len() + 1));
    for line in lines {
        text.extend_from_slice(line.as_bytes());
        text.push(b'\n');
    }
    text
}
