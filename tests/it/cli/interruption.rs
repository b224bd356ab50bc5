//! Commands that are ended by a signal.

use std::fs::File;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use thred_console::platform::ignored_signals::is_ignored;
use tokio::process::{Child, Command};

use super::{CommandLine, Said, source};
use crate::support::On;

fn started(mut command: Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

async fn ended_by(signal: Signal, program: Child) -> Said {
    let pid = i32::try_from(program.id().unwrap()).unwrap();
    kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    program.wait_with_output().await.unwrap().into()
}

/// Waits until the file is complete.
async fn written(path: &std::path::Path) -> String {
    loop {
        match std::fs::read_to_string(path) {
            Ok(text) if text.ends_with('\n') => return text,
            _ => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Waits until the program has opened a file of this name, which only Linux tells.
async fn opened(name: &str, program: &Child) {
    let opened = format!("/proc/{}/fd", program.id().unwrap());
    let is_open = || {
        let mut links = std::fs::read_dir(&opened).unwrap().flatten();
        links.any(|link| std::fs::read_link(link.path()).is_ok_and(|path| path.ends_with(name)))
    };
    while cfg!(target_os = "linux") && !is_open() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn the_program_that_prints_the_key_ends_as_well() {
    let cli = CommandLine::start().await;
    let id = cli.rows().await[0][0].clone();
    let ends = [
        (Signal::INT, 130),
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::QUIT, 131),
    ];
    // Tests that run as a background job may ignore some, and so do the programs they start.
    for (signal, code) in ends
        .into_iter()
        .filter(|(signal, _)| !is_ignored(signal.as_raw()))
    {
        let notes = cli.home.path().join(format!("pid-{code}"));
        let text = format!(
            "#!/bin/sh\necho $$ >\"{}\"\nexec sleep 600\n",
            notes.display()
        );
        let program = cli.script(&format!("sleeps-{code}"), &text);
        cli.save(|saved, profile| saved.set_source(profile, Some(source(&program))));
        let command = started(cli.command(&["token", &id]));
        let asked = written(&notes).await.trim().parse().unwrap();
        let said = ended_by(signal, command).await;
        assert_eq!(said.code, Some(code), "{}", said.err);
        assert_eq!(said.out, "");
        assert!(said.err.contains("Nothing was printed"), "{}", said.err);
        let asked = Pid::from_raw(asked).unwrap();
        while rustix::process::test_kill_process(asked).is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

#[tokio::test]
async fn nothing_runs_after_an_interruption() {
    let cli = CommandLine::start().await;
    cli.save_profile();
    let id = cli.rows().await[0][0].clone();
    cli.folder().ensure().unwrap();
    let other = File::create(cli.folder().file("history.lock")).unwrap();
    other.lock().unwrap();
    let command = started(cli.command(&["exec", &id, "--", "echo", "it ran"]));
    cli.server
        .log()
        .until(|log| log.count(&On::Token) == 1)
        .await;
    opened("history.lock", &command).await;
    let said = ended_by(Signal::TERM, command).await;
    drop(other);
    assert_eq!(said.code, Some(143), "{}", said.err);
    assert_eq!(said.out, "");
    assert!(said.err.contains("program was not started"), "{}", said.err);
}

/// A server that accepts connections and never answers.
#[tokio::test]
async fn every_command_ends_while_it_waits_for_the_server() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let cli = CommandLine::start().await;
    if is_ignored(Signal::TERM.as_raw()) {
        return;
    }
    for arguments in [&["doctor"][..], &["list"], &["token", "user-1"]] {
        let mut command = cli.with_variables(arguments);
        command.env("THRED_BASE_URL", format!("http://{address}"));
        let command = started(command);
        let waiting = listener.accept().await.unwrap();
        let said = ended_by(Signal::TERM, command).await;
        assert_eq!(said.code, Some(143), "{arguments:?}: {}", said.err);
        drop(waiting);
    }
}

/// A reader of both outputs that has stopped reading, as `less` does.
#[tokio::test]
async fn it_ends_although_nobody_reads_its_last_words() {
    let cli = CommandLine::start().await;
    let (writer, _reader) = tokio::net::unix::pipe::pipe().unwrap();
    writer.writable().await.unwrap();
    while writer.try_write(&[b'x'; 4096]).is_ok() {}
    let full = writer.into_blocking_fd().unwrap();
    let mut command = cli.with_variables(&["list"]);
    command.stdout(full.try_clone().unwrap()).stderr(full);
    let program = command.spawn().unwrap();
    if is_ignored(Signal::TERM.as_raw()) {
        return;
    }
    cli.server
        .log()
        .until(|log| log.count(&On::List) == 1)
        .await;
    let said = tokio::time::timeout(Duration::from_secs(120), ended_by(Signal::TERM, program));
    assert_eq!(said.await.unwrap().code, Some(143));
}
