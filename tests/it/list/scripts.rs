//! Names in scripts for which no font is installed. The window of the tests has the bundled fonts only, and a character
//! that none of them has ends the test where it is drawn.

use crate::support::{Console, Setup, business};

#[test]
fn a_name_that_no_font_can_draw_gives_way_to_the_external_id() {
    let mut setup = Setup::default();
    setup.businesses.push(business(7, "ไทย", "thai-7", "GB"));
    setup
        .businesses
        .push(business(8, "Café ไทย", "cafe-8", "GB"));
    let mut console = Console::signed_in(setup);
    // Once in the place of the name, once in its own column. A screen reader needs no font.
    assert_eq!(console.screen().matches("Label: thai-7").count(), 2);
    console.assert_shows("Row: ไทย, row");
    console.assert_shows("Some characters can’t be displayed");
    console.select("ไทย");
    console.wait_until("the details", |state| {
        state.workspace().unwrap().selected_detail().is_some()
    });
    console.copy_token();
    console.assert_shows("Token for thai-7 (Custom) copied");
    console.select("Café ไทย");
    console.assert_shows("Label: Café ไทย");
}
