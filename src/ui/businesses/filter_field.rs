//! Input of the filter: finished terms become chips, the rest stays text.

use egui::{Context, Event, ImeEvent, Key};

use crate::domain::filter::Query;
use crate::widgets::MAX_TYPED_LEN;

/// Buffers of the filter field.
#[derive(Default)]
pub(super) struct FilterInput {
    /// Finished terms, each with a key and a value.
    pub(super) chips: Vec<String>,
    /// The text being typed.
    pub(super) draft: String,
    /// The filter last sent to the state.
    asked_for: String,
    /// Whether the arrow keys have selected a row since the last input.
    pub(super) has_chosen: bool,
    /// Whether the terms are selected together with the text.
    pub(super) is_all_selected: bool,
}

impl FilterInput {
    /// Updates the field when something else changed the filter.
    pub(super) fn follow(&mut self, filter: &str) {
        if self.asked_for != filter {
            filter.clone_into(&mut self.asked_for);
            self.clear();
            filter.clone_into(&mut self.draft);
            self.absorb(true);
        }
    }

    /// The whole filter, if it has changed since it was last sent.
    pub(super) fn changed(&mut self) -> Option<String> {
        let whole = self.whole();
        (whole != self.asked_for).then(|| {
            self.has_chosen = false;
            self.asked_for.clone_from(&whole);
            whole
        })
    }

    /// Whether the last word may still get more letters.
    pub(super) fn is_typing(&self) -> bool {
        !self.draft.is_empty() && !self.draft.ends_with(char::is_whitespace)
    }

    /// Turns the terms of the draft into chips: those followed by a space, or all if typing has ended. Returns whether there were any.
    pub(super) fn absorb(&mut self, has_ended: bool) -> bool {
        // Quotes hold words together; splitting at a space inside them would change their meaning.
        if self.draft.contains('"') {
            return false;
        }
        let is_open = !has_ended && self.is_typing();
        let words: Vec<&str> = self.draft.split_whitespace().collect();
        let last = words.len().saturating_sub(1);
        let (terms, rest): (Vec<_>, Vec<_>) = words
            .into_iter()
            .enumerate()
            .partition(|(at, word)| Query::is_term(word) && !(is_open && *at == last));
        if terms.is_empty() {
            return false;
        }
        let terms: Vec<String> = terms.into_iter().map(|(_, term)| term.to_owned()).collect();
        for term in terms {
            self.chips.retain(|chip| !is_replaced(chip, &term));
            self.chips.push(term);
        }
        let rest: Vec<&str> = rest.into_iter().map(|(_, word)| word).collect();
        let mut draft = rest.join(" ");
        // Keeps the space, so that the next word is separate.
        if !draft.is_empty() && self.draft.ends_with(char::is_whitespace) {
            draft.push(' ');
        }
        self.draft = draft;
        true
    }

    /// Replaces the filter with this text, joined into one line.
    pub(super) fn search_for(&mut self, text: &str) {
        self.chips.clear();
        let words: Vec<&str> = text.split_whitespace().collect();
        self.draft = words.join(" ").chars().take(MAX_TYPED_LEN).collect();
        self.absorb(true);
    }

    /// Clears terms and text.
    pub(super) fn clear(&mut self) {
        self.chips.clear();
        self.draft.clear();
        self.is_all_selected = false;
    }

    /// Handles the keys around a selection of everything, which the text field only knows for its text. Returns the filter that the user wants
    /// to copy.
    pub(super) fn selection_keys(&mut self, ctx: &Context) -> Option<String> {
        let mut copied = None;
        ctx.input_mut(|input| {
            input
                .events
                .retain(|event| self.keeps_for_field(event, &mut copied));
        });
        copied
    }

    /// Whether the text field should get the event too.
    fn keeps_for_field(&mut self, event: &Event, copied: &mut Option<String>) -> bool {
        match event {
            Event::Key {
                key: Key::A,
                pressed: true,
                modifiers,
                ..
            } if modifiers.command => self.is_all_selected = !self.chips.is_empty(),
            _ if !self.is_all_selected => {}
            Event::Copy => {
                *copied = Some(self.whole());
                return false;
            }
            Event::Cut => {
                *copied = Some(self.whole());
                self.clear();
                return false;
            }
            Event::Key {
                key: Key::Backspace | Key::Delete,
                pressed: true,
                ..
            } => {
                self.clear();
                return false;
            }
            // The field replaces the selected text by itself.
            Event::Text(_) | Event::Paste(_) | Event::Ime(ImeEvent::Commit(_)) => {
                self.chips.clear();
                self.is_all_selected = false;
            }
            Event::Key {
                key: Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End | Key::Enter | Key::Tab,
                pressed: true,
                ..
            }
            | Event::PointerButton { pressed: true, .. } => self.is_all_selected = false,
            _ => {}
        }
        true
    }

    /// Clears the text, or the terms if there is no text.
    pub(super) fn clear_a_step(&mut self) {
        if self.draft.is_empty() {
            self.chips.clear();
        }
        self.draft.clear();
    }

    /// Moves a chip back into the text for editing.
    pub(super) fn reopen(&mut self, at: usize) {
        let chip = self.chips.remove(at);
        self.absorb(true);
        if !self.draft.is_empty() && !self.draft.ends_with(' ') {
            self.draft.push(' ');
        }
        self.draft.push_str(&chip);
    }

    /// Moves the last chip back into the text for editing.
    pub(super) fn reopen_last(&mut self) {
        if let Some(last) = self.chips.len().checked_sub(1) {
            self.reopen(last);
        }
    }

    /// Replaces a term that was not understood.
    pub(super) fn replace(&mut self, term: &str, by: &str) {
        for chip in self.chips.iter_mut().filter(|chip| *chip == term) {
            by.clone_into(chip);
        }
        self.draft = self.draft.replace(term, by);
    }

    /// The filter as it is applied. A term does not count while the one that replaces it is being typed.
    fn whole(&self) -> String {
        let counts = |chip: &&String| {
            let mut typed = self.draft.split_whitespace();
            !typed.any(|term| is_replaced(chip, term))
        };
        let chips: Vec<&str> = self
            .chips
            .iter()
            .filter(counts)
            .map(String::as_str)
            .collect();
        let mut whole = chips.join(" ");
        if !self.draft.trim().is_empty() {
            if !whole.is_empty() {
                whole.push(' ');
            }
            whole.push_str(self.draft.trim());
        }
        whole
    }
}

/// Whether a term takes the place of an earlier one: no business has two countries.
fn is_replaced(earlier: &str, term: &str) -> bool {
    let key = Query::single_key(term);
    key.is_some() && key == Query::single_key(earlier)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> FilterInput {
        let mut field = FilterInput {
            draft: text.to_owned(),
            ..FilterInput::default()
        };
        field.absorb(false);
        field
    }

    #[test]
    fn finished_terms_become_chips() {
        let field = typed("!country:GB lind created:>2026");
        assert_eq!(
            (field.chips.as_slice(), field.draft.as_str()),
            (&["!country:GB".to_owned()][..], "lind created:>2026")
        );
        let field = typed("lind created:>2026 ");
        assert_eq!((field.chips.len(), field.draft.as_str()), (1, "lind "));
        assert!(
            typed("country: x").chips.is_empty(),
            "a key without a value is not finished"
        );
        assert!(typed("\"a country:NL \"").chips.is_empty());
    }

    #[test]
    fn a_term_replaces_the_earlier_one_that_it_contradicts() {
        let mut field = typed("country:NL !country:BE is:active currency:EUR country:DE ");
        assert_eq!(
            field.chips,
            ["!country:BE", "is:active", "currency:EUR", "country:DE"]
        );
        field.draft = "country:".into();
        assert!(field.whole().contains("country:DE country:"));
        field.draft = "country:GB".into();
        assert_eq!(
            field.whole(),
            "!country:BE is:active currency:EUR country:GB"
        );
    }

    #[test]
    fn the_whole_filter_survives_the_way_into_chips_and_back() {
        let mut field = FilterInput::default();
        field.follow("country:NL,BE lindenhof");
        assert_eq!(field.chips, ["country:NL,BE"]);
        assert_eq!(field.changed(), None, "following is not changing");
        field.reopen_last();
        assert_eq!(field.draft, "lindenhof country:NL,BE");
        field.draft.push_str(",DE");
        assert_eq!(
            field.changed().as_deref(),
            Some("lindenhof country:NL,BE,DE")
        );
    }
}
