//! The certificate authorities of a Linux or BSD system: files, read once per process.
//!
//! `SSL_CERT_FILE` and `SSL_CERT_DIR` name other ones, and anything can be behind a name: a pipe, a device, a network drive that is gone. So they are
//! read under limits, on a thread of their own.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs, io};

use futures_util::FutureExt as _;
use futures_util::future::Shared;
use parking_lot::Mutex;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{Error, OtherError, RootCertStore};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::nothing_trusted::NothingTrusted;
use crate::domain::text::visible;

/// All files together, bytes. The authorities of a whole system have about 250 KiB, often in three places.
const SIZE_LIMIT: u64 = 32 << 20;
/// How many files of a folder to read.
const FILE_LIMIT: usize = 10_000;
/// How long to wait for the files. A network drive that is gone may never answer.
const WAIT: Duration = Duration::from_secs(10);

static SYSTEM: RootReader = RootReader::new(|| read(&Locations::of_system(), SIZE_LIMIT));

/// Reads the system's certificate authorities, unless they have been read.
///
/// # Errors
/// If there are none.
pub(super) async fn prepare() -> Result<(), NothingTrusted> {
    SYSTEM.roots().await.map(drop)
}

/// Whether certificate authorities were read.
pub(super) fn is_known() -> bool {
    !SYSTEM.known().is_empty()
}

/// A verifier that trusts the system's certificate authorities, as far as they have been read, and `extra` ones.
///
/// # Errors
/// If there are none, or if one of `extra` is not valid.
pub(super) fn verifier(
    extra: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let mut roots = SYSTEM.known();
    for certificate in extra {
        Arc::make_mut(&mut roots).add(certificate)?;
    }
    let built = WebPkiServerVerifier::builder_with_provider(roots, provider).build();
    let verifier = built.map_err(|error| Error::Other(OtherError(Arc::new(error))))?;
    Ok(verifier)
}

/// What was read.
#[derive(Debug)]
struct SystemRoots {
    store: Arc<RootCertStore>,
    /// Why a file that a variable names cannot be used, as a clause.
    problem: Option<String>,
}

type Reading = Shared<oneshot::Receiver<Arc<SystemRoots>>>;

/// Reads once and shares the result.
struct RootReader {
    read: fn() -> SystemRoots,
    reading: Mutex<Option<Reading>>,
}

impl RootReader {
    const fn new(read: fn() -> SystemRoots) -> Self {
        Self {
            read,
            reading: Mutex::new(None),
        }
    }

    async fn roots(&self) -> Result<Arc<RootCertStore>, NothingTrusted> {
        let Ok(Ok(roots)) = timeout(WAIT, self.reading()).await else {
            let named = if Locations::are_named() {
                "the files that SSL_CERT_FILE and SSL_CERT_DIR name"
            } else {
                "the system’s files"
            };
            let secs = WAIT.as_secs();
            let why = format!("{named} could not be read within {secs} s");
            return Err(NothingTrusted(why));
        };
        if roots.store.is_empty() {
            let why = roots.problem.clone();
            let why = why.unwrap_or_else(|| "the system has none that can be used".to_owned());
            return Err(NothingTrusted(why));
        }
        Ok(Arc::clone(&roots.store))
    }

    /// What has been read so far.
    fn known(&self) -> Arc<RootCertStore> {
        let reading = self.reading.lock();
        let done = reading.as_ref().and_then(Shared::peek);
        match done {
            Some(Ok(roots)) => Arc::clone(&roots.store),
            Some(Err(_)) | None => Arc::new(RootCertStore::empty()),
        }
    }

    /// The reading in progress or done. Starts another one if nothing was found, because the user may have installed certificates since.
    fn reading(&self) -> Reading {
        let mut slot = self.reading.lock();
        if let Some(reading) = &*slot {
            let is_useful = match reading.peek() {
                None => true,
                Some(done) => done.as_ref().is_ok_and(|roots| !roots.store.is_empty()),
            };
            if is_useful {
                return reading.clone();
            }
        }
        slot.insert(self.start()).clone()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a file that never answers must not hold a thread of the runtime, not even at exit"
    )]
    fn start(&self) -> Reading {
        let (deliver, delivered) = oneshot::channel();
        let read = self.read;
        let thread = std::thread::Builder::new().name("certificates".to_owned());
        let started = thread.spawn(move || {
            let roots = read();
            if let Some(problem) = roots.problem.as_ref().filter(|_| !roots.store.is_empty()) {
                tracing::warn!("{problem}");
            }
            // Fails if nobody waits any more.
            let _ = deliver.send(Arc::new(roots));
        });
        if let Err(error) = started {
            tracing::warn!("no thread to read certificates: {error}");
        }
        delivered.shared()
    }
}

/// Where certificate authorities are.
#[derive(Debug, Default)]
struct Locations {
    file: Option<PathBuf>,
    folders: Vec<PathBuf>,
    /// Whether variables name them, so that the user can correct them.
    are_named: bool,
}

impl Locations {
    /// Those that the variables name, otherwise those where systems have them.
    fn of_system() -> Self {
        let (file, folders) = (named("SSL_CERT_FILE"), named("SSL_CERT_DIR"));
        if file.is_none() && folders.is_none() {
            let found = openssl_probe::probe();
            return Self {
                file: found.cert_file,
                folders: found.cert_dir,
                are_named: false,
            };
        }
        let folders = folders.unwrap_or_default();
        let folders = env::split_paths(&folders).filter(|folder| !folder.as_os_str().is_empty());
        Self {
            file: file.map(PathBuf::from),
            folders: folders.collect(),
            are_named: true,
        }
    }

    fn are_named() -> bool {
        named("SSL_CERT_FILE").or(named("SSL_CERT_DIR")).is_some()
    }
}

fn named(variable: &str) -> Option<std::ffi::OsString> {
    env::var_os(variable).filter(|value| !value.is_empty())
}

/// Reads all locations, at most `size_limit` bytes.
fn read(locations: &Locations, size_limit: u64) -> SystemRoots {
    let mut found = FoundCertificates {
        left: size_limit,
        ..FoundCertificates::default()
    };
    if let Some(file) = &locations.file
        && let Err(why) = found.read_file(file)
    {
        found.note("SSL_CERT_FILE names", file, &why);
    }
    for folder in &locations.folders {
        found.read_folder(folder);
    }
    let mut certificates = found.certificates;
    // Most are found several times.
    certificates.sort_unstable_by(|one, other| one.as_ref().cmp(other.as_ref()));
    certificates.dedup();
    let mut store = RootCertStore::empty();
    let (added, ignored) = store.add_parsable_certificates(certificates);
    tracing::debug!(added, ignored, "read the system's certificate authorities");
    SystemRoots {
        store: Arc::new(store),
        problem: found.problem.filter(|_| locations.are_named),
    }
}

#[derive(Default)]
struct FoundCertificates {
    certificates: Vec<CertificateDer<'static>>,
    /// How many bytes may still be read.
    left: u64,
    /// The first problem.
    problem: Option<String>,
}

impl FoundCertificates {
    fn note(&mut self, how: &str, path: &Path, why: &str) {
        let path = path.to_string_lossy();
        let problem = || format!("{how} {}, {why}", visible(&path));
        self.problem.get_or_insert_with(problem);
    }

    /// # Errors
    /// Why the file cannot be used, as a clause.
    fn read_file(&mut self, path: &Path) -> Result<(), String> {
        let facts = fs::metadata(path).map_err(|error| reason(&error))?;
        // Anything else is not even opened: opening a pipe waits for its other end, and some devices never end.
        if !facts.is_file() {
            return Err("which is not an ordinary file".to_owned());
        }
        let too_large = || {
            format!(
                "which exceeds the limit of {} MiB for certificates",
                SIZE_LIMIT >> 20
            )
        };
        if facts.len() > self.left {
            return Err(too_large());
        }
        let file = fs::File::open(path).map_err(|error| reason(&error))?;
        let mut pem = Vec::new();
        // Some system files claim to be empty. Reading one byte more than allowed detects them.
        let read = io::Read::read_to_end(&mut io::Read::take(file, self.left + 1), &mut pem);
        read.map_err(|error| reason(&error))?;
        let left = self.left.checked_sub(pem.len() as u64);
        self.left = left.unwrap_or(0);
        left.ok_or_else(too_large)?;
        let before = self.certificates.len();
        // Other sections and damaged ones are skipped.
        let found = CertificateDer::pem_slice_iter(&pem).flatten();
        self.certificates.extend(found);
        if self.certificates.len() == before {
            return Err("which contains no certificate in PEM format".to_owned());
        }
        Ok(())
    }

    /// Reads the certificates of a folder; other files in it do not matter.
    fn read_folder(&mut self, folder: &Path) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.note("SSL_CERT_DIR names", folder, &reason(&error)),
        };
        let before = self.certificates.len();
        for entry in entries.take(FILE_LIMIT).flatten() {
            if self.left == 0 {
                break;
            }
            let path = entry.path();
            // Follows links: many folders consist of them.
            if fs::metadata(&path).is_ok_and(|facts| facts.is_file())
                && let Err(why) = self.read_file(&path)
            {
                tracing::debug!("{}: {why}", path.display());
            }
        }
        if self.certificates.len() == before {
            let why = "a folder without certificates in PEM format";
            self.note("SSL_CERT_DIR names", folder, why);
        }
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "which does not exist".to_owned(),
        _ => format!("which can’t be read ({error})"),
    }
}
