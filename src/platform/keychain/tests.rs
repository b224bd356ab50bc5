//! The keychain adapter over a mock store.

use std::sync::atomic::{AtomicUsize, Ordering};

use keyring_core::mock;
use uuid::Uuid;

use super::*;

const PARTNER: Uuid = Uuid::from_u128(0x3f2a_0000_0000_4000_8000_0000_0000_9c1e);

fn item() -> KeychainItem {
    KeychainItem::new("Sandbox.Thredfi.com", PARTNER)
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

/// Makes the next call on the item fail with `error`.
fn fail_next(store: &Arc<CredentialStore>, error: Error) {
    let entry = store.build(SERVICE, item().user(), None).unwrap();
    let cred: &mock::Cred = entry.as_any().downcast_ref().unwrap();
    cred.set_error(error);
}

impl KeyringKeychain {
    /// A keychain in memory.
    pub(crate) fn in_memory() -> Self {
        mock_keychain().0
    }
}

fn mock_keychain() -> (KeyringKeychain, Arc<CredentialStore>) {
    let store: Arc<CredentialStore> = mock::Store::new().unwrap();
    (
        KeyringKeychain::over(KeychainName::MacosKeychain, Arc::clone(&store)),
        store,
    )
}

fn broken(text: &str) -> Box<dyn std::error::Error + Send + Sync> {
    text.to_owned().into()
}

#[test]
fn the_item_is_named_for_people_and_for_the_store() {
    assert_eq!(
        item().user(),
        "sandbox.thredfi.com|3f2a0000-0000-4000-8000-000000009c1e"
    );
    assert_eq!(
        item().label(),
        "Thred API key, sandbox.thredfi.com, 3f2a…9c1e"
    );
}

#[test]
fn a_secret_is_written_replaced_and_removed() {
    let keychain = KeyringKeychain::in_memory();
    assert!(keychain.read(&item()).unwrap().is_none());
    for text in ["first", "second"] {
        keychain.write(&item(), &secret(text)).unwrap();
        assert_eq!(
            keychain.read(&item()).unwrap().unwrap().expose_secret(),
            text
        );
    }
    let other = KeychainItem::new("app.thredfi.com", PARTNER);
    assert!(keychain.read(&other).unwrap().is_none());
    assert!(keychain.delete(&item()).unwrap());
    assert!(!keychain.delete(&item()).unwrap());
    assert!(keychain.read(&item()).unwrap().is_none());
}

#[test]
fn every_failure_has_its_own_kind() {
    let (keychain, store) = mock_keychain();
    let cases = [
        (
            Error::NoStorageAccess(broken("SS error: prompt dismissed")),
            KeychainProblem::Dismissed,
        ),
        (
            Error::NoStorageAccess(broken("SS error: result not returned from SS API")),
            KeychainProblem::NoDefaultKeyring,
        ),
        (
            Error::NoStorageAccess(broken("object locked")),
            KeychainProblem::AccessDenied {
                detail: "object locked".to_owned(),
            },
        ),
        (
            Error::Ambiguous(Vec::new()),
            KeychainProblem::Ambiguous { count: 0 },
        ),
        (
            Error::TooLong("secret".to_owned(), 2560),
            KeychainProblem::TooLong { limit: 2560 },
        ),
        (Error::BadEncoding(vec![0xff]), KeychainProblem::NotText),
        (
            Error::NotSupportedByStore("no".to_owned()),
            KeychainProblem::Other {
                detail: "Unsupported: no".to_owned(),
            },
        ),
    ];
    for (from, to) in cases {
        fail_next(&store, from);
        assert_eq!(keychain.read(&item()).unwrap_err(), to);
    }
}

#[test]
fn no_error_shows_what_is_stored() {
    let (keychain, store) = mock_keychain();
    keychain.write(&item(), &secret("sentinel")).unwrap();
    let matching = store.build(SERVICE, item().user(), None).unwrap();
    assert!(
        format!("{matching:?}").contains("115, 101, 110"),
        "the mock prints its bytes"
    );
    let error = KeychainProblem::from_store(Error::Ambiguous(vec![matching]));
    let error = format!("{error} {error:?}");
    assert!(
        !error.contains("115") && !error.contains("sentinel"),
        "{error}"
    );
    assert!(!format!("{keychain:?}").contains("115"));
}

#[test]
fn what_is_no_text_is_not_handed_out() {
    let (keychain, store) = mock_keychain();
    let entry = store.build(SERVICE, item().user(), None).unwrap();
    entry.set_secret(&[0xff, 0xfe]).unwrap();
    assert_eq!(
        keychain.read(&item()).unwrap_err(),
        KeychainProblem::NotText
    );
}

#[test]
fn a_store_that_broke_down_is_opened_again_once() {
    let opened = Arc::new(AtomicUsize::new(0));
    let store: Arc<CredentialStore> = mock::Store::new().unwrap();
    let keychain = KeyringKeychain {
        name: KeychainName::MacosKeychain,
        check: || Ok(()),
        open: Box::new({
            let (opened, store) = (Arc::clone(&opened), Arc::clone(&store));
            move || {
                opened.fetch_add(1, Ordering::Relaxed);
                Ok(Arc::clone(&store))
            }
        }),
        store: Mutex::new(None),
    };
    keychain.write(&item(), &secret("kept")).unwrap();
    assert_eq!(opened.load(Ordering::Relaxed), 1);

    fail_next(
        &store,
        Error::PlatformFailure(broken("the service restarted")),
    );
    assert!(
        keychain.read(&item()).unwrap().is_some(),
        "repeated on a new connection"
    );
    assert_eq!(opened.load(Ordering::Relaxed), 2);
}

#[test]
fn a_store_that_cannot_be_opened_is_tried_anew_each_time() {
    let is_there = Arc::new(AtomicUsize::new(0));
    let store: Arc<CredentialStore> = mock::Store::new().unwrap();
    let keychain = KeyringKeychain {
        name: KeychainName::MacosKeychain,
        check: || Ok(()),
        open: Box::new({
            let (is_there, store) = (Arc::clone(&is_there), Arc::clone(&store));
            move || match is_there.load(Ordering::Relaxed) {
                0 => Err(Error::PlatformFailure(broken("no session bus"))),
                _ => Ok(Arc::clone(&store)),
            }
        }),
        store: Mutex::new(None),
    };
    let error = keychain.read(&item()).unwrap_err();
    assert_eq!(
        error,
        KeychainProblem::NoStore {
            detail: "no session bus".to_owned()
        }
    );
    is_there.store(1, Ordering::Relaxed);
    assert!(keychain.read(&item()).unwrap().is_none());
}

#[test]
fn a_silent_store_is_not_opened() {
    let silent = KeychainProblem::Unresponsive { secs: 15 };
    let keychain = KeyringKeychain {
        name: KeychainName::MacosKeychain,
        check: || Err(KeychainProblem::Unresponsive { secs: 15 }),
        open: Box::new(|| panic!("the library would wait without a limit")),
        store: Mutex::new(None),
    };
    assert_eq!(keychain.read(&item()).unwrap_err(), silent);
    assert_eq!(keychain.write(&item(), &secret("new")), Err(silent.clone()));
    assert_eq!(keychain.delete(&item()), Err(silent));
}

/// Uses the keyring of the running session.
#[test]
#[ignore = "needs an unlocked keyring: tests/desktop/session.sh cargo test --lib native_store -- --ignored"]
fn native_store_round_trip() {
    let keychain = KeyringKeychain::native();
    let item = KeychainItem::new("platform-test.invalid", PARTNER);
    assert!(
        !keychain.delete(&item).unwrap(),
        "left over from an earlier run"
    );
    for text in ["first", "second"] {
        keychain.write(&item, &secret(text)).unwrap();
        assert_eq!(keychain.read(&item).unwrap().unwrap().expose_secret(), text);
    }
    assert!(keychain.delete(&item).unwrap());
    assert!(keychain.read(&item).unwrap().is_none());
}
