//! Measures, all in points (px at scale 1) on a 4 px grid.

/// Distances between things.
pub mod space {
    /// Icon and its word in pills and tags; label and its field.
    pub const XS: f32 = 4.0;
    /// Field and its message, icon and word in the status bar.
    pub const SM: f32 = 6.0;
    /// Icon and its word, buttons side by side.
    pub const S: f32 = 8.0;
    /// Inside of a card, fields of the sign-in form.
    pub const M: f32 = 12.0;
    /// Page gutter, field and the next label.
    pub const L: f32 = 16.0;
    /// Steps of the assistant.
    pub const XL: f32 = 20.0;
    /// Inside of a dialog and of the sign-in card.
    pub const XXL: f32 = 24.0;
    /// Sides of the assistant's page.
    pub const XXXL: f32 = 32.0;
}

/// Corner radii.
pub mod radius {
    /// Chip, tag, key hint, menu row.
    pub const SMALL: u8 = 4;
    /// Button, field, navigation row, environment chip.
    pub const CONTROL: u8 = 6;
    /// Card, menu, toast.
    pub const CARD: u8 = 8;
    /// Pill, app mark.
    pub const PILL: u8 = 10;
    /// Dialog, palette, sign-in card.
    pub const DIALOG: u8 = 12;
}

/// Stroke widths.
pub mod stroke {
    /// Every edge and divider.
    pub const EDGE: f32 = 1.0;
    /// Focus ring, bar of the selected row, underline of a tab or tile.
    pub const BAR: f32 = 2.0;
    /// Free room between a control and its focus ring.
    pub const FOCUS_GAP: f32 = 1.0;
}

/// Heights of controls.
pub mod height {
    /// Sign-in fields and buttons.
    pub const LARGE: f32 = 36.0;
    /// Ordinary buttons and fields, navigation rows, choices, menu rows, tabs.
    pub const NORMAL: f32 = 32.0;
    /// Buttons in rows, toasts and the band.
    pub const SMALL: f32 = 28.0;
    /// Environment chip.
    pub const ENV_CHIP: f32 = 24.0;
    /// Filter chip, status-bar button.
    pub const CHIP: f32 = 22.0;
    /// Pill and tag.
    pub const PILL: f32 = 20.0;
    /// Progress bar.
    pub const BAR: f32 = 2.0;
    /// Banner under the band.
    pub const BANNER: f32 = 40.0;
    /// Foot of a page that has a next step.
    pub const FOOT: f32 = 60.0;
    /// Filter bar and other bars on top of a page.
    pub const TOOLBAR: f32 = 48.0;
}

/// Heights of rows.
pub mod row {
    /// Table row, comfortable; also rows of the sign-in list and the palette.
    pub const COMFORTABLE: f32 = 36.0;
    /// Table row, compact.
    pub const COMPACT: f32 = 28.0;
    /// A name with a line below it.
    pub const TWO_LINES: f32 = 52.0;
    /// Row of the tokens list, comfortable.
    pub const TOKEN: f32 = 56.0;
    /// Row of the tokens list, compact.
    pub const TOKEN_COMPACT: f32 = 48.0;
    /// Menu row.
    pub const MENU: f32 = 32.0;
    /// Key and value, comfortable.
    pub const KEY_VALUE: f32 = 28.0;
    /// Key and value, compact.
    pub const KEY_VALUE_COMPACT: f32 = 24.0;
    /// Table head.
    pub const HEAD: f32 = 28.0;
}

/// Sizes of icons and rings.
pub mod icon {
    /// Inside pills, tags and chips.
    pub const TINY: f32 = 12.0;
    /// Copy icon of a key-value row.
    pub const SMALL: f32 = 14.0;
    /// Everywhere else.
    pub const NORMAL: f32 = 16.0;
    /// Heads of dialogs.
    pub const LARGE: f32 = 20.0;
    /// Empty states and the app mark.
    pub const HUGE: f32 = 24.0;
    /// Smallest target for a pointer.
    pub const TARGET: f32 = 24.0;
}

/// Fixed parts of the window.
pub mod layout {
    /// Height of the environment band.
    pub const BAND: f32 = 40.0;
    /// Width of the navigation.
    pub const NAV: f32 = 176.0;
    /// Width of the navigation in a small window.
    pub const NAV_RAIL: f32 = 48.0;
    /// Height of the status bar.
    pub const STATUS: f32 = 28.0;
    /// From this width on, what fills no page stands in its middle.
    pub const WIDE: f32 = 1600.0;
    /// Width of the detail pane.
    pub const DETAIL: f32 = 360.0;
    /// The same in a window that is as wide as [`VERY_WIDE`].
    pub const DETAIL_WIDE: f32 = 440.0;
    /// From here on there is room for a wider pane.
    pub const VERY_WIDE: f32 = 1800.0;
    /// Smallest width of the detail pane, also its width in a small window.
    pub const DETAIL_MIN: f32 = 304.0;
    /// Largest width of the detail pane.
    pub const DETAIL_MAX: f32 = 480.0;
    /// A pane lower than this scrolls as a whole.
    pub const PANE_SHORT: f32 = 400.0;
    /// Windows narrower than this use the rail and the narrow pane.
    pub const NARROW: f32 = 1000.0;
    /// Windows lower than this have no room to spare.
    pub const SHORT: f32 = 680.0;
    /// Lower still, as a small window at a large scale is.
    pub const LOW: f32 = 480.0;
    /// Narrower still, as a small window at a large scale is: what says least leaves the status bar.
    pub const TIGHT: f32 = 760.0;
    /// Page gutter.
    pub const GUTTER: f32 = 16.0;
    /// Page gutter in a small window.
    pub const GUTTER_NARROW: f32 = 12.0;
    /// Search box in the band, and the same in a small window.
    pub const SEARCH: f32 = 264.0;
    /// Search box in the band of a small window.
    pub const SEARCH_NARROW: f32 = 200.0;
    /// Width of the sign-in column.
    pub const SIGN_IN: f32 = 480.0;
    /// Window of a second start, which has one thing to say.
    pub const NOTICE: [f32; 2] = [520.0, 320.0];
    /// Width of a toast.
    pub const TOAST: f32 = 376.0;
    /// The same where a pane leaves less room.
    pub const TOAST_LEAST: f32 = 240.0;
    /// Label column of a key-value row.
    pub const KEY: f32 = 112.0;
    /// Label column of a row in a dialog.
    pub const KEY_WIDE: f32 = 136.0;
    /// Column of names and versions in the list of licences.
    pub const SOFTWARE: f32 = 300.0;
    /// Label column of a key-value row in a small window.
    pub const KEY_NARROW: f32 = 96.0;
    /// Smallest size of the window.
    pub const WINDOW_MIN: [f32; 2] = [900.0, 600.0];
    /// Size of the window on the first start.
    pub const WINDOW: [f32; 2] = [1280.0, 800.0];
    /// Widest column of settings.
    pub const SETTINGS: f32 = 760.0;
    /// Width of the steps column of the assistant.
    pub const STEPS: f32 = 264.0;
}

/// Widths and heights of dialogs.
pub mod dialog {
    /// A question with one or two answers.
    pub const SMALL: f32 = 480.0;
    /// New business, command palette.
    pub const NORMAL: f32 = 640.0;
    /// What a dialog of that width has for its foot; with less, what says least leaves it.
    pub const FOOT_WIDE: f32 = 560.0;
    /// Differences of a business that existed already.
    pub const WIDE: f32 = 720.0;
    /// Two columns of keys and their meaning.
    pub const WIDEST: f32 = 960.0;
    /// Height of the head.
    pub const HEAD: f32 = 56.0;
    /// Height of the foot.
    pub const FOOT: f32 = 60.0;
    /// Free room between the band and the top of a dialog.
    pub const TOP: f32 = 28.0;
    /// The same for the palette and the differences.
    pub const TOP_LOW: f32 = 64.0;
}

/// The sign-in page.
pub mod sign_in {
    /// From the mark to the demo line while nothing is wrong; the page is centred as if it were
    /// always so high, so that a message moves nothing above it.
    pub const USUAL_HEIGHT: f32 = 640.0;
    /// The same where room is short: closer together, and without the sentence.
    pub const SHORT_HEIGHT: f32 = 556.0;
    /// What is in the card then, without the padding.
    pub const USUAL_CARD: f32 = 360.0;
    /// Room has to be left over by so much before what was moved together is moved apart again.
    pub const SLACK: f32 = 40.0;
}

/// Usual widths of table columns, the 12 px of free room at their right included.
pub mod column {
    /// Name of a field that differs.
    pub const DIFFERENCE: f32 = 156.0;
    /// The name gives up room to the others down to this.
    pub const NAME_MIN: f32 = 200.0;
    /// And takes no more than this in a wide window.
    pub const NAME_MOST: f32 = 420.0;
    /// The room of a table in a window that is 1600 px wide.
    pub const WIDE: f32 = 1392.0;
    /// Two letters.
    pub const COUNTRY: f32 = 64.0;
    /// The partner's id where room is short.
    pub const EXTERNAL_ID_TIGHT: f32 = 136.0;
    /// A ring, the time left and the end, on the page of tokens.
    pub const TIME_LEFT: f32 = 136.0;
    /// A format.
    pub const FORMAT: f32 = 112.0;
    /// The stub of a token.
    pub const STUB: f32 = 92.0;
    /// A line number of a file.
    pub const LINE: f32 = 56.0;
    /// What became of a row of a file.
    pub const OUTCOME: f32 = 132.0;
    /// The legal name in a row of a file.
    pub const LEGAL_NAME: f32 = 240.0;
    /// The legal name in a row of a file gives up room to the reason down to this.
    pub const LEGAL_NAME_MIN: f32 = 120.0;
    /// Why a row of a file comes to its outcome: a short sentence.
    pub const REASON: f32 = 360.0;
    /// How many rows of a column are filled.
    pub const FILLED: f32 = 112.0;
    /// What a column is used for.
    pub const TARGET: f32 = 216.0;
    /// What can be done about a kind of damage in a file.
    pub const REMEDY: f32 = 240.0;
    /// A time of day, in the history.
    pub const TIME: f32 = 72.0;
    /// What was done, with its icon.
    pub const ACTION: f32 = 152.0;
    /// A format and a fingerprint, or how many.
    pub const DETAILS: f32 = 220.0;
    /// The format alone, in a small window at a large scale: the foot has the fingerprint.
    pub const DETAILS_TIGHT: f32 = 140.0;
    /// An environment and a partner.
    pub const PROFILE: f32 = 168.0;
    /// How it went, and why not.
    pub const RESULT: f32 = 176.0;
    /// The same in a small window: the foot has it whole.
    pub const RESULT_NARROW: f32 = 112.0;
    /// Copy, renew and forget.
    pub const TOKEN_ACTIONS: f32 = 184.0;
}
