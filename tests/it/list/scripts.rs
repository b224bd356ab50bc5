//! Names in scripts for which no font is installed. The tests have only the bundled fonts, and drawing a character that
//! none of them has fails the test.

use crate::support::{Console, Setup, business};

#[test]
fn a_name_that_no_font_can_draw_gives_way_to_the_external_id() {
    let mut setup = Setup::default();
    setup.businesses.push(business(7, "ไทย", "thai-7", "GB"));
    setup
        .businesses
        .push(business(8, "Café ไทย", "cafe-8", "GB"));
    let mut console = Console::signed_in(setup);
    // Once in place of the name and once in its own column. Screen readers still get the name.
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
