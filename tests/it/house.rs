//! Checks the dependency rules of ARCHITECTURE.md against `src/`.

mod circles;
mod names;

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// All layers except `app` and the files of the binary, which may use everything.
const LAYERS: [&str; 11] = [
    "domain",
    "partner_api",
    "key_sources",
    "platform",
    "state",
    "runtime",
    "theme",
    "widgets",
    "ui",
    "demo",
    "cli",
];

/// Crates for drawing, for the network, and for a single seam.
const DRAWING: [&str; 3] = ["egui", "eframe", "egui_extras"];
const NETWORK: [&str; 9] = [
    "tokio",
    "reqwest",
    "axum",
    "rustls",
    "futures_util",
    "hyper",
    "hyper_util",
    "rustls_platform_verifier",
    "webpki",
];
const KEYCHAIN: [&str; 5] = [
    "keyring",
    "keyring_core",
    "zbus_secret_service_keyring_store",
    "apple_native_keyring_store",
    "windows_native_keyring_store",
];
const OTHER_SEAMS: [&str; 15] = [
    "arboard",
    "block2",
    "boot_time",
    "directories",
    "notify_rust",
    "objc2_app_kit",
    "objc2_foundation",
    "poll_promise",
    "rfd",
    "rustix",
    "win32job",
    "windows_registry",
    "windows_sys",
    "x11rb",
    "zbus",
];

/// The layers and restricted crates that a layer may use. It may use no other layer and no other restricted crate.
struct Rule {
    layer: &'static str,
    layers: &'static [&'static str],
    crates: &'static [&'static str],
}

const RULES: [Rule; 11] = [
    Rule {
        layer: "domain",
        layers: &[],
        crates: &[],
    },
    Rule {
        layer: "partner_api",
        layers: &["domain"],
        crates: &[
            "tokio",
            "reqwest",
            "rustls",
            "rustls_platform_verifier",
            "webpki",
            "hyper",
            "hyper_util",
            "futures_util",
        ],
    },
    // Requests go through the transport of `partner_api`, so that limits, proxy and certificates are the same.
    Rule {
        layer: "key_sources",
        layers: &["domain", "partner_api", "platform"],
        crates: &["tokio", "futures_util", "rustix", "win32job"],
    },
    Rule {
        layer: "platform",
        layers: &["domain"],
        crates: &[
            "arboard",
            "boot_time",
            "directories",
            "notify_rust",
            "rfd",
            "rustix",
            "x11rb",
            "zbus",
            "keyring",
            "keyring_core",
            "zbus_secret_service_keyring_store",
            "apple_native_keyring_store",
            "windows_native_keyring_store",
            "windows_registry",
            "windows_sys",
            "block2",
            "objc2_app_kit",
            "objc2_foundation",
            // For the socket over which a second start reaches the first.
            "tokio",
        ],
    },
    Rule {
        layer: "state",
        layers: &["domain"],
        crates: &[],
    },
    // The demo is a server like any other: starting it is an effect.
    Rule {
        layer: "runtime",
        layers: &[
            "domain",
            "state",
            "partner_api",
            "key_sources",
            "platform",
            "demo",
        ],
        crates: &["tokio", "poll_promise", "futures_util"],
    },
    // For the enums it gives a look: theme, density and phase of a countdown.
    Rule {
        layer: "theme",
        layers: &["domain"],
        crates: &DRAWING,
    },
    Rule {
        layer: "widgets",
        layers: &["theme"],
        crates: &DRAWING,
    },
    Rule {
        layer: "ui",
        layers: &["state", "domain", "widgets", "theme"],
        crates: &["egui"],
    },
    Rule {
        layer: "demo",
        layers: &[],
        crates: &["tokio", "axum"],
    },
    // Does the work of a window without a display, so it may not draw.
    Rule {
        layer: "cli",
        layers: &[
            "domain",
            "state",
            "partner_api",
            "key_sources",
            "platform",
            "runtime",
        ],
        crates: &["tokio"],
    },
];

/// Every crate that the domain may use.
const DOMAIN_CRATES: [&str; 21] = [
    "std",
    "core",
    "alloc",
    "serde",
    "serde_json",
    "aho_corasick",
    "csv",
    "encoding_rs",
    "html_escape",
    "jiff",
    "url",
    "secrecy",
    "uuid",
    "unicode_normalization",
    "foldhash",
    "lean_string",
    "memchr",
    "sha2",
    "shlex",
    "thiserror",
    "zeroize",
];

/// Modules of the standard library that do I/O or start threads.
const OUTSIDE: [&str; 5] = ["fs", "net", "process", "env", "thread"];
const PURE: [&str; 5] = ["domain", "state", "theme", "widgets", "ui"];

#[test]
fn every_layer_uses_only_what_it_may() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut broken = Vec::new();
    let mut seen = Vec::new();
    for file in rust_files(&source) {
        let inside = file.strip_prefix(&source).unwrap().to_path_buf();
        let Some(rule) = RULES.iter().find(|rule| rule.layer == layer_of(&inside)) else {
            continue;
        };
        if is_for_tests(&inside) {
            continue;
        }
        seen.push(rule.layer);
        let words = words(without_tests(&fs::read_to_string(&file).unwrap()));
        let own: Vec<&String> = words
            .windows(2)
            .filter(|pair| pair[0] == "mod")
            .map(|pair| &pair[1])
            .collect();
        for path in paths(&words, depth_of(&inside)) {
            if own.contains(&&path[0]) {
                continue;
            }
            if let Some(why) = violation(rule, &path) {
                broken.push(format!(
                    "src/{}: {} ({why})",
                    inside.display(),
                    path.join("::")
                ));
            }
        }
    }
    for layer in LAYERS {
        assert!(seen.contains(&layer), "no file of {layer} was read");
    }
    broken.sort();
    broken.dedup();
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn the_http_library_is_known_to_the_transport_alone() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let knows = |file: &PathBuf| {
        let words = words(without_tests(&fs::read_to_string(file).unwrap()));
        paths(&words, 9).iter().any(|path| path[0] == "reqwest")
    };
    let mut files: Vec<PathBuf> = rust_files(&source).into_iter().filter(knows).collect();
    files.sort();
    let transport = [
        "transport.rs",
        "transport/client.rs",
        "transport/http_client.rs",
        "transport/lost.rs",
        "transport/message.rs",
        "transport/response.rs",
    ];
    let mut known = transport.map(|file| source.join("partner_api").join(file));
    known.sort();
    assert_eq!(files, known);
}

/// Files that call the system in ways for which there is no safe crate. Review a file line by line before listing it.
const AUDITED: [&str; 6] = [
    "src/main.rs",
    "src/platform/freed_memory.rs",
    "src/platform/notifier/app_id.rs",
    "src/platform/session_watch/macos.rs",
    "src/platform/session_watch/windows.rs",
    "src/platform/wiping_allocator.rs",
];

#[test]
fn only_audited_files_are_unsafe() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src", "tests", "benches"].map(|folder| root.join(folder));
    let files = folders.iter().flat_map(|folder| rust_files(folder));
    let is_unsafe = |file: &PathBuf| {
        let words = words(&fs::read_to_string(file).unwrap());
        words.iter().any(|word| word == "unsafe")
    };
    let mut found: Vec<PathBuf> = files.filter(is_unsafe).collect();
    found.sort();
    assert_eq!(found, AUDITED.map(|file| root.join(file)));
}

/// Why `path` may not be used under `rule`, or `None` if it may.
fn violation(rule: &Rule, path: &[String]) -> Option<String> {
    let first = path[0].as_str();
    if first == "crate" {
        let layer = path.get(1)?.as_str();
        let is_foreign =
            LAYERS.contains(&layer) && layer != rule.layer && !rule.layers.contains(&layer);
        return (is_foreign || layer == "app")
            .then(|| format!("{} may not use {layer}", rule.layer));
    }
    let seams = [&DRAWING[..], &NETWORK[..], &KEYCHAIN[..], &OTHER_SEAMS[..]].concat();
    if seams.contains(&first) && !rule.crates.contains(&first) {
        return Some(format!("{first} does not belong in {}", rule.layer));
    }
    let second = path.get(1).map(String::as_str).unwrap_or_default();
    if first == "std" && OUTSIDE.contains(&second) && PURE.contains(&rule.layer) {
        return Some(format!("{} does nothing outside", rule.layer));
    }
    let is_crate = first.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        && !["self", "super"].contains(&first);
    let is_used = path.last().is_some_and(|last| last == "use");
    (rule.layer == "domain" && is_used && is_crate && !DOMAIN_CRATES.contains(&first))
        .then(|| format!("the domain does not build on {first}"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

fn layer_of(inside: &Path) -> String {
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Whether a file is compiled for tests only. Tests inside other files are cut off by [`without_tests`].
fn is_for_tests(inside: &Path) -> bool {
    inside.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        let name = name.trim_end_matches(".rs");
        ["tests", "testing", "simulation"].contains(&name) || name.ends_with("_tests")
    })
}

/// How many `super` it takes to get from the file to the crate root.
fn depth_of(inside: &Path) -> usize {
    let parts = inside.components().count();
    if inside.file_name().is_some_and(|name| name == "mod.rs") {
        parts - 1
    } else {
        parts
    }
}

/// The code up to its tests, which may use more.
fn without_tests(code: &str) -> &str {
    let tests = code.find("\nmod tests {").unwrap_or(code.len());
    &code[..tests]
}

/// Every path that code names, with groups spelled out. What a `use` names ends in the word `use`.
fn paths(words: &[String], depth: usize) -> Vec<Vec<String>> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if words[at] == "use" {
            let end = words[at..]
                .iter()
                .position(|word| *word == ";")
                .map_or(words.len(), |len| at + len);
            let mut named = Vec::new();
            expand_group(&words[at + 1..end], &mut Vec::new(), &mut named);
            found.extend(named.into_iter().map(|mut path| {
                path.push("use".to_owned());
                path
            }));
            at = end;
        } else if is_name(words[at])
            && words.get(at + 1) == Some(&"::")
            && (at == 0 || words[at - 1] != "::")
        {
            let mut path = vec![words[at].to_owned()];
            while words.get(at + 1) == Some(&"::")
                && words.get(at + 2).is_some_and(|word| is_name(word))
            {
                path.push(words[at + 2].to_owned());
                at += 2;
            }
            found.push(path);
        }
        at += 1;
    }
    found
        .into_iter()
        .map(|path| from_root(path, depth))
        .collect()
}

/// Resolves `super`: in a file at depth 2, `super::super::x` is `crate::x`.
fn from_root(path: Vec<String>, depth: usize) -> Vec<String> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    if ups == 0 || ups < depth {
        return path;
    }
    ["crate".to_owned()]
        .into_iter()
        .chain(path.into_iter().skip(ups))
        .collect()
}

/// Expands a group: `a::{b, c::d}` becomes `a::b` and `a::c::d`.
fn expand_group(words: &[&str], before: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let base = before.len();
    let mut at = 0;
    let mut is_group = false;
    while at < words.len() {
        match words[at] {
            "::" => {}
            "{" => {
                at += 1 + expand_group(&words[at + 1..], before, found);
                is_group = true;
            }
            "}" => break,
            "," => {
                if !is_group {
                    found.push(before.clone());
                }
                is_group = false;
                before.truncate(base);
            }
            // Skip the new name.
            "as" => at += 1,
            word => before.push(word.to_owned()),
        }
        at += 1;
    }
    if !is_group && before.len() > base {
        found.push(before.clone());
    }
    before.truncate(base);
    at
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Identifiers and punctuation, without comments and the contents of texts.
fn words(code: &str) -> Vec<String> {
    fn add(stream: TokenStream, words: &mut Vec<String>) {
        let mut is_path = false;
        for tree in stream {
            match tree {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::Parenthesis | Delimiter::None => ("(", ")"),
                    };
                    words.push(open.to_owned());
                    add(group.stream(), words);
                    words.push(close.to_owned());
                }
                TokenTree::Ident(ident) => words.push(ident.to_string()),
                TokenTree::Punct(punct) if std::mem::take(&mut is_path) => {
                    words.push(format!(":{punct}"));
                }
                TokenTree::Punct(punct) => {
                    is_path = punct.as_char() == ':' && punct.spacing() == Spacing::Joint;
                    if !is_path {
                        words.push(punct.to_string());
                    }
                }
                TokenTree::Literal(_) => words.push("\"\"".to_owned()),
            }
        }
    }
    let mut words = Vec::new();
    add(code.parse().unwrap(), &mut words);
    words
}

#[test]
fn the_reader_sees_what_is_there() {
    let code = "use crate::{state::{a, b as c}, domain::d}; // use egui::Ui;\nfn f() { super::super::ui::g(\"tokio::x\"); reqwest::Client::new() }";
    let found: Vec<String> = paths(&words(without_tests(code)), 2)
        .iter()
        .map(|path| path.join("::"))
        .collect();
    assert_eq!(
        found,
        [
            "crate::state::a::use",
            "crate::state::b::use",
            "crate::domain::d::use",
            "crate::ui::g",
            "reqwest::Client::new"
        ]
    );
    let offends = |layer: &str, code: &str| {
        let rule = RULES.iter().find(|rule| rule.layer == layer).unwrap();
        paths(&words(code), 2)
            .iter()
            .any(|path| violation(rule, path).is_some())
    };
    for (layer, code) in [
        ("domain", "use crate::state::AppState;"),
        ("domain", "use rand::Rng;"),
        ("state", "use super::super::platform::Clock;"),
        ("state", "fn f() { std::fs::read(x) }"),
        ("ui", "use crate::{domain::x, runtime::Runtime};"),
        ("widgets", "use crate::domain::token::Token;"),
        ("theme", "use crate::widgets::Button;"),
        ("platform", "use crate::partner_api::PartnerApi;"),
        ("runtime", "use crate::ui::Screens;"),
        ("demo", "use egui::Ui;"),
        ("partner_api", "use keyring::Entry;"),
        ("partner_api", "use crate::key_sources::fetch_key;"),
        ("key_sources", "use crate::state::AppState;"),
        ("key_sources", "use keyring::Entry;"),
        ("ui", "use crate::key_sources::fetch_key;"),
        ("cli", "use crate::ui::Screens;"),
        ("cli", "use egui::Ui;"),
        ("runtime", "use crate::cli::run;"),
    ] {
        assert!(offends(layer, code), "{layer}: {code}");
    }
    assert!(!offends(
        "ui",
        "use crate::{state::x, widgets::{A, B}}; use egui::Ui;"
    ));
}
