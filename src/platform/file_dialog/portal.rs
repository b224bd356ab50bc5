//! The file dialogs of the desktop's portal (XDG Desktop Portal, `org.freedesktop.portal.FileChooser`).
//!
//! They are asked for here and not by the dialog library, because the portal looks at this process before it opens
//! anything, and only the reply to the call tells that it has: until then, and no longer, the process is identifiable.

use std::collections::HashMap;
use std::future::poll_fn;
use std::path::PathBuf;
use std::pin::pin;

use url::Url;
use zbus::export::futures_core::Stream as _;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, Error, MatchRule, MessageStream, message};

use super::FileRequest;
use crate::platform::hardening;

const SERVICE: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const CHOOSER: &str = "org.freedesktop.portal.FileChooser";
const REQUEST: &str = "org.freedesktop.portal.Request";
/// Names the request; each dialog has a connection of its own.
const TOKEN: &str = "thred_console";
/// The kind of a filter that is a pattern for names.
const PATTERN: u32 = 0;
/// The user has chosen.
const SUCCESS: u32 = 0;

/// Asks the user; `None` where the dialog was closed.
///
/// # Errors
/// Where there is no session bus or no portal.
pub(super) async fn ask(request: &FileRequest) -> zbus::Result<Option<PathBuf>> {
    let connection = Connection::session().await?;
    let sender = connection.unique_name().map(|name| name.as_str());
    let sender = sender.unwrap_or_default().trim_start_matches(':');
    let rule = MatchRule::builder()
        .msg_type(message::Type::Signal)
        .interface(REQUEST)?
        .member("Response")?
        .path(format!(
            "{PATH}/request/{}/{TOKEN}",
            sender.replace('.', "_")
        ))?
        .build();
    // Listened for before the call: the answer may come with the reply.
    let mut answers = pin!(MessageStream::for_match_rule(rule, &connection, None).await?);
    let (method, title, options) = call(request);
    {
        let _identifiable = hardening::identifiable();
        let body = ("", title, options);
        connection
            .call_method(Some(SERVICE), PATH, Some(CHOOSER), method, &body)
            .await?;
    }
    let answer = poll_fn(|cx| answers.as_mut().poll_next(cx)).await;
    let answer = answer.ok_or_else(|| Error::Failure("the bus has gone".to_owned()))??;
    let (code, results) = answer.body().deserialize()?;
    Ok(chosen(code, results))
}

/// Method, title and options of the portal.
fn call(request: &FileRequest) -> (&'static str, &str, HashMap<&'static str, Value<'_>>) {
    let mut options = HashMap::from([("handle_token", Value::from(TOKEN))]);
    match request {
        FileRequest::Open {
            title,
            kind: (name, endings),
        } => {
            let patterns = endings
                .iter()
                .map(|ending| (PATTERN, format!("*.{ending}")));
            let all = vec![(PATTERN, "*".to_owned())];
            let filters = vec![(*name, patterns.collect()), ("All files", all)];
            options.insert("filters", Value::from(filters));
            ("OpenFile", title, options)
        }
        FileRequest::Save { title, file_name } => {
            options.insert("current_name", Value::from(file_name.as_str()));
            ("SaveFile", title, options)
        }
    }
}

/// The first of the chosen files. An address that is no file of this computer is none.
fn chosen(code: u32, mut results: HashMap<String, OwnedValue>) -> Option<PathBuf> {
    let uris = results.remove("uris").filter(|_| code == SUCCESS)?;
    let uris = Vec::<String>::try_from(uris).ok()?;
    Url::parse(uris.first()?).ok()?.to_file_path().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_file_is_told_from_a_closed_dialog() {
        let answer = |code, uris: &[&str]| {
            let uris = uris.iter().map(|uri| (*uri).to_owned()).collect::<Vec<_>>();
            let uris = OwnedValue::try_from(Value::from(uris)).unwrap();
            chosen(code, HashMap::from([("uris".to_owned(), uris)]))
        };
        let path = answer(0, &["file:///tmp/a%20b/%C3%A4.csv", "file:///tmp/other"]);
        assert_eq!(path, Some(PathBuf::from("/tmp/a b/ä.csv")));
        assert_eq!(answer(1, &["file:///tmp/a"]), None);
        assert_eq!(answer(0, &[]), None);
        assert_eq!(answer(0, &["https://evil.example/a"]), None);
        assert_eq!(chosen(0, HashMap::new()), None);
    }

    #[test]
    fn the_options_have_the_types_of_the_portal() {
        let open = FileRequest::Open {
            title: "Open".into(),
            kind: ("Tables", &["csv", "tsv"]),
        };
        let (method, title, options) = call(&open);
        assert_eq!((method, title), ("OpenFile", "Open"));
        assert_eq!(
            options["filters"].value_signature().to_string(),
            "a(sa(us))"
        );
        let save = FileRequest::Save {
            title: "Save".into(),
            file_name: "list.csv".into(),
        };
        assert_eq!(call(&save).2["current_name"], Value::from("list.csv"));
    }
}
