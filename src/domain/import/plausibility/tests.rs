use super::*;

#[test]
fn names_are_likely_in_their_encoding() {
    for (encoding, names) in [
        (
            Encoding::Windows1252,
            "Müller & Söhne, Peña e Hijos, O’Brien’s Bakery, ŒUVRE Crêperie, Ærø Smith–Jones, São João, Œuvre n°5, \
             1º piso, Þór, 50 €, «Ærlig», GRÜNE WEIẞE, l’Été",
        ),
        (
            Encoding::Windows1250,
            "Gdańsk, Żółć, Dvořák, Škoda, Győr, Müller",
        ),
        (
            Encoding::Windows1251,
            "Ромашка, ООО «Вектор», Київ, №5, Љубав, Ђорђе, Ћирић, прст, РЖД, ГМБХ",
        ),
        (
            Encoding::Utf8AndWindows1252,
            "Gdańsk, Łódź, Škoda, Žák, Dvořák, Ромашка, Αθήνα, 和記茶室, Tiếng Việt, Müller",
        ),
        (
            Encoding::Utf8AndWindows1252,
            "„Mill“, “Mill”, ‚Mill‘, Jones’, … und Söhne, Acme™",
        ),
        (Encoding::Windows1253, "Αθήνα, Παπαδόπουλος, ΕΛΛΑΣ"),
        (
            Encoding::Utf8,
            "№ 5, Ōtsuka & Söhne, L’Oréal, D'Été, Þór, Ромашка Ltd, Σigma, Tiếng Việt, 和記茶室, Yıldız, BioÖl, L’HAŸ-LES-ROSES, A×B, 5½, √, Foo™Bar, ▒ Gin",
        ),
    ] {
        assert_eq!(unlikely_word(names, encoding), None, "{encoding:?}");
    }
}

#[test]
fn misread_names_are_odd() {
    for (encoding, name) in [
        (Encoding::Windows1252, "MŸller"),
        (Encoding::Windows1252, "Sšhne"),
        (Encoding::Windows1252, "Pe–a"),
        (Encoding::Windows1252, "MÃ¼ller"),
        (Encoding::Windows1252, "Ðîìàøêà"),
        (Encoding::Windows1252, "Dvoøák"),
        (Encoding::Windows1252, "B\u{81}cker"),
        (Encoding::Windows1251, "Mьller"),
        (Encoding::Windows1253, "ΠςΣ"),
        (Encoding::Cp850, "Mƒller"),
        (Encoding::MacRoman, "M¸ller"),
        (Encoding::Gb18030, "中\u{E5E5}"),
        // Encodings that are not offered: KOI8-R, Windows-1255, ISO 8859-2, Mac Cyrillic
        (Encoding::Cp437, "≥╧═┴█╦┴"),
        (Encoding::Cp437, "∩∩∩"),
        (Encoding::MacRoman, "Á·¯‰"),
        (Encoding::Windows1250, "©koda"),
        (Encoding::Windows1252, "£ódz"),
        (Encoding::Windows1251, "ђюмка"),
        (Encoding::Windows1251, "ЋЋЋ"),
        (Encoding::Windows1251, "збшд"),
        // Well-formed UTF-8 does not prove that the letters are right.
        (Encoding::Utf8, "MŸller"),
        (Encoding::Utf8, "M╝ller"),
        (Encoding::Utf8, "Caf√o"),
        (Encoding::Utf16Le, "M¼ller"),
        (Encoding::Utf8, "Pe–a"),
        (Encoding::Utf8, "CafŽ"),
        (Encoding::Utf16Be, "S÷hne"),
        (Encoding::Utf8, "Mьller"),
        (Encoding::Utf8, "Ðîìàøêà"),
        (Encoding::Gb18030, "M羹ller"),
        // DOS text in a file of UTF-8.
        (Encoding::Utf8AndWindows1252, "Caf‚"),
        (Encoding::Utf8AndWindows1252, "Sšhne"),
        (Encoding::Utf8AndWindows1252, "Dvoøák"),
        (Encoding::Utf8AndWindows1252, "ÉÏº£"),
        (Encoding::Utf8AndWindows1252, "Voil…"),
    ] {
        assert_eq!(
            unlikely_word(&format!("1 {name} Ltd"), encoding),
            Some(name)
        );
    }
}
