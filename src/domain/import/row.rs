//! Turns a row of the file into a draft: repairs its cells, reads its dates and names, and fills its gaps.

use jiff::civil::Date;
use uuid::Uuid;

use super::column_target::ColumnTarget;
use super::damage_kind::{DamageKind, Repairs};
use super::dates::{WrittenDate, serial_day};
use super::inspect::{Cell, Decimals, inspect};
use super::mapping::Mapping;
use super::sheet::ColumnFacts;
use super::sheet_row::SheetRow;
use crate::domain::business::BusinessId;
use crate::domain::draft::{
    Draft, Field, FieldFinding, LearnedTypes, Severity, choices, is_country_code, rules,
};
use crate::domain::text::excerpt;

/// Longest quotation of a cell, characters.
const QUOTED: usize = 60;

/// Longest cell examined, bytes, except for metadata. No other field accepts nearly as much, and the limit keeps
/// judging a row cheap.
const MAX_CELL_LEN: usize = 4 << 10;

/// Turns rows into drafts. The result depends only on the row and these options.
#[derive(Debug, Clone, Copy)]
pub struct RowReader<'a> {
    /// Facts about the columns of the file.
    pub columns: &'a [ColumnFacts],
    /// Which column fills which field.
    pub mapping: &'a Mapping,
    /// Which kinds of damage are repaired or accepted.
    pub repairs: &'a Repairs,
    /// Entity types learned from the server.
    pub learned_types: &'a LearnedTypes,
}

/// The content of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadRow {
    /// The values as they would be sent.
    pub draft: Draft,
    /// The mapped cells as they are in the file. `None` if they are the same as the draft.
    pub written: Option<Box<Draft>>,
    /// The Thred id, if a column holds it.
    pub thred_id: Option<BusinessId>,
    /// Findings about its cells. Any that is wrong prevents the row from being sent.
    pub findings: Vec<FieldFinding>,
    /// The kinds of damage, each with its field.
    pub kinds: Vec<(DamageKind, Field)>,
    /// Whether a cell was too long to examine and is therefore missing from the drafts.
    pub is_truncated: bool,
}

impl RowReader<'_> {
    pub fn read(&self, row: &SheetRow) -> ReadRow {
        let mut read = ReadRow::default();
        let mut written = Draft::default();
        let mut is_changed = false;
        for (column, target) in self.mapping.targets().iter().enumerate() {
            match target {
                ColumnTarget::Field(field) => {
                    let raw = row.raw(column);
                    if raw.len() > MAX_CELL_LEN && *field != Field::Metadata {
                        read.findings.push(too_long(*field, raw.len()));
                        read.is_truncated = true;
                        continue;
                    }
                    let text = row.text(column);
                    text.as_ref().clone_into(&mut written[*field]);
                    let facts = self.columns.get(column);
                    let cell = Cell {
                        field: *field,
                        raw,
                        decimals: facts.map_or_else(Decimals::default, Decimals::of),
                    };
                    let found = inspect(cell, text, row.marks(column), self.repairs);
                    let said = found.findings(*field, &written[*field]);
                    read.findings.extend(said);
                    for (kind, _) in &found.seen {
                        read.kinds.push((*kind, *field));
                    }
                    is_changed |= found.text != written[*field];
                    read.draft[*field] = found.text.into_owned();
                }
                ColumnTarget::ThredId => read.take_thred_id(&row.text(column)),
                ColumnTarget::Unused => {}
            }
        }
        is_changed |= self.fill_gaps(&mut read.draft);
        is_changed |= read.names_to_codes(self.learned_types);
        read.country(self.repairs);
        is_changed |= read.date(self.mapping, self.repairs);
        if is_changed {
            read.written = Some(Box::new(written));
        }
        read
    }

    /// Applies the defaults to empty fields. Returns whether any was applied.
    fn fill_gaps(&self, draft: &mut Draft) -> bool {
        let mut is_changed = false;
        for (field, value) in self.mapping.defaults() {
            if !draft.is_filled(field) {
                value.clone_into(&mut draft[field]);
                is_changed = true;
            }
        }
        is_changed
    }
}

impl ReadRow {
    /// The mapped cells as they are in the file.
    pub fn as_written(&self) -> &Draft {
        self.written.as_deref().unwrap_or(&self.draft)
    }

    fn take_thred_id(&mut self, text: &str) {
        let text = text.trim();
        self.thred_id = Uuid::try_parse(text).ok().map(BusinessId);
        if self.thred_id.is_none() && !text.is_empty() {
            let message = format!(
                "“{}” is not a Thred id and is not used to find the business.",
                excerpt(text, QUOTED)
            );
            let finding = FieldFinding::new(Field::ExternalId, Severity::Warning, message);
            self.findings.push(finding);
        }
    }

    /// Replaces names by the codes they stand for ("Germany", "Sole trader"). Returns whether any was replaced.
    fn names_to_codes(&mut self, learned_types: &LearnedTypes) -> bool {
        let before = self.findings.len();
        if rules::country(&self.draft[Field::Country]).is_none()
            && let Some(country) = rules::country_named(&self.draft[Field::Country])
        {
            self.read_as(Field::Country, &country.code);
        }
        let types = choices(&self.draft[Field::Country], learned_types);
        if !types.has_code(&self.draft[Field::EntityType])
            && let Some(option) = types.find(&self.draft[Field::EntityType])
        {
            let code = option.code.clone();
            self.read_as(Field::EntityType, &code);
        }
        self.findings.len() > before
    }

    /// Rejects a country that Thred does not list, until the user accepts such countries. The check of the draft reports one that is accepted,
    /// and any that is not a code.
    fn country(&mut self, repairs: &Repairs) {
        let (field, kind) = (Field::Country, DamageKind::UnknownCountry);
        let code = self.draft.to_send(field);
        if !is_country_code(&code) || rules::country(&code).is_some() {
            return;
        }
        self.kinds.push((kind, field));
        if !repairs.is_on(kind) {
            let message = format!(
                "{code} is not one of the 17 countries that Thred lists. Correct it, or accept unknown countries."
            );
            self.findings
                .push(FieldFinding::new(field, Severity::Wrong, message));
        }
    }

    /// Rewrites a date as `YYYY-MM-DD`. Returns whether it changed.
    fn date(&mut self, mapping: &Mapping, repairs: &Repairs) -> bool {
        let field = Field::FiscalYearEnd;
        let text = self.draft[field].trim();
        let Some(written) = WrittenDate::read(text) else {
            if !text.is_empty() {
                self.kinds.push((DamageKind::OtherDateFormat, field));
            }
            if let Some(day) = serial_day(text) {
                let message = format!(
                    "“{text}” is a spreadsheet’s number for a day, most likely {day}. Format the column as a date, \
                     and export the file again."
                );
                let finding = FieldFinding::new(field, Severity::Wrong, message);
                self.findings.push(finding);
            }
            return false;
        };
        let day = day_of(written, mapping).map(|day| day.to_string());
        if day.as_deref() == Some(text) {
            return false;
        }
        self.kinds.push((DamageKind::OtherDateFormat, field));
        let refused = if written.has_time && !repairs.is_on(DamageKind::DateWithTime) {
            let text = excerpt(text, QUOTED);
            Some(format!(
                "“{text}” has a time of day. In another time zone it may be the day before or after."
            ))
        } else if day.is_none() && !is_format_chosen(written, mapping) {
            Some(in_doubt(text, written))
        } else {
            None
        };
        if written.has_time {
            self.kinds.push((DamageKind::DateWithTime, field));
        }
        match (refused, day) {
            (Some(message), _) => {
                let finding = FieldFinding::new(field, Severity::Wrong, message);
                self.findings.push(finding);
                false
            }
            (None, Some(day)) => {
                self.read_as(field, &day);
                true
            }
            (None, None) => false,
        }
    }

    fn read_as(&mut self, field: Field, to: &str) {
        let slot = &mut self.draft[field];
        let message = format!("“{}” is read as {to}.", excerpt(slot, QUOTED));
        to.clone_into(slot);
        self.findings
            .push(FieldFinding::new(field, Severity::Warning, message));
    }
}

/// Whether the user has settled how ambiguous dates such as this one are read.
fn is_format_chosen(written: WrittenDate, mapping: &Mapping) -> bool {
    mapping.dates.is_some() && (mapping.has_short_years || !written.is_short)
}

/// The day that a date stands for, as far as that is known.
fn day_of(written: WrittenDate, mapping: &Mapping) -> Option<Date> {
    let [day_first, month_first, _] = written.readings;
    let open = || match mapping.dates {
        Some(order) => written.readings[order.index()],
        None => day_first.filter(|_| day_first == month_first),
    };
    let is_open = !written.is_short || is_format_chosen(written, mapping);
    written.certain().or_else(|| open().filter(|_| is_open))
}

/// Why a date cannot be read until its format is chosen.
fn in_doubt(text: &str, written: WrittenDate) -> String {
    let text = excerpt(text, QUOTED);
    let mut days: Vec<String> = written
        .readings
        .iter()
        .flatten()
        .map(Date::to_string)
        .collect();
    days.sort();
    days.dedup();
    match &days[..] {
        [_] if written.is_short => {
            format!("The year of “{text}” has two digits. Choose the date format.")
        }
        [day] => format!(
            "“{text}” can only be {day}, but other dates in the column use another format. Choose the date \
             format."
        ),
        _ => format!("“{text}” is {}. Choose the date format.", days.join(" or ")),
    }
}

fn too_long(field: Field, bytes: usize) -> FieldFinding {
    let message = format!(
        "{} kB in one cell, far more than this field allows. The delimiter may be wrong, or a quotation mark is \
         missing.",
        bytes.div_ceil(1000)
    );
    FieldFinding::new(field, Severity::Wrong, message)
}

#[cfg(test)]
mod tests;
