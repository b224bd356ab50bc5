//! Creating, updating and archiving on the demo server: the reported outcome is true.

use serde_json::{Map, Value, json};
use thred_console::demo::DemoBusiness;
use thred_console::domain::business::BusinessId;
use thred_console::domain::draft::read_listed_types;
use thred_console::domain::failure::{FailureKind, Operation, Unreachable};
use thred_console::domain::request_failure::RequestFailure;
use thred_console::domain::write_outcome::{CreateOutcome, WriteOutcome};
use tokio::net::TcpStream;
use uuid::Uuid;

use super::Client;
use crate::support::{Answer, ErrorShape, Fault, On};

pub(super) fn acme(external_id: &str) -> Map<String, Value> {
    let body = json!({
        "external_id": external_id, "legal_name": "Acme Ltd", "entity_type": "limited",
        "email": "books@acme.example", "country": "GB", "base_currency": "GBP",
        "metadata": {"plan": "growth"},
    });
    body.as_object().cloned().unwrap()
}

fn fields(body: Value) -> Map<String, Value> {
    body.as_object().cloned().unwrap()
}

impl Client {
    pub(super) fn has(&self, external_id: &str) -> bool {
        let store = self.server.state().store();
        store.get_by_external_id(external_id).is_some()
    }

    /// The server's copy of a business, for comparison.
    fn stored(&self, id: BusinessId) -> String {
        format!("{:?}", self.server.state().store().get(id.0))
    }
}

#[tokio::test]
async fn created_and_existed_are_told_apart() {
    for is_older in [false, true] {
        let client = Client::start(30).await;
        if is_older {
            client.server.become_older();
        }
        let created = client.api.create(&acme("user-1")).await.unwrap();
        assert_eq!(created.outcome, CreateOutcome::Created);
        let business = &created.detail.business;
        assert_eq!(business.base_currency, Some("GBP".into()));
        assert_eq!(business.entity_type, Some("limited".into()));
        assert_eq!(created.detail.metadata_keys, Some(1));
        assert!(client.ids().contains(&business.id.0));

        let mut other = acme("user-1");
        other.insert("legal_name".to_owned(), json!("Other Ltd"));
        let existed = client.api.create(&other).await.unwrap();
        assert_eq!(existed.outcome, CreateOutcome::Existed);
        assert_eq!(existed.detail.business, created.detail.business);
        assert_eq!(client.ids().len(), 31);

        let seen = &client.server.log().of(&On::Create)[0];
        assert_eq!(seen.headers["content-type"], "application/json");
        assert_eq!(seen.json(), Value::Object(acme("user-1")));
    }
}

#[tokio::test]
async fn a_faster_one_is_found_and_left_as_it_is() {
    let client = Client::start(30).await;
    let quicker = DemoBusiness {
        legal_name: Some("Quicker Ltd".into()),
        ..DemoBusiness::default()
    };
    client
        .server
        .fault(On::Create, Fault::Once(Answer::taken_by(quicker)));
    let answer = client.api.create(&acme("user-1")).await.unwrap();
    assert_eq!(answer.outcome, CreateOutcome::Existed);
    let name = answer.detail.business.legal_name;
    assert_eq!(name, Some("Quicker Ltd".into()));
}

#[tokio::test]
async fn without_an_external_id_nothing_is_sent() {
    let client = Client::start(30).await;
    for external_id in [json!(""), json!("  "), json!(null), json!(7)] {
        let mut body = acme("x");
        body.insert("external_id".to_owned(), external_id);
        let failure = client.api.create(&body).await.unwrap_err();
        assert_eq!(failure.outcome, WriteOutcome::NotDone);
        let FailureKind::Invalid { fields } = failure.failure.kind else {
            panic!("{failure:?}");
        };
        assert_eq!(fields[0].0, "external_id");
    }
    assert!(client.server.log().all().is_empty());
}

#[tokio::test]
async fn what_is_wrong_reaches_the_form_in_every_shape() {
    let client = Client::start(30).await;
    let named = [("email", "Not an address."), ("tin", "Too short.")];
    for shape in ErrorShape::ALL {
        let invalid = Answer::invalid(shape, &named);
        client.server.fault(On::Create, Fault::Once(invalid));
        let RequestFailure { failure, outcome } =
            client.api.create(&acme("user-1")).await.unwrap_err();
        assert_eq!(outcome, WriteOutcome::NotDone);
        let FailureKind::Invalid { fields } = failure.kind else {
            panic!("{failure:?}");
        };
        if shape == ErrorShape::Detail {
            assert!(fields.is_empty());
            assert!(failure.detail.unwrap().contains("Not an address."));
        } else {
            let fields: Vec<_> = fields
                .iter()
                .map(|(field, messages)| (field.as_str(), messages[0].as_str()))
                .collect();
            assert_eq!(fields, named);
        }
    }
    let mut body = acme("user-1");
    body.insert("vat_number".to_owned(), json!("x".repeat(21)));
    let failure = client.api.create(&body).await.unwrap_err().failure;
    let message = "Ensure this field has no more than 20 characters.";
    let fields = vec![("vat_number".to_owned(), vec![message.to_owned()])];
    assert_eq!(failure.kind, FailureKind::Invalid { fields });
}

#[tokio::test]
async fn the_lesson_on_types_is_whole_and_can_be_learned() {
    let client = Client::start(30).await;
    let mut body = acme("user-1");
    for (country, first, count) in [
        ("GB", ("limited", "Ltd (Private Limited Company)"), 5),
        (
            "DE",
            ("gmbh", "GmbH (Gesellschaft mit beschränkter Haftung)"),
            7,
        ),
        ("SG", ("pte_ltd", "Pte. Ltd. (Private Limited Company)"), 3),
    ] {
        body.insert("country".to_owned(), json!(country));
        body.insert("entity_type".to_owned(), json!("something else"));
        let failure = client.api.create(&body).await.unwrap_err().failure;
        let listed = read_listed_types(&failure.detail.unwrap()).unwrap();
        assert_eq!(listed.country.as_deref(), Some(country));
        assert_eq!((listed.options.len(), listed.is_truncated), (count, false));
        let option = &listed.options[0];
        assert_eq!((option.code.as_str(), option.label.as_str()), first);
    }
    let codes: Vec<_> = (0..60)
        .map(|n| (format!("type_{n}"), format!("Type {n} (T)")))
        .collect();
    let many: Vec<_> = codes
        .iter()
        .map(|(c, l)| (c.as_str(), l.as_str()))
        .collect();
    let refused = Answer::type_refused("x", "MY", &many);
    client.server.fault(On::Create, Fault::Once(refused));
    let failure = client.api.create(&body).await.unwrap_err().failure;
    let listed = read_listed_types(&failure.detail.unwrap()).unwrap();
    assert_eq!((listed.options.len(), listed.is_truncated), (60, false));
}

#[tokio::test]
async fn a_change_is_made_and_read_again() {
    let client = Client::start(30).await;
    let id = client.api.create(&acme("user-1")).await.unwrap();
    let id = id.detail.business.id;
    let body = fields(json!({"legal_name": "New Ltd", "tin": "T-1", "metadata": {}}));
    let detail = client.api.update(id, &body).await.unwrap();
    assert_eq!(detail.business.id, id);
    assert_eq!(detail.business.legal_name, Some("New Ltd".into()));
    assert_eq!(detail.business.tax_id, Some("T-1".into()));
    assert_eq!(detail.metadata_keys, Some(0));

    let refused = fields(json!({"country": "FR"}));
    let refused = client.api.update(id, &refused).await.unwrap_err();
    assert_eq!(refused.outcome, WriteOutcome::NotDone);
    let unknown = BusinessId(Uuid::nil());
    let unknown = client.api.update(unknown, &body).await.unwrap_err();
    assert_eq!(unknown.failure.kind, FailureKind::NotFound);

    // A failed read after the update does not change the outcome of the update.
    let broken = Fault::Always(Answer::status(500));
    client.server.fault(On::Get, broken);
    let body = fields(json!({"legal_name": "Newest Ltd"}));
    let unread = client.api.update(id, &body).await.unwrap_err();
    assert_eq!(unread.outcome, WriteOutcome::Done);
    assert_eq!(unread.failure.operation, Operation::ReadBusiness);
    assert!(client.stored(id).contains("Newest Ltd"));
}

#[tokio::test]
async fn archiving_works_or_is_not_offered() {
    let client = Client::start(30).await;
    let id = client.some_id();
    for is_archived in [true, true, false] {
        client.api.set_archived(id, is_archived).await.unwrap();
        let store = client.server.state().store();
        assert_eq!(store.get(id.0).unwrap().is_archived, is_archived);
    }
    let unknown = BusinessId(Uuid::nil());
    let failure = client.api.set_archived(unknown, true).await.unwrap_err();
    assert_eq!(failure.failure.kind, FailureKind::NotFound);
    for absent in Answer::NO_ARCHIVE {
        client.server.clear_faults();
        client.server.fault(On::Archive, Fault::Always(absent()));
        let failure = client.api.set_archived(id, true).await.unwrap_err();
        assert_eq!(failure.failure.kind, FailureKind::NotSupported);
        assert_eq!(failure.outcome, WriteOutcome::NotDone);
    }
}

#[tokio::test]
async fn a_server_that_is_gone_was_not_asked() {
    let client = Client::start(30).await;
    client.api.sign_in().await.unwrap();
    let id = client.some_id();
    let Client {
        server,
        api,
        notices,
    } = client;
    let address = server.base_url().replace("http://", "");
    drop(server);
    while TcpStream::connect(&address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    // Until the client has noticed that its idle connection was closed.
    let refused = FailureKind::Unreachable(Unreachable::Refused);
    while api.business(id).await.unwrap_err().kind != refused {}
    notices.lock().unwrap().clear();
    let failure = api.create(&acme("user-1")).await.unwrap_err();
    assert_eq!(failure.failure.kind, refused);
    assert_eq!(failure.outcome, WriteOutcome::NotDone);
    assert!(
        failure
            .explain(&jiff::tz::TimeZone::UTC)
            .body
            .ends_with("Nothing was created.")
    );
    let failure = api.set_archived(id, true).await.unwrap_err();
    assert_eq!(failure.outcome, WriteOutcome::NotDone);
    // Each request was retried, because it was certainly not sent.
    assert_eq!(notices.lock().unwrap().len(), 8);
}

#[tokio::test]
async fn a_sign_in_that_fails_leaves_nothing_in_doubt() {
    for answer in [
        Answer::status(401),
        Answer::status(500),
        Answer::real().hung_up(),
    ] {
        let client = Client::start(30).await;
        client.server.fault(On::SignIn, Fault::Always(answer));
        let failure = client.api.create(&acme("user-1")).await.unwrap_err();
        assert_eq!(failure.outcome, WriteOutcome::NotDone);
        assert_eq!(failure.failure.operation, Operation::CreateBusiness);
        assert_eq!(client.server.log().count(&On::Create), 0);
    }
}

/// What a fault does to a write: its outcome, and the number of requests.
struct Row {
    name: &'static str,
    answer: Answer,
    outcome: WriteOutcome,
    asked: usize,
}

fn rows() -> Vec<Row> {
    use WriteOutcome::{NotDone, Unknown};
    let row = |name, answer, outcome, asked| Row {
        name,
        answer,
        outcome,
        asked,
    };
    let elsewhere = "http://127.0.0.1:9/";
    vec![
        row("400", Answer::status(400), NotDone, 1),
        row("401", Answer::status(401), NotDone, 2),
        row("403", Answer::status(403), NotDone, 1),
        row("404", Answer::status(404), NotDone, 1),
        row("409", Answer::status(409), NotDone, 1),
        row("429", Answer::status(429).retry_after_secs(0), NotDone, 3),
        row("307", Answer::redirect(307, elsewhere), NotDone, 1),
        row("302", Answer::redirect(302, elsewhere), Unknown, 1),
        row("408", Answer::empty(408), Unknown, 1),
        row("500", Answer::status(500), Unknown, 1),
        row("503", Answer::status(503).retry_after_secs(0), Unknown, 1),
        row("502 page", Answer::html(502), Unknown, 1),
        row("200 page", Answer::html(200), Unknown, 1),
        row("nested", Answer::nested(10_000), Unknown, 1),
        row("endless", Answer::endless(), Unknown, 1),
        row("done, then 500", Answer::done_but(500), Unknown, 1),
        row("done, garbled", Answer::done_but_garbled("<p>"), Unknown, 1),
        row("half the JSON", Answer::real().truncated_json(), Unknown, 1),
        row("cut off", Answer::real().cut_off(), Unknown, 1),
        row("hung up", Answer::real().hung_up(), Unknown, 1),
        row("unanswered", Answer::real().unanswered(), Unknown, 1),
        row("ignored", Answer::real().ignored(), Unknown, 1),
    ]
}

#[tokio::test]
async fn every_write_is_honest_about_every_fault() {
    let client = Client::start(30).await;
    let id = client.some_id();
    let before_all = client.ids().len();
    for (n, row) in rows().into_iter().enumerate() {
        let external_id = format!("user-{n}");
        let name = format!("Renamed {n}");
        let change = fields(json!({"province": name}));
        let is_archived = !client.server.state().store().get(id.0).unwrap().is_archived;
        let create = async || client.api.create(&acme(&external_id)).await.map(drop);
        let update = async || client.api.update(id, &change).await.map(drop);
        let archive = async || client.api.set_archived(id, is_archived).await;
        for on in [On::Create, On::Update, On::Archive] {
            let perform = async || match on {
                On::Create => create().await,
                On::Update => update().await,
                _ => archive().await,
            };
            let state = || format!("{} {}", client.has(&external_id), client.stored(id));
            let before = (state(), client.server.log().count(&on));
            let fault = Fault::Always(row.answer.clone());
            client.server.fault(on.clone(), fault);
            let failure = client.outlast(&on, 1, perform()).await.unwrap_err();
            let what = format!(
                "{} of {:?}: {failure:?}",
                row.name, failure.failure.operation
            );
            assert_eq!(failure.outcome, row.outcome, "{what}");
            if row.outcome == WriteOutcome::NotDone {
                assert_eq!(state(), before.0, "{what}");
            }
            let asked = client.server.log().count(&on) - before.1;
            assert_eq!(asked, row.asked, "{what}");
            client.server.clear_faults();
            perform().await.unwrap();
            perform().await.unwrap();
        }
        assert!(client.has(&external_id) && client.stored(id).contains(&name));
        assert_eq!(client.ids().len(), before_all + n + 1, "{}", row.name);
    }
}

#[tokio::test]
async fn a_success_that_says_too_little_is_no_creation() {
    let client = Client::start(30).await;
    let id = Uuid::from_u128(9);
    for (status, body) in [
        (202, json!({"id": id, "external_id": "user-1"})),
        (201, json!({"external_id": "user-1"})),
        (201, json!({"id": id, "external_id": "user-2"})),
        (200, json!({})),
    ] {
        let answer = Answer::json(status, &body);
        client.server.fault(On::Create, Fault::Once(answer));
        let failure = client.api.create(&acme("user-1")).await.unwrap_err();
        assert_eq!(failure.outcome, WriteOutcome::Unknown, "{body}");
        assert_eq!(failure.failure.kind, FailureKind::UnexpectedResponse);
        assert_eq!(failure.failure.status, Some(status));
    }
}
