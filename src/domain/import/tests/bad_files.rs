use super::*;

fn problem(bytes: &[u8]) -> String {
    let read = DecodedFile::open(bytes).and_then(|source| {
        let delimiter = Delimiter::detect(&source.text);
        Sheet::read(source.text, delimiter)
    });
    read.unwrap_err().to_string()
}

#[test]
fn files_without_a_table_are_refused_in_words() {
    assert!(problem(b"").starts_with("The file is empty"));
    assert!(problem(b"\n\n\r\n").starts_with("The file is empty"));
    assert!(problem(b",,\n , \n").starts_with("The file is empty"));
    assert!(problem(b"\xEF\xBB\xBF").starts_with("The file is empty"));
    assert!(problem(b"external_id,email\n,\n").contains("no rows"));
    assert!(problem(b"PK\x03\x04").contains("Excel workbook"));
}

#[test]
fn a_quote_that_never_closes_is_named_with_its_line() {
    let mut file = String::from("external_id,legal_name\n1,A\n\n2,\"B\n");
    for row in 3..5000 {
        file.push_str(&format!("{row},Name\n"));
    }
    let words = problem(file.as_bytes());
    assert!(
        words.contains("opens a cell in line 4 is never closed"),
        "{words}"
    );
}

#[test]
fn a_million_empty_rows_are_passed_over() {
    let mut file = String::from("external_id,legal_name\n");
    file.push_str(&",\n".repeat(500_000));
    file.push_str(&"\r\n".repeat(500_000));
    file.push_str("1,A\n");
    let sheet = sheet(file.as_bytes());
    assert_eq!(sheet.rows.len(), 1);
    assert_eq!(sheet.rows[0].line, 1_000_002);
    assert_eq!(sheet.empty_rows, 500_000);
}

#[test]
fn too_many_rows_or_columns_are_refused() {
    let rows = format!("external_id\n{}", "1\n".repeat(MAX_ROWS + 1));
    assert!(problem(rows.as_bytes()).contains("more than 100,000 rows"));
    let columns = format!("a,b\r1,2\r{}\r", "x,".repeat(MAX_COLUMNS + 1));
    assert!(problem(columns.as_bytes()).contains("Line 3 has more than 500 columns"));
}

#[test]
fn a_cell_that_no_field_takes_is_refused_with_its_place() {
    let file = format!(
        "external_id,legal_name\n1,A\n2,{}\n",
        "x".repeat(MAX_CELL_BYTES + 1)
    );
    let words = problem(file.as_bytes());
    assert!(words.starts_with("Line 3, column 2 has 66 kB"), "{words}");
    let header = format!("external_id,{}\n1,A\n", "x".repeat(5_000_000));
    assert!(problem(header.as_bytes()).starts_with("Line 1, column 2 has 5000 kB"));
}

#[test]
fn of_a_long_cell_only_the_start_is_shown() {
    let long = "x ".repeat(MAX_CELL_BYTES / 2 - 1);
    for column in 0..6 {
        let mut cells = ["1", "A", "FR", "sas", "a@b.example", "2026-01-01"];
        cells[column] = &long;
        let file = format!(
            "external_id,legal_name,country,entity_type,email,fiscal_year_end\n{}\n",
            cells.join(",")
        );
        let run = dry_run(&sheet(file.as_bytes()), &[]);
        let verdict = &run.verdicts[0];
        for text in [
            &verdict.external_id,
            &verdict.legal_name,
            &verdict.country,
            &verdict.reason(),
        ] {
            assert!(text.chars().count() < 1_000, "column {column}");
        }
    }
}

#[test]
fn rows_that_do_not_fit_the_header_are_noticed() {
    let head = "external_id,legal_name,country,entity_type,email,phone\n";
    let file = format!(
        "{head}1,Books, Maps,GB,limited,a@b.example,1\n2,B,FR,sas,b@b.example\n3,C,FR,sas,c@b.example,+33 1 23,,,\n"
    );
    let said = said(&file, &[]);
    assert!(
        said[0].starts_with("2 Invalid: 7 cells, but only 6 columns."),
        "{said:?}"
    );
    assert!(
        said[1].contains("3 Create: Note: external_id: The row has 5 of 6 cells"),
        "{said:?}"
    );
    assert_eq!(said[2], "4 Create: ");
}

#[test]
fn formulas_and_hidden_marks_are_never_silent() {
    let file = "external_id,legal_name,country,entity_type,email\n\
        =1+1,A,FR,sas,a@b.example\n\
        2,Acme\u{202E}dtL,FR,sas,a@b.example\n\
        3,'=HYPERLINK(0),FR,sas,a@b.example\n\
        4,\u{FFFD},FR,sas,a@b.example\n\
        5,#REF!,FR,sas,a@b.example\n";
    let said = said(file, &[]);
    for (line, words) in said.iter().zip([
        "2 Create: Note: external_id: Starts like a spreadsheet formula. It is sent as text: “=1+1”",
        "3 Create: Note: Legal name: Contains invisible characters: “Acme[U+202E]dtL”",
        "4 Create: Note: Legal name: Starts like a spreadsheet formula",
        "5 Create: Note: Legal name: Contains � where a character could not be read.",
        "6 Invalid: Legal name: The spreadsheet shows the error “#REF!” here",
    ]) {
        assert!(line.starts_with(words), "{line}");
    }
}

#[test]
fn spreadsheet_habits_are_understood() {
    let file = "sep=;\r\nexternal_id;name;country;type;e-mail;;\r\n1;A;FR;sas;a@b.example;;\r\n";
    assert_eq!(said(file, &[]), ["3 Create: "]);
    let utf16: Vec<u8> = "external_id\tname\tcountry\ttype\temail\n1\tÄ\tFR\tsas\ta@b.example\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let run = dry_run(&sheet(&utf16), &[]);
    assert_eq!(run.counts.create, 1);
    assert_eq!(run.verdicts[0].legal_name, "Ä");
}

#[test]
fn a_nul_byte_is_named_with_its_place() {
    let file = b"external_id,legal_name,country\nw-1,Old Mill,GB\nw-2,New\0 Mill,GB\n";
    let words = problem(file);
    assert!(
        words.starts_with("Line 3, column 2 contains a NUL byte"),
        "{words}"
    );
    assert!(problem(b"<html><table></table></html>").starts_with("This is an HTML table"));
}

#[test]
fn letters_that_are_unlikely_are_marked_and_counted() {
    let source = DecodedFile::open_as(
        b"external_id,legal_name\n1,M\x9Fller\n2,Plain\n3,Pe\x96a\n",
        Encoding::Windows1252,
    );
    let options = ReadOptions {
        encoding: Encoding::Windows1252,
        ..comma()
    };
    let mut reading = SheetReader::new(source.unwrap().text, &options);
    while !reading.step(1).unwrap().is_complete() {}
    let sheet = reading.finish().unwrap();
    let odd = OddLetters {
        cells: 2,
        sample: "M\u{178}ller".to_owned(),
    };
    assert_eq!(sheet.odd_letters, odd);
    let kinds = |row: &SheetRow, column| row.marks(column).collect::<Vec<_>>();
    assert_eq!(kinds(&sheet.rows[0], 1), [DamageKind::OddLetters]);
    assert_eq!(kinds(&sheet.rows[1], 1), []);
    assert_eq!(sheet.rows[2].text(1), "Pe–a");
}

/// Files in which every cell has damage around it once took more than ten times their size.
#[test]
fn marked_cells_take_little_more_memory_than_their_text() {
    let row = " \"a\",".repeat(MAX_COLUMNS);
    let file = format!("{}x\n", format!("{}\n", &row[..row.len() - 1]).repeat(20));
    let sheet = Sheet::read(file.as_str().into(), Delimiter::Comma).unwrap();
    let bytes: usize = sheet.rows.iter().map(SheetRow::heap_bytes).sum();
    assert!(
        bytes < 5 * file.len(),
        "{bytes} for {} bytes of text",
        file.len()
    );
}

/// Each of these once caused the rest of its cell, or of the file, to be scanned repeatedly.
#[test]
fn crafted_files_are_read_in_one_go() {
    let cell = "[U+".repeat(MAX_CELL_BYTES / 3);
    let rows = format!(
        "external_id,legal_name\n{}",
        format!("1,{cell}\n").repeat(60)
    );
    let sheet = sheet(rows.as_bytes());
    let run = dry_run(&sheet, &[]);
    assert_eq!(run.verdicts.len(), 60);
}
