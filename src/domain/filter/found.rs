//! Finds which text of a business contains a word, so that a row can show why it matched.

use super::free_word::FreeWord;
use super::query::{Applies, Clause, Predicate, Query};
use super::search_text::without_punctuation;
use crate::domain::business::Business;
use crate::domain::text::{ServerText, fold_into};

/// A text that free words are searched in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchedText {
    /// The name, or the legal name if there is none.
    Title,
    /// The partner's own id.
    ExternalId,
    /// The legal name, if it is not the title.
    LegalName,
    /// The e-mail address.
    Email,
    /// The VAT number.
    VatNumber,
    /// The company number.
    CompanyNumber,
    /// The tax number.
    TaxId,
    /// The start of the Thred id.
    Id,
}

impl SearchedText {
    /// Its label in the side pane.
    pub fn label(self) -> &'static str {
        match self {
            Self::Title => "Name",
            Self::ExternalId => "external_id",
            Self::LegalName => "Legal name",
            Self::Email => "E-mail",
            Self::VatNumber => "VAT number",
            Self::CompanyNumber => "Company number",
            Self::TaxId => "Tax number",
            Self::Id => "id",
        }
    }
}

/// A text that contains a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextMatch {
    pub text: SearchedText,
    /// The text as displayed.
    pub shown: String,
    /// Indices of the matching characters in `shown`, in order.
    pub letters: Vec<u32>,
}

impl Query {
    /// A query of free words only, even if they contain operators.
    pub fn of_words(typed: &str) -> Self {
        let words = typed.split_whitespace();
        let clauses = words.map(|word| Clause {
            negated: false,
            applies: Applies::Always,
            test: Predicate::Word(Box::new(FreeWord::new(word))),
        });
        Self {
            clauses: clauses.collect(),
            ..Self::default()
        }
    }

    /// Where each word of the query occurs in a business: the first text that contains it.
    pub fn found_in(&self, business: &Business) -> Vec<TextMatch> {
        let mut found: Vec<TextMatch> = Vec::new();
        let words = self.clauses.iter().filter(|clause| !clause.negated);
        for word in words.filter_map(|clause| match &clause.test {
            Predicate::Word(word) => Some(word),
            _ => None,
        }) {
            let Some(new) = word.first_match(business) else {
                continue;
            };
            match found.iter_mut().find(|old| old.text == new.text) {
                Some(old) => {
                    old.letters.extend(new.letters);
                    old.letters.sort_unstable();
                    old.letters.dedup();
                }
                None => found.push(new),
            }
        }
        found
    }
}

impl FreeWord {
    fn first_match(&self, business: &Business) -> Option<TextMatch> {
        let title = business.title();
        let legal_name = business
            .legal_name
            .as_ref()
            .filter(|name| Some(*name) != title);
        let texts = [
            (SearchedText::Title, title),
            (SearchedText::ExternalId, business.external_id.as_ref()),
            (SearchedText::LegalName, legal_name),
            (SearchedText::Email, business.email.as_ref()),
            (SearchedText::VatNumber, business.vat_number.as_ref()),
            (
                SearchedText::CompanyNumber,
                business.company_number.as_ref(),
            ),
            (SearchedText::TaxId, business.tax_id.as_ref()),
        ];
        let found = texts.into_iter().find_map(|(text, value)| {
            let is_number = matches!(
                text,
                SearchedText::VatNumber | SearchedText::CompanyNumber | SearchedText::TaxId
            );
            self.letters_in(value?, is_number)
                .map(|(shown, letters)| TextMatch {
                    text,
                    shown,
                    letters,
                })
        });
        found.or_else(|| {
            self.begins(business.id).then(|| TextMatch {
                text: SearchedText::Id,
                shown: business.id.to_string(),
                letters: Vec::new(),
            })
        })
    }

    /// The displayed text, and the indices of the matching characters.
    fn letters_in(&self, text: &ServerText, is_number: bool) -> Option<(String, Vec<u32>)> {
        let shown = text.shown();
        let (mut folded, mut owners) = (String::new(), Vec::new());
        for (at, c) in (0..).zip(text.raw().chars()) {
            let from = folded.len();
            fold_into(c.encode_utf8(&mut [0; 4]), &mut folded);
            if is_number {
                let kept = without_punctuation(&folded[from..]);
                folded.truncate(from);
                folded.push_str(&kept);
            }
            owners.resize(folded.len(), at);
        }
        let needles = [Some(&self.folded), self.squashed.as_ref()];
        let (start, len) = needles.into_iter().flatten().find_map(|finder| {
            let start = finder.find(folded.as_bytes())?;
            Some((start, finder.needle().len()))
        })?;
        let mut letters: Vec<u32> = owners.get(start..start + len)?.to_vec();
        letters.dedup();
        // If characters were made visible, indices no longer match the original text.
        if shown != text.raw() {
            letters.clear();
        }
        Some((shown.into_owned(), letters))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::business::BusinessId;

    fn bakery() -> Business {
        Business {
            name: Some("Bäckerei Straße".into()),
            external_id: Some("user-12".into()),
            email: Some("info@lindenhof.example".into()),
            vat_number: Some("DE 812.345-678".into()),
            ..Business::unknown(BusinessId(Uuid::from_u128(0x9f4c_21d0 << 96)))
        }
    }

    fn found(typed: &str) -> Vec<(SearchedText, Vec<u32>)> {
        let found = Query::of_words(typed).found_in(&bakery());
        found.into_iter().map(|it| (it.text, it.letters)).collect()
    }

    #[test]
    fn each_word_is_found_in_the_first_text_that_has_it() {
        assert_eq!(found("back"), [(SearchedText::Title, vec![0, 1, 2, 3])]);
        // A letter that folds to two is highlighted as a whole.
        assert_eq!(found("asse"), [(SearchedText::Title, vec![12, 13, 14])]);
        assert_eq!(
            found("er strasse"),
            [(SearchedText::Title, vec![4, 5, 9, 10, 11, 12, 13, 14])]
        );
        assert_eq!(
            found("812-345"),
            [(SearchedText::VatNumber, vec![3, 4, 5, 7, 8, 9])]
        );
        assert_eq!(found("lindenhof")[0].0, SearchedText::Email);
        assert_eq!(found("9f4c"), [(SearchedText::Id, vec![])]);
        assert_eq!(found("metzger"), []);
        assert_eq!(
            found("user back").iter().map(|it| it.0).collect::<Vec<_>>(),
            [SearchedText::ExternalId, SearchedText::Title]
        );
    }
}
