//! JSON as secret managers and configuration files have it.

use serde_json::Value as Json;

use super::{Recognised, name};

/// How deep objects may lie in each other: `data.data` of a vault is three levels.
const DEEPEST: usize = 8;

/// Reads an object, or a list of them; whether the text is JSON.
pub(super) fn read(text: &str, found: &mut Recognised) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if !text.starts_with(['{', '[']) {
        return false;
    }
    let Ok(json) = serde_json::from_str::<Json>(text) else {
        return false;
    };
    collect(&json, found, DEEPEST);
    true
}

fn collect(json: &Json, found: &mut Recognised, deepest: usize) {
    let Some(deeper) = deepest.checked_sub(1) else {
        return;
    };
    match json {
        Json::Object(members) => {
            for (name, value) in members {
                match (name::meaning(name), value) {
                    (Some(meaning), Json::String(text)) => found.take(meaning, text.trim()),
                    _ => collect(value, found, deeper),
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, found, deeper)),
        // AWS Secrets Manager puts the object into a text.
        Json::String(text) if text.starts_with('{') => {
            if let Ok(inner) = serde_json::from_str::<Json>(text) {
                collect(&inner, found, deeper);
            }
        }
        Json::String(_) | Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
