//! How each column of the list is drawn: one row of [`VIEWS`] per column.

use super::super::words;
use super::cell::{CellLook, CellValue};
use jiff::Timestamp;

use crate::domain::business::Business;
use crate::domain::countdown::Countdown;
use crate::domain::filter::{SearchedText, TextMatch};
use crate::domain::time::Now;
use crate::state::list::ListColumn;
use crate::state::session::workspace::Workspace;
use crate::theme::{column, space};
use crate::widgets::ColumnWidth::{self, Dragged, Rest};

pub(super) struct ColumnView {
    pub(super) column: ListColumn,
    /// Initial width, in px.
    width: ColumnWidth,
    /// Initial width next to an open side pane, in px.
    width_beside_pane: ColumnWidth,
    /// When space is limited, the column with the smallest number is dropped first. A column without a number stays.
    pub(super) drop_order: Option<u8>,
    /// Whether the column is shown only in a wide window, once the name has its maximum width. Columns that the user chose are always shown.
    pub(super) is_extra: bool,
    /// Whether few rows have a value. Such a column has no placeholder bar while rows are loading.
    pub(super) is_mostly_empty: bool,
    /// Returns the content of its cell in a row.
    pub(super) cell: for<'a> fn(&'a ListedBusiness<'_>) -> CellValue<'a>,
}

/// A business of the list, with everything that its cells show.
pub(super) struct ListedBusiness<'a> {
    pub(super) business: &'a Business,
    pub(super) is_archived: bool,
    is_fetching_token: bool,
    /// Where the filter's words were found in the business.
    pub(super) found: Vec<TextMatch>,
    /// Countdown of its token, and the remaining fraction of its life from 0 to 1.
    pub(super) countdown: Option<(Countdown, f32)>,
    /// When its token expires, if live.
    token_end: Option<Timestamp>,
}

/// In the order of [`ListColumn`].
static VIEWS: [ColumnView; ListColumn::ALL.len()] = [
    view(ListColumn::Name, Rest(column::NAME_MIN), |row| {
        CellValue::Title(row.business)
    }),
    view(ListColumn::Country, Dragged(column::COUNTRY), |row| {
        CellValue::public(row.business.country.as_ref(), CellLook::Plain)
    })
    .dropped(10),
    view(ListColumn::Type, Dragged(12.0 * space::S), |row| {
        CellValue::public(row.business.entity_type.as_ref(), CellLook::Muted)
    })
    .dropped(7),
    view(ListColumn::Currency, Dragged(9.0 * space::S), |row| {
        CellValue::public(row.business.base_currency.as_ref(), CellLook::Muted)
    })
    .dropped(6),
    ColumnView {
        width_beside_pane: Dragged(column::EXTERNAL_ID_TIGHT),
        ..view(
            ListColumn::ExternalId,
            Dragged(20.0 * space::S),
            |row| match &row.business.external_id {
                Some(id) => CellValue::Personal(id, CellLook::Code),
                None => CellValue::Label("–", CellLook::NoCode),
            },
        )
    },
    view(
        ListColumn::Status,
        Dragged(11.0 * space::S),
        |row| match words::status(row.business, row.is_archived) {
            Some((status, true)) => CellValue::Label(status, CellLook::Muted),
            Some((status, false)) => CellValue::Label(status, CellLook::Marked),
            None => CellValue::Empty,
        },
    )
    .dropped(9),
    view(ListColumn::Created, Dragged(13.0 * space::S), |row| {
        let at = row.business.created_at;
        at.map_or(CellValue::Empty, CellValue::Day)
    })
    .dropped(8),
    view(
        ListColumn::Token,
        Dragged(12.0 * space::S),
        |row| match &row.countdown {
            _ if row.is_fetching_token => CellValue::Label("Fetching…", CellLook::Busy),
            Some((countdown, left)) => CellValue::TimeLeft(countdown, *left, row.token_end),
            None => CellValue::Empty,
        },
    )
    .mostly_empty(),
    view(ListColumn::LegalName, Dragged(21.0 * space::S), |row| {
        CellValue::personal(row.business.legal_name.as_ref(), CellLook::Plain)
    })
    .extra(5),
    view(ListColumn::VatNumber, Dragged(15.0 * space::S), |row| {
        CellValue::personal(row.business.vat_number.as_ref(), CellLook::Code)
    })
    .extra(4),
    view(ListColumn::Email, Dragged(24.0 * space::S), |row| {
        CellValue::personal(row.business.email.as_ref(), CellLook::Plain)
    })
    .extra(3)
    .mostly_empty(),
    view(ListColumn::Updated, Dragged(13.0 * space::S), |row| {
        let at = row.business.updated_at;
        at.map_or(CellValue::Empty, CellValue::Day)
    })
    .extra(2),
    view(ListColumn::Id, Dragged(20.0 * space::S), |row| {
        CellValue::Id(row.business.id)
    })
    .extra(1),
];

/// A column that is never dropped and has the same width next to the side pane.
const fn view(
    column: ListColumn,
    width: ColumnWidth,
    cell: for<'a> fn(&'a ListedBusiness<'_>) -> CellValue<'a>,
) -> ColumnView {
    ColumnView {
        column,
        width,
        width_beside_pane: width,
        drop_order: None,
        is_extra: false,
        is_mostly_empty: false,
        cell,
    }
}

impl ColumnView {
    const fn dropped(mut self, order: u8) -> Self {
        self.drop_order = Some(order);
        self
    }

    const fn extra(mut self, order: u8) -> Self {
        self.is_extra = true;
        self.dropped(order)
    }

    const fn mostly_empty(mut self) -> Self {
        self.is_mostly_empty = true;
        self
    }

    pub(super) fn of(column: ListColumn) -> &'static Self {
        &VIEWS[column as usize]
    }

    /// The width, unless the user has dragged the column.
    pub(super) fn width(&self, is_beside_pane: bool) -> ColumnWidth {
        if is_beside_pane {
            self.width_beside_pane
        } else {
            self.width
        }
    }
}

/// The text of the column that the search looks in, if any.
fn searched(column: ListColumn) -> Option<SearchedText> {
    match column {
        ListColumn::Name => Some(SearchedText::Title),
        ListColumn::ExternalId => Some(SearchedText::ExternalId),
        ListColumn::LegalName => Some(SearchedText::LegalName),
        ListColumn::VatNumber => Some(SearchedText::VatNumber),
        ListColumn::Email => Some(SearchedText::Email),
        ListColumn::Country
        | ListColumn::Type
        | ListColumn::Currency
        | ListColumn::Status
        | ListColumn::Created
        | ListColumn::Token
        | ListColumn::Updated
        | ListColumn::Id => None,
    }
}

impl ListedBusiness<'_> {
    /// Indices of the matched characters in the column.
    pub(super) fn letters(&self, column: ListColumn) -> &[u32] {
        let found = self
            .found
            .iter()
            .find(|found| Some(found.text) == searched(column));
        found.map_or(&[], |found| &found.letters)
    }

    /// The match that explains why the row is shown, if none of its columns shows it.
    pub(super) fn found_elsewhere(
        &self,
        mut columns: impl Iterator<Item = ListColumn>,
    ) -> Option<&TextMatch> {
        let shown: Vec<SearchedText> = columns.by_ref().filter_map(searched).collect();
        self.found.iter().find(|found| !shown.contains(&found.text))
    }
}

impl<'a> ListedBusiness<'a> {
    pub(super) fn new(business: &'a Business, workspace: &Workspace, now: Now) -> Self {
        let held = workspace.tokens.get(business.id);
        Self {
            business,
            is_archived: workspace.list.is_archived(business.id),
            is_fetching_token: workspace.tokens.fetch(business.id).is_some(),
            found: workspace.list.query().found_in(business),
            countdown: held.map(|held| {
                let countdown = held.countdown(now.boot);
                (countdown, held.token.fraction_left(now.boot))
            }),
            token_end: held.and_then(|held| {
                let left = held.token.remaining(now.boot);
                (!left.is_zero()).then(|| now.wall_after(left))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use uuid::Uuid;

    use super::*;
    use crate::domain::business::{BusinessId, BusinessText};
    use crate::domain::share_mode::ShareMode;

    #[test]
    fn every_column_has_one_view_in_the_order_of_the_enum() {
        assert_eq!(VIEWS.each_ref().map(|view| view.column), ListColumn::ALL);
    }

    #[test]
    fn share_mode_hides_what_is_personal_in_every_column() {
        let mut business = Business::unknown(BusinessId(Uuid::from_u128(7)));
        for text in BusinessText::ALL {
            *business.text_mut(text) = Some(format!("{text:?} of Acme").as_str().into());
        }
        let row = ListedBusiness {
            business: &business,
            is_archived: false,
            is_fetching_token: false,
            found: Vec::new(),
            countdown: None,
            token_end: None,
        };
        let shown = |share: ShareMode| -> Vec<String> {
            let cells = ListColumn::ALL.map(|column| (ColumnView::of(column).cell)(&row));
            let texts = cells
                .iter()
                .filter_map(|cell| cell.text(share, &TimeZone::UTC));
            texts.map(|(text, _)| text.into_owned()).collect()
        };
        let personal = business.personal();
        let tells = |texts: &[String]| texts.iter().any(|text| personal.contains(&text.as_str()));
        assert!(tells(&shown(ShareMode::default())));
        let hidden = shown(ShareMode::default().toggled());
        assert!(!tells(&hidden), "{hidden:?}");
        assert!(hidden.contains(&"Country of Acme".to_owned()), "{hidden:?}");
    }
}
