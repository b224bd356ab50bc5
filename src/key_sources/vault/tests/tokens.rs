//! Finding the token of the command-line tool.

use std::fs;

use super::*;

async fn server() -> Server {
    Server::start(kv2(|_| told(200, SECRET_V2))).await
}

async fn used_token(fields: &[(&str, &str)], context: &FetchContext) -> String {
    let fake = server().await;
    fetch(&source(&fake.base, fields), context).await.unwrap();
    fake.seen()[0].header("x-vault-token").unwrap().to_owned()
}

#[tokio::test]
async fn a_variable_goes_first_and_that_of_the_product_before_the_other() {
    let both: &[(&str, &str)] = &[("VAULT_TOKEN", " hvs.vault\n"), ("BAO_TOKEN", "s.openbao")];
    assert_eq!(used_token(&[], &context(both)).await, "hvs.vault");
    let openbao = [("product", "openbao")];
    assert_eq!(used_token(&openbao, &context(both)).await, "s.openbao");
    let blank = context(&[("VAULT_TOKEN", " "), ("BAO_TOKEN", "s.openbao")]);
    assert_eq!(used_token(&[], &blank).await, "s.openbao");
}

#[tokio::test]
async fn all_places_of_the_product_go_before_those_of_the_other() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join(".vault-token"), "hvs.vault").unwrap();
    let both = FetchContext {
        home: Some(PathBuf::from(home.path())),
        ..context(&[("BAO_TOKEN", "s.openbao")])
    };
    assert_eq!(used_token(&[], &both).await, "hvs.vault");
    let openbao = [("product", "openbao")];
    assert_eq!(used_token(&openbao, &both).await, "s.openbao");
}

#[tokio::test]
async fn the_file_of_the_command_line_is_read_anew_each_time() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join(".bao-token"), "s.openbao").unwrap();
    assert_eq!(used_token(&[], &with_home(&home)).await, "s.openbao");
    fs::write(home.path().join(".vault-token"), "\u{feff}hvs.one\r\n").unwrap();
    assert_eq!(used_token(&[], &with_home(&home)).await, "hvs.one");
    fs::write(home.path().join(".vault-token"), "hvs.two").unwrap();
    assert_eq!(used_token(&[], &with_home(&home)).await, "hvs.two");
}

#[tokio::test]
async fn all_places_are_named_where_no_token_is() {
    let fake = server().await;
    let home = tempfile::tempdir().unwrap();
    let none = problem(&source(&fake.base, &[]), &with_home(&home)).await;
    assert_eq!(none.title, "No Vault token was found");
    for place in [
        "VAULT_TOKEN, ",
        ".vault, ",
        ".vault-token, BAO_TOKEN, ",
        ".bao-token",
    ] {
        assert!(none.body.contains(place), "{none:?}");
    }
    assert_eq!(
        none.help_command.unwrap(),
        format!("vault login -address={}", fake.base)
    );
    let homeless = problem(&source(&fake.base, &[]), &context(&[])).await;
    assert!(
        homeless.body.contains("VAULT_TOKEN, BAO_TOKEN."),
        "{homeless:?}"
    );
    assert!(fake.seen().is_empty());
}

#[tokio::test]
async fn what_is_no_token_file_is_named_and_what_is_no_token_is_not_sent() {
    let fake = server().await;
    let source = source(&fake.base, &[]);
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join(".vault-token");
    fs::create_dir(&file).unwrap();
    let folder = problem(&source, &with_home(&home)).await;
    assert!(
        folder.title.contains(".vault-token can’t be read"),
        "{folder:?}"
    );
    fs::remove_dir(&file).unwrap();
    fs::write(&file, [0xff, 0xfe, 0, 1]).unwrap();
    let binary = problem(&source, &with_home(&home)).await;
    assert!(binary.body.contains("not text"), "{binary:?}");
    fs::write(&file, "a".repeat(40 << 10)).unwrap();
    let large = problem(&source, &with_home(&home)).await;
    assert!(large.body.contains("too large"), "{large:?}");
    fs::write(&file, "s3cret\nX-Other: s3cret").unwrap();
    let lines = problem(&source, &with_home(&home)).await;
    assert!(lines.title.contains("token has characters"), "{lines:?}");
    assert!(fake.seen().is_empty());
}

#[cfg(unix)]
mod helpers {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A home folder whose settings name a helper script with these commands.
    fn home(commands: &str) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        let script = home.path().join("helper");
        fs::write(
            &script,
            format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{commands}\n"),
        )
        .unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).unwrap();
        name(&home, &script.display().to_string());
        home
    }

    fn name(home: &tempfile::TempDir, helper: &str) {
        let settings = format!("token_helper = \"{helper}\"\n");
        fs::write(home.path().join(".vault"), settings).unwrap();
    }

    #[tokio::test]
    async fn a_helper_is_run_with_get_before_the_files_are_read() {
        let home = home(r#"[ "$1" = get ] && [ $# = 1 ] && printf 'hvs.helper'"#);
        fs::write(home.path().join(".vault-token"), "hvs.file").unwrap();
        assert_eq!(used_token(&[], &with_home(&home)).await, "hvs.helper");
        // A helper without a token prints nothing.
        let home = super::helpers::home("exit 0");
        fs::write(home.path().join(".vault-token"), "hvs.file").unwrap();
        assert_eq!(used_token(&[], &with_home(&home)).await, "hvs.file");
    }

    #[tokio::test]
    async fn a_helper_that_fails_is_named_with_what_it_says() {
        let fake = server().await;
        let source = source(&fake.base, &[]);
        let commands = format!("echo {TOKEN}; echo no session for {TOKEN} >&2; exit 3");
        let failed = problem(&source, &with_home(&home(&commands))).await;
        assert!(
            failed.body.contains("helper get: it ended with 3."),
            "{failed:?}"
        );
        assert_eq!(failed.detail.as_deref(), Some("no session for [hidden]"));
        assert!(failed.help_command.unwrap().ends_with("helper get"));
        let endless = problem(&source, &with_home(&home("yes | head -c 5000000"))).await;
        assert!(endless.body.contains("more than a token"), "{endless:?}");
        assert!(fake.seen().is_empty());
    }

    #[tokio::test]
    async fn what_is_no_program_is_not_run() {
        let fake = server().await;
        let source = source(&fake.base, &[]);
        let home = home("printf hvs.helper");
        name(&home, "/no/such/helper");
        let missing = problem(&source, &with_home(&home)).await;
        assert!(
            missing.body.contains("there is no such program"),
            "{missing:?}"
        );
        fs::write(home.path().join("plain"), "printf hvs").unwrap();
        name(&home, &home.path().join("plain").display().to_string());
        let plain = problem(&source, &with_home(&home)).await;
        assert!(plain.body.contains("may not run it"), "{plain:?}");
        for helper in ["helper", "/bin/sh -c 'printf hvs.helper'"] {
            name(&home, helper);
            let refused = problem(&source, &with_home(&home)).await;
            assert_eq!(refused.title, "The token helper of Vault was not run");
        }
        assert!(fake.seen().is_empty());
    }

    #[tokio::test]
    async fn a_helper_ends_with_the_fetch() {
        let home = home("echo $$ > pid; exec sleep 600");
        let fake = server().await;
        let source = source(&fake.base, &[]);
        let context = with_home(&home);
        let pid = home.path().join("pid");
        let started = async {
            while !fs::read_to_string(&pid).is_ok_and(|pid| pid.ends_with('\n')) {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            _ = fetch(&source, &context) => panic!("it does not end by itself"),
            () = started => {}
        }
        let pid: i32 = fs::read_to_string(&pid).unwrap().trim().parse().unwrap();
        let pid = rustix::process::Pid::from_raw(pid).unwrap();
        // The runtime reaps killed processes some time later.
        while rustix::process::test_kill_process(pid).is_ok() {
            tokio::task::yield_now().await;
        }
    }
}
