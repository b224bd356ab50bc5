//! Which profile a command uses.

use thred_console::domain::credentials::PartnerId;
use thred_console::domain::environment::Environment;
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
