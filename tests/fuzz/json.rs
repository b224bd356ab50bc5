//! Changes to JSON that keep it valid JSON.

use proptest::sample::Index;
use serde_json::{Value, json};

/// `input` with one of its values replaced; `None` if it is not JSON.
pub fn replace(input: &[u8], node: Index, with: Index) -> Option<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(input).ok()?;
    let mut left = node.index(count(&value));
    let replacements = replacements();
    let with = replacements[with.index(replacements.len())].clone();
    put(&mut value, &mut left, &with);
    serde_json::to_vec(&value).ok()
}

/// Values of wrong types or out of range, and unusual spellings of valid ones.
fn replacements() -> Vec<Value> {
    let mut deep = json!([]);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    vec![
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(3600.5),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!(" "),
        json!("0"),
        json!("x\u{202e}\u{0}\r\n"),
        json!("\u{fdfa}".repeat(20)),
        json!("=1+1"),
        json!("00000000-0000-0000-0000-000000000002"),
        json!("2026-02-30T25:61:61Z"),
        json!("9999-12-31T23:59:59.999999999-23:59"),
        json!([]),
        json!(["business_access", 1]),
        json!({}),
        json!({"id": "x", "": null}),
        deep,
    ]
}

fn children(value: &mut Value) -> Vec<&mut Value> {
    match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// Replaces the value at position `left`, counting down on the way. Returns whether it was found.
fn put(value: &mut Value, left: &mut usize, with: &Value) -> bool {
    if *left == 0 {
        *value = with.clone();
        return true;
    }
    *left -= 1;
    children(value)
        .into_iter()
        .any(|child| put(child, left, with))
}
