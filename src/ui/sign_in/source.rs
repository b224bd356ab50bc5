//! The form for a key that is fetched from an external source.

use egui::{Id, Key, Ui};
use secrecy::SecretString;
use zeroize::Zeroize as _;

use crate::domain::key_source::{
    ExternalSource, FieldComplaint, RememberedSource, SourceField, SourceKind, SourcePrompt,
    SourceTemplate, TypedSource,
};
use crate::theme::{self, Type, space};
use crate::widgets::{
    Message, Row, SecretField, Select, TextField, focus_on, paragraph, pick_from,
};

/// Buffers of the form.
#[derive(Default)]
pub(super) struct SourceForm {
    /// `None` while the key is entered by hand.
    typed: Option<TypedSource>,
    /// Answer to the key source's prompt.
    answer: String,
    complaints: Vec<FieldComplaint>,
    /// Values for a kind of source from environment variables, and the names of these variables.
    pub(super) offers: Vec<(TypedSource, Vec<&'static str>)>,
}

pub(super) fn answer_id() -> Id {
    Id::unique("sign-in source answer")
}

fn field_id(field: &str) -> Id {
    Id::unique(("sign-in source", field))
}

impl SourceForm {
    pub(super) fn is_open(&self) -> bool {
        self.typed.is_some()
    }

    /// Opens the form with the first kind that environment variables offer values for, otherwise with a command.
    pub(super) fn open(&mut self) {
        let offered = self
            .offers
            .iter()
            .find(|(_, variables)| !variables.is_empty());
        let kind = offered.map_or(SourceKind::Command, |(typed, _)| typed.kind());
        self.choose(kind);
    }

    /// Fills in a profile's source.
    pub(super) fn prefill(&mut self, remembered: Option<&RememberedSource>) {
        self.close();
        self.typed = remembered.map(|remembered| remembered.source.typed());
    }

    pub(super) fn close(&mut self) {
        self.typed = None;
        self.forget_answer();
        self.complaints.clear();
    }

    pub(super) fn forget_answer(&mut self) {
        self.answer.zeroize();
    }

    fn choose(&mut self, kind: SourceKind) {
        let offered = self.offers.iter().find(|(typed, _)| typed.kind() == kind);
        let blank = || TypedSource::blank(kind);
        self.typed = Some(offered.map_or_else(blank, |(typed, _)| typed.clone()));
        self.complaints.clear();
        self.forget_answer();
    }

    /// Names the environment variables that filled in the form.
    pub(super) fn filled_from(&self) -> Option<String> {
        let typed = self.typed.as_ref()?;
        let mut offers = self.offers.iter();
        let (_, variables) = offers.find(|(offered, _)| offered == typed)?;
        (!variables.is_empty()).then(|| format!("Filled in from {}.", variables.join(", ")))
    }

    fn prompt(&self) -> Option<SourcePrompt> {
        ExternalSource::read(self.typed.as_ref()?).ok()?.prompt()
    }

    /// The source to fetch the key from, and the answer to its prompt. If the input is invalid, shows complaints, focuses the first invalid field and returns `None`.
    pub(super) fn read(&mut self, ui: &Ui) -> Option<(ExternalSource, Option<SecretString>)> {
        let typed = self.typed.as_ref()?;
        self.complaints = typed.missing();
        let read = if self.complaints.is_empty() {
            ExternalSource::read(typed)
        } else {
            Err(self.complaints.clone())
        };
        match read {
            Ok(source) => {
                let is_asked = source.prompt().is_some() && !self.answer.is_empty();
                let answer = is_asked.then(|| SecretString::from(self.answer.as_str()));
                self.forget_answer();
                SecretField::wipe(ui.ctx(), answer_id());
                Some((source, answer))
            }
            Err(complaints) => {
                if let Some(first) = complaints.first() {
                    let id = field_id(first.field);
                    focus_on(ui.ctx(), id);
                }
                self.complaints = complaints;
                None
            }
        }
    }

    /// Draws the fields. Returns whether Enter was pressed in one of them.
    pub(super) fn show(&mut self, ui: &mut Ui, takes_focus: bool) -> bool {
        let Some(kind) = self.typed.as_ref().map(TypedSource::kind) else {
            return false;
        };
        let spec = kind.spec();
        let (_, picked) = Select::new("API key from", spec.name, "").show(ui, |ui| {
            pick_from(ui, SourceKind::ALL, |ui, other| {
                let row = Row::item(other.spec().name);
                row.ticked(*other == kind).show(ui)
            })
        });
        if let Some(other) = picked
            && other != kind
        {
            self.choose(other);
            return false;
        }
        ui.add_space(space::XS);
        let p = theme::palette(ui.ctx());
        paragraph(ui, Type::Small, p.muted, spec.hint);
        let mut has_left = false;
        if !spec.templates.is_empty() {
            ui.add_space(space::M);
            self.templates(ui, spec.templates);
        }
        let mut is_first = takes_focus;
        for field in spec.fields {
            let is_shown = self
                .typed
                .as_ref()
                .is_some_and(|typed| typed.is_shown(field));
            if is_shown {
                ui.add_space(space::M);
                has_left |= self.field(ui, field, is_first);
                is_first = false;
            }
        }
        if let Some(prompt) = self.prompt() {
            ui.add_space(space::M);
            let mut answer = SecretField::new(answer_id(), &prompt.label, &mut self.answer).large();
            if prompt.is_saved {
                answer = answer.label_hint("saved in the keychain");
            }
            has_left |= answer.show(ui).lost_focus();
        }
        has_left && ui.input(|input| input.key_pressed(Key::Enter))
    }

    fn templates(&mut self, ui: &mut Ui, templates: &'static [SourceTemplate]) {
        let (_, picked) = Select::new("Template", "Choose a tool…", "")
            .label_hint("optional")
            .show(ui, |ui| {
                pick_from(ui, templates, |ui, template| {
                    Row::item(template.name).show(ui)
                })
            });
        if let (Some(template), Some(typed)) = (picked, &self.typed) {
            self.typed = Some(typed.clone().with_template(template));
            self.complaints.clear();
        }
    }

    /// Draws a field. Returns whether it has lost the focus.
    fn field(&mut self, ui: &mut Ui, field: &SourceField, takes_focus: bool) -> bool {
        let mut complaints = self.complaints.iter();
        let complaint = complaints.find(|complaint| complaint.field == field.id);
        let complaint = complaint.map(|complaint| complaint.text.clone());
        let wrong = complaint.as_deref().map(Message::Wrong);
        let Some(typed) = &mut self.typed else {
            return false;
        };
        if !field.choices.is_empty() {
            let value = typed.text(field.id).to_owned();
            let named = |value: &str| {
                let mut choices = field.choices.iter();
                choices
                    .find(|(of, _)| *of == value)
                    .map_or("", |(_, name)| *name)
            };
            let select = Select::new(field.label, named(&value), "").message(wrong);
            let (_, picked) = select.show(ui, |ui| {
                pick_from(ui, field.choices, |ui, (of, name)| {
                    Row::item(name).ticked(*of == value).show(ui)
                })
            });
            if let (Some((value, _)), Some(buffer)) = (picked, typed.text_mut(field.id)) {
                *buffer = (*value).to_owned();
                // The answer belonged to a different prompt.
                self.forget_answer();
            }
            return false;
        }
        let Some(buffer) = typed.text_mut(field.id) else {
            return false;
        };
        let look_alike = field.look_alike(buffer);
        let mut text = TextField::new(field.label, buffer)
            .id(field_id(field.id))
            .placeholder(field.placeholder)
            .message(wrong.or(look_alike.as_deref().map(Message::Warning)))
            .mono()
            .large();
        if field.is_optional {
            text = text.label_hint("optional");
        }
        let response = text.show(ui);
        if takes_focus {
            focus_on(ui.ctx(), field_id(field.id));
        }
        if response.changed() {
            self.complaints
                .retain(|complaint| complaint.field != field.id);
        }
        response.lost_focus()
    }
}
