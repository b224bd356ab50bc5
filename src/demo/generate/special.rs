//! Special businesses that every list should be tested with: awkward, hostile or extreme, yet valid for the API.

/// A special business: how it differs from an ordinary one.
pub(super) struct SpecialBusiness {
    pub(super) name: &'static str,
    pub(super) country: &'static str,
    /// `None` keeps the generated id.
    pub(super) external_id: Option<&'static str>,
}

const fn named(country: &'static str, name: &'static str) -> SpecialBusiness {
    SpecialBusiness {
        name,
        country,
        external_id: None,
    }
}

const fn with_id(
    country: &'static str,
    name: &'static str,
    external_id: &'static str,
) -> SpecialBusiness {
    SpecialBusiness {
        external_id: Some(external_id),
        ..named(country, name)
    }
}

/// Replaced by a name of exactly [`MAX_LEN`] characters.
pub(super) const LONG: &str = "Verein zur Förderung der grenzüberschreitenden Zusammenarbeit";

/// The API's limit for a legal name, in characters.
pub(super) const MAX_LEN: usize = 255;

/// In the order in which they appear in the list.
pub(super) const SPECIALS: &[SpecialBusiness] = &[
    named("GB", "Fish, Chips & \"Sons\" (O'Neill's), est. 1920"),
    named("DE", LONG),
    named("MY", "مؤسسة النور للتجارة"),
    named("GB", "Invoice \u{202E}fdp.exe\u{202C} Services"),
    named("GB", "=HYPERLINK(\"https://evil.example/\",\"Refund\")"),
    named("NL", "Bell\u{7}\tand Tab"),
    named("SG", "槟城老字号茶室"),
    named("AT", "מאפיית השלום בע״מ"),
    named("ES", "Ταβέρνα Ο Γιώργος"),
    named("FI", "Пекарня «Берёзка»"),
    named("IT", "株式会社さくら堂"),
    named("FR", "-2+3 Calculs"),
    named("BE", "+32 Bellen"),
    named("SE", "@home Hemtjänst"),
    named("DK", "Two\nLines"),
    named("IE", "  Spaces Around  "),
    named("GB", "<b>Bold</b> &amp; Co"),
    named("PT", "Cafe\u{301} Decomposto"),
    named("SG", "☕ Kopi 🥐 👩‍👩‍👧 Bake"),
    named("NO", "Ø"),
    named("IS", "Zero\u{200B}Width\u{FEFF}"),
    named("GB", "null"),
    named("GB", "Twin Trading"),
    named("GB", "Twin Trading"),
    with_id("FR", "Slash et Fils", "fr/lyon/2207?page=2&x=%2F#top"),
    with_id("NL", "Naam, met komma", "=1+1"),
    with_id("DE", "Leerzeichen", " leading and trailing "),
    with_id(
        "MY",
        "Formerly a UUID",
        "3f2b8c1e-7d44-4e0a-9c55-000000000000",
    ),
    with_id("ES", "Ñandú", "clínica-ñandú-№7"),
];
