//! Certificates and certificate files.

use std::path::PathBuf;

use thred_console::{domain::certificate::CertificateFacts, partner_api::read_ca_file};

use crate::input::{assert_plain, fuzz};

fn assert_sound(facts: &CertificateFacts) {
    for name in [&facts.subject, &facts.issuer] {
        assert_plain(name);
        // Two shortened parts of a name and a comma between them.
        assert!(name.chars().count() <= 2 * 81 + 2, "{name}");
    }
}

#[test]
fn one_certificate() {
    fuzz(
        "certificate",
        &["\x30\x03", "\x02\x01\x01", "\x17\x0d", "\x55\x04\x03"],
        |der| {
            let facts = CertificateFacts::read(der, str::to_owned);
            facts.iter().for_each(assert_sound);
            facts.is_some()
        },
    );
}

#[test]
fn a_file_of_certificates() {
    fuzz(
        "ca_file",
        &[
            "-----BEGIN CERTIFICATE-----\n",
            "-----END CERTIFICATE-----\n",
            "-----BEGIN PRIVATE KEY-----\n",
            "=",
        ],
        |file| {
            let Ok(read) = read_ca_file(PathBuf::from("ca.pem"), file) else {
                return false;
            };
            assert!(!read.certificates.is_empty());
            let bytes: usize = read.certificates.iter().map(|one| one.der.len()).sum();
            assert!(bytes <= file.len(), "{bytes} bytes of {}", file.len());
            for certificate in &read.certificates {
                assert_sound(&certificate.facts);
            }
            let text = String::from_utf8_lossy(file);
            let has_key = |line: &str| line.starts_with("-----BEGIN PRIVATE KEY-----");
            assert!(!text.lines().any(has_key), "a key is believed");
            true
        },
    );
}
