//! The file dialogs of the desktop's portal (XDG Desktop Portal, `org.freedesktop.portal.FileChooser`).
//!
//! Called directly rather than through the dialog library, because the portal inspects this process before it opens a dialog, and only its reply to
//! the call shows that it has finished. The process is identifiable until then, and no longer.

use std::collections::HashMap;
use std::future::poll_fn;
use std::path::PathBuf;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use url::Url;
use zbus::connection::Builder;
use zbus::export::futures_core::Stream;
use zbus::names::UniqueName;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Error, MatchRule, Message, MessageStream, message};

use super::request::FileRequest;
use crate::platform::{bus, hardening};

const SERVICE: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const CHOOSER: &str = "org.freedesktop.portal.FileChooser";
const REQUEST: &str = "org.freedesktop.portal.Request";
const BUS: &str = "org.freedesktop.DBus";
/// The portal replies immediately, before the user does anything. The process is identifiable until then.
const REPLY_TIMEOUT: Duration = Duration::from_secs(5);
/// Names the request; each dialog uses its own connection.
const TOKEN: &str = "thred_console";
/// The filter type for file name patterns.
const PATTERN: u32 = 0;
/// The response code if the user chose a file.
const SUCCESS: u32 = 0;

/// Shows the dialog; `None` if the user closed it.
///
/// # Errors
/// If there is no session bus or no portal, or if the portal does not reply or ends while the dialog is open.
pub(super) async fn open(
    builder: zbus::Result<Builder<'_>>,
    request: &FileRequest,
) -> zbus::Result<Option<PathBuf>> {
    let connection = bus::connect(builder, REPLY_TIMEOUT).await?;
    let sender = connection.unique_name().map(|name| name.as_str());
    let sender = sender.unwrap_or_default().trim_start_matches(':');
    let rule = MatchRule::builder()
        .msg_type(message::Type::Signal)
        .sender(SERVICE)?
        .interface(REQUEST)?
        .member("Response")?
        .path(format!(
            "{PATH}/request/{}/{TOKEN}",
            sender.replace('.', "_")
        ))?
        .build();
    // Subscribed before the call, because the response may arrive together with the reply.
    let answers = MessageStream::for_match_rule(rule, &connection, None).await?;
    let rule = MatchRule::builder()
        .msg_type(message::Type::Signal)
        .sender(BUS)?
        .interface(BUS)?
        .member("NameOwnerChanged")?
        .add_arg(SERVICE)?
        .build();
    let owners = MessageStream::for_match_rule(rule, &connection, None).await?;
    let (method, title, options) = call(request);
    let reply = {
        let _identifiable = hardening::identifiable();
        let body = ("", title, options);
        connection
            .call_method(Some(SERVICE), PATH, Some(CHOOSER), method, &body)
            .await?
    };
    let answer = answer(answers, owners, reply.header().sender()).await?;
    let (code, results) = answer.body().deserialize()?;
    Ok(chosen(code, results))
}

/// The first response of the `portal` that replied. Fails if that portal loses its bus name.
async fn answer(
    answers: impl Stream<Item = zbus::Result<Message>>,
    owners: impl Stream<Item = zbus::Result<Message>>,
    portal: Option<&UniqueName<'_>>,
) -> zbus::Result<Message> {
    let gone = |who: &str| Err(Error::Failure(format!("the {who} has gone")));
    let (mut answers, mut owners) = (pin!(answers), pin!(owners));
    poll_fn(|cx| {
        while let Poll::Ready(next) = answers.as_mut().poll_next(cx) {
            match next {
                // Match rules do not filter signals sent directly to this connection.
                Some(Ok(signal)) if signal.header().sender() != portal => {}
                Some(next) => return Poll::Ready(next),
                None => return Poll::Ready(gone("bus")),
            }
        }
        while let Poll::Ready(next) = owners.as_mut().poll_next(cx) {
            let Some(Ok(signal)) = next else {
                return Poll::Ready(gone("bus"));
            };
            let body = signal.body();
            let former = body.deserialize::<(&str, &str, &str)>();
            // There is no previous owner if the call itself started the portal.
            if former.is_ok_and(|(_, former, _)| portal.is_some_and(|name| name == former)) {
                return Poll::Ready(gone("portal"));
            }
        }
        Poll::Pending
    })
    .await
}

/// Method, title and options for the portal.
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

/// The first chosen file; `None` if its URI is not a local file.
fn chosen(code: u32, mut results: HashMap<String, OwnedValue>) -> Option<PathBuf> {
    let uris = results.remove("uris").filter(|_| code == SUCCESS)?;
    let uris = Vec::<String>::try_from(uris).ok()?;
    Url::parse(uris.first()?).ok()?.to_file_path().ok()
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt as _;
    use futures_util::stream::{self, pending};

    use super::*;

    const PORTAL: &str = ":1.5";

    /// The given signals, after which the stream stays silent.
    fn signals(all: Vec<Message>) -> impl Stream<Item = zbus::Result<Message>> {
        stream::iter(all).map(Ok).chain(pending())
    }

    fn response(sender: &str, code: u32) -> Message {
        let signal = Message::signal(PATH, REQUEST, "Response").unwrap();
        let body = (code, HashMap::<&str, Value<'_>>::new());
        signal.sender(sender).unwrap().build(&body).unwrap()
    }

    fn owner_changed(former: &str, owner: &str) -> Message {
        let signal = Message::signal("/org/freedesktop/DBus", BUS, "NameOwnerChanged").unwrap();
        signal.build(&(SERVICE, former, owner)).unwrap()
    }

    fn answer_of(responses: Vec<Message>, changes: Vec<Message>) -> zbus::Result<Message> {
        let portal = UniqueName::try_from(PORTAL).unwrap();
        zbus::block_on(answer(signals(responses), signals(changes), Some(&portal)))
    }

    #[test]
    fn nobody_but_the_portal_answers() {
        let answer = answer_of(
            vec![response(":1.9", 0), response(PORTAL, 1)],
            vec![owner_changed("", PORTAL)],
        );
        let answer = answer.unwrap();
        assert_eq!(answer.header().sender().unwrap(), PORTAL);
    }

    #[test]
    fn a_portal_that_has_gone_is_not_waited_for() {
        let changes = vec![owner_changed("", PORTAL), owner_changed(PORTAL, "")];
        let answer = answer_of(vec![response(":1.9", 0)], changes);
        assert_eq!(answer.unwrap_err().to_string(), "the portal has gone");
    }

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
