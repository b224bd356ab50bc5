//! Recognises words that an earlier program read in the wrong encoding, although their own encoding is certain: `M╝ller`,
//! `Pe–a`, `Mьller`, `Ðîìàøêà`.
//!
//! Every rule names letters and signs that a common mistake puts in place of others, and where no name has them. Names
//! with signs or letters of their own are intended: `BioÖl`, `A×B`, `Foo™Bar`, `Σigma`, `Яndex`, `WebМастер`.

/// In ISO 8859-1, all letters of Cyrillic, Greek and Chinese words become such letters and signs.
const MANY_LETTERS: usize = 4;

/// How many letters follow `ñ` or `ó` in most words.
const LONGEST_AFTER_EN_DASH: usize = 5;
const LONGEST_AFTER_EM_DASH: usize = 3;

/// How far back the mark is searched that opens a quotation, so that judging a word stays linear.
const LONGEST_QUOTE: usize = 40;

/// Whether a word has a letter or sign where no name has it.
pub(super) fn is_misread(word: &str) -> bool {
    is_only_latin_1(word)
        || word
            .char_indices()
            .filter(|(_, c)| !c.is_ascii())
            .any(|(at, c)| is_out_of_place(&word[..at], c, &word[at + c.len_utf8()..]))
}

/// Whether all of a word is from the upper half of ISO 8859-1. No language writes whole words in these letters.
fn is_only_latin_1(word: &str) -> bool {
    let letters = || word.chars().filter(|c| !matches!(c, '«' | '»'));
    letters().all(|c| matches!(c, '\u{A1}'..='\u{FF}'))
        && letters().nth(MANY_LETTERS - 1).is_some()
        && letters().filter(|c| c.is_alphabetic()).nth(1).is_some()
}

/// Whether a character is out of place between the rest of its word.
fn is_out_of_place(before: &str, c: char, rest: &str) -> bool {
    let (near, after) = (before.chars().next_back(), rest.chars().next());
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let is_small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    match c {
        // Between letters, signs of a DOS code page, of Mac Roman or of Windows-1252
        '¤'
        | '¦'
        | '¨'
        | '¬'
        | '¶'
        | '¸'
        | '¼'
        | '½'
        | '¾'
        | 'ˆ'
        | '˜'
        | '\u{2200}'..='\u{22FF}' => is_letter(near) && is_letter(after),
        '±'
        | '¹'
        | '²'
        | '³'
        | 'ⁿ'
        | '§'
        | '¿'
        | '¡'
        | '¢'
        | '£'
        | '‹'
        | '›'
        | '˘'..='˝'
        | '⌠'
        | '⌡' => is_letter(near) && is_small(after),
        '“' | '”' => {
            // Not `“Mill”s`, nor with the ending of a case as in Turkish: `Mill”e`
            let mut behind = before.chars().rev().take(LONGEST_QUOTE);
            let is_pair = behind.any(|c| matches!(c, '“' | '„' | '‟' | '”'));
            is_latin_letter(near) && after.is_some_and(is_small_consonant) && !is_pair
        }
        // Capitals too, which begin words
        '÷' | '¯' | '†' | '‡' => (before.is_empty() || is_letter(near)) && is_small(after),
        '™' => before.is_empty() && is_small(after),
        '‰' => is_letter(near) || is_small(after),
        // Not `n°cinq`
        '°' => is_letter(near) && is_small(after) && !before.ends_with(['n', 'N']),
        '…' => is_small(near) && is_small(after),
        '–' | '—' => is_letter_for_dash(near, c, rest),
        // These letters stand before vowels in languages that have them.
        'ƒ' => is_letter(near) && after.is_some_and(is_small_consonant),
        // Signs that no letter precedes
        '‚' | '„' | 'ﬂ' => is_letter(near),
        // Boxes and blocks
        '\u{2500}'..='\u{259F}' => is_letter(near) || is_letter(after),
        'š' => has_german_end(before, rest),
        _ if is_latin(c) => c.is_uppercase() && is_inner_capital(before, c, after),
        '\u{370}'..='\u{3FF}' => {
            let is_accented = matches!(c, 'ΐ' | 'ά'..='ΰ' | 'ϊ'..='ώ');
            let is_greek = after.is_some_and(|c| matches!(c, '\u{370}'..='\u{3FF}'));
            // Berber has these two, and a word of its own may begin with a capital.
            let is_intended = matches!(c, 'γ' | 'ε') || (c.is_uppercase() && is_greek);
            (is_latin_small(near) && !is_intended) || (is_accented && is_latin_letter(after))
        }
        '\u{400}'..='\u{52F}' => is_mixed_cyrillic(before, c, after),
        // A letter of two bytes that became an ideograph
        '\u{4E00}'..='\u{9FFF}' => is_latin_letter(near) && is_latin_small(after),
        _ => false,
    }
}

/// Whether a capital within a word does not begin a word of its own, as in `BioÖl` or `EkoŠkola`.
fn is_inner_capital(before: &str, c: char, after: Option<char>) -> bool {
    let mut behind = before.chars().rev();
    let (near, further) = (behind.next(), behind.next());
    let is_small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    if is_small(near) && is_letter(further) && !is_letter(after) {
        return true;
    }
    match c {
        'Ÿ' => is_letter(near) && is_small(after),
        // `MŠrz`
        'Š' => is_letter(near) && !is_small(near) && !is_letter(further) && is_small(after),
        'Ž' => is_letter(near) && after.is_some_and(is_small_consonant),
        'Á' => is_small(near) && matches!(after, Some('a' | 'o' | 'u')),
        'È' | 'Ë' | 'Ì' | 'Ò' | 'Ù' | 'Û' => is_small(near) && is_small(after),
        _ => false,
    }
}

/// Whether a Cyrillic letter touches a Latin one within a word. Latin words before and after Cyrillic ones are intended
/// if they begin with a capital or are a single letter: `WebМастер`, `ДомClick`, `eДоставка`.
fn is_mixed_cyrillic(before: &str, c: char, after: Option<char>) -> bool {
    const LIKE_LATIN: &str = "АВЕЅІЈКМНОРСТУХаеѕіјорсух";
    let near = before.chars().next_back();
    let is_cyrillic = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{400}'..='\u{52F}'));
    if is_cyrillic(after) && (c.is_uppercase() || before.len() == 1) {
        return false;
    }
    let is_brand = before.is_empty() && c == 'Я';
    // Serbian has accents on Cyrillic letters that are written with Latin ones.
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let is_small = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase());
    let is_inside = is_latin(near) && is_latin(after) && !LIKE_LATIN.contains(c);
    is_inside || is_small(near) || (is_small(after) && !is_brand)
}

/// Whether `š` stands where German has `ö` and Slavic and Baltic languages have no `š`: `Mšller`, `Bšcker`.
fn has_german_end(before: &str, rest: &str) -> bool {
    let mut after = rest.chars();
    let (first, second) = (after.next(), after.next());
    let is_doubled = first.is_some_and(is_small_consonant) && first == second;
    let near = before.chars().next_back();
    // Slovak has `ášho`, Sotho `tšha`.
    let has_h = rest.starts_with('h')
        && near.is_some_and(|c| c != 't' && is_small_consonant(c.to_ascii_lowercase()));
    let has_end = is_doubled || rest.starts_with("ck") || rest.starts_with("tz") || has_h;
    before.ends_with("sch")
        || before.ends_with("Sch")
        || (near.is_some_and(char::is_alphabetic) && has_end)
}

/// Whether a dash stands for `ñ`, which is between vowels, or for `ó`, and not between two words such as
/// `café–restaurant`.
fn is_letter_for_dash(near: Option<char>, dash: char, rest: &str) -> bool {
    let is_vowel = |c: Option<char>| c.is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u'));
    let after = rest.chars().next();
    let is_short = |max: usize| rest.chars().nth(max).is_none();
    match dash {
        '–' => is_vowel(near) && is_vowel(after) && is_short(LONGEST_AFTER_EN_DASH),
        _ => is_latin_letter(near) && is_latin_small(after) && is_short(LONGEST_AFTER_EM_DASH),
    }
}

fn is_latin(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

fn is_latin_letter(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphabetic() || is_latin(c))
}

fn is_latin_small(c: Option<char>) -> bool {
    is_latin_letter(c) && c.is_some_and(char::is_lowercase)
}

fn is_small_consonant(c: char) -> bool {
    c.is_ascii_lowercase() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_another_encoding_are_told() {
        for words in [
            // Mac Roman read as Windows-1252
            "MŸller Sšhne Mšller Bšcker schšn Pe–a Espa–a CafŽ SociŽtŽ S‹o Stra§e MŠrz S¿ren Le—n G—mez M‡laga †bersee ¯rsted",
            // DOS 850 or 437 read as Windows-1252
            "S”hne Caf‚ M„rz Mar¡a Le¢n S›rensen Zo‰ ™l",
            // Windows-1252 read as DOS 850 or 437
            "Mⁿller S÷hne Pe±a CafΘ CafÚ M³ller ─rzte S°rensen Caf√o M╝ller ├bersee",
            // Windows-1252 read as Windows-1251 or 1253
            "Mьller Peсa Sociйtй Дrzte MЬLLER StraЯe Mόller άbersee",
            // Windows-1252 read as Mac Roman
            "Straﬂe PeÒa CafÈ SociÈtÈ FranÁais M¸ller Sˆhne ÷l",
            // Windows-1251, 1253 and GB18030 read as Windows-1252
            "Ðîìàøêà Âåêòîð «Ðîìàøêà» ÉÏº£",
            // UTF-8 read as GB18030 or Big5
            "M羹ller S酶rensen",
        ] {
            for word in words.split(' ') {
                assert!(is_misread(word), "{word}");
            }
        }
    }

    #[test]
    fn intended_names_are_left() {
        for words in [
            "Müller Söhne Straße Ærø L’Oréal L’Été Crêperie Œuvre ÖBB ÄÖÜ São Peña A·B Col·lecció n°5 Nº №5 Ōtsuka",
            "Þór Æðarfugl Ísafjörður Đorđe Łódź Žižek Škoda Krčma Vlčnov BioŽito EkoŠkola Ždanov OŠ Kaušs Puškin",
            "Tiếng Việt Đặng Ðuro Yıldız İstanbul BioÖl CaféÉlan ProÄrzte L’HAŸ ÅF ÉCOLE HÔTEL D’ÉVREUX iÖ Aƒe",
            "Σigma Δelta Ωmega αlpha µTorrent μTorrent TNFα ΑΕ Αθήνα Παπαδόπουλος WebΕλλάς",
            "Ромашка ООО «Вектор» Яndex WebМастер ДомClick eДоставка IТ ООO Київ Љубав ВКG",
            "A×B 5½ √ Foo™Bar ▒ Gin A³ m² C³Partners Kubik³ Fit∞ mon€y €uro cafe•bar ©Foo A±B C†M Foo† Foo™ 5‰",
            "Köln–Bonn Köln–bonn café–restaurant Smith—Jones Müller… …und «Été» „Mill“ ‹Mill› ‚Mill‘ Jones’ ﬁnance “Mill”s Şirket”e vášho tšha Taεṛabt кôд 商号“name”店",
            "和記茶室 3M中国 卡拉OK e家洁 Apple苹果 株式会社 さくら 삼성전자 חברה شركة ไทย",
        ] {
            for word in words.split(' ') {
                assert!(!is_misread(word), "{word}");
            }
        }
    }
}
