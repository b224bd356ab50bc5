//! Recognises credentials in JSON from secret managers and configuration files.

use serde_json::Value as Json;

use super::name;
use super::named::NamedValues;
use super::pasted::PastedCredentials;

/// Deepest nesting searched. A Vault response (`data.data`) has three levels.
const MAX_DEPTH: usize = 8;

/// Reads a JSON object or list. Returns whether the text is JSON.
pub(super) fn read(text: &str, found: &mut PastedCredentials) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if !text.starts_with(['{', '[']) {
        return false;
    }
    let Ok(json) = serde_json::from_str::<Json>(text) else {
        return false;
    };
    let mut named = NamedValues::default();
    collect(&json, false, &mut named, MAX_DEPTH);
    named.choose(found);
    true
}

fn collect(json: &Json, is_ours: bool, named: &mut NamedValues, deepest: usize) {
    let Some(deeper) = deepest.checked_sub(1) else {
        return;
    };
    match json {
        Json::Object(members) => {
            for (name, value) in members {
                match (name::meaning(name), value) {
                    (Some(_), Json::String(text)) => named.add(name, is_ours, text.trim()),
                    _ => collect(value, is_ours || name::is_ours(name), named, deeper),
                }
            }
        }
        Json::Array(items) => items
            .iter()
            .for_each(|item| collect(item, is_ours, named, deeper)),
        // AWS Secrets Manager returns the object as a string.
        Json::String(text) if text.starts_with('{') => {
            if let Ok(inner) = serde_json::from_str::<Json>(text) {
                collect(&inner, is_ours, named, deeper);
            }
        }
        Json::String(_) | Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
