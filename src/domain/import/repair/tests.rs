use super::super::damage_kind::DamageKind::{self, *};

#[track_caller]
fn assert_repaired(kind: DamageKind, pairs: &[(&str, &str)]) {
    for (from, to) in pairs {
        assert_eq!(
            kind.repair(from).as_deref(),
            Some(*to),
            "{kind:?} of {from:?}"
        );
        assert_eq!(kind.repair(to), None, "{kind:?} has an end: {to:?}");
    }
}

#[track_caller]
fn assert_left(kind: DamageKind, texts: &[&str]) {
    for text in texts {
        assert_eq!(kind.repair(text), None, "{kind:?} of {text:?}");
    }
}

#[test]
fn words_for_nothing_become_empty() {
    for text in [
        "NULL",
        " null ",
        "\\N",
        "nan",
        "None",
        "N/A",
        "-",
        "undefined",
        "<NA>",
        "n.a.",
        "N.A.",
        "k.A.",
        "NaT",
        "[object Object]",
        "Not available",
        "not applicable",
        "unknown",
        "?",
        "\u{200B}NULL",
        "NULL\u{FEFF} ",
    ] {
        assert_repaired(NullMarker, &[(text, "")]);
    }
    assert_left(
        NullMarker,
        &[
            "",
            "NA",
            "Nan Ltd",
            "Null One",
            "0",
            "n",
            "no",
            "'-'",
            "NAT",
            "Nat",
            "K.A.",
            "n.a. Ltd",
            "Unknown Ltd",
            "\u{200B}",
        ],
    );
    assert_repaired(SpreadsheetError, &[("#REF!", ""), (" #DIV/0!", "")]);
    for error in [
        "#NV",
        "#BEZUG!",
        "#WERT!",
        "#ZAHL!",
        "#VALEUR!",
        "#NOM?",
        "#N/B",
        "#WAARDE!",
        "#VERW!",
        "#N/D",
        "#¡REF!",
        "#¿NOMBRE?",
        "#SAKNAS!",
        "#VÄRDEFEL!",
        "#I/T",
        "#GETTING_DATA",
        "#N/V",
        "Err:502",
        "########",
        "#ref!",
    ] {
        assert_repaired(SpreadsheetError, &[(error, "")]);
    }
    assert_left(
        SpreadsheetError,
        &[
            "#1",
            "REF",
            "#",
            "#hashtag Ltd",
            "#WOW!",
            "Err:",
            "Err:5 Ltd",
            "N/B",
            "##1",
        ],
    );
}

#[test]
fn numbers_lose_what_a_program_added() {
    assert_repaired(
        TrailingDecimal,
        &[
            ("1234567.0", "1234567"),
            ("442079460000,00", "442079460000"),
            ("1234567.", "1234567"),
        ],
    );
    assert_left(
        TrailingDecimal,
        &[
            "1.5", "1.000", ".0", "1.0.0", "v1.0", "", "47.10", "12.", "1234567,", ".",
        ],
    );
    assert_repaired(
        TextFormula,
        &[("=\"000123\"", "000123"), ("= \"a\"\"b\"", "a\"b")],
    );
    assert_left(TextFormula, &["=\"a\"&\"b\"", "=1", "\"a\"", "=\""]);
}

#[test]
fn a_shortened_number_needs_no_plus() {
    for text in [
        "1.23457E+14",
        "1,23457e+14",
        "1.23457E14",
        "1,23457e14",
        "4E+11",
        "1.23457D+14",
    ] {
        assert!(super::is_shortened_number(text), "{text}");
    }
    for text in [
        "12E4",
        "1E14",
        "ME+2",
        "2.1E5",
        "1.2E",
        "1.2E14 Ltd",
        "E14",
        "1.23E-5",
        "1D14",
        "1.2D14",
        "1e14",
    ] {
        assert!(!super::is_shortened_number(text), "{text}");
    }
}

#[test]
fn marks_around_a_value_go_and_marks_inside_stay() {
    assert_repaired(
        CurlyQuotes,
        &[
            ("“Old Mill Ltd”", "Old Mill Ltd"),
            ("„Alte Mühle“", "Alte Mühle"),
            ("'u-1'", "u-1"),
            ("« Vieux Moulin »", "Vieux Moulin"),
            ("‹Old Mill›", "Old Mill"),
            ("`Old Mill`", "Old Mill"),
            ("`Old Mill´", "Old Mill"),
            ("''Old Mill''", "Old Mill"),
            ("\"\"Old Mill\"\"", "Old Mill"),
            ("\"Old Mill\"", "Old Mill"),
        ],
    );
    assert_left(
        CurlyQuotes,
        &[
            "“Mill” and “Sons”",
            "The “Old Mill” Ltd",
            "'t Hoff",
            "“”",
            "5\" pipe",
            "\"Old\" and \"Mill\"",
            "''",
            "''''",
            "\"",
        ],
    );
}

#[test]
fn spaces_and_invisible_characters_are_found() {
    assert_repaired(
        HiddenSpace,
        &[
            ("u\u{A0}2", "u 2"),
            ("u  2", "u 2"),
            ("\u{A0}u2", "u2"),
            (" u2 \u{3000} ", "u2"),
        ],
    );
    assert_left(HiddenSpace, &["u 2", " u2 ", "", "\u{A0}", "日本 語"]);
    assert_repaired(
        HiddenCharacter,
        &[("u\u{200B}2", "u2"), ("\u{FEFF}u", "u"), ("a\u{AD}b", "ab")],
    );
    assert_repaired(
        LineBreak,
        &[
            ("Old Mill \n Holdings", "Old Mill Holdings"),
            ("a\r\nb\tc", "a b c"),
        ],
    );
    assert_left(LineBreak, &["a\n", "a b"]);
    assert_repaired(
        ControlCharacter,
        &[("New\u{0} Mill", "New Mill"), ("a\u{96}b", "ab")],
    );
    assert_left(ControlCharacter, &["a\tb\n"]);
}

#[test]
fn letters_are_restored() {
    assert_repaired(
        GarbledUtf8,
        &[
            ("MÃ¼ller GmbH", "Müller GmbH"),
            ("CafÃ© â‚¬ â€“ SÃ£o", "Café € – São"),
            ("Å\u{81}ukasz Â© Å‚Ã³dÅº", "Łukasz © łódź"),
            ("MÃƒÂ¼ller", "Müller"),
            ("MILL â„¢", "MILL ™"),
            ("MaÃ®tre Â® Nord", "Maître ® Nord"),
            ("IRMÃ“S CafÃ©", "IRMÓS Café"),
            // UTF-8 read as Mac Roman, DOS 850, Windows-1250, 1251 and 1253.
            ("M√ºller & S√∂hne", "Müller & Söhne"),
            ("Caf√© ‚Äî Sons‚Ñ¢", "Café — Sons™"),
            ("M├╝ller GmbH", "Müller GmbH"),
            ("├£nal ┼×irket", "Ünal Şirket"),
            ("MĂĽller WeiĂź", "Müller Weiß"),
            ("MГјller", "Müller"),
            ("Р\u{A0}РѕРјР°С€РєР°", "Ромашка"),
            ("MΓΌller", "Müller"),
            // More than two bytes for a letter.
            ("ä¸Šæµ·è´¸æ˜“", "上海贸易"),
            ("ä¸Šæµ·ï¼ˆè´¸æ˜“ï¼‰", "上海（贸易）"),
            ("Tiáº¿ng Viá»‡t", "Tiếng Việt"),
        ],
    );
    assert_left(
        GarbledUtf8,
        &[
            "Müller",
            "„SPÄ“",
            "Gruß“",
            "IRMÃ’S Café",
            "IRMÃ®",
            "ÃO",
            "São Paulo",
            "Â",
            "Åse",
            "Ð",
            "ÄÖÜ",
            "« Le Café\u{A0}»",
            "Café…”",
            "Foo–élan",
            "Paris—École",
            "BioÖl",
            "Yıldız kılıç",
            "Tiếng Việt",
            "ORĂŞEL",
            "ВІТАЛІЙ СІРІ",
            "和記茶室",
            "M╝ller",
            "─ Foo",
            "A√B",
        ],
    );
    assert_repaired(
        HtmlEntity,
        &[
            ("M&uuml;ller &amp; Co", "Müller & Co"),
            ("&#252;&#xfc;", "üü"),
        ],
    );
    assert_left(HtmlEntity, &["A & B; C", "A &nosuch; B", "R&D"]);
}

#[test]
fn letters_read_as_true_latin_1_are_restored() {
    for name in [
        "Müller",
        "Dvořák",
        "Łódź",
        "Ромашка",
        "Αθήνα",
        "Şirketi",
        "日本",
        "Ünal",
        "Ärzte",
        "Élan",
        "São",
        "İzmir",
        "ß",
        "Straße",
        "Škoda",
        "Đorđe",
        "Çelik",
        "L’Oréal",
        "Café – Bar",
        "“Zum Löwen”",
        "Þór",
        "À la carte",
        "Ålesund Øst",
        "Ørsted",
        "ÖL & GAS",
    ] {
        // As Java, Python and MySQL read it: each byte is the character of this number.
        let garbled: String = name.bytes().map(char::from).collect();
        assert_repaired(GarbledUtf8, &[(&garbled, name)]);
    }
    assert_left(GarbledUtf8, &["B\u{81}cker", "A\u{96}B", "\u{C3}"]);
}

#[test]
fn what_nothing_shows_is_taken_out_of_ids() {
    for hidden in ['\u{200B}', '\u{AD}', '\u{2800}', '\u{3164}'] {
        let fixed = super::hidden_characters(&format!("user{hidden}1"));
        assert_eq!(fixed.as_deref(), Some("user1"), "{hidden:?}");
    }
    assert_eq!(super::hidden_characters("user 1\n\u{A0}2"), None);
}
