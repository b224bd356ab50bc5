//! Builds one business from the tables.

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{
    countries::NACE_CODES,
    rng::Rng,
    scripts,
    special::{LONG, MAX_LEN, SpecialBusiness},
    tables::{CountryTables, LegalForm, Table, Town},
};
use crate::demo::business::{DemoBusiness, NullableText};

const DAY_SECS: i64 = 86_400;
/// How far back the oldest business was created.
const SPAN_DAYS: i64 = 3 * 365;
const MICROS: i64 = 1_000_000;

pub(super) struct Builder {
    seed: u64,
    count: usize,
    /// Unix time, in seconds.
    as_of_secs: i64,
    fiscal_year: i64,
    tables: CountryTables,
}

impl Builder {
    pub(super) fn new(seed: u64, as_of: Timestamp, count: usize) -> Self {
        let as_of_secs = as_of.as_second();
        // The year may be off by one around New Year's Eve, which does not matter here.
        let fiscal_year = 1970 + as_of_secs / (DAY_SECS * 365 + DAY_SECS / 4);
        Self {
            seed,
            count,
            as_of_secs,
            fiscal_year,
            tables: CountryTables::new(),
        }
    }

    /// The `index`-th business, from the oldest.
    pub(super) fn ordinary(&self, index: usize) -> DemoBusiness {
        let mut rng = Rng::new(self.seed, index as u64);
        let id = rng.uuid();
        let nth = rng.pick(&self.tables.by_weight);
        let table = &self.tables.countries[nth];
        let place = rng.pick(&table.places);
        let form = rng.pick(&table.forms);
        let trade = rng.below(NACE_CODES.len());
        let name = name(&mut rng, table, place, trade);
        let mut business = DemoBusiness {
            id,
            external_id: external_id(&mut rng, table, place, index),
            legal_name: some(legal_name(&name, form)),
            entity_type: some(form.code),
            province: rng.chance(80).then_some(Cow::Borrowed(place.province)),
            eu_nace_industry_code: rng.chance(85).then_some(Cow::Borrowed(NACE_CODES[trade])),
            ..DemoBusiness::default()
        };
        registers(&mut rng, table, &mut business);
        contact(&mut rng, table, &name, &mut business);
        business.name = some(name);
        self.dates(&mut rng, index, &mut business);
        self.accounting(&mut rng, place, &mut business);
        business
    }

    /// Gives `business` the special name and the data that fit its country.
    pub(super) fn make_special(&self, business: &mut DemoBusiness, special: &SpecialBusiness) {
        let name = if special.name == LONG {
            longest_name()
        } else {
            special.name.to_owned()
        };
        if let Some(table) = self.tables.of(special.country) {
            let mut rng = Rng::new(self.seed, business.id.as_u64_pair().0);
            let place = rng.pick(&table.places);
            let form = rng.pick(&table.forms);
            business.entity_type = some(form.code);
            business.province = some(place.province);
            registers(&mut rng, table, business);
            contact(&mut rng, table, &name, business);
        }
        business.legal_name = some(name.clone());
        business.name = some(name);
        if let Some(external_id) = special.external_id {
            business.external_id = some(external_id);
        }
    }

    /// Spreads creation over three years, denser towards the end because the partner grows, mostly in office hours.
    fn dates(&self, rng: &mut Rng, index: usize, business: &mut DemoBusiness) {
        let fraction = (index as f64 + rng.below(1000) as f64 / 1000.0) / self.count.max(1) as f64;
        let first_day = self.as_of_secs.div_euclid(DAY_SECS) - SPAN_DAYS;
        // The last day is left out, so that no business is created after `as_of`.
        let day = first_day + (fraction.powf(0.7) * (SPAN_DAYS - 1) as f64) as i64;
        let hour = if rng.chance(92) {
            7 + rng.below(11)
        } else {
            rng.below(24)
        } as i64;
        let created = (day * DAY_SECS + hour * 3600 + rng.below(3600) as i64) * MICROS
            + rng.below(1_000_000) as i64;
        let left_micros = (self.as_of_secs * MICROS - created).max(0) as usize;

        let is_active = !rng.chance(8);
        let activated =
            created + rng.below(left_micros.min(5 * DAY_SECS as usize * MICROS as usize)) as i64;
        let updated = if rng.chance(35) {
            created
        } else {
            created + rng.below(left_micros) as i64
        };
        business.created_at = timestamp(created);
        business.is_active = Some(is_active);
        // Some inactive businesses were never active, others were deactivated.
        business.activation_at = if is_active || rng.chance(50) {
            timestamp(activated)
        } else {
            None
        };
        business.updated_at = timestamp(updated).max(business.activation_at);
        business.is_archived = rng.chance(2);
    }

    fn accounting(&self, rng: &mut Rng, place: Town, business: &mut DemoBusiness) {
        business.accounting_method = some(if rng.chance(85) { "accrual" } else { "cash" });
        let day = if rng.chance(80) {
            "12-31"
        } else {
            rng.pick(&["03-31", "06-30", "09-30"])
        };
        business.fiscal_year_end = rng
            .chance(90)
            .then(|| format!("{}-{day}", self.fiscal_year).into());
        business.metadata = rng.chance(40).then(|| {
            let mut map = Map::new();
            map.insert(
                "plan".into(),
                rng.pick(&["starter", "growth", "enterprise"]).into(),
            );
            map.insert("region".into(), place.slug.into());
            map.insert("seats".into(), Value::from(1 + rng.below(40)));
            map
        });
    }
}

fn name(rng: &mut Rng, table: &Table, place: Town, trade: usize) -> String {
    if rng.chance(7) {
        return rng.pick(scripts::NAMES).to_owned();
    }
    let trade = table.trades.get(trade).copied().unwrap_or_default();
    let order = rng.pick(&table.orders);
    order
        .replace("{f}", rng.pick(&table.families))
        .replace("{g}", rng.pick(&table.families))
        .replace("{t}", trade)
        .replace("{c}", place.city)
}

fn legal_name(name: &str, form: LegalForm) -> String {
    if form.suffix.is_empty() {
        name.to_owned()
    } else {
        format!("{name} {}", form.suffix)
    }
}

/// A name with exactly as many characters as the API allows.
fn longest_name() -> String {
    let mut name = LONG.to_owned();
    while name.chars().count() < MAX_LEN {
        name.push_str(" und ");
        name.push_str(LONG);
    }
    name.chars().take(MAX_LEN - 2).chain("eV".chars()).collect()
}

/// Partners choose ids as they like. The index makes each one unique.
fn external_id(rng: &mut Rng, table: &Table, place: Town, index: usize) -> NullableText {
    let country = || table.country.code.to_ascii_lowercase();
    let slug = place.slug;
    Some(Cow::Owned(match rng.below(100) {
        0..=2 => return None,
        3..=37 => format!("user-{}", 40_000 + index),
        38..=57 => format!("{}-{slug}-{index:04}", country()),
        58..=77 => format!("{}/{slug}/{}", country(), 2_000 + index),
        78..=89 => format!("{}_{index:05}", country()),
        90..=95 => rng.uuid().to_string(),
        _ => format!("{}", 7_000_000_000 + index),
    }))
}

/// Country, currency and register numbers; some small firms have no VAT number.
fn registers(rng: &mut Rng, table: &Table, business: &mut DemoBusiness) {
    let country = table.country;
    business.country = some(country.code);
    // A few exporters keep their books in dollars, the only currency here that belongs to none of the countries.
    business.base_currency = some(if rng.chance(2) {
        "USD"
    } else {
        country.currency
    });
    business.vat_number = rng.chance(78).then(|| rng.fill(country.vat).into());
    business.company_number = rng.chance(85).then(|| rng.fill(country.company).into());
    business.tin = rng.chance(70).then(|| rng.fill(country.tin).into());
}

/// Addresses end in `.example`, which is reserved (RFC 2606).
fn contact(rng: &mut Rng, table: &Table, name: &str, business: &mut DemoBusiness) {
    let ascii: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(20)
        .collect();
    let host = if ascii.len() < 3 {
        "shop".to_owned()
    } else {
        ascii.to_ascii_lowercase()
    };
    let user = rng.pick(&["info", "accounts", "office", "hello"]);
    let number = rng.below(1000);
    business.email = rng
        .chance(96)
        .then(|| format!("{user}@{host}{number}.example").into());
    business.phone_number = rng.chance(75).then(|| rng.fill(table.country.phone).into());
}

fn some(text: impl Into<Cow<'static, str>>) -> NullableText {
    Some(text.into())
}

fn timestamp(micros: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(micros).ok()
}
