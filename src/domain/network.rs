//! How connections are made: which proxy is used, and which additional certificate authorities are trusted.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::certificate::CertificateFacts;
use super::settings::Proxy;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NetworkSettings {
    pub proxy: Proxy,
    /// Certificate authorities trusted in addition to the system's.
    pub ca: Option<Arc<CaFile>>,
}

impl NetworkSettings {
    /// Adds the certificates of another file.
    #[must_use]
    pub fn trusting(mut self, more: CaFile) -> Self {
        let mut certificates = more.certificates;
        if let Some(ca) = &self.ca {
            certificates.extend(ca.certificates.iter().cloned());
        }
        let path = more.path;
        self.ca = Some(Arc::new(CaFile { path, certificates }));
        self
    }
}

/// A file of certificates that was read and validated. Contains no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaFile {
    pub path: PathBuf,
    /// At least one certificate.
    pub certificates: Vec<TrustedCertificate>,
}

/// One certificate of a [`CaFile`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedCertificate {
    /// The encoded certificate, for TLS.
    pub der: Vec<u8>,
    /// Its content, for display.
    pub facts: CertificateFacts,
}

/// Largest file accepted, bytes. The bundle of a whole system has about 250 KiB.
pub const CA_FILE_LIMIT: u64 = 1 << 20;

/// How long to wait for the file. A network drive that is gone may never answer.
pub const CA_FILE_WAIT: Duration = Duration::from_secs(5);

/// Why a certificate file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaProblem {
    #[error("The file no longer exists.")]
    Missing,
    /// Its drive did not answer within [`CA_FILE_WAIT`].
    #[error("The file did not open within 5 s. Its drive may be disconnected.")]
    NoAnswer,
    /// The file system returned an error.
    #[error("The file can’t be read: {0}.")]
    Unreadable(String),
    /// A folder or a device.
    #[error("This is not a file.")]
    NotAFile,
    /// See [`CA_FILE_LIMIT`].
    #[error("The file is larger than 1 MiB, too large for a certificate file.")]
    TooLarge,
    /// The file contains a private key, which a program that only needs certificates must not be given.
    #[error(
        "The file contains a private key, which does not belong here. It was not saved. Choose a file with only \
         the certificate."
    )]
    PrivateKey,
    /// A PKCS#7 bundle (RFC 2315).
    #[error(
        "The file is a PKCS#7 bundle (.p7b), which is not supported. Export its certificates as PEM and choose that file."
    )]
    Pkcs7,
    /// The format of `openssl x509 -trustout`, which adds what OpenSSL may trust the certificate for.
    #[error(
        "The file has a TRUSTED CERTIFICATE of OpenSSL, which is not supported. Convert it with “openssl x509 -in FILE \
         -out ca.pem” and choose ca.pem."
    )]
    OpenSslTrusted,
    /// A server certificate instead of that of an authority.
    #[error(
        "“{subject}” is a server certificate, issued by “{issuer}”. Choose the certificate of “{issuer}” \
         instead."
    )]
    Leaf {
        /// The server it was issued for.
        subject: String,
        issuer: String,
    },
    /// Neither PEM nor DER.
    #[error(
        "No certificate was found. The file must be PEM, with a BEGIN CERTIFICATE line, or DER."
    )]
    NoCertificate,
    /// The block with this number, counted from 1, is damaged.
    #[error("Certificate {0} in the file is damaged.")]
    Damaged(usize),
}
