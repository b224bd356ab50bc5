//! Formats numbers, dates and ids for the screen.

use std::borrow::Cow;
use std::time::Duration;

use egui::Context;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::business::{Business, BusinessId};
use crate::domain::countdown::{Countdown, time_of_day};
use crate::domain::draft::rules::country;
use crate::domain::environment::Environment;
use crate::domain::export::Format;
use crate::domain::failure::Failure;
use crate::domain::share_mode::ShareMode;
use crate::domain::text::{ServerText, visible};
use crate::domain::time::{BootInstant, Now, secs_rounded_up};
use crate::domain::token::BusinessToken;
use crate::state::session::workspace::Retry;
use crate::state::shell::loading_stage::LoadingStage;
use crate::theme::{Hue, Icon, Type};
use crate::widgets::can_draw_any;

/// Icon of a failed request. Being offline looks different from a rejection by the server.
pub(super) fn failure_icon(failure: &Failure) -> Icon {
    if failure.is_offline() {
        Icon::Offline
    } else {
        Icon::StopSign
    }
}

pub(super) use crate::domain::text::{counted, grouped as count};

/// The format in the label of a command that exports.
pub(super) fn export_format(format: Format) -> &'static str {
    match format {
        Format::Csv => "CSV…",
        Format::Json => "JSON…",
    }
}

/// "1 match", "1,240 matches".
pub(super) fn matches(found: usize) -> String {
    counted(found as u64, "match", "matches")
}

/// "1 business", "1,240 businesses".
pub(super) fn businesses(number: u64) -> String {
    counted(number, "business", "businesses")
}

/// "3,018", or "120k" for large numbers, where space is limited.
pub(super) fn short_count(number: u64) -> String {
    if number < 100_000 {
        count(number)
    } else {
        format!("{}k", number / 1000)
    }
}

/// "9 Feb 2027".
pub(super) fn day(at: Timestamp, zone: &TimeZone) -> String {
    formatted(at, zone, "%-d %b %Y")
}

/// "31 Dec 2027", for a date without a time.
pub(super) fn date(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// "9 Feb 2027, 10:14".
pub(super) fn day_and_time(at: Timestamp, zone: &TimeZone) -> String {
    formatted(at, zone, "%-d %b %Y, %H:%M")
}

/// "9 Feb 2027, 10:14:07".
pub(super) fn day_and_seconds(at: Timestamp, zone: &TimeZone) -> String {
    formatted(at, zone, "%-d %b %Y, %H:%M:%S")
}

/// "13:42".
pub(super) fn time(at: Timestamp, zone: &TimeZone) -> String {
    formatted(at, zone, "%H:%M")
}

/// "13:42:07".
pub(super) fn time_with_seconds(at: Timestamp, zone: &TimeZone) -> String {
    formatted(at, zone, "%H:%M:%S")
}

fn formatted(at: Timestamp, zone: &TimeZone, pattern: &str) -> String {
    at.to_zoned_datetime(zone.clone())
        .strftime(pattern)
        .to_string()
}

/// "until 14:32", or "3 min ago" once expired.
pub(super) fn end(token: &BusinessToken, now: Now, zone: &TimeZone) -> String {
    let left = token.remaining(now.boot);
    if left.is_zero() {
        return Countdown::read(left, token.expired_for(now.boot)).ago;
    }
    format!("until {}", time_of_day(now, left, zone))
}

/// The business's name or its stand-in in share mode and `true`, or "No name" and `false`.
pub(super) fn title(business: &Business, share: ShareMode) -> (Cow<'_, str>, bool) {
    named(business.id, business.title(), share)
}

/// The same for a given name.
pub(super) fn named(
    business: BusinessId,
    name: Option<&ServerText>,
    share: ShareMode,
) -> (Cow<'_, str>, bool) {
    match share.name(business, name) {
        Some(name) => (name, true),
        None => (Cow::Borrowed("No name"), false),
    }
}

/// Like `title`, but falls back to the business's `external_id` or id if no letter of its name can be drawn.
pub(super) fn drawn_title<'b>(
    ctx: &Context,
    business: &'b Business,
    share: ShareMode,
) -> (Cow<'b, str>, bool) {
    let (name, is_named) = title(business, share);
    if !is_named || can_draw_any(ctx, Type::BodyStrong, &name) {
        return (name, is_named);
    }
    let stand_in = business.external_id.as_ref().map(|id| id.shown());
    (
        stand_in.unwrap_or_else(|| business.id.to_string().into()),
        true,
    )
}

/// Status of an archived business.
pub(super) const ARCHIVED: &str = "Archived";

/// "Active", "Inactive" or "Archived", and whether it is "Active", the normal case. `None` if the server does not say.
pub(super) fn status(business: &Business, is_archived: bool) -> Option<(&'static str, bool)> {
    match business.is_active {
        _ if is_archived => Some((ARCHIVED, false)),
        Some(true) => Some(("Active", true)),
        Some(false) => Some(("Inactive", false)),
        None => None,
    }
}

/// "Germany", or the code if the country is not one of those in the API.
pub(super) fn country_name(code: &str) -> Cow<'_, str> {
    match country(code) {
        Some(country) => country.name.as_str().into(),
        None => visible(code),
    }
}

/// Label of the button that repeats a failed request. Differs if pressing it is earlier than the server requested.
pub(super) fn again(failure: &Failure) -> &'static str {
    match failure.requested_pause() {
        Some(_) => "Try now",
        None => "Try again",
    }
}

/// What a request is waiting for: the response of `server`, or the end of a pause before the retry.
pub(super) fn awaited(
    server: &str,
    elapsed: Duration,
    retry: Option<&Retry>,
    now: BootInstant,
) -> String {
    if let Some(said) = retry.and_then(|retry| pause(server, retry, now)) {
        return said;
    }
    match LoadingStage::after(elapsed) {
        LoadingStage::Long => format!("Waiting for {server} to answer, {} s", elapsed.as_secs()),
        LoadingStage::Instant | LoadingStage::Brief | LoadingStage::Noticed => {
            format!("Waiting for {server} to answer")
        }
    }
}

/// Why a request will be retried, and when. `None` once the retry has been sent.
pub(super) fn pause(server: &str, retry: &Retry, now: BootInstant) -> Option<String> {
    let secs = secs_rounded_up(retry.left(now));
    if secs == 0 {
        return None;
    }
    Some(match retry.failure.requested_pause() {
        Some(_) => format!("{server} requested a pause, retrying in {secs} s"),
        None => format!("{server} did not answer, retrying in {secs} s"),
    })
}

/// The colour of an environment.
pub(super) fn hue(environment: &Environment) -> Hue {
    match environment {
        Environment::Sandbox => Hue::Sandbox,
        Environment::Production => Hue::Production,
        Environment::Staging => Hue::Staging,
        Environment::Development => Hue::Development,
        Environment::Demo(_) => Hue::Demo,
        Environment::Custom(_) if environment.is_production() => Hue::Production,
        Environment::Custom(_) => Hue::Custom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        let grouped: Vec<String> = [0, 999, 1_000, 12_345, 1_234_567].map(count).into();
        assert_eq!(grouped, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }

    #[test]
    fn days_read_as_days_of_the_users_zone() {
        let at = "2027-02-09T23:30:00Z".parse().unwrap();
        assert_eq!(day(at, &TimeZone::UTC), "9 Feb 2027");
        let tokyo = TimeZone::fixed(jiff::tz::offset(9));
        assert_eq!(day_and_time(at, &tokyo), "10 Feb 2027, 08:30");
    }
}
