//! Checks that no two types share a name, so that a search for a name finds one type.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{bare, is_for_tests, is_name, rust_files, without_tests, words};

#[test]
fn no_two_types_share_a_name() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in rust_files(&source) {
        let inside = file.strip_prefix(&source).unwrap();
        // A type of `windows.rs` may repeat one of the file for another system: only one of the two is compiled.
        if is_for_tests(inside) || inside.ends_with("windows.rs") {
            continue;
        }
        for name in types(&fs::read_to_string(&file).unwrap()) {
            let file = inside.display().to_string();
            files.entry(name).or_default().push(file);
        }
    }
    assert!(files.len() > 100, "the files were read");
    files.retain(|_, files| files.len() > 1);
    assert!(files.is_empty(), "{files:#?}");
}

#[test]
fn associated_types_and_those_of_tests_may_share_one() {
    let code = "struct A; pub enum B { A } impl Iterator for A {\n    type Item = u8;\n}\ntype C = \"struct D\"; // trait E\n#[cfg(test)]\nmod tests { struct A; }";
    assert_eq!(types(code), ["A", "B", "C"]);
}

/// The types that a file declares. `type` counts only at the start of a line; indented ones are associated types.
fn types(text: &str) -> Vec<String> {
    let code = without_tests(&bare(text));
    let mut found = Vec::new();
    for line in code.lines() {
        let is_indented = line.starts_with(' ');
        for pair in words(line).windows(2).filter(|pair| is_name(pair[1])) {
            let declares = match pair[0] {
                "struct" | "enum" | "trait" | "union" => true,
                "type" => !is_indented,
                _ => false,
            };
            found.extend(declares.then(|| pair[1].to_owned()));
        }
    }
    found
}
