//! The live tokens on a time axis of one hour.

use std::time::Duration;

use egui::Ui;

use super::super::{Screen, words};
use crate::domain::countdown::{Countdown, CountdownPhase, URGENT_FROM, WARNING_FROM, minutes};
use crate::domain::time_axis::TimeAxis;
use crate::state::session::workspace::Workspace;
use crate::state::tokens::HeldToken;
use crate::theme;
use crate::widgets::{TimeBar, TimeLanes};

/// Length of the axis: the usual life of a business token.
const SPAN: Duration = Duration::from_hours(1);

/// If fewer rows than this fit, the axis uses lower lanes.
const ROWS_BESIDE: f32 = 6.0;

/// Maximum number of bars. More would merge into a solid area.
const MAX: usize = 30;

/// Number of tokens named to screen readers. The table below names all.
const MAX_NAMED: usize = 5;

/// Draws the tokens that expire first, and requests a frame for the moment at which one of their bars becomes a pixel shorter.
pub(super) fn show(
    ui: &mut Ui,
    workspace: &Workspace,
    live: &[&HeldToken],
    gutter: f32,
    screen: &Screen<'_>,
) {
    let now = screen.now.boot;
    let sentence = sentence(live, screen);
    let part = |ahead: Duration| ahead.div_duration_f32(SPAN);
    let zones = [
        (part(WARNING_FROM), CountdownPhase::Warning),
        (part(URGENT_FROM), CountdownPhase::Urgent),
    ];
    let ticks = [
        (0.0, "Now"),
        (part(WARNING_FROM), "10 min"),
        (0.5, "30 min"),
        (1.0, "60 min"),
    ];
    let rows = theme::rows(ui.ctx()).token;
    let lanes = TimeLanes {
        sentence: &sentence,
        gutter,
        zones: &zones,
        ticks: &ticks,
        is_low: ui.available_height() < ROWS_BESIDE * rows,
    };
    let axis = TimeAxis::new(SPAN, lanes.pixels(ui));
    let shown = &live[..live.len().min(MAX)];
    let names: Vec<String> = shown.iter().map(|held| name(held, screen)).collect();
    let bars: Vec<TimeBar<'_>> = shown
        .iter()
        .zip(&names)
        .map(|(held, name)| TimeBar {
            name,
            pixels: axis.pixel(held.token.remaining(now)),
            look: held.countdown(now).phase,
            is_selected: workspace.selected == Some(held.token.business),
        })
        .collect();
    lanes.show(ui, &bars);
    let moves = |held: &&HeldToken| axis.changes_in(held.token.remaining(now));
    if let Some(next) = shown.iter().filter_map(moves).min() {
        ui.ctx().request_repaint_after(next);
    }
}

fn name(held: &HeldToken, screen: &Screen<'_>) -> String {
    let name = words::named(held.token.business, held.name.as_ref(), screen.state.share).0;
    let left = held.token.remaining(screen.now.boot);
    if left <= SPAN {
        return name.into_owned();
    }
    // The bar ends with the axis, but the token lives longer.
    format!("{name} · {}", minutes(left.as_secs() / 60))
}

/// "2 live tokens. Acme Ltd: 6 min left. Zebra Zoo: 42 min left." In whole minutes, so that screen readers do not read it every second.
fn sentence(live: &[&HeldToken], screen: &Screen<'_>) -> String {
    let now = screen.now.boot;
    let mut said = words::counted(live.len() as u64, "live token.", "live tokens.");
    for held in live.iter().take(MAX_NAMED) {
        let name = words::named(held.token.business, held.name.as_ref(), screen.state.share).0;
        let left = held.token.remaining(now);
        let left = match Countdown::read(left, Duration::ZERO).phase {
            CountdownPhase::Urgent => "less than 2 min".to_owned(),
            CountdownPhase::Calm | CountdownPhase::Warning | CountdownPhase::Over => {
                minutes(left.as_secs() / 60)
            }
        };
        said.push_str(&format!(" {name}: {left} left."));
    }
    match live.len().saturating_sub(MAX_NAMED) {
        0 => {}
        more => said.push_str(&later(more)),
    }
    said
}

fn later(more: usize) -> String {
    format!(
        " {} later.",
        words::counted(more as u64, "more ends", "more end")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_token_ends_later() {
        assert_eq!(later(1), " 1 more ends later.");
        assert_eq!(later(2), " 2 more end later.");
    }
}
