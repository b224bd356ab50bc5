//! Indents JSON as text, so that the raw view shows order, duplicates and digits as sent.

/// Indents `json` by two spaces per level and cuts it after `max` bytes. It must have been parsed successfully before.
pub(super) fn indented(json: &str, max: usize) -> String {
    let mut out = String::with_capacity(json.len().min(max) * 3 / 2);
    let mut depth = 0_usize;
    let mut in_text = false;
    let mut escaped = false;
    let json = json.strip_prefix('\u{FEFF}').unwrap_or(json);
    let mut chars = json.chars().peekable();
    while let Some(c) = chars.next() {
        if out.len() >= max {
            out.push_str("\n… (cut)");
            break;
        }
        if in_text {
            out.push(c);
            in_text = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            '"' => {
                in_text = true;
                out.push(c);
            }
            '{' | '[' => {
                out.push(c);
                while chars.next_if(|c| c.is_ascii_whitespace()).is_some() {}
                if let Some(close) = chars.next_if(|c| matches!(c, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    new_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    // Nobody can follow a deeper level, so it needs no more room.
    out.extend(std::iter::repeat_n("  ", depth.min(40)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn it_reads_well_and_keeps_digits() {
        assert_eq!(
            indented(r#"{"a":[1.10,{ }],"b":"x,\"{"}"#, 1_000),
            "{\n  \"a\": [\n    1.10,\n    {}\n  ],\n  \"b\": \"x,\\\"{\"\n}"
        );
        assert!(indented(&"[".repeat(10_000), 500).len() < 700);
    }

    proptest! {
        #[test]
        fn it_says_the_same(texts in proptest::collection::vec(".*", 0..5), number: i64) {
            let value = serde_json::json!({ "t": texts, "n": { "x": [number, null, true, {}] } });
            let text = indented(&value.to_string(), usize::MAX / 4);
            let back: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(back, value);
        }
    }
}
