//! A file with certificates of authorities, checked before it is used.

use std::path::PathBuf;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{PemObject as _, SectionKind};

use crate::domain::certificate::CertificateFacts;
use crate::domain::network::{CA_FILE_LIMIT, CaFile, CaProblem, TrustedCertificate};

/// Reads the certificates of a PEM text; other blocks are passed over, a private key is not.
///
/// # Errors
/// [`CaProblem`] says what is wrong with it.
pub fn read_ca_file(path: PathBuf, pem: &[u8]) -> Result<CaFile, CaProblem> {
    if pem.len() as u64 > CA_FILE_LIMIT {
        return Err(CaProblem::TooLarge);
    }
    // Before anything is parsed, and also where the block is damaged or encrypted.
    if has_private_key(pem) {
        return Err(CaProblem::PrivateKey);
    }
    let mut certificates = Vec::new();
    for block in <(SectionKind, Vec<u8>)>::pem_slice_iter(pem) {
        let number = certificates.len() + 1;
        match block {
            Ok((SectionKind::Certificate, der)) => {
                certificates.push(trusted(der).ok_or(CaProblem::Damaged(number))?);
            }
            Ok(_) => {}
            Err(_) => return Err(CaProblem::Damaged(number)),
        }
    }
    if certificates.is_empty() {
        return Err(CaProblem::NoCertificate);
    }
    Ok(CaFile { path, certificates })
}

fn has_private_key(pem: &[u8]) -> bool {
    pem.split(|byte| *byte == b'\n').any(|line| {
        let line = String::from_utf8_lossy(line);
        line.trim_start().starts_with("-----BEGIN") && line.contains("PRIVATE KEY")
    })
}

/// The certificate, if TLS can begin a chain with it.
fn trusted(der: Vec<u8>) -> Option<TrustedCertificate> {
    RootCertStore::empty()
        .add(CertificateDer::from(der.as_slice()))
        .ok()?;
    let facts = CertificateFacts::read(&der, str::to_owned)?;
    Some(TrustedCertificate { der, facts })
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, DnType, KeyPair};

    use super::*;

    fn certificate(name: &str) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
    }

    fn read(pem: &str) -> Result<Vec<String>, CaProblem> {
        let file = read_ca_file(PathBuf::from("ca.pem"), pem.as_bytes())?;
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
