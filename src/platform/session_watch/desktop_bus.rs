//! What logind and the desktops' lockers say on D-Bus (`org.freedesktop.login1(5)`).

use std::collections::HashMap;
use std::time::Duration;

use zbus::blocking::{Connection, MessageIterator};
use zbus::zvariant::{OwnedFd, OwnedObjectPath, OwnedValue};
use zbus::{MatchRule, Message, message};

use super::OnSignal;
use crate::domain::session_signal::SessionSignal;
use crate::platform::environment_variables;

const LOGIND: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const MANAGER_PATH: &str = "/org/freedesktop/login1";
const SESSION: &str = "org.freedesktop.login1.Session";
/// The session of the caller, or the one at which its user sits.
const SESSION_PATH: &str = "/org/freedesktop/login1/session/auto";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
/// Lockers that tell when they lock. GNOME's tells the same of a screen that is only dark, and sets logind's
/// `LockedHint` when it locks.
const LOCKERS: [&str; 4] = [
    "org.freedesktop.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
];
/// So long the computer is kept awake once it wants to sleep, to lock before it does; logind allows five seconds.
const LOCKING: Duration = Duration::from_secs(1);

/// Listens to each from a thread of its own.
pub(super) fn start(on_signal: &OnSignal) {
    listen("logind-watch", logind, on_signal);
    listen("locker-watch", locker, on_signal);
}

#[expect(
    clippy::disallowed_methods,
    reason = "lives as long as the window and mostly waits: no work for the async runtime"
)]
fn listen(name: &str, to: fn(&OnSignal) -> zbus::Result<()>, on_signal: &OnSignal) {
    let on_signal = OnSignal::clone(on_signal);
    let started = std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            if let Err(error) = to(&on_signal) {
                tracing::info!("nothing is heard of the session: {error}");
            }
        });
    if let Err(error) = started {
        tracing::warn!("the session is not watched: {error}");
    }
}

fn logind(on_signal: &OnSignal) -> zbus::Result<()> {
    let bus = Connection::system()?;
    let rule = MatchRule::builder()
        .msg_type(message::Type::Signal)
        .sender(LOGIND)?
        .build();
    let told = MessageIterator::for_match_rule(rule, &bus, None)?;
    // Without a session of our own, which no seat has, there is still the sleep.
    let session = session(&bus)
        .inspect_err(|error| tracing::info!("no session of logind: {error}"))
        .ok();
    let mut delay = delay_sleep(&bus);
    for message in told {
        let message = message?;
        let is_ours = message.header().path().map(|path| path.as_str())
            == session.as_ref().map(|path| path.as_str());
        match kind(&message)
            .as_ref()
            .map(|(of, name)| (of.as_str(), name.as_str()))
        {
            Some((SESSION, "Lock")) if is_ours => on_signal(SessionSignal::Locked),
            Some((PROPERTIES, "PropertiesChanged")) if is_ours && is_locked(&message) => {
                on_signal(SessionSignal::Locked);
            }
            Some((MANAGER, "PrepareForSleep")) => match message.body().deserialize() {
                Ok(true) => {
                    on_signal(SessionSignal::Sleeping);
                    std::thread::sleep(LOCKING);
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

fn locker(on_signal: &OnSignal) -> zbus::Result<()> {
    let bus = Connection::session()?;
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

/// Whether the changed properties of a session say that it is locked now.
fn is_locked(message: &Message) -> bool {
    let changed = message
        .body()
        .deserialize::<(String, HashMap<String, OwnedValue>, Vec<String>)>();
    changed.is_ok_and(|(_, changed, _)| {
        let hint = changed.get("LockedHint");
        hint.and_then(|hint| bool::try_from(hint).ok()) == Some(true)
    })
}

/// The path under which the signals of our session come.
fn session(bus: &Connection) -> zbus::Result<OwnedObjectPath> {
    let id = match environment_variables::session_id() {
        Some(id) => id,
        None => {
            let body = (SESSION, "Id");
            let reply =
                bus.call_method(Some(LOGIND), SESSION_PATH, Some(PROPERTIES), "Get", &body)?;
            String::try_from(reply.body().deserialize::<OwnedValue>()?)?
        }
    };
    let reply = bus.call_method(Some(LOGIND), MANAGER_PATH, Some(MANAGER), "GetSession", &id)?;
    reply.body().deserialize()
}

/// Holds up the sleep of the computer until this is dropped, or for as long as logind allows.
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
        .inspect_err(|error| tracing::info!("the sleep cannot be delayed: {error}"))
        .ok()
}
