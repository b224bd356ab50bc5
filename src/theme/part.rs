//! Measures of single widgets, in points (px at scale 1).

use egui::Margin;

/// Sides of a small button.
pub const BUTTON_SMALL_PADDING: f32 = 10.0;
/// Sides of the format part of a split button: 10 at the left and 8 at the right, evened out.
pub const BUTTON_FORMAT_PADDING: f32 = 9.0;
/// A menu that needs no more.
pub const MENU_WIDTH: f32 = 168.0;
/// Sides of a large field.
pub const FIELD_LARGE_PADDING: f32 = 10.0;
/// A radio, and a box to tick.
pub const RADIO: f32 = 14.0;
/// Radius of the hole in a chosen radio.
pub const RADIO_HOLE: f32 = 3.0;
/// Corner of a box to tick.
pub const CHECK_RADIUS: u8 = 3;
/// Left side of a choice.
pub const CHOICE_LEFT: f32 = 10.0;
/// Between radio, icon and name in a list.
pub const RADIO_ROW_GAP: f32 = 10.0;
/// Left side of a pill, its edge included.
pub const PILL_LEFT: f32 = 5.0;
/// Right side of a pill, its edge included.
pub const PILL_RIGHT: f32 = 9.0;
/// Sides of a tag, its edge included.
pub const TAG_PADDING: f32 = 7.0;
/// The app's mark.
pub const APP_MARK: f32 = 40.0;
/// Longer values of a filter chip are cut, so that the field keeps room for typing.
pub const CHIP_VALUE_MAX: f32 = 160.0;
/// A row that opens what lies below it.
pub const FOLD: f32 = 44.0;
/// A status dot.
pub const DOT: f32 = 8.0;
/// Edge of a hollow status dot.
pub const DOT_STROKE: f32 = 1.5;
/// Widest grey line of an empty state.
pub const EMPTY_WIDTH: f32 = 320.0;
/// Height of a key hint, and its least width.
pub const KEY_HINT: f32 = 18.0;
/// From the right end of a key-value row to the middle of its copy icon.
pub const COPY_ICON_INSET: f32 = 13.0;
/// Dot that stands for a badge on the rail.
pub const RAIL_DOT: f32 = 6.0;
/// Height of a badge in the navigation.
pub const BADGE: f32 = 18.0;
/// Sides of a badge, its edge included.
pub const BADGE_PADDING: f32 = 5.0;
/// Width of a switch.
pub const TOGGLE_WIDTH: f32 = 36.0;
/// Diameter of the knob of a switch.
pub const TOGGLE_KNOB: f32 = 12.0;
/// A setting's words keep so much beside its control, else the control goes below.
pub const SETTING_LABEL_LEAST: f32 = 180.0;
/// A field for a number of a few digits, with its unit.
pub const NUMBER_FIELD: f32 = 96.0;
/// A field for an address.
pub const ADDRESS_FIELD: f32 = 320.0;
/// Height of a skeleton bar.
pub const SKELETON: f32 = 8.0;
/// Circle of a step.
pub const STEP_CIRCLE: f32 = 24.0;
/// A step, from the top of its circle to that of the next.
pub const STEP: f32 = 60.0;
/// Widest contents of a step of the assistant.
pub const ASSISTANT_WIDTH: f32 = 696.0;
/// Widest paragraph of a step of the assistant.
pub const ASSISTANT_TEXT: f32 = 560.0;
/// Card of a key: head and three rows.
pub const KEY_CARD: f32 = 138.0;
/// Two cards of keys stand side by side where there is so much room.
pub const KEY_CARDS_ABREAST: f32 = 560.0;
/// Height of the card of tiles.
pub const TILE: f32 = 74.0;
/// How much of its colour lies behind a control of the band that is under the pointer.
pub const LIT_ON_HUE: f32 = 0.18;
/// The edge of a column in the head, by which it is dragged.
pub const COLUMN_EDGE: f32 = 10.0;
/// A dragged column keeps at least this width.
pub const COLUMN_LEAST: f32 = 48.0;
/// With less room than this, a sentence is left out instead of cut.
pub const SENTENCE_LEAST: f32 = 120.0;
/// Inside of a toast with one line.
pub const TOAST_ONE_LINE: f32 = 28.0;
/// Inside of a toast with two lines.
pub const TOAST_TWO_LINES: f32 = 34.0;
/// Inside of a card.
pub const CARD_PADDING: i8 = 12;
/// Inside of the sign-in card.
pub const FLOATING_PADDING: i8 = 24;
/// Inside of a toast.
pub const TOAST_PADDING: i8 = 8;
/// Inside of a dialog's body.
pub const DIALOG_BODY: Margin = Margin {
    left: 24,
    right: 24,
    top: 4,
    bottom: 20,
};
/// Inside of a tooltip.
pub const TOOLTIP: Margin = Margin::symmetric(8, 4);
/// Diameter and stroke of the ring in a pill.
pub const RING_PILL: (f32, f32) = (12.0, 2.0);
/// Diameter and stroke of the ring in the tokens list.
pub const RING_ROW: (f32, f32) = (24.0, 3.0);
/// Diameter and stroke of the ring in the token card.
pub const RING_CARD: (f32, f32) = (44.0, 4.0);
/// Diameter and stroke of the ring in the pane of a token.
pub const RING_PANE: (f32, f32) = (56.0, 5.0);
/// Height of the input of the command palette.
pub const PALETTE_INPUT: f32 = 48.0;
/// Height of its foot.
pub const PALETTE_FOOT: f32 = 36.0;
/// Height of the name of a group in it.
pub const PALETTE_GROUP: f32 = 28.0;
/// Room for the environment's name in its input.
pub const PALETTE_PLACE: f32 = 112.0;

/// The text of a filter has at least so much room beside its chips.
pub const FILTER_TEXT_LEAST: f32 = 160.0;
/// The list that completes a term, at its widest.
pub const COMPLETIONS: f32 = 420.0;

/// Lane of a bar that has its name beside it.
pub const LANE: f32 = 20.0;
/// Lane of one bar of many.
pub const LANE_LEAST: f32 = 4.0;
/// Lane of a bar without a name where room is short.
pub const LANE_LOW: f32 = 8.0;
/// Height of a bar in its lane.
pub const LANE_BAR: f32 = 6.0;
/// Room behind the axis for the name of a bar that reaches its end.
pub const LANE_NAME: f32 = 176.0;

/// Height of the line of a key's days.
pub const TRACK: f32 = 6.0;
/// A mark on it, from above the line to below it.
pub const TRACK_MARK: f32 = 14.0;

/// Height of the tallest bar of a chart of columns.
pub const CHART: f32 = 96.0;
/// Widest bar of such a chart.
pub const CHART_COLUMN_BAR: f32 = 40.0;
/// Height of a bar in a chart of rows.
pub const CHART_ROW_BAR: f32 = 8.0;
/// How far from its end a bar that is cut has its gap.
pub const CHART_BREAK: f32 = 12.0;
/// Width of that gap.
pub const CHART_GAP: f32 = 3.0;
/// The part of a chart of rows that its labels take at most.
pub const CHART_LABEL: f32 = 0.5;
