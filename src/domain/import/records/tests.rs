use proptest::prelude::*;

use super::super::effort::measured;
use super::*;

/// Line, cells and marks of a row.
type Cut = (u64, Vec<String>, Vec<CellMark>);

fn read_with(text: &str, repairs: &Repairs) -> Result<Vec<Cut>, FileProblem> {
    let mut reader = RecordReader::new(Delimiter::Comma, repairs, 0, 1);
    let mut row = CsvRecord::default();
    let mut rows = Vec::new();
    while reader.read(text, &mut row)? {
        let cells = (0..row.len).map(|column| row.cells.get(column).to_owned());
        rows.push((row.line, cells.collect(), row.marks.clone()));
    }
    Ok(rows)
}

fn read(text: &str) -> Vec<Cut> {
    read_with(text, &Repairs::default()).unwrap()
}

fn cells(text: &str) -> Vec<Vec<String>> {
    read(text).into_iter().map(|(_, cells, _)| cells).collect()
}

fn kinds(text: &str) -> Vec<(u16, DamageKind)> {
    let marks = read(text).into_iter().flat_map(|(_, _, marks)| marks);
    marks.map(|mark| (mark.column, mark.kind)).collect()
}

fn open_quote(text: &str) -> Option<u64> {
    match read_with(text, &Repairs::none()) {
        Err(FileProblem::OpenQuote { line }) => Some(line),
        Err(other) => panic!("{other}"),
        Ok(_) => None,
    }
}

#[test]
fn the_line_of_the_open_quote_is_named() {
    assert_eq!(open_quote("a,b\n\"x\",\"y\ny\"\n"), None);
    assert_eq!(open_quote("a,b\n1,\"x\n2,y\n3,z\n"), Some(2));
    assert_eq!(open_quote("a\r\"x\ry\"\r\n\"z\n"), Some(4));
    // Inside an unquoted cell, a quote is an ordinary character.
    assert_eq!(open_quote("a,b\n5\" pipe,2\n"), None);
    assert_eq!(open_quote("\"a\"b,c\n"), None);
    assert_eq!(open_quote("\"a\"\"\n"), Some(1));
    assert_eq!(open_quote(""), None);
}

#[test]
fn text_behind_a_cell_of_several_lines_is_named_with_its_place() {
    // From line 2 on, the quotes are paired wrongly.
    let problem = read_with("a,b\n1,\"x\n\n2,\"y \"\n", &Repairs::default()).unwrap_err();
    assert_eq!(
        problem.to_string(),
        "The quotation mark that opens a cell in line 2 is closed in line 4, but “y \"” follows there. Close the \
         cell in line 2, or double the mark in line 4."
    );
}

#[test]
fn every_line_end_is_one() {
    for end in ["\n", "\r", "\r\n"] {
        for inner in ["\n", "\r", "\r\n"] {
            let text = format!("a,b{end}1,\"x{inner}y\"{end}{end}2,z{end}3,w");
            let lines: Vec<u64> = read(&text).into_iter().map(|(line, ..)| line).collect();
            assert_eq!(lines, [1, 2, 5, 6], "{text:?}");
        }
    }
    let lines: Vec<u64> = read("a\r\nb\rc\nd\n\re")
        .into_iter()
        .map(|(line, ..)| line)
        .collect();
    assert_eq!(lines, [1, 2, 3, 4, 6]);
}

#[test]
fn a_blank_before_a_quote_is_read_as_it_was_meant() {
    let text = "s-1, \"Old Mill, Ltd\", GB\n";
    assert_eq!(cells(text), [["s-1", "Old Mill, Ltd", " GB"]]);
    assert_eq!(kinds(text), [(1, DamageKind::BlankBeforeQuote)]);
    let kept = read_with(text, &Repairs::none()).unwrap().remove(0);
    assert_eq!(kept.1, ["s-1", " \"Old Mill", " Ltd\"", " GB"]);
    assert_eq!(kept.2[0].kind, DamageKind::BlankBeforeQuote);
    for blank in ["\u{A0}", "\u{2003}", "\u{202F}", " \u{3000}"] {
        let text = format!("s-1,{blank}\"Old Mill, Ltd\"{blank},GB\n");
        assert_eq!(cells(&text)[0].len(), 3, "{text:?}");
        assert_eq!(cells(&text)[0][1].trim(), "Old Mill, Ltd");
        assert_eq!(kinds(&text), [(1, DamageKind::BlankBeforeQuote)]);
    }
    // These quotes do not open a cell.
    for text in ["1, \"Old\" Mill,GB", "1, \"Old Mill,GB", "5 \"x\",GB"] {
        assert_eq!(kinds(text), [], "{text}");
    }
    assert_eq!(cells("1, \"Old\" Mill"), [["1", " \"Old\" Mill"]]);
}

#[test]
fn backslash_escapes_are_read_as_they_were_meant() {
    let text = "b-1,\"The \\\"Old, Mill\\\" Ltd\",GB\n";
    assert_eq!(cells(text), [["b-1", "The \"Old, Mill\" Ltd", "GB"]]);
    assert_eq!(kinds(text), [(1, DamageKind::BackslashEscape)]);
    let kept = read_with(text, &Repairs::none()).unwrap().remove(0);
    assert_eq!(kept.1, ["b-1", "The \\Old", " Mill\\\" Ltd\"", "GB"]);
    assert_eq!(kept.2[0].kind, DamageKind::BackslashEscape);
    assert_eq!(kinds("1,\"C:\\dir\\\",GB\n"), []);
}

#[test]
fn a_separator_between_curly_marks_is_part_of_the_cell() {
    let text = "s-5,“Harbour Books, Ltd” ,GB\n";
    assert_eq!(cells(text), [["s-5", "“Harbour Books, Ltd” ", "GB"]]);
    assert_eq!(kinds(text), [(1, DamageKind::SeparatorInCurlyQuotes)]);
    let cut = read_with(text, &Repairs::none()).unwrap().remove(0);
    assert_eq!(cut.1, ["s-5", "“Harbour Books", " Ltd” ", "GB"]);
    assert_eq!(cut.2[0].kind, DamageKind::SeparatorInCurlyQuotes);
    assert_eq!(kinds("s-5,“Harbour Books”,Ltd\n"), []);
}

#[test]
fn text_after_a_closing_quote_is_marked() {
    assert_eq!(cells("1,\"abc\"def,x"), [["1", "abcdef", "x"]]);
    assert_eq!(kinds("1,\"abc\"def,x"), [(1, DamageKind::TextAfterQuote)]);
    assert_eq!(kinds("1,\"abc\" ,x"), []);
}

#[test]
fn ninety_megabytes_of_commas_take_no_memory() {
    let text = format!("1,2\n{}\n3", ",".repeat(9_000_000));
    let mut reader = RecordReader::new(Delimiter::Comma, &Repairs::default(), 4, 2);
    let mut row = CsvRecord::default();
    assert!(reader.read(&text, &mut row).unwrap());
    assert_eq!((row.len, row.cells.iter().count()), (9_000_001, 0));
    assert!(row.is_blank());
    assert!(reader.read(&text, &mut row).unwrap());
    assert_eq!((row.line, row.cells.get(0)), (3, "3"));
}

#[test]
fn marks_around_nothing_take_no_memory_either() {
    let text = ", \"\"".repeat(10_000);
    let marks = read(&text).remove(0).2;
    assert_eq!(marks.len(), MAX_COLUMNS - 1);
}

#[test]
fn the_place_of_a_nul_byte_is_named() {
    let problem = read_with("a,b\r1,x\r2,\"y\0\"\r", &Repairs::default()).unwrap_err();
    assert_eq!(problem, FileProblem::NulByte { line: 3, column: 2 });
}

#[test]
fn a_long_cell_is_refused_before_it_is_copied() {
    let long = "x".repeat(MAX_CELL_BYTES + 1);
    for cell in [
        long.clone(),
        format!("\"{long}\""),
        format!("\"{long}\\\"x\""),
    ] {
        let problem = read_with(&format!("1\n2,{cell}"), &Repairs::default()).unwrap_err();
        assert!(
            matches!(
                problem,
                FileProblem::CellTooLong {
                    line: 2,
                    column: 2,
                    ..
                }
            ),
            "{problem}"
        );
    }
}

/// Cells that require looking ahead must not rescan the rest of the text each time.
#[test]
fn doubtful_quotes_are_read_in_one_go() {
    for piece in [
        " \"\"x,",
        " \"x,",
        "\"a\\\"b\",",
        "\"a\\\"\",",
        "\"C:\\\",x,",
        " \"\"\"x,",
        "\"a\\\"b,\"\",",
        "“x,",
        "„x,“",
    ] {
        for text in [format!("{piece}\n").repeat(5_000), piece.repeat(5_000)] {
            let bytes = measured(|| {
                // Only the effort matters here.
                let _ = read_with(&text, &Repairs::default());
            });
            let most = 6 * text.len();
            assert!(
                bytes <= most,
                "{bytes} of {} bytes of {piece:?}",
                text.len()
            );
        }
    }
}

proptest! {
    /// Without repairs, the cells are those of the csv crate whenever every quoted cell is closed.
    #[test]
    fn it_agrees_with_the_csv_crate(text in "[ab, \\\\\"\r\n\u{FEFF}]{0,40}") {
        // The crate strips a byte-order mark at the start.
        let text = format!("x{text}");
        let Ok(rows) = read_with(&text, &Repairs::none()) else {
            return Ok(());
        };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        let found: Vec<Vec<String>> = rows.into_iter().map(|(_, cells, _)| cells).collect();
        prop_assert_eq!(found, expected);
    }

    /// Line numbers match those of an editor.
    #[test]
    fn lines_are_counted_as_by_an_editor(text in "[ab,\r\n]{0,40}") {
        let one_kind = text.replace("\r\n", "\n").replace('\r', "\n");
        let with_text = one_kind.split('\n').zip(1_u64..).filter(|(line, _)| !line.is_empty());
        let expected: Vec<u64> = with_text.map(|(_, number)| number).collect();
        let found: Vec<u64> = read(&text).into_iter().map(|(line, ..)| line).collect();
        prop_assert_eq!(found, expected);
    }
}
