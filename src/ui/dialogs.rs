//! The dialogs above a page.

use egui::{Context, Id, Key, Ui, UiBuilder, vec2};

use super::import::{DefaultsForm, RowCorrection};
use super::licences::Licences;
use super::profiles::{DialogOutcome, ProfilesDialog};
use super::{Screen, help, words};
use crate::domain::business::BusinessId;
use crate::domain::key_source::KeySource;
use crate::domain::text::excerpt;
use crate::domain::token::TokenFormat;
use crate::state::command::Command;
use crate::state::create::messages::EditCommand;
use crate::state::session::messages::SessionCommand;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{self, Type, dialog, space};
use crate::widgets::{Button, MenuRow, Modal, ModalUi, at_end, offer_focus, paragraph};

pub(super) enum Dialog {
    /// All shortcuts.
    Help,
    /// Confirmation before signing out.
    SignOut,
    /// Confirmation before forgetting all tokens.
    ForgetAll,
    /// The format in which to copy the token of this business.
    PickFormat(BusinessId),
    /// Confirmation before archiving this business in Production.
    Archive(BusinessId),
    /// Default values for empty cells of an import file.
    Defaults(DefaultsForm),
    /// Corrected cells for a row of an import file.
    CorrectRow(RowCorrection),
    Profiles(ProfilesDialog),
    /// Licences of the software in the program.
    Licences(Licences),
}

pub(super) fn show(open: &mut Option<Dialog>, ctx: &Context, screen: &mut Screen<'_>) {
    let Some(current) = open else {
        return;
    };
    let (title, width) = match current {
        Dialog::Help => ("Help", dialog::MAX_WIDTH),
        Dialog::SignOut => ("Sign out?", dialog::SMALL),
        Dialog::ForgetAll => ("Forget all tokens?", dialog::SMALL),
        Dialog::PickFormat(_) => ("Copy token as", dialog::SMALL),
        Dialog::Archive(_) => ("Archive in Production?", dialog::SMALL),
        Dialog::Defaults(defaults) => {
            if defaults.show(ctx, screen) {
                *open = None;
            }
            return;
        }
        Dialog::CorrectRow(correction) => {
            if correction.show(ctx, screen) {
                *open = None;
            }
            return;
        }
        Dialog::Licences(licences) => {
            if licences.show(ctx, screen) {
                *open = None;
            }
            return;
        }
        Dialog::Profiles(profiles) => {
            match profiles.show(ctx, screen) {
                DialogOutcome::Stay => {}
                DialogOutcome::Close => *open = None,
                DialogOutcome::Open(dialog) => *open = Some(dialog),
            }
            return;
        }
    };
    // Help is long, so it starts higher.
    let top = match current {
        Dialog::Help => dialog::TOP,
        _ => dialog::TOP_LOW,
    };
    let mut modal = Modal::new(Id::unique("dialog"), title)
        .width(width)
        .top(top);
    if let (Dialog::SignOut | Dialog::Archive(_), Some(workspace)) =
        (&current, screen.state.workspace())
    {
        let environment = &workspace.profile.environment;
        modal = modal.chip(words::hue(environment), environment.called());
    }
    let shown = modal.show(ctx, |parts| match current {
        Dialog::Help => {
            help::show(parts, screen);
            false
        }
        Dialog::SignOut => sign_out(parts, screen),
        Dialog::ForgetAll => forget_all(parts, screen),
        Dialog::PickFormat(business) => pick_format(parts, *business, screen),
        Dialog::Archive(business) => archive(parts, *business, screen),
        // Already drawn above.
        Dialog::Profiles(_) | Dialog::Defaults(_) | Dialog::CorrectRow(_) | Dialog::Licences(_) => {
            false
        }
    });
    if shown.inner || shown.escape || shown.close_clicked {
        *open = None;
    }
}

fn sign_out(parts: &mut ModalUi<'_>, screen: &mut Screen<'_>) -> bool {
    let open = screen.state.open();
    let is_stored = open.is_some_and(|open| open.source == KeySource::Keychain);
    let text = if is_stored {
        format!(
            "The console removes the API key from {} and forgets all tokens. Tokens you have shared work until \
             they expire. The profile stays in the list, without a key.",
            screen.state.keychain.phrase()
        )
    } else {
        "The key is in memory only and will be lost. The console forgets all tokens. Tokens you have shared work \
         until they expire."
            .to_owned()
    };
    let yes = match open {
        Some(open) => format!("Sign out of {}", open.profile().environment.called()),
        None => "Sign out".to_owned(),
    };
    confirm(
        parts,
        &text,
        &yes,
        Command::Session(SessionCommand::SignOut),
        screen,
    )
}

fn forget_all(parts: &mut ModalUi<'_>, screen: &mut Screen<'_>) -> bool {
    let text = "The console forgets them but cannot revoke them. Each works until it expires.";
    confirm(
        parts,
        text,
        "Forget all",
        Command::Token(TokenCommand::ForgetAll),
        screen,
    )
}

fn archive(parts: &mut ModalUi<'_>, business: BusinessId, screen: &mut Screen<'_>) -> bool {
    let row = screen
        .state
        .workspace()
        .and_then(|workspace| workspace.list.book().get(business));
    let name = words::named(
        business,
        row.as_ref().and_then(|row| row.title()),
        screen.state.share,
    );
    let text = format!(
        "“{}” is a real business in Production. You can unarchive it later.",
        excerpt(&name.0, MAX_NAME_LEN)
    );
    let command = Command::Edit(EditCommand::SetArchived {
        business,
        is_archived: true,
    });
    confirm(parts, &text, "Archive in Production", command, screen)
}

/// Maximum length of a name in a sentence, in characters.
const MAX_NAME_LEN: usize = 80;

/// A question with a confirm and a cancel button. Returns whether it was answered.
fn confirm(
    parts: &mut ModalUi<'_>,
    text: &str,
    yes: &str,
    command: Command,
    screen: &mut Screen<'_>,
) -> bool {
    parts.body(|ui| {
        let p = theme::palette(ui.ctx());
        paragraph(ui, Type::Body, p.text, text);
    });
    parts.foot(|ui| {
        at_end(ui, |ui| {
            let is_cancelled = Button::plain("Cancel").takes_focus().show(ui).clicked();
            let is_confirmed = Button::destructive(yes).show(ui).clicked();
            if is_confirmed {
                screen.out.push(command);
            }
            is_confirmed || is_cancelled
        })
    })
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
            let row = MenuRow::new(&label)
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
        screen.ask(TokenCommand::Copy {
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
