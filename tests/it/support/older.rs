//! The older generation of the API (see the API documentation, List): `next` and `previous` as URLs instead of `page_info`,
//! `currency` instead of `base_currency`, no `business_id` with a business token, and another format for errors of fields.

use serde_json::{Map, Value, json};

use super::{Seen, answer::Plain};

/// Rewrites an answer of the demo server.
pub(super) fn rewrite(seen: &Seen, plain: &mut Plain) {
    let Ok(Value::Object(mut object)) = serde_json::from_slice(&plain.body) else {
        return;
    };
    if let Some(info) = object.remove("page_info") {
        link_pages(seen, &info, &mut object);
    }
    if let Some(errors) = object.remove("details") {
        object = Map::from_iter([
            ("message".to_owned(), json!("Validation failed")),
            ("errors".to_owned(), errors),
        ]);
    }
    rename_currency(&mut object);
    object.remove("business_id");
    object.remove("_meta");
    plain.body = Value::Object(object).to_string().into_bytes();
}

fn link_pages(seen: &Seen, info: &Value, list: &mut Map<String, Value>) {
    let number = |field: &str| info[field].as_u64().unwrap();
    let (page, pages, size) = (
        number("current_page"),
        number("total_pages"),
        number("page_size"),
    );
    let host = seen.headers["host"].to_str().unwrap();
    let path = seen.uri.path();
    let link = |page| json!(format!("http://{host}{path}?page={page}&page_size={size}"));
    let next = if page < pages {
        link(page + 1)
    } else {
        Value::Null
    };
    let previous = if page > 1 {
        link(page - 1)
    } else {
        Value::Null
    };
    list.insert("next".to_owned(), next);
    list.insert("previous".to_owned(), previous);
    for row in list["results"].as_array_mut().unwrap() {
        rename_currency(row.as_object_mut().unwrap());
    }
}

fn rename_currency(business: &mut Map<String, Value>) {
    if let Some(currency) = business.remove("base_currency") {
        business.insert("currency".to_owned(), currency);
    }
}
