//! The data in the pictures: invented businesses, tokens and people.

use std::time::Duration;

use jiff::Timestamp;
use thred_console::domain::business::{Business, BusinessDetail, BusinessId};
use thred_console::domain::credentials::{ApiKey, Credentials, PartnerId};
use thred_console::domain::environment::Environment;
use thred_console::domain::key_source::KeySource;
use thred_console::domain::profile::Profile;
use thred_console::domain::time::{BootInstant, Now};
use thred_console::domain::token::{
    BUSINESS_SCOPE, BusinessToken, Claims, Fingerprint, Payload, TokenResponse,
};
use thred_console::state::command::Command;
use thred_console::state::session::messages::SessionCommand;
use thred_console::state::shell::saved::Saved;
use uuid::Uuid;

pub const PARTNER: Uuid = Uuid::from_u128(0x3f2a_71c8_05de_4b7e_8d14_61fa_20b3_9c1e);
/// 13 February 2027, 10:14 UTC.
const NEWEST: i64 = 1_802_513_640;
/// The business that most scenes are about.
pub const LINDENHOF: &str = "Bäckerei Lindenhof GmbH";

const FEW: [&str; 8] = [
    "Penang Heritage Tea Sdn. Bhd.",
    LINDENHOF,
    "",
    "Zoë et Cie, Boulangerie",
    "Søren Østergaard Tømrer ApS",
    "Talleres Muñoz e Hijos, S.L.",
    "Komorebi Koffie B.V.",
    "Harbour Lane Books Ltd",
];

/// Name, country, entity type, currency, `external_id` and whether it is active; newest first.
const NAMED: [(&str, &str, &str, &str, &str, bool); 24] = [
    (
        "Nordlys Fiskeeksport AS",
        "NO",
        "as",
        "NOK",
        "user-41207",
        true,
    ),
    (
        "Penang Heritage Tea Sdn. Bhd.",
        "MY",
        "sdn_bhd",
        "MYR",
        "my-penang-0093",
        true,
    ),
    (
        "Ateliers Réunis de la Meuse et du Condroz",
        "BE",
        "sa",
        "EUR",
        "user-41188",
        true,
    ),
    (
        "Ægir Sjávarfang ehf.",
        "IS",
        "ehf",
        "ISK",
        "user-41175",
        true,
    ),
    (LINDENHOF, "DE", "gmbh", "EUR", "user-41162", true),
    ("", "IT", "srl", "EUR", "user-41160", false),
    (
        "Ελιά & Θυμάρι UG (haftungsbeschränkt)",
        "DE",
        "ug",
        "EUR",
        "user-41149",
        true,
    ),
    (
        "Zoë et Cie, Boulangerie",
        "FR",
        "sarl",
        "EUR",
        "fr/lyon/2207",
        true,
    ),
    (
        "Lion City Pastries Pte. Ltd.",
        "SG",
        "pte_ltd",
        "SGD",
        "sg-5512",
        true,
    ),
    (
        "Søren Østergaard Tømrer ApS",
        "DK",
        "aps",
        "DKK",
        "user-41122",
        true,
    ),
    (
        "O’Sullivan, Ní Bhriain & Partners",
        "IE",
        "partnership",
        "EUR",
        "user-41118",
        true,
    ),
    (
        "Чайный дом Самовар Oy",
        "FI",
        "oy",
        "EUR",
        "user-41109",
        true,
    ),
    (
        "Talleres Muñoz e Hijos, S.L.",
        "ES",
        "sl",
        "EUR",
        "es_00871",
        false,
    ),
    ("Cerâmica do Alentejo, Lda", "PT", "lda", "EUR", "", true),
    (
        "Komorebi Koffie B.V.",
        "NL",
        "bv",
        "EUR",
        "user-41077",
        true,
    ),
    (
        "De Gouden Aap Brouwerij en Proeflokaal B.V.",
        "NL",
        "bv",
        "EUR",
        "user-41071",
        true,
    ),
    (
        "Ångström Redovisning AB",
        "SE",
        "ab",
        "SEK",
        "user-41066",
        true,
    ),
    ("Weingut Hölzl KG", "AT", "kg", "EUR", "user-41054", true),
    (
        "Pekařství U Čápa s.r.o.",
        "CZ",
        "sro",
        "CZK",
        "user-41049",
        true,
    ),
    (
        "Harbour Lane Books Ltd",
        "GB",
        "limited",
        "GBP",
        "user-41033",
        true,
    ),
    (
        "Łódź Tkaniny Sp. z o.o.",
        "PL",
        "sp_zoo",
        "PLN",
        "user-41030",
        true,
    ),
    (
        "Fenwick & Daughters",
        "GB",
        "sole_trader",
        "GBP",
        "user-41012",
        true,
    ),
    (
        "Atelier Brâncuși SRL",
        "RO",
        "srl",
        "RON",
        "user-41008",
        true,
    ),
    (
        "Großhandel Überlingen eG",
        "DE",
        "eg",
        "EUR",
        "user-40997",
        true,
    ),
];

/// All businesses of the partner.
pub fn businesses() -> Vec<Business> {
    let named = (0_u8..).zip(NAMED).map(|(at, one)| {
        let (name, country, form, currency, external_id, is_active) = one;
        Business {
            name: (!name.is_empty()).then(|| name.into()),
            legal_name: (!name.is_empty()).then(|| name.into()),
            entity_type: Some(form.into()),
            country: Some(country.into()),
            base_currency: Some(currency.into()),
            external_id: (!external_id.is_empty()).then(|| external_id.into()),
            is_active: Some(is_active),
            ..numbered(at)
        }
    });
    let rest = (24_u8..140).map(|at| Business {
        name: Some(format!("Market Stall {at}").as_str().into()),
        entity_type: Some("limited".into()),
        country: Some("GB".into()),
        base_currency: Some("GBP".into()),
        external_id: Some(format!("user-{}", 41_000 - i32::from(at)).as_str().into()),
        is_active: Some(true),
        ..numbered(at)
    });
    named.chain(rest).collect()
}

/// The businesses of most scenes. A short list makes small pictures.
pub fn few() -> Vec<Business> {
    let wanted = |business: &Business| {
        let name = business.title().map_or("", |name| name.raw());
        FEW.contains(&name)
    };
    businesses().into_iter().filter(wanted).collect()
}

/// A larger partner: two years of businesses, most of them in a few countries.
pub fn portfolio() -> Vec<Business> {
    let known = businesses();
    let more = (0_u32..1_120).map(|at| {
        let like = &known[usize::try_from(at * at % 89 % 24).unwrap()];
        // More recent than old ones, and more in some months than in others.
        let hours = i64::from(at) * i64::from(at) / 76 + i64::from(at % 11) * 97;
        let created = Timestamp::from_second(NEWEST - 3_600 * hours).unwrap();
        Business {
            name: Some(format!("Market Stall {at}").as_str().into()),
            created_at: Some(created),
            is_active: Some(at % 17 != 0),
            country: like.country.clone(),
            entity_type: like.entity_type.clone(),
            ..Business::unknown(BusinessId(Uuid::from_u128(u128::from(at) + 1)))
        }
    });
    few().into_iter().chain(more).collect()
}

/// Names that are hard to display.
pub fn awkward() -> Vec<Business> {
    let longest: String =
        "Freiwillige Feuerwehr und Musikverein Oberunterwaldkirchen an der Donau und Umgebung "
            .chars()
            .cycle()
            .take(255)
            .collect();
    let names = [
        longest.as_str(),
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH",
        "مخبز الياسمين للتجارة",
        "מאפיית הגפן בע״מ",
        "Bakery \u{202e}gpj.exe",
        "Line\nbreak & tab\tLtd",
        "W",
    ];
    (0_u8..)
        .zip(names)
        .map(|(at, name)| Business {
            name: Some(name.into()),
            legal_name: Some(name.into()),
            entity_type: Some("limited".into()),
            country: Some("GB".into()),
            base_currency: Some("GBP".into()),
            external_id: Some("x".repeat(255).as_str().into()),
            is_active: Some(true),
            ..numbered(at)
        })
        .collect()
}

fn numbered(at: u8) -> Business {
    let age = 36 * 3_600 * i64::from(at);
    let created = Timestamp::from_second(NEWEST - age).unwrap();
    let id = Uuid::from_u128(
        (0x9f4c_21d0_88e3_4a51 + (u128::from(at) << 48)) << 64 | 0xb7f2_19c4_b07b_63aa,
    );
    Business {
        vat_number: Some("DE812345678".into()),
        company_number: Some("HRB 20418".into()),
        province: Some("Bayern".into()),
        nace_code: Some("10.71".into()),
        created_at: Some(created),
        updated_at: Some(created),
        ..Business::unknown(BusinessId(id))
    }
}

/// The details that reading a business adds.
pub fn detail(business: &Business) -> BusinessDetail {
    let business = Business {
        email: Some("buchhaltung@lindenhof.example".into()),
        ..business.clone()
    };
    let text = |of: &Option<thred_console::domain::text::ServerText>| {
        of.as_ref().map(|text| text.raw().to_owned())
    };
    let raw = serde_json::json!({
        "id": business.id.to_string(),
        "external_id": text(&business.external_id),
        "name": text(&business.name),
        "legal_name": text(&business.legal_name),
        "entity_type": text(&business.entity_type),
        "country": text(&business.country),
        "base_currency": text(&business.base_currency),
        "is_active": business.is_active,
        "metadata": {"plan": "growth", "region": "bayern", "seats": 12},
    });
    BusinessDetail {
        business,
        phone_number: None,
        accounting_method: Some("accrual".into()),
        fiscal_year_end: Some("2027-12-31".into()),
        metadata_keys: Some(3),
        raw_json: serde_json::to_string_pretty(&raw).unwrap().as_str().into(),
    }
}

/// A token with `left` of its hour.
pub fn token(business: BusinessId, now: Now, left: Duration) -> BusinessToken {
    // The console subtracts a margin of five seconds.
    let age = Duration::from_secs(3_595).saturating_sub(left);
    let requested = Now {
        wall: now.wall_before(age),
        boot: BootInstant::from_origin(now.boot.since_origin() - age),
    };
    let issued = requested.wall.as_second();
    let answer = TokenResponse {
        secret: format!("{}pR9A", "not-a-real-token-".repeat(4)).into(),
        token_type: Some("Bearer".to_owned()),
        expires_in_secs: Some(3_600),
        scope: Some(BUSINESS_SCOPE.to_owned()),
        business_id: Some(business.to_string()),
        payload: Payload::Read(Claims {
            business_id: Some(business.to_string()),
            scope: Some(BUSINESS_SCOPE.to_owned()),
            issued_at: Some(issued),
            not_before: None,
            expires_at: Some(issued + 3_600),
        }),
        server_time: None,
        fingerprint: Fingerprint([0x9b, 0x41, 0xc0, 0x7e]),
        requested,
    };
    BusinessToken::accept(answer, business).unwrap()
}

pub fn profile(environment: Environment) -> Profile {
    Profile {
        environment,
        partner: PartnerId(PARTNER),
    }
}

pub fn credentials(environment: Environment) -> Credentials {
    Credentials {
        environment,
        partner: PartnerId(PARTNER),
        key: ApiKey::parse("sk_not_a_real_key_0123456789").unwrap(),
    }
}

/// Default preferences, but without the idle lock, so that scenes can let time pass.
pub fn saved() -> Saved {
    let mut saved = Saved::default();
    saved.settings.lock_minutes = None;
    saved
}

/// A sign-in that saves the key in the keychain.
pub fn sign_in(environment: Environment) -> Command {
    Command::Session(SessionCommand::SignIn {
        credentials: credentials(environment),
        source: KeySource::Keychain,
        label: String::new(),
    })
}
