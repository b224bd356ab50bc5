//! Pure types and rules of the console: no I/O, no clock reads, no drawing.

pub mod api_key;
pub mod business;
pub mod certificate;
pub mod clipboard;
pub mod connection;
pub mod countdown;
pub mod credentials;
pub mod draft;
pub mod environment;
pub mod export;
pub mod failure;
pub mod filter;
pub mod history;
pub mod import;
pub mod key_source;
pub mod keychain;
pub mod network;
pub mod profile;
pub mod rotation;
pub mod settings;
pub mod share;
pub mod text;
pub mod time;
pub mod token;
pub mod waiting;
pub mod write;
