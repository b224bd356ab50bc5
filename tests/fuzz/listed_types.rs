//! Entity types learned from a server's rejection.

use thred_console::domain::draft::{LearnedTypes, read_listed_types};

use crate::input::{assert_plain, fuzz_text};

#[test]
fn listed_types() {
    fuzz_text(
        "listed_types",
        &["Valid options:", " country ", "), ", " (", "(", "…", "..."],
        |text| {
            let Some(listed) = read_listed_types(text) else {
                return false;
            };
            assert!((1..=500).contains(&listed.options.len()));
            for option in &listed.options {
                assert_plain(&option.code);
                assert_plain(&option.label);
                assert!(!option.code.is_empty() && !option.code.contains(char::is_whitespace));
                assert!(option.label.chars().count() <= 201);
            }
            assert!(listed.country.as_ref().is_none_or(|code| code.len() == 2));
            // It is the same after saving and loading.
            let mut learned_types = LearnedTypes::default();
            assert!(learned_types.learn(listed.clone(), "GB"));
            assert!(!learned_types.learn(listed, "GB"), "nothing new");
            let written = serde_json::to_string(&learned_types).unwrap();
            assert_eq!(
                serde_json::from_str::<LearnedTypes>(&written).unwrap(),
                learned_types
            );
            true
        },
    );
}
