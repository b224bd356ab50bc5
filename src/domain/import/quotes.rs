//! Finds the quoted cell that swallows the rest of a file, which a CSV reader takes in silence.

use memchr::{memchr, memchr_iter};

/// The line, counted from 1, in which a quoted cell begins that has no proper end.
///
/// A quote opens a cell only where the cell begins, as for the reader that follows. A cell that
/// runs over several lines and whose closing quote has text right behind it counts as well: that
/// quote was to open a later cell, and one before it is missing.
pub(super) fn open_quote(text: &str, delimiter: u8) -> Option<u64> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut line = 1_u64;
    let mut at_cell_start = true;
    while at < bytes.len() {
        match bytes[at] {
            b'"' if at_cell_start => {
                let end = closing_quote(bytes, at + 1);
                let Some(end) = end else {
                    return Some(line);
                };
                let lines = memchr_iter(b'\n', &bytes[at..end]).count() as u64;
                let after = bytes.get(end + 1);
                let is_proper = after.is_none_or(|b| *b == delimiter || matches!(b, b'\n' | b'\r'));
                if lines > 0 && !is_proper {
                    return Some(line);
                }
                line += lines;
                at = end + 1;
                at_cell_start = false;
            }
            b'\n' => {
                line += 1;
                at_cell_start = true;
                at += 1;
            }
            byte => {
                at_cell_start = byte == delimiter || byte == b'\r';
                at += 1;
            }
        }
    }
    None
}

/// The quote that closes a cell: the first one from here that is not doubled.
fn closing_quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr(b'"', &bytes[at..])?;
        if bytes.get(at + 1) == Some(&b'"') {
            at += 2;
        } else {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_line_of_the_open_quote_is_named() {
        assert_eq!(open_quote("a,b\n\"x\",\"y\ny\"\n", b','), None);
        assert_eq!(open_quote("a,b\n1,\"x\n2,y\n3,z\n", b','), Some(2));
        assert_eq!(open_quote("a\n\"x\ny\"\n\"z\n", b','), Some(4));
        // The quotes pair up wrongly from line 2 on.
        assert_eq!(open_quote("a,b\n1,\"x\n2,\"y\"\n", b','), Some(2));
        // Inside a cell a quote is just a character.
        assert_eq!(open_quote("a,b\n5\" pipe,2\n", b','), None);
        assert_eq!(open_quote("\"a\"b,c\n", b','), None);
        assert_eq!(open_quote("\"a\"\"\n", b','), Some(1));
        assert_eq!(open_quote("", b','), None);
    }

    proptest! {
        /// What the reader makes of a text agrees: after a closed file a further row stands alone.
        #[test]
        fn it_agrees_with_the_reader(text in "[ab,\"\n]{0,40}") {
            let followed = format!("{text}\nend");
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(followed.as_bytes());
            let last = reader.records().map(Result::unwrap).last().unwrap();
            let stands_alone = last.len() == 1 && &last[0] == "end";
            if open_quote(&text, b',').is_none() {
                prop_assert!(stands_alone, "{last:?}");
            } else if !stands_alone {
                prop_assert!(open_quote(&followed, b',').is_some());
            }
        }
    }
}
