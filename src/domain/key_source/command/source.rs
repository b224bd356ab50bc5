//! The settings of a command.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::form::{FieldComplaint, SourceField, SourceSpec, TypedSource, quoted};
use super::super::{FieldNames, SourceKind};
use super::{line, scrub, templates};
use crate::domain::text::visible;

pub(super) const COMMAND: &str = "command";

/// Display texts and form fields.
pub(in crate::domain::key_source) static SPEC: SourceSpec = SourceSpec {
    name: "Command",
    hint: "A password manager’s command line, or any program that prints the key.",
    fields: &[
        SourceField::needed(COMMAND, "Command", "op read op://Vault/Thred/api_key"),
        SourceField::KEY_NAME,
        SourceField::PARTNER_NAME,
    ],
    templates: &templates::TEMPLATES,
};

/// A program that prints the key, and its arguments. It runs without a shell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandSource {
    /// The line as typed.
    pub(super) line: String,
    /// Where the program was found. Stored as text; a path that is not valid text can neither be saved nor compared
    /// later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resolved: Option<String>,
    /// Names of the fields that hold key and partner.
    #[serde(default)]
    pub names: FieldNames,
}

impl CommandSource {
    pub(in crate::domain::key_source) fn read(
        typed: &TypedSource,
    ) -> Result<Self, Vec<FieldComplaint>> {
        let missing = typed.missing();
        if !missing.is_empty() {
            return Err(missing);
        }
        let line = typed.text(COMMAND);
        line::read(line).map_err(|text| {
            vec![FieldComplaint {
                field: COMMAND,
                text,
            }]
        })?;
        Ok(Self {
            line: line.to_owned(),
            resolved: None,
            names: typed.field_names(),
        })
    }

    pub(in crate::domain::key_source) fn typed(&self) -> TypedSource {
        TypedSource::blank(SourceKind::Command)
            .with(COMMAND, &self.line)
            .with_field_names(&self.names)
    }

    /// The file name of the program, without `.exe`.
    pub(in crate::domain::key_source) fn name(&self) -> String {
        let (program, _) = self.words();
        let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
        let bare = name
            .len()
            .checked_sub(4)
            .filter(|at| name.is_char_boundary(*at) && name[*at..].eq_ignore_ascii_case(".exe"))
            .map_or(name, |at| &name[..at]);
        visible(bare).into_owned()
    }

    /// The program, each argument in quotation marks, warnings, and the names of the fields.
    pub(in crate::domain::key_source) fn in_full(&self) -> Vec<(&'static str, String)> {
        let (program, arguments) = self.words();
        let program = self.resolved.as_ref().unwrap_or(&program);
        let mut all = vec![("Program", quoted(program))];
        let arguments = arguments.iter().map(|text| ("Argument", quoted(text)));
        all.extend(arguments);
        all.extend(self.warning().map(|warning| ("Warning", warning)));
        let fields = self.typed().in_full().into_iter();
        all.extend(fields.filter(|(label, _)| *label != SPEC.fields[0].label));
        all
    }

    /// The program as typed, which is a name to look up in `PATH` or an absolute path, and the arguments, passed to it unchanged. A line that is no
    /// command, because the settings file was edited, counts as a program without arguments. A relative path is not looked up.
    pub fn words(&self) -> (String, Vec<String>) {
        line::read(&self.line).unwrap_or_else(|_| (self.line.clone(), Vec::new()))
    }

    /// Where the program was found, if it has been looked up.
    pub fn resolved(&self) -> Option<&Path> {
        self.resolved.as_deref().map(Path::new)
    }

    /// Sets where the program was found. A path that is not valid text clears it.
    #[must_use]
    pub fn found_at(mut self, path: PathBuf) -> Self {
        self.resolved = path.into_os_string().into_string().ok();
        self
    }

    /// Names an argument that looks like a secret. Only a warning, because the name of a secret may look the same.
    pub fn warning(&self) -> Option<String> {
        let looks_secret = |argument: &String| {
            argument
                .split(['=', ':'])
                .any(|part| scrub::looks_random(part) && !is_uuid(part))
        };
        let (_, arguments) = self.words();
        let place = arguments.iter().position(looks_secret)?;
        Some(format!(
            "Argument {} looks like a secret. Arguments are saved in the settings file, and other programs on this \
             computer can see them.",
            place + 1
        ))
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}
