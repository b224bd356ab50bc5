//! Sizes of individual widgets, in points (px at scale 1).

use egui::Margin;

/// Left and right padding of a small button.
pub const BUTTON_SMALL_PADDING: f32 = 10.0;
/// Padding of the format part of a split button: the average of 10 on the left and 8 on the right.
pub const BUTTON_FORMAT_PADDING: f32 = 9.0;
/// Default width of a menu.
pub const MENU_WIDTH: f32 = 168.0;
/// Left and right padding of a large field.
pub const FIELD_LARGE_PADDING: f32 = 10.0;
/// Radio button or check box.
pub const RADIO: f32 = 14.0;
/// Radius of the hole in a selected radio button.
pub const RADIO_HOLE: f32 = 3.0;
/// Corner radius of a check box.
pub const CHECK_RADIUS: u8 = 3;
/// Left padding of a choice.
pub const CHOICE_LEFT: f32 = 10.0;
/// Between radio button, icon and name in a list.
pub const RADIO_ROW_GAP: f32 = 10.0;
/// Left padding of a pill, including its border.
pub const PILL_LEFT: f32 = 5.0;
/// Right padding of a pill, including its border.
pub const PILL_RIGHT: f32 = 9.0;
/// Left and right padding of a tag, including its border.
pub const TAG_PADDING: f32 = 7.0;
/// The app's mark.
pub const APP_MARK: f32 = 40.0;
/// Maximum width of a filter chip's value; longer ones are truncated so that there is room for typing.
pub const CHIP_VALUE_MAX: f32 = 160.0;
/// Height of a row that expands the section below it.
pub const EXPANDER: f32 = 44.0;
/// A status dot.
pub const DOT: f32 = 8.0;
/// Border of a hollow status dot.
pub const DOT_STROKE: f32 = 1.5;
/// Maximum width of an empty state's text.
pub const EMPTY_WIDTH: f32 = 320.0;
/// Height and minimum width of a key hint and of a badge.
pub const KEY_HINT: f32 = 18.0;
/// From the right end of a key-value row to the centre of its copy icon.
pub const COPY_ICON_INSET: f32 = 13.0;
/// Dot that replaces a badge on the navigation rail.
pub const RAIL_DOT: f32 = 6.0;
/// Width of a switch.
pub const TOGGLE_WIDTH: f32 = 36.0;
/// Diameter of the knob of a switch.
pub const TOGGLE_KNOB: f32 = 12.0;
/// Minimum width of a setting's label beside its control; with less, the control moves below.
pub const SETTING_LABEL_MIN: f32 = 180.0;
/// A field for a number of a few digits, including its unit.
pub const NUMBER_FIELD: f32 = 96.0;
/// A field for an address.
pub const ADDRESS_FIELD: f32 = 320.0;
/// Height of a loading placeholder bar.
pub const SKELETON: f32 = 8.0;
/// Diameter of a step's circle.
pub const STEP_CIRCLE: f32 = 24.0;
/// From the top of a step's circle to that of the next.
pub const STEP: f32 = 60.0;
/// Maximum content width of an assistant step.
pub const ASSISTANT_WIDTH: f32 = 696.0;
/// Maximum paragraph width of an assistant step.
pub const ASSISTANT_TEXT: f32 = 560.0;
/// Height of a key card: a header and three rows.
pub const KEY_CARD: f32 = 138.0;
/// Minimum width at which two key cards stand side by side.
pub const KEY_CARDS_ABREAST: f32 = 560.0;
/// Height of the card of tiles.
pub const TILE: f32 = 74.0;
/// Opacity of the background of a hovered control on the band.
pub const HIGHLIGHT_ON_HUE: f32 = 0.18;
/// Width of the draggable column border in the table header.
pub const COLUMN_EDGE: f32 = 10.0;
/// Minimum width of a dragged column.
pub const COLUMN_MIN: f32 = 48.0;
/// Minimum width for a sentence; with less, only its icon is shown.
pub const SENTENCE_MIN: f32 = 120.0;
/// Content height of a toast with one line.
pub const TOAST_ONE_LINE: f32 = 28.0;
/// Content height of a toast with two lines.
pub const TOAST_TWO_LINES: f32 = 34.0;
/// Padding of a card.
pub const CARD_PADDING: i8 = 12;
/// Padding of the sign-in card.
pub const FLOATING_PADDING: i8 = 24;
/// Padding of a toast.
pub const TOAST_PADDING: i8 = 8;
/// Padding of a dialog's body.
pub const DIALOG_BODY: Margin = Margin {
    left: 24,
    right: 24,
    top: 4,
    bottom: 20,
};
/// Padding of a tooltip.
pub const TOOLTIP: Margin = Margin::symmetric(8, 4);
/// Diameter and stroke of the ring in a pill.
pub const RING_PILL: (f32, f32) = (12.0, 2.0);
/// Diameter and stroke of the ring in the token list.
pub const RING_ROW: (f32, f32) = (24.0, 3.0);
/// Diameter and stroke of the ring in the token card.
pub const RING_CARD: (f32, f32) = (44.0, 4.0);
/// Diameter and stroke of the ring in the token's side pane.
pub const RING_PANE: (f32, f32) = (56.0, 5.0);
/// Height of the palette's footer.
pub const PALETTE_FOOT: f32 = 36.0;
/// Height of a group name in the palette.
pub const PALETTE_GROUP: f32 = 28.0;

/// Minimum width for a filter's text beside its chips.
pub const FILTER_TEXT_MIN: f32 = 160.0;
/// Minimum width for a filter's chips and text beside the number of matches, which is left out otherwise.
pub const FILTER_TEXT_LEAST: f32 = 96.0;
/// Maximum width of the completion list.
pub const COMPLETIONS: f32 = 420.0;

/// Lane height of a bar with a name beside it.
pub const LANE: f32 = 20.0;
/// Minimum lane height when there are many bars.
pub const LANE_MIN: f32 = 4.0;
/// Lane height without names, when space is limited.
pub const LANE_LOW: f32 = 8.0;
/// Height of a bar in its lane.
pub const LANE_BAR: f32 = 6.0;
/// Width to the right of the axis for the name of a bar that reaches its end.
pub const LANE_NAME: f32 = 176.0;

/// Height of the day track that shows a key's age.
pub const TRACK: f32 = 6.0;
/// Height of a mark, which extends above and below the day track.
pub const TRACK_MARK: f32 = 14.0;

/// Height of the tallest bar in a column chart.
pub const CHART: f32 = 96.0;
/// Maximum bar width in a column chart.
pub const CHART_COLUMN_BAR: f32 = 40.0;
/// Height of a bar in a row chart.
pub const CHART_ROW_BAR: f32 = 8.0;
/// Distance of the gap from the end of a truncated bar.
pub const CHART_BREAK: f32 = 12.0;
/// Width of that gap.
pub const CHART_GAP: f32 = 3.0;
/// Maximum share of a row chart's width that its labels take.
pub const CHART_LABEL: f32 = 0.5;
