//! Listens to logind and the desktop's screen locker on D-Bus (`org.freedesktop.login1(5)`).

use std::collections::HashMap;
use std::time::Duration;

use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::connection::Builder;
use zbus::zvariant::{OwnedFd, OwnedObjectPath, OwnedValue};
use zbus::{MatchRule, Message, message};

use super::{SLEEP_DELAY, SignalHandler};
use crate::domain::session_signal::SessionSignal;
use crate::platform::{bus, environment_variables};

/// Id, user id, user name, seat, path.
type ListedSession = (String, u32, String, String, OwnedObjectPath);

const BUS: &str = "org.freedesktop.DBus";
const LOGIND: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const MANAGER_PATH: &str = "/org/freedesktop/login1";
const SESSION: &str = "org.freedesktop.login1.Session";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
/// Screen lockers that report when they lock. GNOME's is missing because it reports the same for a screen that is only blank; it sets logind's
/// `LockedHint` when it locks.
const LOCKERS: [&str; 4] = [
    "org.freedesktop.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
];
/// How long to wait for the bus, and for the answer to a call.
const LIMIT: Duration = Duration::from_secs(15);
/// How long to wait before reconnecting to a bus that failed or is not running yet.
const RECONNECT_AFTER: Duration = Duration::from_mins(1);

/// Listens until the bus fails. The second argument is whether it listened before.
type BusListener = fn(&SignalHandler, bool) -> zbus::Result<()>;

/// Starts one listener thread per bus.
pub(super) fn start(on_signal: &SignalHandler) {
    listen("logind-watch", logind, on_signal);
    listen("locker-watch", locker, on_signal);
}

#[expect(
    clippy::disallowed_methods,
    reason = "lives as long as the window and mostly waits: no work for the async runtime"
)]
fn listen(name: &str, to: BusListener, on_signal: &SignalHandler) {
    let on_signal = SignalHandler::clone(on_signal);
    let started = std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            let mut has_listened = false;
            loop {
                if let Err(error) = to(&on_signal, has_listened) {
                    tracing::info!("lost the connection to the session bus: {error}");
                }
                has_listened = true;
                std::thread::sleep(RECONNECT_AFTER);
            }
        });
    if let Err(error) = started {
        tracing::warn!("the session is not watched: {error}");
    }
}

fn logind(on_signal: &SignalHandler, has_listened: bool) -> zbus::Result<()> {
    let bus = bus::connect_blocking(Builder::system(), LIMIT)?;
    let rule = MatchRule::builder()
        .msg_type(message::Type::Signal)
        .sender(LOGIND)?
        .build();
    let restarts = MatchRule::builder()
        .msg_type(message::Type::Signal)
        .sender(BUS)?
        .member("NameOwnerChanged")?
        .arg(0, LOGIND)?
        .build();
    let rules = DBusProxy::new(&bus)?;
    rules.add_match_rule(rule)?;
    rules.add_match_rule(restarts)?;
    let told = MessageIterator::from(bus.clone());
    let mut ours = sessions(&bus);
    let mut delay = delay_sleep(&bus);
    // Nobody heard the signal of a lock while the bus was gone. Not at the start: the user may work in another session than the locked one.
    if has_listened && ours.iter().any(|session| has_locked_hint(&bus, session)) {
        on_signal(SessionSignal::Locked);
    }
    for message in told {
        let message = message?;
        let is_ours = message
            .header()
            .path()
            .is_some_and(|path| ours.iter().any(|session| session.as_str() == path.as_str()));
        match kind(&message)
            .as_ref()
            .map(|(of, name)| (of.as_str(), name.as_str()))
        {
            Some((SESSION, "Lock")) if is_ours => on_signal(SessionSignal::Locked),
            Some((PROPERTIES, "PropertiesChanged")) if is_ours && is_locked(&message) => {
                on_signal(SessionSignal::Locked);
            }
            Some((MANAGER, "SessionNew")) => ours = sessions(&bus),
            // The inhibitor that the previous logind granted ended with it.
            Some((BUS, "NameOwnerChanged")) if logind_started(&message) => {
                ours = sessions(&bus);
                delay = delay_sleep(&bus);
            }
            Some((MANAGER, "PrepareForSleep")) => match message.body().deserialize() {
                Ok(true) => {
                    on_signal(SessionSignal::Sleeping);
                    std::thread::sleep(SLEEP_DELAY);
                    delay = None;
                }
                Ok(false) => delay = delay_sleep(&bus),
                Err(error) => tracing::debug!("logind was not understood: {error}"),
            },
            _ => {}
        }
    }
    drop(delay);
    Ok(())
}

fn locker(on_signal: &SignalHandler, _: bool) -> zbus::Result<()> {
    let bus = bus::connect_blocking(Builder::session(), LIMIT)?;
    let rule = MatchRule::builder()
        .msg_type(message::Type::Signal)
        .member("ActiveChanged")?
        .build();
    let told = MessageIterator::for_match_rule(rule, &bus, None)?;
    for message in told {
        let message = message?;
        let is_locker = kind(&message).is_some_and(|(of, _)| LOCKERS.contains(&of.as_str()));
        if is_locker
            && message
                .body()
                .deserialize()
                .is_ok_and(|is_active: bool| is_active)
        {
            on_signal(SessionSignal::Locked);
        }
    }
    Ok(())
}

/// Interface and member.
fn kind(message: &Message) -> Option<(String, String)> {
    let header = message.header();
    Some((
        header.interface()?.to_string(),
        header.member()?.to_string(),
    ))
}

/// Whether the changed properties say that the session is now locked.
fn is_locked(message: &Message) -> bool {
    let changed = message
        .body()
        .deserialize::<(String, HashMap<String, OwnedValue>, Vec<String>)>();
    changed.is_ok_and(|(_, changed, _)| {
        let hint = changed.get("LockedHint");
        hint.and_then(|hint| bool::try_from(hint).ok()) == Some(true)
    })
}

/// Whether logind says that the session is locked.
fn has_locked_hint(bus: &Connection, session: &OwnedObjectPath) -> bool {
    let body = (SESSION, "LockedHint");
    let reply = bus.call_method(Some(LOGIND), session, Some(PROPERTIES), "Get", &body);
    let hint = reply.and_then(|reply| reply.body().deserialize::<OwnedValue>());
    hint.is_ok_and(|hint| bool::try_from(hint) == Ok(true))
}

/// Whether logind has just started.
fn logind_started(message: &Message) -> bool {
    let owners = message.body().deserialize::<(String, String, String)>();
    owners.is_ok_and(|(name, _, new)| name == LOGIND && !new.is_empty())
}

/// The D-Bus paths of our session. A terminal multiplexer or a service may have no session, or that of an ended login: then every session of this
/// user counts. Even without any session, sleep is still reported.
fn sessions(bus: &Connection) -> Vec<OwnedObjectPath> {
    let all = bus
        .call_method(
            Some(LOGIND),
            MANAGER_PATH,
            Some(MANAGER),
            "ListSessions",
            &(),
        )
        .and_then(|reply| reply.body().deserialize::<Vec<ListedSession>>())
        .inspect_err(|error| tracing::info!("no session of logind: {error}"))
        .unwrap_or_default();
    let us = rustix::process::geteuid().as_raw();
    let ours = all.into_iter().filter(|(_, user, ..)| *user == us);
    let id = environment_variables::session_id().unwrap_or_default();
    let (named, others): (Vec<_>, Vec<_>) = ours.partition(|(session, ..)| *session == id);
    let counts = if named.is_empty() { others } else { named };
    counts.into_iter().map(|(.., path)| path).collect()
}

/// Delays the computer's sleep until the result is dropped, or for as long as logind allows.
fn delay_sleep(bus: &Connection) -> Option<OwnedFd> {
    let body = (
        "sleep",
        "Thred Partner Console",
        "Removes keys and tokens from memory",
        "delay",
    );
    let reply = bus.call_method(Some(LOGIND), MANAGER_PATH, Some(MANAGER), "Inhibit", &body);
    let delay = reply.and_then(|reply| reply.body().deserialize());
    delay
        .inspect_err(|error| tracing::info!("could not delay sleep: {error}"))
        .ok()
}
