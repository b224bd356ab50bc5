//! Reads a file of certificate authorities and checks it before use.

mod format;

use std::path::PathBuf;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{PemObject as _, SectionKind};

use crate::domain::certificate::CertificateFacts;
use crate::domain::network::{CA_FILE_LIMIT, CaFile, CaProblem, TrustedCertificate};

use format::{Binary, as_text, binary};

/// Reads the certificates of a file: PEM in any Unicode encoding, ignoring other blocks, or DER.
///
/// # Errors
/// [`CaProblem`] says what is wrong with the file.
pub fn read_ca_file(path: PathBuf, contents: &[u8]) -> Result<CaFile, CaProblem> {
    if contents.len() as u64 > CA_FILE_LIMIT {
        return Err(CaProblem::TooLarge);
    }
    let ders = match binary(contents) {
        Some(Binary::Certificates(ders)) => ders,
        Some(Binary::PrivateKey) => return Err(CaProblem::PrivateKey),
        Some(Binary::Pkcs7) => return Err(CaProblem::Pkcs7),
        None => pem_certificates(&as_text(contents))?,
    };
    let mut certificates = Vec::new();
    for der in ders {
        let number = certificates.len() + 1;
        let certificate = trusted(der).ok_or(CaProblem::Damaged(number))?;
        if !certificate.facts.can_be_trusted() {
            let CertificateFacts {
                subject, issuer, ..
            } = certificate.facts;
            return Err(CaProblem::Leaf { subject, issuer });
        }
        certificates.push(certificate);
    }
    if certificates.is_empty() {
        return Err(CaProblem::NoCertificate);
    }
    Ok(CaFile { path, certificates })
}

fn pem_certificates(pem: &[u8]) -> Result<Vec<Vec<u8>>, CaProblem> {
    // Checked before parsing, so that a damaged or encrypted key is found as well.
    if has_block(pem, "PRIVATE KEY") {
        return Err(CaProblem::PrivateKey);
    }
    // Skipping it as an unknown block would leave an authority out without a word.
    if has_block(pem, " TRUSTED CERTIFICATE-") {
        return Err(CaProblem::OpenSslTrusted);
    }
    let mut ders = Vec::new();
    for block in <(SectionKind, Vec<u8>)>::pem_slice_iter(pem) {
        match block {
            Ok((SectionKind::Certificate, der)) => ders.push(der),
            Ok(_) => {}
            Err(_) => return Err(CaProblem::Damaged(ders.len() + 1)),
        }
    }
    if ders.is_empty() && (has_block(pem, "PKCS7") || has_block(pem, "CMS")) {
        return Err(CaProblem::Pkcs7);
    }
    Ok(ders)
}

fn has_block(pem: &[u8], label: &str) -> bool {
    pem.split(|byte| matches!(byte, b'\n' | b'\r')).any(|line| {
        let line = String::from_utf8_lossy(line);
        line.trim_start().starts_with("-----BEGIN") && line.contains(label)
    })
}

/// The certificate, if it can be a trust anchor.
fn trusted(der: Vec<u8>) -> Option<TrustedCertificate> {
    RootCertStore::empty()
        .add(CertificateDer::from(der.as_slice()))
        .ok()?;
    let facts = CertificateFacts::read(&der, str::to_owned)?;
    Some(TrustedCertificate { der, facts })
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

    use super::*;

    fn certificate(name: &str) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
    }

    fn read(pem: &str) -> Result<Vec<String>, CaProblem> {
        read_bytes(pem.as_bytes())
    }

    fn read_bytes(contents: &[u8]) -> Result<Vec<String>, CaProblem> {
        let file = read_ca_file(PathBuf::from("ca.pem"), contents)?;
        let subjects = file.certificates.into_iter();
        Ok(subjects.map(|one| one.facts.subject).collect())
    }

    #[test]
    fn certificates_are_found_among_other_text() {
        let (one, _) = certificate("One CA");
        let (two, _) = certificate("Two CA");
        let bundle = format!("# the company's own\n{one}\nand\r\n{two}");
        let subjects = read(&bundle).unwrap();
        assert!(subjects[0].starts_with("One CA"), "{subjects:?}");
        assert!(subjects[1].starts_with("Two CA"), "{subjects:?}");
    }

    fn der_of(pem: &str) -> Vec<u8> {
        let lines = pem.lines().filter(|line| !line.starts_with('-'));
        STANDARD.decode(lines.collect::<String>()).unwrap()
    }

    #[test]
    fn the_encoding_of_the_text_does_not_matter_and_neither_does_der() {
        let (one, _) = certificate("One CA");
        let (two, _) = certificate("Two CA");
        let pem = format!("\u{feff}{one}\u{feff}{two}");
        let utf16 = |to_bytes: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
            text.encode_utf16().flat_map(to_bytes).collect()
        };
        for contents in [
            pem.clone().into_bytes(),
            pem.replace('\n', "\r").into_bytes(),
            utf16(u16::to_le_bytes, &pem),
            utf16(u16::to_be_bytes, &pem),
            utf16(u16::to_le_bytes, &format!("{one}{two}")),
            utf16(u16::to_be_bytes, &format!("{one}{two}")),
            utf16(u16::to_le_bytes, &format!("\nsubject=One\n{one}{two}")),
            utf16(u16::to_be_bytes, &format!("\nsubject=One\n{one}{two}")),
            pem.replace('\n', "\n    ").into_bytes(),
            pem.replace(" CERT", " X509 CERT").into_bytes(),
            [der_of(&one), der_of(&two)].concat(),
            [der_of(&one), der_of(&two), b"\r\n".to_vec()].concat(),
        ] {
            let subjects = read_bytes(&contents).unwrap();
            assert!(subjects[0].starts_with("One CA"), "{subjects:?}");
            assert!(subjects[1].starts_with("Two CA"), "{subjects:?}");
        }
    }

    #[test]
    fn other_formats_are_named_whether_as_text_or_binary() {
        let key = KeyPair::generate().unwrap();
        assert_eq!(read_bytes(key.serialized_der()), Err(CaProblem::PrivateKey));
        let text: Vec<u8> = key
            .serialize_pem()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read_bytes(&text), Err(CaProblem::PrivateKey));
        let sec1 = [0x30, 0x06, 0x02, 0x01, 0x01, 0x04, 0x01, 0x07];
        assert_eq!(read_bytes(&sec1), Err(CaProblem::PrivateKey));
        let encrypted = [0x30, 0x08, 0x30, 0x03, 0x06, 0x01, 0x2a, 0x04, 0x01, 0x07];
        assert_eq!(read_bytes(&encrypted), Err(CaProblem::PrivateKey));
        let signed_data = [
            0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02, 0xa0,
            0x00,
        ];
        assert_eq!(read_bytes(&signed_data), Err(CaProblem::Pkcs7));
        let pem = "-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n";
        assert_eq!(read(pem), Err(CaProblem::Pkcs7));
        let (one, _) = certificate("One CA");
        let trusted = one.replace("CERTIFICATE", "TRUSTED CERTIFICATE");
        assert_eq!(read(&trusted), Err(CaProblem::OpenSslTrusted));
        assert_eq!(
            read(&format!("{one}{trusted}")),
            Err(CaProblem::OpenSslTrusted)
        );
    }

    #[test]
    fn the_certificate_of_a_server_is_no_authority_unless_it_stands_for_itself() {
        let authority_key = KeyPair::generate().unwrap();
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority
            .distinguished_name
            .push(DnType::CommonName, "Corp Root");
        let issuer = Issuer::from_params(&authority, &authority_key);
        let key = KeyPair::generate().unwrap();
        let mut server = CertificateParams::new(vec!["api.example".to_owned()]).unwrap();
        server
            .distinguished_name
            .push(DnType::CommonName, "api.example");
        let leaf = server.signed_by(&key, &issuer).unwrap().pem();
        let subject = "api.example".to_owned();
        let issuer = "Corp Root".to_owned();
        assert_eq!(read(&leaf), Err(CaProblem::Leaf { subject, issuer }));
        let own = server.self_signed(&key).unwrap().pem();
        assert_eq!(read(&own).unwrap(), ["api.example"]);
    }

    #[test]
    fn what_is_no_file_of_certificates_is_refused_with_the_reason() {
        let (one, key) = certificate("One CA");
        assert_eq!(read(""), Err(CaProblem::NoCertificate));
        assert_eq!(read("\u{1f}PNG"), Err(CaProblem::NoCertificate));
        assert_eq!(read(&format!("{one}{key}")), Err(CaProblem::PrivateKey));
        let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nno base64";
        assert_eq!(
            read(&format!("{one}{encrypted}")),
            Err(CaProblem::PrivateKey)
        );
        let cut = &one[..one.len() / 2];
        assert_eq!(read(&format!("{one}{cut}")), Err(CaProblem::Damaged(2)));
        let other = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n";
        assert_eq!(read(other), Err(CaProblem::Damaged(1)));
        let padded = format!("{}{one}", " ".repeat(1 << 20));
        assert_eq!(read(&padded), Err(CaProblem::TooLarge));
    }
}
