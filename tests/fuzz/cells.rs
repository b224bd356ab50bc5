//! Exporting texts to cells, and importing cells.

use thred_console::domain::export::cell;

use crate::input::{assert_plain, fuzz_text};

#[test]
fn a_cell() {
    const WORDS: [&str; 8] = ["'", "''", "=", "@", "[U+202E]", "[U++", ";", "\t"];
    fuzz_text("cell", &WORDS, |text| {
        let written = cell::write(text);
        assert_eq!(cell::read(&written), text);
        assert!(!cell::is_formula_like(&written), "{written:?} would run");
        // Tabs and line breaks may stay, because CSV quotes them.
        assert_plain(&written.replace(['\t', '\r'], " "));
        // The longest form of a character is "[U+10FFFF]", and each may get an apostrophe before it.
        assert!(written.len() <= 11 * text.len().max(1));
        // Any cell can be read, and its text is no longer than the cell.
        assert!(cell::read(text).len() <= text.len());
        true
    });
}
