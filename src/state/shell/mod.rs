//! The window around the pages: settings, toasts, reminders, preferences.

pub mod announcements;
pub(super) mod commands;
pub mod connection;
pub(super) mod events;
pub mod loading_stage;
pub mod messages;
pub mod saved;
pub mod toasts;

pub(super) mod announcing;
pub(super) mod files;
pub(super) mod reminders;
pub(super) mod settings;
