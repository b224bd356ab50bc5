//! Tests with misbehaving tools, each a line of `/bin/sh`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::process::{Pid, test_kill_process};
use secrecy::ExposeSecret as _;
use tempfile::TempDir;

use super::*;
use crate::domain::key_source::{SourceKind, TypedSource};
use crate::doubles::ManualClock;

/// The command with the path of its program.
fn located(
    command: &CommandSource,
    context: &FetchContext,
) -> Result<CommandSource, SourceProblem> {
    let path = SearchPath::of(context).locate(command);
    let path = path.map_err(|problem| problem.explain(command))?;
    Ok(command.clone().found_at(path))
}

fn command(line: &str) -> CommandSource {
    let typed = TypedSource::blank(SourceKind::Command).with("command", line);
    match ExternalSource::read(&typed) {
        Ok(ExternalSource::Command(command)) => command,
        other => panic!("{line}: {other:?}"),
    }
}

/// A command that runs a script with `/bin/sh`.
fn script(text: &str) -> CommandSource {
    assert!(!text.contains('\''), "{text}");
    command(&format!("/bin/sh -c '{text}'"))
}

fn context(path: &str, home: Option<&Path>) -> FetchContext {
    let path = path.to_owned();
    FetchContext {
        network: Default::default(),
        variable: Arc::new(move |name| (name == "PATH").then(|| path.clone())),
        home: home.map(Path::to_owned),
        answer: None,
        clock: Arc::new(ManualClock::default()),
    }
}

const PATH: &str = "/usr/bin:/bin";

async fn run(command: &CommandSource) -> Result<FetchedSecret, SourceProblem> {
    fetch(command, &context(PATH, None)).await
}

async fn problem(text: &str) -> SourceProblem {
    match run(&script(text)).await {
        Ok(_) => panic!("{text} handed out a secret"),
        Err(problem) => problem,
    }
}

/// Whether a process is running; a zombie is not.
fn is_alive(pid: i32) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{pid}/stat"));
    let is_zombie = state.is_ok_and(|state| {
        state
            .rsplit(')')
            .next()
            .is_some_and(|rest| rest.starts_with(" Z"))
    });
    !is_zombie && test_kill_process(Pid::from_raw(pid).unwrap()).is_ok()
}

/// Whether no trace of a process is left, not even a zombie.
fn is_gone(pid: i32) -> bool {
    test_kill_process(Pid::from_raw(pid).unwrap()).is_err()
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(60), async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    assert!(waited.await.is_ok(), "{what}");
}

/// The number that a script writes to a file. Waits until it is there.
async fn number_in(file: &Path) -> i32 {
    let read = || {
        std::fs::read_to_string(file)
            .ok()
            .filter(|text| text.ends_with('\n'))
    };
    until("the script wrote its number", || read().is_some()).await;
    read().unwrap().trim().parse().unwrap()
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    (folder, path)
}

#[tokio::test]
async fn what_a_program_prints_is_the_secret_and_its_place_is_remembered() {
    let (_kept, home) = folder();
    let command =
        command("sh -c 'printf \"%s\\n\" \"a  key\" noise >&2; echo \"a  key\"; pwd; cat'");
    let context = context(PATH, Some(&home));
    let fetched = fetch(&command, &context).await;
    let fetched = fetched.map_err(|problem| format!("{problem:?}")).unwrap();
    let home = home.canonicalize().unwrap();
    // Standard input is closed, so `cat` ends.
    assert_eq!(
        fetched.text.expose_secret(),
        format!("a  key\n{}\n", home.display())
    );
    let Some(ExternalSource::Command(found)) = fetched.found else {
        panic!("nothing was found");
    };
    let place = found.resolved().unwrap();
    assert!(place.is_absolute() && place.ends_with("sh"), "{place:?}");
}

#[tokio::test]
async fn a_missing_tool_is_told_with_the_path_that_was_searched() {
    let (_kept, home) = folder();
    let context = context("/nowhere/bin:relative:/usr/bin", Some(&home));
    let problem = located(&command("thred-no-such-tool x"), &context).unwrap_err();
    assert_eq!(problem.title, "thred-no-such-tool was not found");
    for folder in ["/nowhere/bin", "/usr/bin", "/usr/local/bin", ".local/bin"] {
        assert!(problem.body.contains(folder), "{}", problem.body);
    }
    assert!(!problem.body.contains("relative"), "{}", problem.body);
    let problem = located(&command("/nowhere/tool x"), &context).unwrap_err();
    assert!(problem.body.contains("/nowhere/tool"), "{}", problem.body);
}

#[cfg(unix)]
#[tokio::test]
async fn a_relative_path_in_an_edited_settings_file_leads_nowhere() {
    let (_kept, home) = folder();
    make_program(&home.join("tool"), "#!/bin/sh\necho a-key\n").await;
    let bin = home.join("bin");
    std::fs::create_dir(&bin).unwrap();
    let context = context(bin.to_str().unwrap(), Some(&home));
    let edited: CommandSource = serde_json::from_str(r#"{"line":"../tool"}"#).unwrap();
    let problem = located(&edited, &context).unwrap_err();
    assert!(
        problem.title.ends_with("was not found"),
        "{}",
        problem.title
    );
}

#[tokio::test]
async fn a_start_without_path_finds_the_programs_of_the_system() {
    let (_kept, home) = folder();
    let context = FetchContext {
        variable: Arc::new(|_| None),
        ..context("", Some(&home))
    };
    let line = command("sh -c 'command -v ls >/dev/null && echo a-key'");
    let fetched = fetch(&line, &context).await;
    let fetched = fetched.map_err(|problem| format!("{problem:?}")).unwrap();
    assert_eq!(fetched.text.expose_secret(), "a-key\n");
    let Some(ExternalSource::Command(found)) = fetched.found else {
        panic!("nothing was found");
    };
    assert!(found.resolved().unwrap().is_absolute());
}

#[tokio::test]
async fn a_tool_in_the_home_folder_is_found_after_those_of_path() {
    let (_kept, home) = folder();
    let bin = home.join(".local/bin");
    std::fs::create_dir_all(&bin).unwrap();
    make_program(&bin.join("thred-tool"), "#!/bin/sh\necho mine\n").await;
    make_program(&bin.join("sh"), "#!/bin/sh\necho mine\n").await;
    let context = context(PATH, Some(&home));
    let found = located(&command("thred-tool"), &context).unwrap();
    assert_eq!(found.resolved(), Some(bin.join("thred-tool").as_path()));
    let found = located(&command("sh"), &context).unwrap();
    assert_ne!(found.resolved(), Some(bin.join("sh").as_path()));
}

/// Some file systems do not allow such names.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_tool_in_a_folder_whose_name_is_not_text_is_refused() {
    use std::os::unix::ffi::OsStrExt as _;

    let (_kept, home) = folder();
    let odd = home.join(std::ffi::OsStr::from_bytes(b"odd-\xff"));
    let bin = odd.join(".local/bin");
    std::fs::create_dir_all(&bin).unwrap();
    make_program(&home.join("thred-tool"), "#!/bin/sh\necho mine\n").await;
    std::fs::rename(home.join("thred-tool"), bin.join("thred-tool")).unwrap();
    let context = context(PATH, Some(&odd));
    let problem = located(&command("thred-tool"), &context).unwrap_err();
    assert!(
        problem.body.contains("is not valid text. Move it"),
        "{}",
        problem.body
    );
}

#[tokio::test]
async fn a_remembered_program_is_not_looked_for_again() {
    let (_kept, home) = folder();
    let context = context(PATH, Some(&home));
    let moved = command("sh -c true").found_at(home.join("sh"));
    let problem = located(&moved, &context).unwrap_err();
    assert_eq!(problem.title, "sh was moved or uninstalled");
    assert!(problem.body.contains("There is one at"), "{}", problem.body);
    let gone = command("thred-tool").found_at(home.join("thred-tool"));
    let problem = located(&gone, &context).unwrap_err();
    assert!(problem.body.contains("/usr/bin, /bin"), "{}", problem.body);
}

/// Writes a script from another process: if this process had the file open for writing, a program started by another test could inherit the handle,
/// and running the script would fail as busy.
async fn make_program(file: &Path, text: &str) {
    let text = text.replace('\n', "\\n");
    let made = script(&format!(
        "printf \"{text}\" >{0} && chmod 700 {0}; echo done",
        file.display()
    ));
    assert!(run(&made).await.is_ok());
}

#[tokio::test]
async fn what_is_no_program_has_words_of_its_own() {
    let (_kept, home) = folder();
    std::fs::write(home.join("plain"), "text").unwrap();
    make_program(&home.join("orphan"), "#!/nowhere/interpreter\n").await;
    make_program(&home.join("data"), "\\001\\002\\003\\n").await;
    for (file, said) in [
        (home.join("plain"), "is not executable"),
        (home.clone(), "is a folder"),
        (home.join("orphan"), "The interpreter of orphan is missing"),
        (home.join("data"), "is not a program for this computer"),
    ] {
        let command = command(&file.display().to_string());
        let problem = run(&command).await.err().unwrap();
        assert!(problem.title.contains(said), "{problem:?}");
    }
    let context = context(&home.display().to_string(), None);
    let problem = located(&command("plain"), &context).unwrap_err();
    assert_eq!(problem.title, "plain is not executable");
}

#[tokio::test]
async fn a_tool_that_fails_is_quoted_without_its_secrets() {
    let key = "kJ8sd7Fh2Lq9Xz4Vb6Nm1Rt3";
    let problem = problem(&format!(
        "echo hunter22; echo \"bad {key} for hunter22\" >&2; exit 3"
    ))
    .await;
    assert_eq!(problem.title, "sh failed with exit code 3");
    assert_eq!(problem.detail.as_deref(), Some("bad [hidden] for [hidden]"));
    assert!(!format!("{problem:?}").contains(key));
}

#[tokio::test]
async fn a_tool_that_is_ended_by_a_signal_is_told() {
    assert_eq!(
        problem("kill -9 $$").await.title,
        "sh was terminated by signal 9"
    );
}

#[tokio::test]
async fn output_that_holds_no_text_has_words_of_its_own() {
    for (text, title) in [
        ("true", "sh printed nothing"),
        ("echo; echo \" \"", "sh printed only white space"),
        ("printf \"\\377\\001\\002\"", "sh printed binary data"),
        ("printf \"abc\\000\\000d\"", "sh printed binary data"),
        ("printf \"k\\000e\\000y\\000\"", "sh printed UTF-16 text"),
        ("printf \"\\377\\376k\\000\"", "sh printed UTF-16 text"),
    ] {
        assert_eq!(problem(text).await.title, title, "{text}");
    }
    let problem = problem("echo no item >&2").await;
    assert_eq!(problem.detail.as_deref(), Some("no item"));
}

#[tokio::test]
async fn a_flood_is_cut_off() {
    for flood in ["yes", "yes >&2", "cat /dev/zero"] {
        let problem = problem(flood).await;
        assert_eq!(problem.title, "sh printed too much", "{flood}");
    }
}

#[tokio::test]
async fn a_talkative_tool_is_quoted_from_its_beginning_and_no_half_secret() {
    let text = "i=0; while [ $i -lt 1000 ]; do echo line-$i-xx >&2; i=$((i+1)); done; exit 1";
    let problem = problem(text).await;
    let detail = problem.detail.unwrap();
    assert!(
        detail.starts_with("line-0-xx\nline-1-xx") && detail.ends_with("-xx …"),
        "{detail}"
    );
    assert!(detail.len() < 4200);
}

#[tokio::test(start_paused = true)]
async fn a_tool_that_never_ends_is_ended_with_its_children() {
    let (_kept, home) = folder();
    let file = home.join("pid");
    // The paused clock jumps to the limit as soon as nothing else is left to do, so it is paused only once the number is there.
    let text = format!(
        "sleep 1000 & echo $! >{0}.new; mv {0}.new {0}; echo waiting >&2; wait",
        file.display()
    );
    let command = script(&text);
    let context = context(PATH, None);
    tokio::time::resume();
    let fetching = fetch(&command, &context);
    let mut fetching = std::pin::pin!(fetching);
    let pid = tokio::select! {
        _ = &mut fetching => panic!("it ended by itself"),
        pid = number_in(&file) => pid,
    };
    assert!(is_alive(pid));
    tokio::time::pause();
    let problem = fetching.await.err().unwrap();
    tokio::time::resume();
    assert_eq!(problem.title, "sh did not finish within 60 seconds");
    assert!(problem.body.contains("for input on a terminal"));
    until("the child of the program is gone", || !is_alive(pid)).await;
}

#[tokio::test]
async fn a_child_that_keeps_the_pipes_open_is_not_waited_for_and_is_ended() {
    let fetched = run(&script("sleep 1000 & echo $!")).await;
    let fetched = fetched.map_err(|problem| format!("{problem:?}")).unwrap();
    let pid = fetched.text.expose_secret().trim().parse().unwrap();
    until("the child is gone", || !is_alive(pid)).await;
}

#[tokio::test]
async fn dropping_the_fetch_ends_the_whole_group() {
    let (_kept, home) = folder();
    let (own, childs) = (home.join("own"), home.join("child"));
    let text = format!(
        "echo $$ >{}; sleep 1000 & echo $! >{}; wait",
        own.display(),
        childs.display()
    );
    let command = script(&text);
    let context = context(PATH, None);
    let (leader, child) = {
        let fetching = fetch(&command, &context);
        let numbers = async { (number_in(&own).await, number_in(&childs).await) };
        tokio::select! {
            _ = fetching => panic!("it ended by itself"),
            numbers = numbers => numbers,
        }
    };
    until("the child is gone", || !is_alive(child)).await;
    until("the program is gone, and no zombie", || is_gone(leader)).await;
}

#[tokio::test]
async fn a_tool_that_asks_on_a_terminal_is_told_at_once() {
    // The signal that the system sends to a background program that reads from a terminal.
    let problem = problem("kill -TTIN $$; echo never").await;
    assert_eq!(problem.title, "sh asks for input on a terminal");
    assert!(
        problem.body.contains("without a terminal"),
        "{}",
        problem.body
    );
}

#[tokio::test]
async fn a_program_leads_a_group_of_its_own() {
    let fetched = run(&script("echo $$; ps -o pgid= -p $$ 2>/dev/null || echo $$")).await;
    let fetched = fetched.map_err(|problem| format!("{problem:?}")).unwrap();
    let mut numbers = fetched.text.expose_secret().split_whitespace();
    assert_eq!(numbers.next(), numbers.next());
}

#[test]
fn variables_of_thred_are_taken_out() {
    for (name, is_ours) in [
        ("THRED_API_KEY", true),
        ("THRED_PARTNER_UUID", true),
        ("THRED_", true),
        ("THREAD_X", false),
        ("PATH", false),
        ("MY_THRED_X", false),
    ] {
        assert_eq!(process::is_ours(name.as_ref()), is_ours, "{name}");
    }
}
