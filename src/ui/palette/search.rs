//! Compares what was typed in the palette with a text.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::domain::text::fold;

/// Whether each typed word is a word of the text, according to `is(word, typed)`. Case, accents and punctuation do not matter.
pub(super) fn has_words(typed: &str, text: &str, is: fn(&str, &str) -> bool) -> bool {
    let (typed, text) = (fold(typed), fold(text));
    let words = |text| str::split(text, |c: char| !c.is_alphanumeric());
    let mut typed = words(&typed).filter(|word| !word.is_empty()).peekable();
    typed.peek().is_some() && typed.all(|typed| words(&text).any(|word| is(word, typed)))
}

/// Fuzzy search: finds the typed letters, in order, in other texts.
pub(super) struct Search {
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Search {
    pub(super) fn new(typed: &str) -> Self {
        let pattern = Pattern::new(
            typed,
            CaseMatching::Ignore,
            Normalization::Smart,
            AtomKind::Fuzzy,
        );
        Self {
            pattern,
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }

    /// How well a text matches, and the indices of its matched characters.
    pub(super) fn score(&mut self, text: &str) -> Option<(u32, Vec<u32>)> {
        let mut letters = Vec::new();
        let text = Utf32Str::new(text, &mut self.buffer);
        let score = self
            .pattern
            .indices(text, &mut self.matcher, &mut letters)?;
        letters.sort_unstable();
        letters.dedup();
        Some((score, letters))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_names_match_by_the_beginnings_of_their_words() {
        let begins = |typed: &str| {
            let names = "Zoom in scale larger";
            has_words(typed, names, |word, typed| word.starts_with(typed))
        };
        assert!(begins("LARG zo") && begins("scale"));
        assert!(!begins("cale") && !begins("zoom out") && !begins(" -"));
    }

    #[test]
    fn letters_match_in_their_order_whatever_their_case() {
        let found = |typed: &str, text: &str| Search::new(typed).score(text);
        assert_eq!(found("to", "Copy a token").unwrap().1, [7, 8]);
        assert_eq!(found("CTK", "Copy a token").unwrap().1, [0, 7, 9]);
        assert_eq!(found("", "Copy a token").unwrap().1, [] as [u32; 0]);
        assert_eq!(found("tc", "Copy a token"), None);
        assert!(found("backerei", "Bäckerei Lindenhof").is_some());
        let (whole, split) = (found("help", "Help"), found("help", "Hide each local pane"));
        assert!(whole.unwrap().0 > split.unwrap().0);
    }
}
