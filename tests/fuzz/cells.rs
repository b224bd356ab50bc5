//! Texts in cells, as they are exported and imported.

use thred_console::domain::export::cell;

use crate::input::{assert_plain, fuzz_text};

#[test]
fn a_cell() {
    const WORDS: [&str; 8] = ["'", "''", "=", "@", "[U+202E]", "[U++", ";", "\t"];
    fuzz_text("cell", &WORDS, |text| {
        let written = cell::write(text);
        assert_eq!(cell::read(&written), text);
        assert!(!cell::is_formula_like(&written), "{written:?} would run");
        // Quotes in CSV are for tabs and line ends.
        assert_plain(&written.replace(['\t', '\r'], " "));
        // The longest form of a character is "[U+10FFFF]", and each may need a mark before it.
        assert!(written.len() <= 11 * text.len().max(1));
        // Any cell of any file has a text, which is none longer than it.
        assert!(cell::read(text).len() <= text.len());
        true
    });
}
