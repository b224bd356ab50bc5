use std::path::PathBuf;
use std::time::Duration;

use proptest::prelude::*;

use super::super::{ExternalSource, SourceKind, SourceProblem, TypedSource};
use super::line::{unix, windows};
use super::problem::{CommandExit, CommandProblem};
use super::scrub::{looks_random, scrubbed};
use super::source::COMMAND;
use super::*;

fn typed(line: &str) -> TypedSource {
    TypedSource::blank(SourceKind::Command).with(COMMAND, line)
}

fn command(line: &str) -> CommandSource {
    CommandSource::read(&typed(line)).unwrap()
}

fn complaint(line: &str) -> String {
    let complaints = CommandSource::read(&typed(line)).unwrap_err();
    assert_eq!(complaints.len(), 1, "{line}");
    assert_eq!(complaints[0].field, COMMAND);
    complaints[0].text.clone()
}

#[test]
fn every_template_can_be_run_as_it_is() {
    for template in SPEC.templates {
        let form = TypedSource::blank(SourceKind::Command).with_template(template);
        let source = ExternalSource::read(&form);
        assert!(source.is_ok(), "{}: {source:?}", template.name);
        assert_eq!(source.unwrap().typed(), form);
    }
}

#[test]
fn a_line_is_split_as_a_shell_would() {
    let words = |line| unix::split(line).unwrap();
    assert_eq!(words("op read op://a/b"), ["op", "read", "op://a/b"]);
    assert_eq!(
        words(r#"bw get "Ada Co" 'a | b' c\ d"#),
        ["bw", "get", "Ada Co", "a | b", "c d"]
    );
    assert_eq!(
        words(r#"a "x \" y" '' "it's""#),
        ["a", "x \" y", "", "it's"]
    );
    // A price of five dollars, and an argument that ends in a dollar sign.
    assert_eq!(
        words(r"a 'cost $5' b$ '$HOME'"),
        ["a", "cost $5", "b$", "$HOME"]
    );
    assert_eq!(words("a x~y x#y"), ["a", "x~y", "x#y"]);
}

#[test]
fn what_only_a_shell_understands_is_complained_about() {
    for (line, named) in [
        ("pass show a | head -1", "|"),
        ("cat < a", "<"),
        ("pass show a > b", ">"),
        ("pass show a 2>/dev/null", ">"),
        ("a; b", ";"),
        ("a && b", "&&"),
        ("a || b", "||"),
        ("a &", "&"),
        ("a $(b)", "$("),
        ("a \"$(b)\"", "$("),
        ("a `b`", "`"),
        ("a \"`b`\"", "`"),
        ("a $HOME/b", "$HOME"),
        ("a \"${HOME}/b\"", "${HOME}"),
        ("a $1", "$1"),
        ("a ~/b", "~"),
        ("~/bin/a", "~"),
        ("a *.txt", "*"),
        ("a b?", "?"),
        ("a [ab]", "["),
        ("a (b)", "("),
        ("a $'b'", "$'"),
    ] {
        let text = unix::split(line).unwrap_err();
        assert!(text.contains("without a shell"), "{line}: {text}");
        assert!(text.contains(named), "{line}: {text}");
        assert!(
            text.contains("Enter") || text.contains("enter") || text.contains("Quote"),
            "{text}"
        );
    }
    for (line, said) in [
        ("a 'b", "' is not closed"),
        ("a \"b", "\" is not closed"),
        ("a b\\", "backslash"),
        ("a # b", "comment"),
        ("a\nb", "one line"),
        ("a\u{a0}b", "no-break space"),
    ] {
        let text = unix::split(line).unwrap_err();
        assert!(text.contains(said), "{line}: {text}");
    }
}

#[test]
fn windows_splits_by_its_own_rules() {
    let words = |line| windows::split(line).unwrap();
    assert_eq!(
        words(r#""C:\Program Files\op.exe" read "a b""#),
        [r"C:\Program Files\op.exe", "read", "a b"]
    );
    assert_eq!(
        words(r#"a \\server\share "b\\" c"#),
        ["a", r"\\server\share", r"b\", "c"]
    );
    assert_eq!(
        words(r#"a "x \" y" "" "p""q""#),
        ["a", "x \" y", "", "p\"q"]
    );
    assert_eq!(
        words(r#"C:\tools\bw.exe get 100%"#),
        [r"C:\tools\bw.exe", "get", "100%"]
    );
    for (line, named) in [
        ("a | b", "|"),
        ("a > b", ">"),
        ("a %USERPROFILE%\\b", "%USERPROFILE%"),
        ("a \"%A%\"", "%A%"),
        ("a $env:HOME", "$env:HOME"),
    ] {
        let text = windows::split(line).unwrap_err();
        assert!(
            text.contains("without a shell") && text.contains(named),
            "{line}: {text}"
        );
    }
    assert!(windows::split("a \"b").unwrap_err().contains("not closed"));
}

#[test]
fn other_lines_that_cannot_work_have_words() {
    for (line, said) in [
        ("$ op read x", "prompt"),
        ("op read “op://a”", "“"),
        ("aws –profile a", "–"),
        ("THRED_API_KEY=x vault read", "env in front"),
        ("./get-key", "full path"),
        ("bin/get-key a", "full path"),
        ("a\0b", "NUL"),
        ("'' a", "program"),
    ] {
        let text = complaint(line);
        assert!(text.contains(said), "{line}: {text}");
    }
    assert_eq!(complaint("  "), "Enter the command.");
    // Item names may contain them.
    assert_eq!(
        command("bw get password 'Thred – “new”'").words().1[2],
        "Thred – “new”"
    );
}

#[test]
#[cfg(unix)]
fn all_of_it_is_shown_before_it_is_run() {
    let typed = typed("op read 'a  b' \"\" 'x\u{202e}y'").with("key_field", "password");
    let source = CommandSource::read(&typed).unwrap();
    let source = source.found_at(PathBuf::from("/opt/x/op"));
    assert_eq!(
        source.in_full(),
        [
            ("Program", "\"/opt/x/op\"".to_owned()),
            ("Argument", "\"read\"".to_owned()),
            ("Argument", "\"a  b\"".to_owned()),
            ("Argument", "\"\"".to_owned()),
            ("Argument", "\"x[U+202E]y\"".to_owned()),
            ("Field with the API key", "\"password\"".to_owned()),
        ]
    );
    assert_eq!(source.name(), "op");
    assert_eq!(command("/opt/x/get-key").name(), "get-key");
}

#[test]
#[cfg(unix)]
fn a_path_that_is_not_text_is_refused_and_never_remembered() {
    use std::os::unix::ffi::OsStringExt as _;

    let path = PathBuf::from(std::ffi::OsString::from_vec(b"/home/\xff/op".to_vec()));
    let plain = command("op read x");
    assert_eq!(plain.clone().found_at(path.clone()), plain);
    let problem = CommandProblem::PathNotText(path).explain(&plain);
    assert_eq!(problem.title, "op can’t be run from its folder");
    assert!(
        problem.body.contains("is not valid text. Move it"),
        "{}",
        problem.body
    );
}

#[test]
#[cfg(unix)]
fn what_is_run_is_what_is_shown_though_the_file_was_edited() {
    let file = r#"{"line":"/bin/evil 'x y'"}"#;
    let source: CommandSource = serde_json::from_str(file).unwrap();
    let shown = ["\"/bin/evil\"", "\"x y\""];
    assert_eq!(
        source
            .in_full()
            .into_iter()
            .map(|(_, text)| text)
            .collect::<Vec<_>>(),
        shown
    );
    assert_eq!(source.words(), ("/bin/evil".into(), vec!["x y".into()]));
    let no_command = r#"{"line":"/bin/evil | sh"}"#;
    let source: CommandSource = serde_json::from_str(no_command).unwrap();
    assert_eq!(source.in_full()[0].1, "\"/bin/evil | sh\"");
    assert_eq!(source.words(), ("/bin/evil | sh".into(), vec![]));
}

#[test]
fn a_secret_in_an_argument_is_warned_of_and_nothing_else_is() {
    let warns = |line| command(line).warning().is_some();
    assert!(warns(
        "curl -H Authorization:kJ8sd7Fh2Lq9Xz4Vb6Nm1Rt3 https://example.com/x"
    ));
    assert!(warns("get --token=kJ8sd7Fh2Lq9Xz4Vb6Nm1Rt3"));
    let source = command("get --token=kJ8sd7Fh2Lq9Xz4Vb6Nm1Rt3");
    assert!(
        source
            .in_full()
            .iter()
            .any(|(label, text)| *label == "Warning" && text.contains("Argument 1"))
    );
    for template in SPEC.templates {
        let form = TypedSource::blank(SourceKind::Command).with_template(template);
        assert_eq!(
            CommandSource::read(&form).unwrap().warning(),
            None,
            "{}",
            template.name
        );
    }
    assert!(!warns(
        "bw get password 2f6d0c6e-6b1a-4a55-9d0b-0f3f5f6f7a8b"
    ));
    assert!(!warns("cat /home/ada/.config/thred/production-2/key.json"));
    assert!(!warns(
        "aws --secret-id arn:aws:secretsmanager:eu-central-1:123456789012:secret:thred/prod-AbCdEf"
    ));
}

#[test]
fn random_words_are_told_from_names() {
    for secret in [
        "kJ8sd7Fh2Lq9Xz4Vb6Nm1Rt3",
        "sk_live_51H8abcDEF23ghiJKL",
        "0123456789abcdef0123456789abcdef",
        "hvs.CAESIJ2eyJhbGciOiJIUzI1NiJ9abc",
        "aB3/kJ8sd7Fh2Lq9Xz4Vb6Nm1Rt3+x9==",
        "AB12C-DE34F-GH56I-JK78L",
        "eyJhbGciOi1.eyJzdWIiOi2.SflKxwRJSM3",
        "correct-horse-battery-staple-2024",
    ] {
        assert!(looks_random(secret), "{secret}");
    }
    for name in [
        "ResourceNotFoundException",
        "secretsmanager:GetSecretValue",
        "/usr/local/share/thred2/production",
        "vault.eu-west-1.example.com",
        "arn:aws:iam::123456789012:user/Ada",
        "thred/production/api_key",
        "Zugriffsberechtigungsfehler",
    ] {
        assert!(!looks_random(name), "{name}");
    }
}

#[test]
fn nothing_secret_is_left_of_what_a_tool_said() {
    let key = "kJ8sd7Fh2Lq9Xz4Vb6Nm1Rt3";
    let said = scrubbed(
        &format!("\u{1b}[31merror\u{1b}[0m: bad key '{key}' at https://vault.example.com/v1/x\r\n"),
        "",
    );
    assert_eq!(
        said,
        "error: bad key '[hidden]' at https://vault.example.com/v1/x"
    );
    let said = scrubbed("cannot send hunter22 to ada", "hunter22\n");
    assert_eq!(said, "cannot send [hidden] to ada");
    let said = scrubbed(
        "got short-key!",
        r#"{"api_key":"short-key!","partner_uuid":"2f6d0c6e-6b1a-4a55-9d0b-0f3f5f6f7a8b"}"#,
    );
    assert!(!said.contains("short-key"), "{said}");
    let said = scrubbed("failed https://ada:hunter2hunter2@vault.example.com/x", "");
    assert!(!said.contains("hunter2"), "{said}");
    assert_eq!(scrubbed("a\u{202e}b\u{7}", ""), "a[U+202E]b[U+0007]");
    // Progress overwritten in the same line.
    assert_eq!(scrubbed("10 %\r100 %\rdone\n", ""), "done");
}

fn failed(line: &str, said: &str) -> SourceProblem {
    let exit = CommandExit::Code(1);
    let said = said.to_owned();
    CommandProblem::Failed { exit, said }.explain(&command(line))
}

#[test]
fn a_known_tool_is_helped_by_its_own_line() {
    for (line, said, help_command) in [
        ("op read op://a/b", "not currently signed in", "op signin"),
        ("bw get password a", "Vault is locked.", "bw unlock"),
        ("vault kv get a", "permission denied", "vault login"),
        ("bao kv get a", "", "bao login"),
        (
            "aws x --profile team",
            "Token has expired",
            "aws sso login --profile team",
        ),
        (
            "aws x --profile=team",
            "Token has expired",
            "aws sso login --profile team",
        ),
        ("aws x", "Unable to locate credentials", "aws sso login"),
        ("gcloud secrets", "gcloud auth login", "gcloud auth login"),
        ("doppler secrets", "you must login", "doppler login"),
        (
            "pass show a",
            "gpg: decryption failed: No secret key",
            "pass show a",
        ),
    ] {
        let problem = failed(line, said);
        assert_eq!(
            problem.help_command.as_deref(),
            Some(help_command),
            "{line}"
        );
        assert!(
            problem.title.ends_with("failed with exit code 1"),
            "{}",
            problem.title
        );
    }
    let problem = failed("keepassxc-cli show a b", "Enter password to unlock a:");
    assert!(problem.body.contains("--no-password"), "{}", problem.body);
    // The tool is signed in and reports another problem.
    let problem = failed("op read op://a/b", "\"b\" isn't an item");
    assert_eq!(problem.help_command, None);
    assert_eq!(problem.detail.as_deref(), Some("\"b\" isn't an item"));
    let problem = failed("pass show a", "Error: a is not in the password store.");
    assert_eq!(problem.help_command, None);
}

#[test]
fn a_missing_tool_is_never_called_not_signed_in() {
    let searched = vec![PathBuf::from("/usr/bin"), PathBuf::from("/bin")];
    let problem = CommandProblem::NotFound { searched }.explain(&command("op read op://a/b"));
    assert_eq!(problem.title, "op was not found");
    assert!(
        problem.body.contains("(/usr/bin, /bin)"),
        "{}",
        problem.body
    );
    assert_eq!(problem.help_command, None);
    assert!(!problem.body.contains("sign"), "{}", problem.body);
}

#[test]
fn a_command_out_of_time_may_be_waiting_for_a_terminal() {
    let limit = Duration::from_secs(60);
    let said = "Enter your password:".to_owned();
    let problem = CommandProblem::TimedOut { limit, said }.explain(&command("op read op://a/b"));
    assert_eq!(problem.title, "op did not finish within 60 seconds");
    for words in ["on a terminal", "sign in to op first", "the secret faster"] {
        assert!(problem.body.contains(words), "{}", problem.body);
    }
    assert_eq!(problem.detail.as_deref(), Some("Enter your password:"));
    assert_eq!(problem.help_command.as_deref(), Some("op signin"));
}

proptest! {
    #[test]
    fn settings_fill_the_form_in_again(line in r#"[a-z]{1,8}( ([a-z0-9/:=._-]{1,9}|"[a-z '|]{0,6}"|'[^'\x00“”„‘«–—−]{0,6}')){0,4}"#) {
        if let Ok(source) = CommandSource::read(&typed(&line)) {
            prop_assert_eq!(CommandSource::read(&source.typed()), Ok(source));
        }
    }

    #[test]
    fn no_line_panics(line in ".{0,40}", said in ".{0,60}") {
        let _ = (unix::split(&line), windows::split(&line), scrubbed(&said, &line));
        let _ = CommandSource::read(&typed(&line));
    }
}
