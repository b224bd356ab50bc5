//! The way to the server: by which proxy, and which authorities are trusted besides the system's.

use std::path::PathBuf;
use std::sync::Arc;

use super::certificate::CertificateFacts;
use super::settings::Proxy;

/// How connections are made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Network {
    /// By which proxy.
    pub proxy: Proxy,
    /// Trusted besides the authorities of the system.
    pub ca: Option<Arc<CaFile>>,
}

impl Network {
    /// The same, where the certificates of another file are trusted besides.
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

/// A file of certificates that was read and found right. None of it is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaFile {
    /// Where it is.
    pub path: PathBuf,
    /// What is in it, at least one.
    pub certificates: Vec<TrustedCertificate>,
}

/// One certificate of a [`CaFile`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedCertificate {
    /// As TLS reads it.
    pub der: Vec<u8>,
    /// As people do.
    pub facts: CertificateFacts,
}

/// The file may be so large, bytes: the bundle of a whole system has some 250 KiB.
pub const CA_FILE_LIMIT: u64 = 1 << 20;

/// Why a file of certificates is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaProblem {
    /// It is gone.
    #[error("The file no longer exists.")]
    Missing,
    /// The file system refused.
    #[error("The file can’t be read: {0}.")]
    Unreadable(String),
    /// A folder, a device.
    #[error("This is not a file.")]
    NoFile,
    /// Larger than any bundle.
    #[error("The file is larger than 1 MiB, too large for a certificate file.")]
    TooLarge,
    /// A private key is nothing to hand to a program that only needs certificates.
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
    /// The certificate of a server.
    #[error(
        "“{subject}” is a server certificate, issued by “{issuer}”. Choose the certificate of “{issuer}” \
         instead."
    )]
    Leaf {
        /// For whom it was issued.
        subject: String,
        /// By whom.
        issuer: String,
    },
    /// Neither PEM nor DER.
    #[error(
        "No certificate was found. The file must be PEM, with a BEGIN CERTIFICATE line, or DER."
    )]
    NoCertificate,
    /// Block number so-and-so is damaged.
    #[error("Certificate {0} in the file is damaged.")]
    Damaged(usize),
}
