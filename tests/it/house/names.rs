//! Checks that no two types share a name, so that a search for a name finds one type.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use super::{is_for_tests, rust_files};

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

/// The types that a file declares, other than those of its tests and traits.
fn types(text: &str) -> Vec<String> {
    let trees: Vec<_> = text.parse::<TokenStream>().unwrap().into_iter().collect();
    let declares = |tree: &TokenTree| {
        let words = ["struct", "enum", "trait", "union", "type"];
        words.contains(&tree.to_string().as_str())
    };
    let pairs = trees.windows(2).filter(|pair| declares(&pair[0]));
    pairs.map(|pair| pair[1].to_string()).collect()
}
