//! Error texts of servers: the three JSON shapes of the API, OAuth's own (RFC 6749, section 5.2), and error pages of proxies and gateways.

use serde_json::{Map, Value};

use super::scrub::Secrets;

/// Enough for the sentence that lists all entity types of a country. Messages quote less of it.
const MAX_TEXT_LEN: usize = 4_096;
const MAX_PAGE_TEXT_LEN: usize = 120;
const MAX_NAME_LEN: usize = 60;
const MAX_FIELDS: usize = 40;
const MAX_MESSAGES: usize = 5;

/// An error body, shortened and without secrets.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ErrorBody {
    /// `error_code`, or the code that OAuth puts into `error`.
    pub(super) code: Option<String>,
    /// The server's message.
    pub(super) text: Option<String>,
    /// Field names with their messages.
    pub(super) fields: Vec<(String, Vec<String>)>,
}

impl ErrorBody {
    /// Reads the body of an error response.
    pub(super) fn read(body: &[u8], secrets: &Secrets) -> Self {
        match serde_json::from_slice::<Value>(body) {
            Ok(Value::Object(object)) => Self::from_object(&object, secrets),
            Ok(Value::String(text)) => Self::from_text(quote(&text, MAX_TEXT_LEN, secrets)),
            Ok(_) => Self::default(),
            Err(_) => Self::from_text(page(body, secrets)),
        }
    }

    fn from_text(text: Option<String>) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    fn from_object(object: &Map<String, Value>, secrets: &Secrets) -> Self {
        let text_at = |name: &str| object.get(name).and_then(first_text);
        let mut code = text_at("error_code").or_else(|| text_at("code"));
        let mut error = text_at("error");
        if code.is_none() && error.is_some_and(is_code) {
            code = error.take();
        }
        let text = error
            .or_else(|| text_at("detail"))
            .or_else(|| text_at("message"))
            .or_else(|| text_at("error_description"))
            .or(code);
        let named = ["details", "errors"]
            .into_iter()
            .find_map(|name| object.get(name).and_then(Value::as_object));
        let fields = match named {
            Some(fields) => read_fields(fields, secrets),
            // Some frameworks put the fields at the top level.
            None if text.is_none() => read_fields(object, secrets),
            None => Vec::new(),
        };
        Self {
            code: code.and_then(|code| quote(code, MAX_NAME_LEN, secrets)),
            text: text.and_then(|text| quote(text, MAX_TEXT_LEN, secrets)),
            fields,
        }
    }
}

/// Describes the body of a successful response that is not the expected JSON. Quotes only the title of a page, because such a response may contain a
/// token.
pub(super) fn summarise(body: &[u8], secrets: &Secrets) -> String {
    match page_title(body) {
        Some(title) => title_of_page(title.as_deref(), secrets),
        None if body.trim_ascii().is_empty() => "an empty answer".to_owned(),
        None => "not JSON".to_owned(),
    }
}

/// The summary of a body that is not JSON.
fn page(body: &[u8], secrets: &Secrets) -> Option<String> {
    match page_title(body) {
        Some(title) => Some(title_of_page(title.as_deref(), secrets)),
        None => quote(&String::from_utf8_lossy(body), MAX_PAGE_TEXT_LEN, secrets),
    }
}

fn title_of_page(title: Option<&str>, secrets: &Secrets) -> String {
    match title.and_then(|title| quote(title, MAX_PAGE_TEXT_LEN, secrets)) {
        Some(title) => format!("an HTML page, {title}"),
        None => "an HTML page".to_owned(),
    }
}

/// `None` if the body is not HTML, otherwise its title, if it has one.
fn page_title(body: &[u8]) -> Option<Option<String>> {
    let text = String::from_utf8_lossy(body);
    // ASCII only, so that offsets are the same in both texts.
    let lower = text.to_ascii_lowercase();
    let start = lower.trim_start_matches('\u{FEFF}').trim_start();
    if !start.starts_with('<') {
        return None;
    }
    let title = lower.find("<title").and_then(|tag| {
        let from = tag + lower[tag..].find('>')? + 1;
        let to = from + lower[from..].find('<')?;
        Some(html_escape::decode_html_entities(text[from..to].trim()).into_owned())
    });
    Some(title.filter(|title| !title.is_empty()))
}

fn quote(text: &str, max: usize, secrets: &Secrets) -> Option<String> {
    let text = secrets.quote(text, max);
    (!text.is_empty()).then_some(text)
}

fn is_code(text: &str) -> bool {
    text.contains('_')
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The text of a string, of the first string in a list, or of an object's `message` or `detail`.
fn first_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text.as_str()).filter(|text| !text.trim().is_empty()),
        Value::Array(values) => values.iter().find_map(first_text),
        Value::Object(object) => ["message", "detail"]
            .into_iter()
            .find_map(|name| object.get(name).and_then(Value::as_str)),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn read_fields(object: &Map<String, Value>, secrets: &Secrets) -> Vec<(String, Vec<String>)> {
    object
        .iter()
        .filter_map(|(name, value)| {
            let mut messages = Vec::new();
            collect_texts(value, &mut messages);
            let messages: Vec<_> = messages
                .into_iter()
                .filter_map(|text| quote(text, MAX_TEXT_LEN, secrets))
                .collect();
            let name = quote(name, MAX_NAME_LEN, secrets)?;
            (!messages.is_empty()).then_some((name, messages))
        })
        .take(MAX_FIELDS)
        .collect()
}

fn collect_texts<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    if texts.len() >= MAX_MESSAGES {
        return;
    }
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(values) => values.iter().for_each(|value| collect_texts(value, texts)),
        Value::Object(object) => object
            .values()
            .for_each(|value| collect_texts(value, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> ErrorBody {
        ErrorBody::read(body.as_bytes(), &Secrets::new(["s3cret-key"]))
    }

    #[test]
    fn the_three_shapes_say_the_same() {
        let fields = vec![("email".to_owned(), vec!["Not an address.".to_owned()])];
        for body in [
            r#"{"error":"Wrong","error_code":"validation_error","details":{"email":["Not an address."]}}"#,
            r#"{"message":"Wrong","error_code":"validation_error","errors":{"email":"Not an address."}}"#,
            r#"{"detail":["Wrong"],"code":"validation_error","errors":{"email":[{"message":"Not an address."}]}}"#,
        ] {
            let problem = read(body);
            assert_eq!(problem.text.as_deref(), Some("Wrong"), "{body}");
            assert_eq!(problem.code.as_deref(), Some("validation_error"), "{body}");
            assert_eq!(problem.fields, fields, "{body}");
        }
        let bare = read(r#"{"email":["Not an address."]}"#);
        assert_eq!(bare.fields, fields);
    }

    #[test]
    fn the_shape_of_oauth_is_read() {
        let problem = read(r#"{"error":"invalid_client","error_description":"No such client"}"#);
        assert_eq!(problem.code.as_deref(), Some("invalid_client"));
        assert_eq!(problem.text.as_deref(), Some("No such client"));
        assert_eq!(
            read(r#"{"error":"invalid_client"}"#).text.as_deref(),
            Some("invalid_client")
        );
    }

    #[test]
    fn a_long_lesson_is_kept_whole_wherever_it_stands() {
        let types: Vec<_> = (0..80)
            .map(|n| format!("type_{n} (Type {n} (T. {n}))"))
            .collect();
        let listed = format!(
            "Invalid entity_type 'x' for country SG. Valid options: {}",
            types.join(", ")
        );
        let problem = read(&format!(
            r#"{{"error_code":"validation_error","detail":"{listed}"}}"#
        ));
        assert_eq!(problem.text.as_deref(), Some(&*listed));
        let problem = read(&format!(
            r#"{{"message":"No","errors":{{"entity_type":["{listed}"]}}}}"#
        ));
        assert_eq!(problem.fields, [("entity_type".to_owned(), vec![listed])]);
        let endless = read(&format!(r#"{{"detail":"{}"}}"#, "x".repeat(60_000)));
        assert_eq!(endless.text.unwrap().chars().count(), MAX_TEXT_LEN + 1);
    }

    #[test]
    fn pages_are_named_and_never_dumped() {
        let html = "\n<!DOCTYPE html><html><HEAD><Title lang=en> 502 Bad\n Gateway &amp; more </title>\
                    <body>s3cret-key and a lot more";
        assert_eq!(
            read(html).text.as_deref(),
            Some("an HTML page, 502 Bad Gateway & more")
        );
        assert_eq!(read("<html><body>x").text.as_deref(), Some("an HTML page"));
        let long = read(&"x".repeat(5_000)).text.unwrap();
        assert_eq!(long.chars().count(), MAX_PAGE_TEXT_LEN + 1);
        assert_eq!(read("").text, None);
        assert_eq!(
            summarise(b"eyJ.some.token", &Secrets::default()),
            "not JSON"
        );
        assert_eq!(summarise(b" \r\n", &Secrets::default()), "an empty answer");
    }

    #[test]
    fn an_echoed_secret_does_not_get_through() {
        for body in [
            r#"{"error":"bad key s3cret-key"}"#,
            r#"{"details":{"s3cret-key":["s3cret-key"]}}"#,
            "<title>s3cret-key</title>",
            "s3cret-key",
        ] {
            assert!(!format!("{:?}", read(body)).contains("s3cret"), "{body}");
        }
    }
}
