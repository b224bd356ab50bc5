//! Inputs: the files of the corpus and random variants of them.

use std::{fmt, fs, path::Path};

use proptest::{
    collection::vec,
    prelude::*,
    sample::Index,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::json;

/// Largest input in bytes. Larger ones only slow a run down, and larger limits of readers have tests of their own.
const LARGEST: usize = 64 << 10;

/// The variable that makes a run use new random inputs.
const ANEW: &str = "FUZZ_ANEW";

/// Pieces that often break parsers: line endings, delimiters, parts of escapes, huge numbers, misleading characters.
const WORDS: [&str; 36] = [
    "\r",
    "\n",
    "\r\n",
    "\0",
    "\t",
    " ",
    "\u{a0}",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "\u{ad}",
    "\u{fdfa}",
    "\u{1f600}",
    "\"",
    "\"\"",
    "'",
    "\\",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    ";",
    "=",
    "<",
    "&#x41;",
    "%41",
    "null",
    "-1",
    "1e308",
    "18446744073709551616",
    "0",
    "[U+",
];

/// An input, whose debug text can be saved as a file of the corpus.
#[derive(Clone)]
pub struct Input(pub Vec<u8>);

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// One change to an input. Positions are fractions of its length.
#[derive(Clone, Debug)]
enum Change {
    Byte(Index, u8),
    Word(Index, Index),
    Remove(Index, usize),
    Repeat(Index, usize, usize),
    /// Replaces the end by the end of another file of the corpus.
    Splice(Index, Index, Index),
    CutOff(Index),
    /// Replaces a value, if the input is JSON.
    Value(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<Index>;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (place(), place()).prop_map(|(at, word)| Change::Word(at, word)),
        (place(), 1..40_usize).prop_map(|(at, len)| Change::Remove(at, len)),
        (place(), 1..40_usize, 1..60_usize)
            .prop_map(|(at, len, times)| Change::Repeat(at, len, times)),
        (place(), place(), place()).prop_map(|(file, from, at)| Change::Splice(file, from, at)),
        place().prop_map(Change::CutOff),
        (place(), place()).prop_map(|(node, value)| Change::Value(node, value)),
    ]
}

impl Change {
    fn apply(&self, input: &mut Vec<u8>, files: &[Vec<u8>], words: &[&str]) {
        let len = input.len();
        // Between two bytes, or at either end.
        let gap = |at: &Index| at.index(len + 1);
        match self {
            Self::Byte(at, byte) if len > 0 => input[at.index(len)] = *byte,
            Self::Byte(_, byte) => input.push(*byte),
            Self::Word(at, word) => {
                let every = WORDS.len() + words.len();
                let word = word.index(every);
                let word = WORDS
                    .get(word)
                    .unwrap_or_else(|| &words[word - WORDS.len()]);
                let at = gap(at);
                input.splice(at..at, word.bytes());
            }
            Self::Remove(at, count) => {
                let at = gap(at);
                input.drain(at..len.min(at + count));
            }
            Self::Repeat(at, count, times) => {
                let at = gap(at);
                let part = input[at..len.min(at + count)].repeat(*times);
                input.splice(at..at, part);
            }
            Self::Splice(file, from, at) => {
                let other = &files[file.index(files.len())];
                let from = from.index(other.len() + 1);
                input.truncate(gap(at));
                input.extend(&other[from..]);
            }
            Self::CutOff(at) => input.truncate(gap(at)),
            Self::Value(node, value) => {
                if let Some(changed) = json::replace(input, *node, *value) {
                    *input = changed;
                }
            }
        }
        input.truncate(LARGEST);
    }
}

/// Passes every file of `corpus/{reader}/` to `check`, and then random variants of them. `words` are strings that this
/// reader looks for. `check` returns whether the reader accepted the input.
///
/// # Panics
/// With the smallest input that fails in `check`. Also if the reader accepts no file of the corpus, because then little is tested.
pub fn fuzz(reader: &str, words: &'static [&str], check: impl Fn(&[u8]) -> bool) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/corpus")
        .join(reader);
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    let mut files = Vec::new();
    let mut is_ever_used = false;
    for path in paths {
        // A failing test prints which file it was.
        println!("{}", path.display());
        let bytes = fs::read(&path).unwrap();
        is_ever_used |= check(&bytes);
        files.push(bytes);
    }
    assert!(is_ever_used, "{reader}: no file of the corpus is of use");
    let mutated = (any::<Index>(), vec(change(), 0..6)).prop_map(move |(file, changes)| {
        let mut input = files[file.index(files.len())].clone();
        for change in &changes {
            change.apply(&mut input, &files, words);
        }
        Input(input)
    });
    let arbitrary = prop_oneof![
        vec(any::<u8>(), 0..200).prop_map(Input),
        any::<String>().prop_map(|text| Input(text.into_bytes())),
    ];
    let inputs = prop_oneof![6 => mutated, 1 => arbitrary];
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = match std::env::var_os(ANEW) {
        Some(_) => TestRunner::new(config),
        // An ordinary test run is deterministic.
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let outcome = runner.run(&inputs, |input| {
        check(&input.0);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{reader}: {failure}");
    }
}

/// [`fuzz`] for a reader that gets valid UTF-8 only.
pub fn fuzz_text(reader: &str, words: &'static [&str], check: impl Fn(&str) -> bool) {
    fuzz(reader, words, |bytes| {
        check(&String::from_utf8_lossy(bytes))
    });
}

/// Asserts that the text has no invisible or reordering characters.
#[track_caller]
pub fn assert_plain(text: &str) {
    let lines = text.split('\n');
    for line in lines {
        assert_eq!(thred_console::domain::text::visible(line), line);
    }
}
