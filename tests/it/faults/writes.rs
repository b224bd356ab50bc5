//! Faults of writes do what their names say.

use reqwest::Method;
use serde_json::{Value, json};
use thred_console::demo::DemoBusiness;

use super::probe::{LIST, Probe};
use crate::support::{Answer, ErrorShape, Fault, On};

fn acme(external_id: &str) -> Value {
    json!({
        "external_id": external_id, "legal_name": "Acme Ltd", "entity_type": "limited",
        "email": "books@acme.example", "country": "GB", "base_currency": "GBP",
    })
}

impl Probe {
    fn has(&self, external_id: &str) -> bool {
        self.server
            .state()
            .store()
            .get_by_external_id(external_id)
            .is_some()
    }
}

#[tokio::test]
async fn writes_are_told_apart() {
    let probe = Probe::start().await;
    let log = probe.server.log();
    let [id, _] = probe.two_ids();
    probe.create(&acme("a")).await.unwrap();
    let path = format!("{LIST}{id}/");
    for (method, path) in [
        (Method::PATCH, path.clone()),
        (Method::POST, format!("{path}archive/")),
        (Method::POST, format!("{path}unarchive/")),
        (Method::GET, path),
    ] {
        probe.send(method, &path).await.unwrap();
    }
    let counted = [
        On::Create,
        On::Update,
        On::Archive,
        On::Get,
        On::List,
        On::Token,
    ];
    assert_eq!(counted.map(|on| log.count(&on)), [1, 1, 2, 1, 0, 0]);
    assert_eq!(log.of(&On::Create)[0].json()["external_id"], "a");
}

#[tokio::test]
async fn answers_are_lost_after_the_deed() {
    let probe = Probe::start().await;
    let answers = [
        Answer::real().cut_off(),
        Answer::real().hung_up(),
        Answer::done_but(500),
        Answer::done_but_garbled("<html>"),
        Answer::real().truncated_json(),
    ];
    for (n, answer) in answers.into_iter().enumerate() {
        let external_id = format!("lost-{n}");
        probe.server.fault(On::Create, Fault::Once(answer));
        let status = match probe.create(&acme(&external_id)).await {
            Ok(response) => {
                let status = response.status().as_u16();
                (status, response.json::<Value>().await.is_ok())
            }
            Err(_) => (0, false),
        };
        assert_eq!(
            status,
            [
                (201, false),
                (0, false),
                (500, true),
                (200, false),
                (201, false)
            ][n]
        );
        assert!(probe.has(&external_id), "{external_id}");
        let again = probe.create(&acme(&external_id)).await.unwrap();
        assert_eq!(again.status(), 200, "{external_id}");
    }
}

#[tokio::test]
async fn what_is_unanswered_is_done_and_what_is_ignored_is_not() {
    let probe = Probe::start().await;
    let log = probe.server.log();
    for (before, (external_id, answer, is_done)) in [
        ("unanswered", Answer::real().unanswered(), true),
        ("ignored", Answer::real().ignored(), false),
    ]
    .into_iter()
    .enumerate()
    {
        probe.server.fault(On::Create, Fault::Once(answer));
        let body = acme(external_id);
        tokio::select! {
            _ = probe.create(&body) => panic!("answered"),
            () = log.until(|log| log.silences() > before) => {}
        }
        assert_eq!(probe.has(external_id), is_done);
        log.until(|log| log.in_flight() == 0).await;
        assert_eq!(probe.has(external_id), is_done);
    }
}

#[tokio::test]
async fn somebody_else_was_faster() {
    let probe = Probe::start().await;
    let other = DemoBusiness {
        legal_name: Some("Quicker Ltd".into()),
        ..DemoBusiness::default()
    };
    let answer = Answer::taken_by(other);
    probe.server.fault(On::Create, Fault::Once(answer));
    let answer = probe.create(&acme("contested")).await.unwrap();
    assert_eq!(answer.status(), 200);
    let json: Value = answer.json().await.unwrap();
    assert_eq!(json["legal_name"], "Quicker Ltd");
    assert_eq!(json["external_id"], "contested");

    let conflict = Answer::status(409);
    probe.server.fault(On::Create, Fault::Once(conflict));
    let answer = probe.create(&acme("another")).await.unwrap();
    assert_eq!(answer.status(), 409);
    let json: Value = answer.json().await.unwrap();
    assert_eq!(json["error_code"], "duplicate_external_id");
    assert!(!probe.has("another"));
}

#[tokio::test]
async fn refusals_come_in_every_shape_and_do_nothing() {
    let probe = Probe::start().await;
    let fields = [("email", "Not an address."), ("tin", "Too short.")];
    let refuse = async |answer| {
        probe.server.fault(On::Create, Fault::Once(answer));
        let answer = probe.create(&acme("refused")).await.unwrap();
        assert_eq!(answer.status(), 400);
        answer.json::<Value>().await.unwrap()
    };
    let named = json!({"email": ["Not an address."], "tin": ["Too short."]});
    for shape in ErrorShape::ALL {
        let json = refuse(Answer::invalid(shape, &fields)).await;
        match shape {
            ErrorShape::Details => assert_eq!(json["details"], named),
            ErrorShape::Detail => {
                assert_eq!(json["detail"], "email: Not an address. tin: Too short.");
            }
            ErrorShape::Errors => assert_eq!(json["errors"], named),
        }
    }
    let valid = [("bv", "B.V. (Besloten vennootschap)"), ("nv", "N.V.")];
    let json = refuse(Answer::type_refused("x", "NL", &valid)).await;
    assert_eq!(
        json["detail"],
        "Invalid entity_type 'x' for country NL. Valid options: bv (B.V. (Besloten vennootschap)), nv (N.V.)"
    );
    assert!(!probe.has("refused"));
}
