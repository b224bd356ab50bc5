//! Recognises files of other types that are mistaken for a CSV file.

/// How many bytes are examined.
const EXAMINED_BYTES: usize = 64 << 10;

/// Up to this many control characters do not make a file binary. The reader reports the location of each.
const FEW_CONTROLS: usize = 3;

/// Names the file type, for those most often mistaken for CSV.
pub(super) fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const STARTS: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "an Excel workbook or another zip archive"),
        (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
        (b"%PDF", "a PDF document"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"SQLite format 3", "a database"),
        (b"{\\rtf", "a rich text document"),
    ];
    // Matched in any case, after blanks and a byte-order mark.
    const TAGS: [(&str, &str); 6] = [
        ("<!doctype html", HTML),
        ("<html", HTML),
        ("<table", HTML),
        ("<meta", HTML),
        ("<?xml", "an XML file, as some spreadsheets produce"),
        ("{\"", "a JSON file"),
    ];
    const HTML: &str = "an HTML table saved under a spreadsheet’s file name";
    let start = STARTS.iter().find(|(start, _)| bytes.starts_with(start));
    if let Some((_, what)) = start {
        return Some(*what);
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = text[..text.len().min(EXAMINED_BYTES)].trim_ascii_start();
    let tag = TAGS.iter().find(|(tag, _)| {
        let start = text.get(..tag.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    });
    tag.map(|(_, what)| *what)
}

/// Whether a text has too many control characters to be text. The reader reports the locations of a few.
pub(super) fn is_binary(text: &str) -> bool {
    let head = text.as_bytes();
    let head = &head[..head.len().min(EXAMINED_BYTES)];
    let controls = head
        .iter()
        .filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r'))
        .count();
    controls > FEW_CONTROLS && controls * 50 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_kinds_are_known_by_their_start() {
        let kind = |bytes: &[u8]| other_kind(bytes).unwrap_or_default();
        assert!(kind(b"PK\x03\x04rest").contains("Excel workbook"));
        assert!(kind(b"%PDF-1.7").contains("PDF"));
        for html in [
            "<html><body><table>",
            "\u{FEFF}\r\n <!DOCTYPE HTML>",
            "<TABLE border=1>",
        ] {
            assert!(kind(html.as_bytes()).contains("HTML table"), "{html}");
        }
        assert!(kind(b"<?xml version=\"1.0\"?>").contains("XML"));
        assert!(kind(b"{\"a\": 1}").contains("JSON"));
        assert_eq!(kind(b"external_id,legal_name\n"), "");
        assert_eq!(kind(b"<"), "");
    }

    #[test]
    fn many_controls_are_no_text_and_a_few_are_told_by_their_place() {
        assert!(is_binary("\u{1}\u{2}\u{3}\u{4}"));
        assert!(is_binary(&"ab\0".repeat(1000)));
        assert!(!is_binary("abc\0def,ghi"));
        assert!(!is_binary("a,b\r\n\tc\r\n"));
    }
}
