//! What a check finds in a field.

use super::super::Field;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The API rejects it. Nothing is sent until it is fixed.
    Wrong,
    /// Probably not intended, but it can be sent.
    Warning,
    /// Information only.
    Hint,
}

/// A message about a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFinding {
    pub field: Field,
    pub severity: Severity,
    /// Whether the field is merely empty, which the form reports only after the user left the field.
    pub is_missing: bool,
    /// One or two sentences. Quoted text has been made visible.
    pub message: String,
}

impl FieldFinding {
    pub(in crate::domain) fn new(
        field: Field,
        severity: Severity,
        message: impl Into<String>,
    ) -> Self {
        Self {
            field,
            severity,
            is_missing: false,
            message: message.into(),
        }
    }
}

/// Whether any finding prevents the draft from being sent.
pub fn blocks(findings: &[FieldFinding]) -> bool {
    findings.iter().any(|f| f.severity == Severity::Wrong)
}
