//! Which profile a command uses.

use thred_console::domain::credentials::PartnerId;
use thred_console::domain::environment::{BaseUrl, Environment};
use thred_console::domain::profile::Profile;
use uuid::Uuid;

use super::{CommandLine, source};

#[tokio::test]
async fn without_a_profile_the_way_to_one_is_told() {
    let cli = CommandLine::start().await;
    cli.run(&["list"])
        .await
        .failed_with(3, "No profile is saved.");
    let said = cli.run(&["profiles"]).await;
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""));
}

#[cfg(unix)]
#[tokio::test]
async fn of_several_profiles_one_has_to_be_named() {
    let cli = CommandLine::start().await;
    let other = Profile {
        environment: Environment::Production,
        partner: PartnerId(Uuid::from_u128(7)),
    };
    cli.save(|saved, profile| {
        saved.set_source(profile, Some(source(&cli.key_program())));
        // The window last opened the other profile, which a script must not follow.
        saved.was_opened(&other);
        saved.known_mut(profile).unwrap().label = "Northwind".to_owned();
    });
    let said = cli
        .run(&["list"])
        .await
        .failed_with(3, "There are 2 saved profiles.");
    assert!(said.err.contains("Northwind") && said.err.contains("Production"));
    assert!(!cli.was_asked().exists());

    let partner = cli.server.partner_id().to_string();
    for name in ["northwind", &partner, &cli.profile().environment.host()] {
        cli.run(&["list", "--profile", name]).await.done();
    }
    cli.run(&["list", "--profile", "Southwind"])
        .await
        .failed_with(3, "No saved profile is called “Southwind”.");
    let listed = cli.run(&["profiles"]).await.done();
    let names: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    assert_eq!(names, ["Production", "Custom"], "{listed}");
}

#[tokio::test]
async fn profiles_that_differ_only_in_their_host_are_told_apart() {
    let cli = CommandLine::start().await;
    let at = |url: &str| Profile {
        environment: Environment::at(BaseUrl::parse(url).unwrap()),
        partner: PartnerId(Uuid::from_u128(7)),
    };
    cli.save(|saved, _| {
        saved.was_opened(&at("https://one.example.com"));
        saved.was_opened(&at("https://two.example.com"));
    });
    for arguments in [
        &["list", "--profile", "custom"],
        &["list", "--profile", "00000000-0000-0000-0000-000000000007"],
    ] {
        let said = cli.run(arguments).await.failed_with(
            3,
            "Use a label, host or partner UUID that only one of them has:",
        );
        for host in ["one.example.com", "two.example.com"] {
            let line = format!("  (no label)  {host}  00000000-0000-0000-0000-000000000007");
            assert!(said.err.contains(&line), "{}", said.err);
        }
    }
    let said = cli.run(&["doctor", "--profile", "custom"]).await;
    let hosts = said.out.lines().filter(|line| line.contains("example.com"));
    let indented = " ".repeat(21);
    assert!(hosts.clone().count() == 2, "{}", said.out);
    assert!(
        hosts.clone().all(|line| line.starts_with(&indented)),
        "{}",
        said.out
    );
}
