//! `exec`, and the generated shell completions and manual page.

use thred_console::cli::CliExit;

use super::{CommandLine, claims, said};
use crate::support::On;

#[cfg(unix)]
#[tokio::test]
async fn a_program_gets_the_token_and_its_exit_code_is_passed_on() {
    let cli = CommandLine::start().await;
    let id = cli.rows().await[0][0].clone();
    let script = "printf %s \"$THRED_TOKEN\"; echo \"to the user\" >&2; test -z \"$THRED_API_KEY\" && exit 7";
    let arguments = ["exec", &id, "--min-life", "15m", "--", "sh", "-c", script];
    let said = cli.run_with_variables(&arguments).await;
    assert_eq!(said.code, Some(7), "{}", said.err);
    assert_eq!(said.err, "to the user\n");
    assert_eq!(claims(&said.out)["business_id"], id.as_str());

    // The program replaces the console, so a signal ends it as usual.
    let killed = ["exec", &id, "--", "sh", "-c", "kill -9 $$"];
    assert_eq!(cli.run_with_variables(&killed).await.code, None);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_the_caller_ignores_stays_ignored() {
    let cli = CommandLine::start().await;
    let id = cli.rows().await[0][0].clone();
    for signal in ["HUP", "INT", "TERM"] {
        let script = format!("kill -{signal} $$; echo went on");
        let command = cli.with_variables(&["exec", &id, "--", "sh", "-c", &script]);
        let first = format!("trap '' {signal}");
        let told = said(CommandLine::after(&first, &command)).await.done();
        assert_eq!(told, "went on\n", "{signal}");
    }
    let hang_up = ["exec", &id, "--", "sh", "-c", "kill -HUP $$; echo went on"];
    // The test itself may run under nohup, which ignores hang-ups.
    let unignored = r#"exec env --default-signal=HUP "$0" "$@""#;
    let command = cli.with_variables(&hang_up);
    let heard = said(CommandLine::after(unignored, &command)).await;
    assert_eq!((heard.code, heard.out.as_str()), (None, ""));
}

#[cfg(unix)]
#[tokio::test]
async fn the_history_has_the_token_before_the_program_runs() {
    let cli = CommandLine::start().await;
    cli.save_profile();
    let id = cli.rows().await[0][0].clone();
    let history = cli.folder().file("history.jsonl");
    let history = history.to_str().unwrap();
    let printed = cli.run(&["exec", &id, "--", "cat", history]).await.done();
    assert!(
        printed.contains("token_on_command_line") && printed.contains(&id),
        "{printed}"
    );
    assert!(!printed.contains("\"format\""), "{printed}");
    assert!(!printed.contains("eyJ"));
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_that_is_not_there_or_may_not_run_has_the_codes_of_a_shell() {
    use std::os::unix::fs::PermissionsExt as _;
    let cli = CommandLine::start().await;
    let id = cli.rows().await[0][0].clone();
    cli.run_with_variables(&["exec", &id, "--", "no-such-program"])
        .await
        .failed_with(127, "no-such-program was not found");
    cli.run_with_variables(&["exec", &id, "--", "/no/such/program"])
        .await
        .failed_with(127, "Nothing was fetched");
    let folder = cli.home.path().to_str().unwrap();
    cli.run_with_variables(&["exec", &id, "--", folder])
        .await
        .failed_with(126, "could not be started");
    assert_eq!(cli.server.log().count(&On::Token), 0);
    let script = cli.home.path().join("script");
    std::fs::write(&script, "#!/no/such/interpreter\n").unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let script = script.to_str().unwrap();
    cli.run_with_variables(&["exec", &id, "--", script])
        .await
        .failed_with(127, "its interpreter was not found. The token was not used");
    cli.run_with_variables(&["exec", &id])
        .await
        .failed_with(2, "required");
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_gets_no_other_key_of_ours() {
    let cli = CommandLine::start().await;
    let id = cli.rows().await[0][0].clone();
    let mut command = cli.with_variables(&["exec", &id, "--", "env"]);
    command.env("THRED_API_KEY_OLD", "an-older-key");
    let shown = said(command).await.done();
    let mut ours: Vec<&str> = shown
        .lines()
        .filter(|line| line.starts_with("THRED_"))
        .map(|line| line.split('=').next().unwrap())
        .collect();
    ours.sort_unstable();
    assert_eq!(
        ours,
        ["THRED_BASE_URL", "THRED_CONSOLE_HOME", "THRED_TOKEN"]
    );
}

#[tokio::test]
async fn the_manual_and_the_completions_know_every_command() {
    let cli = CommandLine::start().await;
    let manual = cli.run(&["man"]).await.done();
    assert!(manual.starts_with(".ie"), "{manual}");
    for text in [
        "COMMAND TOKEN",
        "COMMAND EXEC",
        "THRED\\_CONSOLE\\_HOME",
        "doctor",
    ] {
        assert!(
            manual.contains(text) || manual.contains(&text.replace("\\_", "_")),
            "{text}"
        );
    }
    for exit in CliExit::ALL {
        assert!(
            manual.contains(exit.words().split('-').next().unwrap()),
            "{exit:?}"
        );
    }
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = cli.run(&["completions", shell]).await.done();
        assert!(script.contains("min-life"), "{shell}");
    }
}
