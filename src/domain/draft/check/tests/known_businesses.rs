//! Findings about businesses that exist already.

use super::*;

struct OneBusiness(Business);

impl BusinessLookup for OneBusiness {
    fn with_external_id(&self, external_id: &str) -> Option<Business> {
        (external_id == "user-38804").then(|| self.0.clone())
    }

    fn with_id(&self, _: BusinessId) -> Option<Business> {
        None
    }

    fn with_folded_name(&self, folded: &str) -> Option<Business> {
        (folded == "harbour lane books ltd").then(|| self.0.clone())
    }

    fn loaded(&self) -> usize {
        1240
    }

    fn still_loading(&self) -> usize {
        1778
    }
}

#[test]
fn the_loaded_list_is_asked() {
    let known = OneBusiness(Business {
        external_id: Some("user-38804".into()),
        name: Some("Harbour\u{202E} Lane".into()),
        ..Business::unknown(BusinessId(Uuid::from_u128(1)))
    });
    let learned_types = LearnedTypes::default();
    let context = CheckContext {
        learned_types: &learned_types,
        known: &known,
    };
    let findings = check(&valid(), &context);
    let words: Vec<_> = findings
        .iter()
        .map(|f| (f.severity, f.message.as_str()))
        .collect();
    assert_eq!(
        words,
        [
            (
                Severity::Hint,
                "Not used by the 1,240 loaded businesses; 1,778 are still loading. If a business already has it, nothing changes."
            ),
            (
                Severity::Warning,
                "A business with this name already exists, under external_id user-38804."
            ),
        ]
    );
    let mut same = valid();
    same[Field::ExternalId] = "user-38804".into();
    let findings = check(&same, &context);
    assert_eq!(findings.len(), 1);
    assert_eq!(
        findings[0].message,
        "Already used by Harbour[U+202E] Lane. Creating would not change it."
    );
    assert!(!blocks(&findings));
}

#[test]
fn an_edit_judges_only_what_it_changes() {
    let learned_types = LearnedTypes::default();
    let mut stored = valid();
    stored[Field::Email] = String::new();
    stored[Field::EntityType] = "cic".into();
    let mut edited = stored.clone();
    edited[Field::Province] = "Kent".into();
    assert_eq!(check_changes(&stored, &edited, &learned_types), []);
    edited[Field::LegalName] = String::new();
    edited[Field::EntityType] = "gmbh".into();
    let findings = check_changes(&stored, &edited, &learned_types);
    let fields: Vec<_> = findings.iter().map(|f| f.field).collect();
    assert_eq!(fields, [Field::EntityType, Field::LegalName]);
}

#[test]
fn one_business_is_still_loading() {
    let said = free(1, 1);
    let start = "Not used by the 1 loaded business; 1 is still loading.";
    assert!(said.starts_with(start), "{said}");
}
