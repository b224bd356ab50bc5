//! The dialogs above a page.

use egui::{Context, Id, Key, Ui, UiBuilder, vec2};

use super::dialog::Dialog;
use super::import::{DefaultsForm, RowCorrection};
use super::licences::Licences;
use super::pick_list::PickList;
use super::profiles::{Rename, remove, switcher};
use super::question::Question;
use super::{Screen, help, words};
use crate::domain::business::BusinessId;
use crate::domain::key_source::KeySource;
use crate::domain::profile::Profile;
use crate::domain::text::excerpt;
use crate::domain::token::TokenFormat;
use crate::state::AppState;
use crate::state::create::messages::EditCommand;
use crate::state::import::messages::ImportCommand;
use crate::state::import::open_file::file_of;
use crate::state::session::messages::SessionCommand;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{dialog, space};
use crate::widgets::{Button, Modal, ModalUi, Row, offer_focus};

/// An open dialog with its buffers.
pub(super) enum OpenDialog {
    Help,
    SignOut,
    ForgetAll,
    PickFormat(BusinessId),
    Archive(BusinessId),
    Defaults(DefaultsForm),
    DiscardImport { then_start: bool },
    CorrectRow(RowCorrection),
    SwitchProfile(PickList),
    RenameProfile(Rename),
    RemoveProfile(Profile),
    Licences(Licences),
}

impl OpenDialog {
    /// Fills the buffers. `None` if there is nothing to show any more.
    pub(super) fn new(dialog: Dialog, state: &AppState) -> Option<Self> {
        let file = || state.workspace()?.import.open();
        Some(match dialog {
            Dialog::Help => Self::Help,
            Dialog::SignOut => Self::SignOut,
            Dialog::ForgetAll => Self::ForgetAll,
            Dialog::PickFormat(business) => Self::PickFormat(business),
            Dialog::Archive(business) => Self::Archive(business),
            Dialog::Defaults => Self::Defaults(DefaultsForm::of(&file()?.mapping)),
            Dialog::DiscardImport { then_start } => Self::DiscardImport { then_start },
            Dialog::CorrectRow(verdict) => Self::CorrectRow(RowCorrection::of(file()?, &verdict)?),
            Dialog::SwitchProfile => Self::SwitchProfile(switcher::begin()),
            Dialog::RenameProfile(profile) => Self::RenameProfile(Rename::of(&profile, state)),
            Dialog::RemoveProfile(profile) => Self::RemoveProfile(profile),
            Dialog::Licences => Self::Licences(Licences::new()),
        })
    }
}

pub(super) fn show(open: &mut Option<OpenDialog>, ctx: &Context, screen: &mut Screen<'_>) {
    let Some(current) = open else {
        return;
    };
    let is_done = match current {
        OpenDialog::Help => {
            // Help is long, so it starts higher.
            let modal = Modal::new(Id::unique("dialog"), "Help").width(dialog::MAX_WIDTH);
            let shown = modal.show(ctx, |parts| help::show(parts, screen));
            shown.escape || shown.close_clicked
        }
        OpenDialog::PickFormat(business) => {
            let modal = Modal::new(Id::unique("dialog"), "Copy token as")
                .width(dialog::SMALL)
                .top(dialog::TOP_LOW);
            let shown = modal.show(ctx, |parts| pick_format(parts, *business, screen));
            shown.inner || shown.escape || shown.close_clicked
        }
        OpenDialog::SignOut => sign_out(ctx, screen),
        OpenDialog::ForgetAll => forget_all(ctx, screen),
        OpenDialog::Archive(business) => archive(ctx, *business, screen),
        OpenDialog::DiscardImport { then_start } => discard_import(ctx, *then_start, screen),
        OpenDialog::Defaults(defaults) => defaults.show(ctx, screen),
        OpenDialog::CorrectRow(correction) => correction.show(ctx, screen),
        OpenDialog::Licences(licences) => licences.show(ctx, screen),
        OpenDialog::SwitchProfile(list) => switcher::show(list, ctx, screen),
        OpenDialog::RenameProfile(rename) => rename.show(ctx, screen),
        OpenDialog::RemoveProfile(profile) => remove::show(ctx, profile, screen),
    };
    if is_done {
        *open = None;
    }
}

fn sign_out(ctx: &Context, screen: &mut Screen<'_>) -> bool {
    let open = screen.state.open();
    let source = open.map_or(&KeySource::Typed, |open| &open.source);
    let text = sign_out_text(source, screen.state.keychain.phrase());
    let yes = match open {
        Some(open) => format!("Sign out of {}", open.profile().environment.in_sentence()),
        None => "Sign out".to_owned(),
    };
    let question = Question {
        environment: open.map(|open| &open.profile().environment),
        ..destroying("Sign out?", &text, &yes)
    };
    question.confirm(ctx, SessionCommand::SignOut, screen)
}

/// What happens to the key and the tokens. `store` is the name of the system's keychain with its article.
fn sign_out_text(source: &KeySource, store: &str) -> String {
    let shared = "Tokens you have shared work until they expire.";
    match (source, source.keeps_phrase()) {
        (KeySource::Keychain, _) => format!(
            "The console removes the API key from {store} and forgets all tokens. {shared} The profile stays in the \
             list, without a key."
        ),
        (_, Some(keeps)) => {
            format!("{keeps} the key. The console forgets it and all tokens. {shared}")
        }
        (_, None) => format!(
            "The key is in memory only and will be lost. The console forgets all tokens. {shared}"
        ),
    }
}

fn forget_all(ctx: &Context, screen: &mut Screen<'_>) -> bool {
    let text = "The console forgets them but cannot revoke them. Each works until it expires.";
    let question = destroying("Forget all tokens?", text, "Forget all");
    question.confirm(ctx, TokenCommand::ForgetAll, screen)
}

fn archive(ctx: &Context, business: BusinessId, screen: &mut Screen<'_>) -> bool {
    let workspace = screen.state.workspace();
    let row = workspace.and_then(|workspace| workspace.list.businesses().get(business));
    let name = words::named(
        business,
        row.as_ref().and_then(|row| row.title()),
        screen.state.share,
    );
    let text = format!(
        "“{}” is a real business in Production. You can unarchive it later.",
        excerpt(&name.0, MAX_NAME_LEN)
    );
    let command = EditCommand::SetArchived {
        business,
        is_archived: true,
    };
    let question = Question {
        environment: workspace.map(|workspace| &workspace.profile.environment),
        ..destroying("Archive in Production?", &text, "Archive in Production")
    };
    question.confirm(ctx, command, screen)
}

fn discard_import(ctx: &Context, then_start: bool, screen: &mut Screen<'_>) -> bool {
    let Some(workspace) = screen.state.workspace() else {
        return true;
    };
    let Some(run) = workspace.import.unfinished() else {
        return true;
    };
    let head = &run.journal.head;
    let (_, name) = file_of(&run.journal);
    let total = words::counted(head.to_create as u64, "row", "rows");
    let left = run.left as u64;
    let are = if left == 1 { "is" } else { "are" };
    let mut text = format!(
        "{} of {total} of {name} {are} left. You won’t be able to resume. Businesses that were created stay.",
        words::count(left)
    );
    let corrected = head.corrections.rows();
    if corrected > 0 {
        let rows = words::counted(corrected as u64, "row", "rows");
        text.push_str(&format!(" Your corrections of {rows} are lost."));
    }
    let (title, yes, command) = match then_start {
        false => (
            "Discard the import?",
            "Discard import",
            ImportCommand::Discard,
        ),
        true => (
            "Discard the interrupted import?",
            "Discard and start",
            ImportCommand::DiscardAndStart,
        ),
    };
    if then_start {
        text.insert_str(
            0,
            "You can start this import only if you discard the interrupted one. ",
        );
    }
    let question = Question {
        environment: Some(&workspace.profile.environment),
        ..destroying(title, &text, yes)
    };
    question.confirm(ctx, command, screen)
}

/// Maximum length of a name in a sentence, in characters.
const MAX_NAME_LEN: usize = 80;

/// A question before something that cannot be undone.
fn destroying<'a>(title: &'a str, text: &'a str, yes: &'a str) -> Question<'a> {
    Question {
        id: "dialog",
        title,
        environment: None,
        paragraphs: vec![text],
        no: "Cancel",
        yes: Button::destructive(yes),
    }
}

fn pick_format(parts: &mut ModalUi<'_>, business: BusinessId, screen: &mut Screen<'_>) -> bool {
    let picked = parts.plain(|ui| {
        ui.add_space(space::XS);
        // Aligns the text of the rows with the title.
        let rows = ui.available_rect_before_wrap().shrink2(vec2(space::L, 0.0));
        let mut rows = ui.new_child(UiBuilder::new().max_rect(rows));
        let ui_below = ui;
        let ui = &mut rows;
        let by_key = number_pressed(ui);
        let mut picked = by_key;
        for (at, format) in TokenFormat::ALL.into_iter().enumerate() {
            let label = format!("{}  {}", at + 1, format.name());
            let row = Row::item(&label)
                .hint_mono(format.sample())
                .ticked(format == screen.state.saved.token_format)
                .show(ui);
            if at == 0 {
                offer_focus(&row);
            }
            if row.clicked() {
                picked = Some(format);
            }
        }
        ui.add_space(space::M);
        let used = ui.min_rect();
        ui_below.advance_cursor_after_rect(used);
        picked
    });
    if let Some(format) = picked {
        screen.send(TokenCommand::Copy {
            business,
            format: Some(format),
        });
    }
    picked.is_some()
}

fn number_pressed(ui: &Ui) -> Option<TokenFormat> {
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
    let at = ui.input(|input| keys.iter().position(|key| input.key_pressed(*key)))?;
    TokenFormat::ALL.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_out_says_where_the_key_stays() {
        let told = |source: KeySource| sign_out_text(&source, "the macOS Keychain");
        assert!(told(KeySource::Keychain).contains("removes the API key from the macOS Keychain"));
        let variables = told(KeySource::Variables);
        assert!(variables.starts_with("The environment variables keep the key."));
        assert!(told(KeySource::Typed).starts_with("The key is in memory only"));
    }
}
