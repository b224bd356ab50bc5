//! `list` and `doctor`.

#[cfg(target_os = "linux")]
use std::path::Path;

use serde_json::Value;
use thred_console::demo::DemoOptions;

#[cfg(target_os = "linux")]
use tokio::process::Command;

use super::{CommandLine, said};
use crate::support::{Answer, Fault, On, closed_port};

/// As in a container without the `ca-certificates` package.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_server_on_this_computer_needs_no_certificate_authorities() {
    use crate::support::{Authority, FaultServer, TlsFront};
    let cli = CommandLine::start().await;
    let mut command = cli.with_variables(&["list"]);
    let nothing = cli.home.path().join("nothing");
    command
        .env("SSL_CERT_FILE", &nothing)
        .env("SSL_CERT_DIR", &nothing);
    assert!(!said(command).await.done().is_empty());
    let server = FaultServer::start(DemoOptions::default()).await;
    let authority = Authority::new("Sentinel Corp Root");
    let front = TlsFront::start(&authority, "localhost", &server).await;
    let mut elsewhere = cli.with_variables(&["list"]);
    elsewhere
        .env("THRED_BASE_URL", front.local_url())
        .env("SSL_CERT_FILE", &nothing)
        .env("SSL_CERT_DIR", &nothing);
    let refused = said(elsewhere).await;
    let why = "This computer trusts no certificates";
    assert!(refused.err.contains(why), "{}", refused.err);
    assert!(server.log().all().is_empty(), "nothing was sent");
}

/// Anything can be behind a variable: a pipe blocks whoever opens it, and a device may never end.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_certificate_variable_that_names_no_file_is_named() {
    let cli = CommandLine::start().await;
    let pipe = cli.home.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().await;
    assert!(made.unwrap().success());
    for path in [pipe.as_path(), Path::new("/dev/zero")] {
        for arguments in [&["list"][..], &["doctor"]] {
            let mut command = cli.with_variables(arguments);
            command
                .env("THRED_BASE_URL", "https://localhost:1")
                .env("SSL_CERT_FILE", path);
            let said = said(command).await;
            let why = format!(
                "SSL_CERT_FILE names {}, which is not an ordinary file",
                path.display()
            );
            let all = said.out + &said.err;
            assert!(all.contains(&why), "{all}");
            assert_ne!(said.code, Some(0));
        }
    }
}

#[tokio::test]
async fn a_list_with_a_gap_is_printed_and_ends_with_an_error() {
    let cli = CommandLine::with(DemoOptions {
        businesses: 20,
        ..DemoOptions::default()
    })
    .await;
    let answer = Answer::real().edited(|_, value| {
        let rows = value["results"].as_array_mut().unwrap();
        rows.truncate(5);
    });
    cli.server.fault(On::Page(1), Fault::Always(answer));
    let said = cli.run_with_variables(&["list", "--csv"]).await;
    assert_eq!(said.code, Some(9), "{}", said.err);
    assert_eq!(said.out.lines().count(), 6);
    let why = "The list is incomplete: the server counts 15 more than it sent. The businesses that arrived were printed. \
               Run the command again later.";
    assert!(said.err.contains(why), "{}", said.err);
}

#[tokio::test]
async fn a_proxy_variable_that_cannot_be_read_is_named_and_nothing_is_sent() {
    let cli = CommandLine::start().await;
    for arguments in [&["list"][..], &["doctor"]] {
        let mut command = cli.with_variables(arguments);
        command
            .env("THRED_BASE_URL", "https://thred.test.invalid")
            .env("HTTPS_PROXY", "http://me:s3cret@");
        let said = said(command).await;
        let all = said.out + &said.err;
        let why = "HTTPS_PROXY does not contain the address of a proxy";
        assert!(all.contains(why), "{all}");
        assert!(!all.contains("s3cret"), "{all}");
        assert_ne!(said.code, Some(0));
    }
}

#[tokio::test]
async fn the_list_is_for_programs_and_spreadsheets() {
    let cli = CommandLine::with(DemoOptions {
        businesses: 120,
        ..DemoOptions::default()
    })
    .await;
    let rows = cli.rows().await;
    assert_eq!(rows.len(), 120);
    let json = cli.run_with_variables(&["list", "--json"]).await.done();
    let json: Vec<Value> = serde_json::from_str(&json).unwrap();
    let ids = json.iter().map(|business| business["id"].as_str().unwrap());
    assert!(ids.eq(rows.iter().map(|row| row[0].as_str())));

    let filter = ["list", "--csv", "--filter", "country:NL,DE"];
    let csv = cli.run_with_variables(&filter).await.done();
    assert!(csv.starts_with("id,external_id,name,"), "{csv}");
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    let countries: Vec<String> = csv
        .records()
        .map(|row| row.unwrap()[5].to_owned())
        .collect();
    let wanted = |business: &&Value| {
        ["NL", "DE"].contains(&business["country"].as_str().unwrap_or_default())
    };
    assert_eq!(countries.len(), json.iter().filter(wanted).count());
    assert!(!countries.is_empty());

    let listed = async |filter: &str| {
        let said = cli.run_with_variables(&["list", "--filter", filter]).await;
        let out = said.done();
        let ids = out
            .lines()
            .map(|line| line.split('\t').next().unwrap().to_owned());
        ids.collect::<Vec<_>>()
    };
    let (archived, active) = (listed("is:archived").await, listed("is:active").await);
    let id = active[0].parse().unwrap();
    let archive = || {
        let mut store = cli.server.state().store_mut();
        store.get_mut(id).unwrap().is_archived = true;
    };
    archive();
    assert_eq!(listed("is:archived").await.len(), archived.len() + 1);
    assert_eq!(listed("is:active").await, active[1..]);

    cli.server
        .fault(On::Archived, Fault::Always(Answer::status(403)));
    let said = cli
        .run_with_variables(&["list", "--filter", "is:active"])
        .await;
    assert_eq!(said.code, Some(0));
    let all = said.out.lines().count();
    assert!(all >= active.len(), "the archived one is not known as such");
    assert!(
        said.err.contains("count as active or inactive"),
        "{}",
        said.err
    );
    let said = cli
        .run_with_variables(&["list", "--filter", "is:archived"])
        .await;
    assert_eq!((said.code, said.out.as_str()), (Some(9), ""));
    cli.server.clear_faults();

    let said = cli
        .run_with_variables(&["list", "--filter", "currency:euro"])
        .await;
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""));
    assert!(
        said.err.contains("Did you mean currency:EUR?"),
        "{}",
        said.err
    );

    // A type that only the server knows is not the cause if another term matches nothing.
    let rename = || {
        let mut store = cli.server.state().store_mut();
        store.get_mut(id).unwrap().entity_type = Some("gmbx".into());
    };
    rename();
    let filter = ["list", "--filter", "type:gmbx ext:none"];
    let said = cli.run_with_variables(&filter).await;
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));

    cli.run_with_variables(&["list", "--filter", "is:wrong"])
        .await
        .failed_with(2, "Use is:active, is:inactive, is:archived or is:imported.");
    cli.run_with_variables(&["list", "--filter", "is:imported"])
        .await
        .failed_with(2, "is:imported only works in the window");
    cli.run_with_variables(&["list", "--json", "--csv"])
        .await
        .failed_with(2, "cannot be used with");
}

#[tokio::test]
async fn the_doctor_hides_a_key_that_is_named_as_a_profile() {
    let cli = CommandLine::start().await;
    let key = cli.server.api_key();
    let said = cli.run_with_variables(&["doctor", "--profile", key]).await;
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(said.out.contains("[API key]"), "{}", said.out);
    assert!(!said.out.contains(key) && !said.err.contains(key));
}

#[tokio::test]
async fn the_doctor_names_each_check_and_fails_if_one_does() {
    let cli = CommandLine::start().await;
    let out = cli.run_with_variables(&["doctor"]).await.done();
    for check in [
        "Data folder",
        "Settings",
        "Profile",
        "Proxy",
        "Clock",
        "API key",
    ] {
        assert!(out.contains(check), "{check}: {out}");
    }
    assert!(!out.contains("FAILED"), "{out}");
    let mut nobody = cli.with_variables(&["doctor"]);
    nobody.env("THRED_BASE_URL", closed_port().await);
    let said = said(nobody).await;
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(said.out.contains("FAILED  TLS"), "{}", said.out);
}

#[tokio::test]
async fn the_log_has_no_colours_outside_a_terminal() {
    let cli = CommandLine::start().await;
    let mut command = cli.with_variables(&["list"]);
    command.env("TZ", "Nowhere/At All");
    let said = said(command).await;
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("WARN"), "{}", said.err);
    assert!(!said.err.contains('\u{1b}'), "{:?}", said.err);
}
