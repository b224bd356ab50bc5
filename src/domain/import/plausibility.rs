//! Scores how likely the letters of a text are, to detect a wrong encoding: `MŸller`, `Pe–a`, `Ðîìàøêà`.
//!
//! Every non-ASCII word is scored on its own, because a file of businesses contains names in many languages. All its
//! letters must belong to one language of the encoding, capitals must be where capitals occur, and no sign may appear
//! between two letters.

use unicode_normalization::UnicodeNormalization as _;

use super::encoding::Encoding;
use super::misread::is_misread;

/// Evidence for a word.
pub(super) const LIKELY: i32 = 2;
/// No evidence either way.
pub(super) const NEUTRAL: i32 = 0;
/// Possible, but hard to pronounce.
const HARD: i32 = -1;
/// Evidence against a word.
pub(super) const UNLIKELY: i32 = -2;
/// Never occurs in text.
pub(super) const IMPOSSIBLE: i32 = -4;

/// Consonant runs of this length are rare.
const MANY_CONSONANTS: usize = 4;

/// The non-ASCII letters of each language.
const WESTERN: &[&str] = &[
    "äöüß",
    "àâæçèéêëîïôœùûüÿ",
    "áéíñóúü",
    "àçèéíïòóúü",
    "ãáàâçéêíóôõúü",
    "àèéìíîòóùú",
    "áèéëíïóöü",
    "æøåéóò",
    "äöåé",
    "áðéíóúýþæö",
    "çë",
];
const CENTRAL: &[&str] = &[
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýž",
    "áäčďéíĺľňóôŕšťúýž",
    "áéíóöőúüű",
    "âîăşţșț",
    "čćđšž",
    "äöüß",
    "çë",
];
/// In addition to the letters from а to я.
const CYRILLIC: &[&str] = &["ё", "іїєґ", "ўіё", "ђјљњћџ", "ѓќѕјљњџ"];

/// The alphabet that an encoding is for, which decides how its words are scored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Western,
    Central,
    Cyrillic,
    Greek,
    /// Scored elsewhere, or not at all.
    Any,
}

impl Script {
    fn of(encoding: Encoding) -> Self {
        match encoding {
            Encoding::Windows1252
            | Encoding::Utf8AndWindows1252
            | Encoding::MacRoman
            | Encoding::Cp850
            | Encoding::Cp437 => Self::Western,
            Encoding::Windows1250 => Self::Central,
            Encoding::Windows1251 => Self::Cyrillic,
            Encoding::Windows1253 => Self::Greek,
            Encoding::Utf8
            | Encoding::Utf16Le
            | Encoding::Utf16Be
            | Encoding::Gb18030
            | Encoding::Big5
            | Encoding::ShiftJis => Self::Any,
        }
    }
}

/// The first word of a cell that is unlikely in this encoding.
pub(super) fn unlikely_word(cell: &str, encoding: Encoding) -> Option<&str> {
    if cell.is_ascii() {
        return None;
    }
    if encoding.is_utf() {
        return words(cell).find(|word| is_misread(word));
    }
    let script = Script::of(encoding);
    let is_mixed = encoding == Encoding::Utf8AndWindows1252;
    words(cell).find(|word| {
        let is_odd = if is_mixed {
            is_misread(word) || ends_like_dos(word) || is_odd_stray(word)
        } else {
            weigh(word, script) <= UNLIKELY || (script == Script::Any && is_misread(word))
        };
        // U+FFFD has its own finding.
        is_odd && !word.contains('\u{FFFD}')
    })
}

/// The first word of a cell that is unlikely in every encoding.
pub(super) fn unlikely_word_in_any(cell: &str) -> Option<&str> {
    const ALL: [Script; 4] = [
        Script::Western,
        Script::Central,
        Script::Cyrillic,
        Script::Greek,
    ];
    if cell.is_ascii() {
        return None;
    }
    let is_odd = |word: &str| ALL.iter().all(|script| weigh(word, *script) <= UNLIKELY);
    words(cell).find(|word| !word.contains('\u{FFFD}') && is_odd(word))
}

/// Whether a word that may have been in Windows-1252 looks wrong. Words with other letters were UTF-8. So are, most
/// likely, those that are good Polish or Czech by the few letters that Windows-1252 shares with these languages.
fn is_odd_stray(word: &str) -> bool {
    word.chars().all(is_in_windows_1252)
        && weigh(word, Script::Western) <= UNLIKELY
        && weigh(word, Script::Central) < NEUTRAL
}

fn is_in_windows_1252(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{FF}' | 'Œ' | 'œ' | 'Š' | 'š' | 'Ÿ' | 'Ž' | 'ž' | 'ƒ' | 'ˆ' | '˜' | '–' | '—'
    ) || matches!(c, '‘'..='‚' | '“'..='„' | '†'..='•' | '…' | '‰' | '‹' | '›' | '€' | '™')
}

/// Whether a word ends like DOS text read as Windows-1252: `Caf‚` for `Café`, `Voil…` for `Voilà`.
fn ends_like_dos(word: &str) -> bool {
    let rest = word.strip_suffix(['‚', '…']);
    rest.is_some_and(|rest| rest.ends_with(char::is_alphabetic))
}

/// Whether a word has the letters of a single alphabet, with capitals and signs only where they occur.
pub(super) fn is_readable(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    let is_letter = |c: &char| c.is_alphabetic() && !is_sign(*c);
    let mut letters = chars.iter().filter(|c| is_letter(c)).peekable();
    let alphabets: [fn(char) -> bool; 3] = [
        |c| c.is_ascii() || is_latin(c),
        |c| matches!(c, '\u{370}'..='\u{3FF}'),
        |c| matches!(c, '\u{400}'..='\u{45F}'),
    ];
    letters.peek().is_some()
        && alphabets
            .iter()
            .any(|is_in| letters.clone().all(|c| is_in(*c)))
        && (0..chars.len()).all(|at| chars[at].is_ascii() || is_in_place(&chars, at))
}

/// The sum of the scores of all words. A text without non-ASCII words is neutral.
pub(super) fn likelihood(text: &str, encoding: Encoding) -> i32 {
    let script = Script::of(encoding);
    words(text).map(|word| weigh(word, script)).sum()
}

/// Whether words are split at a character.
pub(super) fn ends_word(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_alphanumeric()
}

/// The words with non-ASCII letters.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(ends_word).filter(|word| !word.is_ascii())
}

fn weigh(word: &str, script: Script) -> i32 {
    let chars: Vec<char> = word.chars().collect();
    let mut weight = NEUTRAL;
    let mut rare_signs = 0;
    for (at, c) in chars.iter().copied().enumerate() {
        if c.is_ascii() {
            continue;
        }
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        if is_never_text(c) {
            return IMPOSSIBLE;
        }
        if script == Script::Any {
            continue;
        }
        let fits = if c.is_alphabetic() && !is_sign(c) {
            weight = weight.max(LIKELY);
            has_fitting_case(before, c, after) && has_fitting_neighbour(c, after, script)
        } else {
            rare_signs += usize::from(!is_usual_sign(c));
            is_fitting_sign(before, c, after)
        };
        // Several rare signs are a word of an encoding that is not offered.
        if !fits || rare_signs > 1 {
            return UNLIKELY;
        }
    }
    if weight == LIKELY {
        language(&chars, script)
    } else {
        weight
    }
}

/// Whether a letter or sign stands where such occur.
fn is_in_place(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| chars[at]);
    let (c, after) = (chars[at], chars.get(at + 1).copied());
    if c.is_alphabetic() && !is_sign(c) {
        has_fitting_case(before, c, after)
    } else {
        !is_never_text(c) && is_fitting_sign(before, c, after)
    }
}

/// Signs that Unicode counts as letters.
fn is_sign(c: char) -> bool {
    matches!(c, 'ª' | 'º' | 'ƒ' | 'ˆ')
}

fn is_never_text(c: char) -> bool {
    c == '\u{FFFD}'
        || c.is_control()
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Whether a capital is the first letter of its word or among other capitals. Small letters always fit.
fn has_fitting_case(before: Option<char>, c: char, after: Option<char>) -> bool {
    if !c.is_uppercase() {
        return true;
    }
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let is_small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let ends_capitals = is_letter(before) && is_small(after);
    !(is_small(before) || ends_capitals)
}

/// Letters that must, or must not, precede a vowel distinguish Spanish and Portuguese from Polish and Hungarian.
fn has_fitting_neighbour(c: char, after: Option<char>, script: Script) -> bool {
    let is_before_vowel = after.is_some_and(is_vowel);
    match (script, c.to_lowercase().next()) {
        (Script::Western, Some('ñ')) => is_before_vowel,
        (Script::Western, Some('õ')) => matches!(after, Some('e' | 'E')),
        (Script::Central, Some('ń')) => !is_before_vowel,
        _ => true,
    }
}

/// Signs occur next to words. Between letters only apostrophes occur, and dashes before a capital.
fn is_fitting_sign(before: Option<char>, c: char, after: Option<char>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    if is_letter(before) && is_letter(after) {
        let joins_names =
            matches!(c, '–' | '—' | '\u{2011}') && after.is_some_and(char::is_uppercase);
        return joins_names || matches!(c, '’' | '‘' | '·' | '´' | '\u{A0}' | '\u{AD}' | 'ʼ');
    }
    // In ISO 8859-2, `©` is `Š`.
    if before.is_none() && matches!(c, '©' | '®' | '£') {
        return !after.is_some_and(char::is_lowercase);
    }
    is_usual_sign(c) || !(is_letter(before) || is_letter(after))
}

fn is_usual_sign(c: char) -> bool {
    matches!(
        c,
        '’' | '‘'
            | '‚'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '–'
            | '—'
            | '…'
            | '•'
            | '·'
            | '€'
            | '£'
            | '§'
            | '©'
            | '®'
            | '™'
            | '°'
            | 'ª'
            | 'º'
            | '²'
            | '³'
            | '½'
            | '¿'
            | '¡'
            | '№'
            | '´'
            | '\u{A0}'
            | '\u{AD}'
    )
}

/// Scores whether a single language has all these letters.
fn language(word: &[char], script: Script) -> i32 {
    let lower = word.iter().flat_map(|c| c.to_lowercase());
    let mut foreign = lower.filter(|c| !c.is_ascii() && c.is_alphabetic());
    let is_in = |languages: &[&str], foreign: &mut dyn Iterator<Item = char>| {
        let letters: Vec<char> = foreign.collect();
        languages
            .iter()
            .any(|language| letters.iter().all(|letter| language.contains(*letter)))
    };
    let has_latin = word.iter().any(char::is_ascii_alphabetic);
    let fits = match script {
        Script::Any => return NEUTRAL,
        Script::Western => is_in(WESTERN, &mut foreign),
        Script::Central => is_in(CENTRAL, &mut foreign),
        Script::Cyrillic => {
            !has_latin
                && !is_of_another_alphabet(word)
                && is_in(CYRILLIC, &mut foreign.filter(|c| !matches!(c, 'а'..='я')))
        }
        Script::Greek => {
            let is_greek = foreign.all(|c| matches!(c, '\u{370}'..='\u{3FF}'));
            let body = word.split_last().map_or(word, |(_, body)| body);
            if word.iter().any(|c| matches!(c, 'ΐ' | 'ΰ')) && is_greek && !has_latin {
                return NEUTRAL;
            }
            !has_latin && is_greek && !body.contains(&'ς')
        }
    };
    match (fits, is_pronounceable(word)) {
        (true, true) => LIKELY,
        (true, false) => HARD,
        (false, _) => UNLIKELY,
    }
}

/// Whether a Cyrillic word is in Mac Cyrillic, which has its capitals where Windows-1251 has the letters of Serbian, or
/// in Windows-1255, whose Hebrew is small letters with hardly a vowel.
fn is_of_another_alphabet(word: &[char]) -> bool {
    const SHORTEST: usize = 4;
    let has = |letters: &str| word.iter().any(|c| letters.contains(*c));
    let has_both = has("ђљњћџЂЉЊЋЏ") && has("йщъыьэюя");
    let is_doubled =
        |pair: &[char]| pair[0] == pair[1] && matches!(pair[0], 'Ђ' | 'Љ' | 'Њ' | 'Ћ' | 'Џ');
    let is_small = word.len() >= SHORTEST && word.iter().all(|c| c.is_lowercase());
    // In Serbian, `р` stands for a vowel.
    has_both || word.windows(2).any(is_doubled) || (is_small && !has("аеёиоуыэюяіїєўър"))
}

/// Whether no long run of consonants contains a non-ASCII letter.
fn is_pronounceable(word: &[char]) -> bool {
    let mut runs = word.split(|c| is_vowel(*c) || !c.is_alphabetic());
    !runs.any(|run| {
        run.len() >= MANY_CONSONANTS && run.iter().any(|c| !c.is_ascii() && is_latin(*c))
    })
}

fn is_latin(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

fn is_vowel(c: char) -> bool {
    let base = c.to_lowercase().nfd().next().unwrap_or(c);
    matches!(base, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'æ' | 'ø' | 'œ')
}

#[cfg(test)]
mod tests;
