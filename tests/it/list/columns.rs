//! Resizing and moving columns with the pointer.

use egui::vec2;
use thred_console::state::list::ListColumn;

use crate::support::{Console, Setup};

fn order(console: &Console) -> Vec<ListColumn> {
    let columns = &console.workspace().layout.columns;
    columns.iter().map(|entry| entry.column).collect()
}

#[test]
fn an_edge_is_dragged_in_the_head_and_takes_no_click_from_a_row() {
    let mut console = Console::signed_in(Setup::default());
    let edge = console.rect_of("Status").left_center();
    console.drag(edge, edge + vec2(20.0, 0.0));
    let moved = console.rect_of("Status").left_center();
    assert!((moved.x - edge.x - 20.0).abs() < 1.0, "{edge:?} {moved:?}");
    console.until_saved();
    assert!(order(&console) == ListColumn::ALL, "nothing changes places");
    // Below the header, the same position belongs to a row.
    console.click_at(moved + vec2(0.0, 100.0));
    assert!(console.workspace().selected.is_some());
}

#[test]
fn a_head_is_dragged_to_another_place() {
    let mut console = Console::signed_in(Setup::default());
    let before = console.listed();
    let (from, to) = (console.rect_of("Status"), console.rect_of("Type"));
    console.drag(from.center(), to.left_center());
    let columns = order(&console);
    let place = |column| columns.iter().position(|it| *it == column).unwrap();
    assert_eq!(place(ListColumn::Status) + 1, place(ListColumn::Type));
    assert!(console.rect_of("Status").right() < console.rect_of("Type").left() + 13.0);
    assert_eq!(console.listed(), before, "it is not sorted by it");
    console.until_saved();
    let console = console.restart();
    assert_eq!(console.preferences().layouts.len(), 1);
}
