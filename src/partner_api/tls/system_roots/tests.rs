use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use rcgen::{CertificateParams, DnType, KeyPair};
use tempfile::TempDir;

use super::*;

fn certificate(name: &str) -> String {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate().unwrap();
    params.self_signed(&key).unwrap().pem()
}

fn file(path: &Path) -> Locations {
    Locations {
        file: Some(path.to_path_buf()),
        are_named: true,
        ..Locations::default()
    }
}

fn folder(path: &Path) -> Locations {
    Locations {
        folders: vec![path.to_path_buf()],
        are_named: true,
        ..Locations::default()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the standard library makes no pipes with a name"
)]
fn pipe_at(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn a_certificate_counts_once_wherever_it_is_found() {
    let home = TempDir::new().unwrap();
    let (one, two) = (certificate("One"), certificate("Two"));
    let bundle = home.path().join("bundle.pem");
    fs::write(&bundle, format!("{one}text\n{two}")).unwrap();
    let certs = home.path().join("certs");
    fs::create_dir(&certs).unwrap();
    fs::write(certs.join("one.pem"), &one).unwrap();
    std::os::unix::fs::symlink(certs.join("one.pem"), certs.join("5ed36f99.0")).unwrap();
    std::os::unix::fs::symlink(certs.join("gone.pem"), certs.join("dangling.0")).unwrap();
    fs::write(certs.join("README"), "no certificate").unwrap();
    pipe_at(&certs.join("pipe.0"));
    let all = Locations {
        folders: vec![certs],
        ..file(&bundle)
    };
    let roots = read(&all, SIZE_LIMIT);
    assert_eq!(roots.store.len(), 2);
    assert_eq!(roots.problem, None);
}

#[test]
fn a_file_that_cannot_be_used_is_named_with_its_variable() {
    let home = TempDir::new().unwrap();
    let pipe = home.path().join("pipe");
    pipe_at(&pipe);
    let huge = home.path().join("huge.pem");
    fs::File::create(&huge).unwrap().set_len(1 << 40).unwrap();
    let text = home.path().join("text.pem");
    fs::write(&text, "no certificate").unwrap();
    let endless = Path::new("/dev/zero");
    for (path, why) in [
        (pipe.as_path(), "which is not an ordinary file"),
        (endless, "which is not an ordinary file"),
        (home.path(), "which is not an ordinary file"),
        (&huge, "which exceeds the limit of 32 MiB for certificates"),
        (&home.path().join("gone"), "which does not exist"),
        (&text, "which contains no certificate in PEM format"),
    ] {
        let roots = read(&file(path), SIZE_LIMIT);
        assert!(roots.store.is_empty(), "{why}");
        let expected = format!("SSL_CERT_FILE names {}, {why}", path.display());
        assert_eq!(roots.problem, Some(expected));
    }
    let roots = read(&folder(home.path()), SIZE_LIMIT);
    let why = "a folder without certificates in PEM format";
    let expected = format!("SSL_CERT_DIR names {}, {why}", home.path().display());
    assert_eq!(roots.problem, Some(expected));
}

/// Files of the kernel state no size.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_claims_to_be_empty_is_read_up_to_the_limit() {
    let endless = Path::new("/proc/self/pagemap");
    assert_eq!(fs::metadata(endless).unwrap().len(), 0);
    let problem = read(&file(endless), SIZE_LIMIT).problem.unwrap();
    assert!(
        problem.starts_with("SSL_CERT_FILE names /proc/"),
        "{problem}"
    );
}

#[test]
fn all_files_together_have_a_limit() {
    let home = TempDir::new().unwrap();
    let one = certificate("One");
    for name in ["a.pem", "b.pem", "c.pem"] {
        fs::write(home.path().join(name), certificate(name)).unwrap();
    }
    let roots = read(&folder(home.path()), one.len() as u64 * 5 / 2);
    assert_eq!(roots.store.len(), 2);
}

fn one_root() -> SystemRoots {
    let home = TempDir::new().unwrap();
    let path = home.path().join("one.pem");
    fs::write(&path, certificate("One")).unwrap();
    read(&file(&path), SIZE_LIMIT)
}

#[tokio::test]
async fn they_are_read_once_for_all_clients() {
    static READS: AtomicUsize = AtomicUsize::new(0);
    static READER: RootReader = RootReader::new(|| {
        READS.fetch_add(1, Ordering::Relaxed);
        one_root()
    });
    assert!(READER.known().is_empty());
    let (one, other) = tokio::join!(READER.roots(), READER.roots());
    assert!(Arc::ptr_eq(&one.unwrap(), &other.unwrap()));
    assert_eq!(READER.known().len(), 1);
    assert_eq!(READER.roots().await.unwrap().len(), 1);
    assert_eq!(READS.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn they_are_read_again_while_there_are_none() {
    static READS: AtomicUsize = AtomicUsize::new(0);
    static READER: RootReader = RootReader::new(|| {
        if READS.fetch_add(1, Ordering::Relaxed) == 0 {
            return read(&Locations::default(), SIZE_LIMIT);
        }
        one_root()
    });
    let none = READER.roots().await.unwrap_err();
    assert_eq!(none.to_string(), "the system has none that can be used");
    assert_eq!(READER.roots().await.unwrap().len(), 1);
    assert_eq!(READS.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn a_drive_that_does_not_answer_is_given_up_and_not_asked_again() {
    static READS: AtomicUsize = AtomicUsize::new(0);
    static GATE: Mutex<Option<mpsc::Receiver<()>>> = Mutex::new(None);
    static READER: RootReader = RootReader::new(|| {
        READS.fetch_add(1, Ordering::Relaxed);
        let gate = GATE.lock().take();
        gate.unwrap().recv().unwrap();
        one_root()
    });
    let (open, gate) = mpsc::channel();
    *GATE.lock() = Some(gate);
    for _ in 0..2 {
        let late = READER.roots().await.unwrap_err().to_string();
        assert!(late.ends_with("could not be read within 10 s"), "{late}");
    }
    open.send(()).unwrap();
    tokio::time::resume();
    assert_eq!(READER.roots().await.unwrap().len(), 1);
    assert_eq!(READS.load(Ordering::Relaxed), 1);
}
