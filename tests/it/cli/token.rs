//! `token`: choosing the business, the formats, and where the token goes.

use std::fs::{self, File};
use std::process::Stdio;

use thred_console::demo::DemoOptions;

use super::{CommandLine, claims, run_redirected, said};
use crate::support::{Answer, Fault, On};

#[tokio::test]
async fn a_token_is_all_that_standard_output_gets() {
    let cli = CommandLine::start().await;
    let rows = cli.rows().await;
    let [id, external_id, _] = &rows[3][..] else {
        panic!("{:?}", rows[3]);
    };
    let by_filter = format!("ext:{external_id}");
    for business in [id, external_id, &by_filter] {
        let out = cli.run_with_variables(&["token", business]).await.done();
        let token = out.strip_suffix('\n').unwrap();
        assert_eq!(claims(token)["business_id"], id.as_str(), "{business}");
    }
    // A session from environment variables leaves no files.
    assert!(!cli.folder().root().exists());
}

#[tokio::test]
async fn each_form_has_the_token_or_names_the_variable_for_it() {
    let cli = CommandLine::start().await;
    let id = cli.rows().await[0][0].clone();
    let printed = async |format: &str| {
        cli.run_with_variables(&["token", &id, "--format", format])
            .await
            .done()
    };
    assert!(
        printed("bearer")
            .await
            .starts_with("Authorization: Bearer eyJ")
    );
    assert!(printed("env").await.starts_with("THRED_TOKEN=eyJ"));
    let json: serde_json::Value = serde_json::from_str(&printed("json").await).unwrap();
    assert!(json["expires_in"].as_u64().unwrap() > 3000);
    assert_eq!(
        claims(json["access_token"].as_str().unwrap())["business_id"],
        id.as_str()
    );
    let curl = printed("curl").await;
    assert!(
        curl.contains("$THRED_TOKEN") && !curl.contains("eyJ"),
        "{curl}"
    );
}

#[tokio::test]
async fn a_business_that_is_not_exactly_one_gets_no_token() {
    let cli = CommandLine::start().await;
    let unknown = "9f0a4c1e-0000-4000-8000-00000000dead";
    cli.run_with_variables(&["token", unknown])
        .await
        .failed_with(4, "No business has the id or external_id");
    cli.run_with_variables(&["token", "no-such-shop"])
        .await
        .failed_with(4, "“no-such-shop”");
    let said = cli
        .run_with_variables(&["token", "country:DE"])
        .await
        .failed_with(5, "businesses match “country:DE”");
    let named = said
        .err
        .lines()
        .filter(|line| line.starts_with("  "))
        .count();
    assert_eq!(
        named, 6,
        "five and a sign that there are more: {}",
        said.err
    );
    assert_eq!(
        cli.server.log().count(&On::Token),
        1,
        "only the id was asked for"
    );

    // A filter that cannot be understood is not guessed.
    cli.run_with_variables(&["token", "contry:DE"])
        .await
        .failed_with(2, "Did you mean country:DE?");
    cli.run_with_variables(&["token", "token:live"])
        .await
        .failed_with(2, "only works in the window");
}

#[tokio::test]
async fn an_external_id_may_be_a_uuid_of_the_partner() {
    let cli = CommandLine::start().await;
    let theirs = "0b5e3b0a-6f1d-4b9e-9d53-2f4a5c7d9e11";
    let answer = Answer::real().edited(move |_, value| {
        value["results"][2]["external_id"] = theirs.into();
    });
    cli.server.fault(On::Page(1), Fault::Always(answer));
    let rows = cli.rows().await;
    let out = cli.run_with_variables(&["token", theirs]).await.done();
    assert_eq!(claims(out.trim())["business_id"], rows[2][0].as_str());
}

#[tokio::test]
async fn a_word_gets_no_token_whatever_it_is_part_of() {
    let cli = CommandLine::start().await;
    let rows = cli.rows().await;
    // The argument is only a part of an existing external_id.
    let (id, longer) = (&rows[3][0], &rows[3][1]);
    let part = &longer[..longer.len() - 1];
    let refused = cli.run_with_variables(&["token", part]).await;
    refused.failed_with(4, "No token was fetched");
    let whole_name = format!("\"{}\"", rows[3][2]);
    let refused = cli.run_with_variables(&["token", &whole_name]).await;
    let refused = refused.failed_with(4, "Use the id of the one that you mean");
    assert!(refused.err.contains(id), "{}", refused.err);

    // An id that occurs in the name of another business gets no token either.
    let gone = "9f0a4c1e-0000-4000-8000-00000000dead";
    let answer = Answer::real().edited(move |_, value| {
        value["results"][2]["name"] = gone.into();
    });
    cli.server.fault(On::Page(1), Fault::Always(answer));
    let refused = cli.run_with_variables(&["token", gone]).await;
    refused.failed_with(4, "No business has the id");
    assert_eq!(cli.server.log().count(&On::Token), 1, "for the id itself");
}

#[tokio::test]
async fn what_an_incomplete_list_lacks_may_be_there() {
    let cli = CommandLine::start().await;
    let answer = Answer::real().edited(|_, value| {
        let rows = value["results"].as_array_mut().unwrap();
        rows.truncate(5);
    });
    cli.server.fault(On::Page(1), Fault::Always(answer));
    for absent in ["user-9999", "ext:user-9999"] {
        let refused = cli.run_with_variables(&["token", absent]).await;
        refused.failed_with(9, "The server’s list is incomplete");
    }
}

/// Two businesses are deleted after page 1 was read, so two others move to page 1 unseen. The total is then that of page 1, and the second reading
/// fails.
#[cfg(unix)]
#[tokio::test]
async fn a_list_that_shrank_and_could_not_be_read_again_is_incomplete() {
    let cli = CommandLine::with(DemoOptions {
        businesses: 102,
        ..DemoOptions::default()
    })
    .await;
    let page_1 = Answer::real().edited(|_, value| {
        for (number, row) in value["results"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .enumerate()
        {
            row["external_id"] = match number {
                7 => "shop-1".into(),
                _ => format!("other-{number}").into(),
            };
        }
    });
    let page_2 = serde_json::json!({ "page_info": { "total_count": 100 }, "results": [] });
    for arguments in [
        &["token", "ext:shop-*"][..],
        &["exec", "ext:shop-*", "--", "true"],
    ] {
        cli.server.clear_faults();
        let server = &cli.server;
        server.fault(On::Page(1), Fault::Once(page_1.clone()));
        server.fault(On::Page(1), Fault::Always(Answer::status(403)));
        server.fault(On::Page(2), Fault::Always(Answer::json(200, &page_2)));
        let refused = cli.run_with_variables(arguments).await;
        refused.failed_with(9, "The server’s list is incomplete");
    }
    assert_eq!(cli.server.log().count(&On::Token), 0);
}

#[tokio::test]
async fn the_key_in_the_wrong_place_is_not_repeated() {
    let cli = CommandLine::start().await;
    let key = cli.server.api_key().to_owned();
    for (arguments, code) in [
        (&["token", &key][..], 4),
        (&["token", "user-1", &key], 2),
        (&["list", "--profile", &key], 3),
    ] {
        let said = cli.run_with_variables(arguments).await;
        assert_eq!(said.code, Some(code), "{}", said.err);
        assert!(!said.err.contains(&key), "{}", said.err);
        assert!(said.err.contains("[API key]"), "{}", said.err);
    }
}

#[tokio::test]
async fn a_token_that_fails_a_check_is_not_printed() {
    let cli = CommandLine::start().await;
    let rows = cli.rows().await;
    let other = rows[1][0].parse().unwrap();
    cli.server.fault(
        On::Token,
        Fault::Always(Answer::token_of_in_disguise(other)),
    );
    cli.run_with_variables(&["token", &rows[0][0]])
        .await
        .failed_with(10, "sent a token for another business");
}

#[tokio::test]
async fn without_a_desktop_nothing_is_fetched_that_could_not_be_copied() {
    let cli = CommandLine::start().await;
    cli.save_profile();
    let id = cli.rows().await[0][0].clone();
    let refused = cli.run(&["token", &id, "--copy"]).await;
    let refused = refused.failed_with(14, "The system clipboard is unavailable");
    assert!(
        refused.err.contains("Nothing was fetched"),
        "{}",
        refused.err
    );
    assert_eq!(cli.server.log().count(&On::Token), 0);
    assert!(cli.history().is_empty());
    cli.run(&["token", &id, "--copy", "--print"])
        .await
        .failed_with(2, "cannot be used with");
}

#[tokio::test]
async fn a_token_lives_as_long_as_asked_for_or_is_not_printed() {
    let cli = CommandLine::with(DemoOptions {
        token_ttl_secs: 600,
        ..DemoOptions::default()
    })
    .await;
    let id = cli.rows().await[0][0].clone();
    cli.run_with_variables(&["token", "contry:NL"])
        .await
        .failed_with(2, "Unknown filter “contry:”. Did you mean country:NL?");
    cli.run_with_variables(&["token", &id, "--min-life", "15m"])
        .await
        .failed_with(10, "--min-life asks for 900 s");
    cli.run_with_variables(&["token", &id, "--min-life", "5m"])
        .await
        .done();
    cli.run_with_variables(&["token", &id, "--min-life", "15"])
        .await
        .failed_with(2, "use a number with a unit");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_output_that_takes_nothing_is_an_error_of_its_own() {
    let cli = CommandLine::start().await;
    let id = cli.rows().await[0][0].clone();
    let mut full = cli.with_variables(&["token", &id]);
    full.stdout(File::options().write(true).open("/dev/full").unwrap());
    run_redirected(full)
        .await
        .failed_with(12, "The output could not be written");

    let mut full = cli.with_variables(&["--help"]);
    full.stdout(File::options().write(true).open("/dev/full").unwrap());
    assert_eq!(run_redirected(full).await.code, Some(12));

    // The reading end is closed before the program writes.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut closed = cli.with_variables(&["list"]);
    closed.stdout(Stdio::from(writer));
    run_redirected(closed)
        .await
        .failed_with(12, "has closed it");
}

#[tokio::test]
async fn no_secret_is_in_any_output_or_file() {
    let cli = CommandLine::start().await;
    cli.save_profile();
    let id = cli.rows().await[0][0].clone();
    for arguments in [
        &["token", &id][..],
        &["token", "no-such-shop"],
        &["list", "--json"],
        &["profiles"],
        &["doctor"],
    ] {
        let mut command = cli.command(arguments);
        command.env("RUST_LOG", "trace");
        let said = said(command).await;
        cli.assert_no_secret_in(&said.out, "standard output");
        cli.assert_no_secret_in(&said.err, "standard error");
        if arguments[0] != "token" {
            assert!(!said.out.contains("eyJ") && !said.err.contains("eyJ"));
        }
    }
    cli.assert_no_secret_in_files();
    let history = fs::read_to_string(cli.folder().file("history.jsonl")).unwrap();
    assert!(!history.contains("eyJ"));
}
