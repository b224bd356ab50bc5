//! Entity types learned from a server's rejection.

use thred_console::domain::draft::{LearnedTypes, read_lesson};

use crate::input::{assert_plain, fuzz_text};

#[test]
fn a_lesson() {
    fuzz_text(
        "lesson",
        &["Valid options:", " country ", "), ", " (", "(", "…", "..."],
        |text| {
            let Some(lesson) = read_lesson(text) else {
                return false;
            };
            assert!((1..=500).contains(&lesson.options.len()));
            for option in &lesson.options {
                assert_plain(&option.code);
                assert_plain(&option.label);
                assert!(!option.code.is_empty() && !option.code.contains(char::is_whitespace));
                assert!(option.label.chars().count() <= 201);
            }
            assert!(lesson.country.as_ref().is_none_or(|code| code.len() == 2));
            // It is the same after saving and loading.
            let mut learned_types = LearnedTypes::default();
            assert!(learned_types.learn(lesson.clone(), "GB"));
            assert!(!learned_types.learn(lesson, "GB"), "nothing new");
            let written = serde_json::to_string(&learned_types).unwrap();
            assert_eq!(
                serde_json::from_str::<LearnedTypes>(&written).unwrap(),
                learned_types
            );
            true
        },
    );
}
