//! Notifications that macOS posts when the screen is locked, when users switch, and before sleep.

#![expect(
    unsafe_code,
    reason = "observers are added through Objective-C, whose requirements Rust cannot check"
)]

use std::ptr::NonNull;

use block2::RcBlock;
use objc2_app_kit::{
    NSWorkspace, NSWorkspaceSessionDidResignActiveNotification, NSWorkspaceWillSleepNotification,
};
use objc2_foundation::{
    NSDistributedNotificationCenter, NSNotification, NSNotificationCenter, NSString,
};

use super::SignalHandler;
use crate::domain::session_signal::SessionSignal;

/// Posted when the screen is locked. AppKit has no constant for it.
const SCREEN_IS_LOCKED: &str = "com.apple.screenIsLocked";

/// Adds the observers. The run loop of the window calls them, on the main thread.
pub(super) fn start(on_signal: &SignalHandler) {
    observe(
        &NSDistributedNotificationCenter::defaultCenter(),
        &NSString::from_str(SCREEN_IS_LOCKED),
        on_signal,
        SessionSignal::Locked,
    );
    // The workspace posts these two only to its own notification center.
    let workspace = NSWorkspace::sharedWorkspace().notificationCenter();
    // SAFETY: these are constants of AppKit, which is loaded before `main` runs.
    let (switched, sleeping) = unsafe {
        (
            NSWorkspaceSessionDidResignActiveNotification,
            NSWorkspaceWillSleepNotification,
        )
    };
    observe(&workspace, switched, on_signal, SessionSignal::Locked);
    observe(&workspace, sleeping, on_signal, SessionSignal::Sleeping);
}

/// Adds an observer, which the notification center keeps until the program ends.
fn observe(
    center: &NSNotificationCenter,
    name: &NSString,
    on_signal: &SignalHandler,
    signal: SessionSignal,
) {
    let on_signal = SignalHandler::clone(on_signal);
    let block = RcBlock::new(move |_: NonNull<NSNotification>| on_signal(signal));
    // SAFETY: no object and no queue are given, and the block may be called from any thread, because `SignalHandler` is
    // `Send` and `Sync`.
    let _ = unsafe {
        center.addObserverForName_object_queue_usingBlock(Some(name), None, None, &block)
    };
}
