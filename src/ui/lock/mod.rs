//! The lock screen: what was removed, what was kept, and how to unlock.

mod sentences;

use egui::{Align, CentralPanel, Frame, Id, Layout, RawInput, ScrollArea, Ui};
use secrecy::SecretString;
use zeroize::Zeroize as _;

use sentences::{below, next_step, what_is_gone};

use super::areas::{centered_row, screen_footer};
use super::{Screen, help, sign_in_failure, words};
use crate::domain::failure::FailureKind;
use crate::domain::key_source::{ExternalSource, KeySource};
use crate::state::session::attempt::{Attempt, AttemptStage, SignInProblem};
use crate::state::session::lock::{ClipboardClearance, Locked};
use crate::state::session::messages::LockCommand;
use crate::theme::{self, Icon, Type, layout, size, space};
use crate::widgets::{Button, SecretField, line, offer_focus, paragraph, status_dot, was_entered};

/// Label of the button while the key is being fetched.
const UNLOCKING: &str = "Unlocking…";

/// Offers to type the key if the keychain does not return it.
const THIS_SESSION: &str = "Enter the key for this session only";

/// Maximum width of the page's content.
const WIDTH: f32 = 25.0 * space::L;

/// Height from the icon to the last button when no message is shown. The page is centred as if it always had this height, so that a message
/// moves nothing above it.
const USUAL_HEIGHT: f32 = 13.0 * space::L;

/// How the user wants to sign in instead of unlocking.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ManualSignIn {
    /// With a key that is saved in the keychain.
    AsUsual,
    /// With a key that is entered for this session only.
    ThisSession,
}

/// Buffers of the screen.
#[derive(Default)]
pub(super) struct LockScreen {
    /// Answer to the key source's prompt.
    answer: String,
}

fn answer_id() -> Id {
    Id::unique("lock answer")
}

impl LockScreen {
    /// Discards the input once the lock is no longer shown.
    pub(super) fn wipe(&mut self, ctx: &egui::Context) {
        if !self.answer.is_empty() {
            self.answer.zeroize();
            SecretField::wipe(ctx, answer_id());
        }
    }

    /// Draws the screen. Returns how the user wants to sign in instead, if they do.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        locked: &Locked,
        attempt: Option<&Attempt>,
        screen: &mut Screen<'_>,
    ) -> Option<ManualSignIn> {
        let p = theme::palette(ui.ctx());
        let below = screen_footer(ui, "lock foot", layout::STATUS + space::M);
        let by_hand = CentralPanel::default()
            .frame(Frame::new().fill(p.base))
            .show(ui, |ui| {
                let above = (ui.available_height() - USUAL_HEIGHT) / 2.0;
                ui.add_space(above.max(space::XXL));
                ui.vertical_centered(|ui| {
                    ui.set_max_width(WIDTH);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ScrollArea::vertical()
                        .show(ui, |ui| page(ui, locked, attempt, &mut self.answer, screen))
                        .inner
                })
                .inner
            })
            .inner;
        footer(&mut below.open(ui), locked, screen);
        by_hand
    }
}

fn page(
    ui: &mut Ui,
    locked: &Locked,
    attempt: Option<&Attempt>,
    answer: &mut String,
    screen: &mut Screen<'_>,
) -> Option<ManualSignIn> {
    let p = theme::palette(ui.ctx());
    let is_waiting = attempt.is_some_and(Attempt::is_waiting);
    let asks_keychain = attempt.is_some_and(|attempt| {
        matches!(
            attempt.stage,
            AttemptStage::FetchingKey {
                source: KeySource::Keychain,
                ..
            }
        )
    });
    ui.add(Icon::Lock.image(size::icon::HUGE, p.muted));
    ui.add_space(space::S);
    if asks_keychain {
        let heading = format!("Waiting for {}", screen.state.keychain.phrase());
        paragraph(ui, Type::Heading, p.strong, &heading);
        ui.add_space(space::XS);
        let text = "If it asks you to unlock it, its window may be behind this one.";
        paragraph(ui, Type::Body, p.muted, text);
    } else {
        paragraph(ui, Type::Heading, p.strong, "Locked");
        ui.add_space(space::XS);
        paragraph(ui, Type::Body, p.muted, &what_is_gone(locked));
    }
    if let ClipboardClearance::NotCleared(why) = &locked.clipboard {
        ui.add_space(space::S);
        let text = format!(
            "The token may still be on the clipboard: {why}. Copy something else to replace it."
        );
        paragraph(ui, Type::Body, p.warn, &text);
    }
    if let Some(problem) = &locked.problem {
        let failure_text = sign_in_failure::explain(problem, screen.state);
        let text = format!("{}{}", failure_text.body, next_step(problem));
        ui.add_space(space::L);
        ui.add(Icon::StopSign.image(size::icon::NORMAL, p.danger));
        ui.add_space(space::XS);
        paragraph(ui, Type::BodySemi, p.danger, &failure_text.title);
        ui.add_space(space::XS);
        paragraph(ui, Type::Body, p.text, &text);
        if let Some(detail) = &failure_text.detail {
            ui.add_space(space::XS);
            paragraph(ui, Type::Small, p.muted, detail);
        }
        if let Some(line) = &failure_text.help_command {
            ui.add_space(space::S);
            command_line(ui, line, screen);
        }
    }
    ui.add_space(space::L);
    let by_enter = answer_field(ui, locked, is_waiting, answer);
    let is_rejected = !is_waiting && is_stored_key_rejected(locked);
    let wants_form = if matches!(locked.problem, Some(SignInProblem::SourceChanged(..))) {
        agree_button(ui, screen);
        false
    } else if is_rejected {
        other_key_button(ui, screen)
    } else {
        unlock_button(ui, locked, is_waiting, by_enter, answer, screen)
    };
    ui.add_space(space::M);
    paragraph(ui, Type::Small, p.muted, &below(locked, attempt, screen));
    ui.add_space(space::L);
    if is_waiting {
        if Button::plain("Cancel").small().show(ui).clicked() {
            screen.send(LockCommand::Cancel);
        }
        return None;
    }
    let mut by_hand = wants_form.then_some(ManualSignIn::AsUsual);
    if locked.source == KeySource::Typed {
        return by_hand;
    }
    if is_rejected {
        if Button::plain("Try again").small().show(ui).clicked() {
            screen.send(LockCommand::Unlock);
        }
        return by_hand;
    }
    // If the keychain is unavailable, the user can still type the key that it holds.
    let is_keychain_in_the_way = matches!(locked.problem, Some(SignInProblem::Keychain(..)));
    let mut ways = vec![("Sign in another way", ManualSignIn::AsUsual)];
    if is_keychain_in_the_way {
        ways.insert(0, (THIS_SESSION, ManualSignIn::ThisSession));
    }
    for (label, way) in ways {
        if Button::plain(label).small().show(ui).clicked() {
            screen.send(LockCommand::ShowSignIn);
            by_hand = Some(way);
        }
    }
    by_hand
}

/// Confirms that the key source has changed since it was last used. Never takes the focus by itself, so that Enter cannot confirm something
/// the user has not read.
fn agree_button(ui: &mut Ui, screen: &mut Screen<'_>) {
    let button = ui.push_id("approve the source", |ui| {
        Button::outlined("Use this source").show(ui)
    });
    if button.inner.clicked() {
        screen.send(LockCommand::ApproveSource);
    }
}

/// Whether the server has rejected the key in the keychain, so that unlocking with it again cannot help.
fn is_stored_key_rejected(locked: &Locked) -> bool {
    let is_rejected = matches!(
        &locked.problem,
        Some(SignInProblem::Failed(failure, _)) if failure.kind == FailureKind::KeyRejected
    );
    is_rejected && locked.source == KeySource::Keychain
}

/// The primary button if the key was rejected. Returns whether the user wants the sign-in form.
fn other_key_button(ui: &mut Ui, screen: &mut Screen<'_>) -> bool {
    let button = Button::filled("Enter another key…").show(ui);
    offer_focus(&button);
    if button.clicked() {
        screen.send(LockCommand::ShowSignIn);
    }
    button.clicked()
}

/// The field for the key source's prompt, if the console has no answer. Returns whether Enter was pressed in it.
fn answer_field(ui: &mut Ui, locked: &Locked, is_waiting: bool, answer: &mut String) -> bool {
    let prompt = locked.source.external().and_then(ExternalSource::prompt);
    // A saved answer may have expired. After any failure, the user can enter another.
    let has_failed = matches!(
        locked.problem,
        Some(SignInProblem::NeedsAnswer(..) | SignInProblem::Source(..))
    );
    let prompt = prompt.filter(|prompt| (has_failed || !prompt.is_saved) && !is_waiting);
    let Some(prompt) = prompt else {
        // Input for another profile must not be sent.
        answer.zeroize();
        return false;
    };
    let field = SecretField::new(answer_id(), &prompt.label, answer)
        .large()
        .show(ui);
    ui.add_space(space::M);
    offer_focus(&field);
    was_entered(&field)
}

/// A command to run in a terminal, and a button to copy it.
fn command_line(ui: &mut Ui, line: &str, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    paragraph(ui, Type::Mono, p.text, line);
    if Button::plain("Copy the command").small().show(ui).clicked() {
        screen.copy("command", line);
    }
}

/// The primary button, also pressed with Enter. Returns whether the user wants the sign-in form.
fn unlock_button(
    ui: &mut Ui,
    locked: &Locked,
    is_waiting: bool,
    by_enter: bool,
    answer: &mut String,
    screen: &mut Screen<'_>,
) -> bool {
    let by_hand = locked.source == KeySource::Typed;
    let label = match (&locked.problem, by_hand) {
        (_, true) => "Sign in again…",
        (Some(_), false) => "Try again",
        (None, false) => "Unlock",
    };
    let mut button = Button::filled(label);
    // Wide enough for both labels, so that it neither changes its size nor truncates one.
    let width = Button::filled(UNLOCKING).wanted_width(ui);
    button = button.width(width.max(Button::filled(label).wanted_width(ui)));
    if is_waiting {
        button = button.busy(UNLOCKING);
    }
    let button = button.show(ui);
    if !is_waiting {
        offer_focus(&button);
    }
    let is_pressed = (button.clicked() || by_enter) && !is_waiting;
    if is_pressed {
        screen.send(if answer.is_empty() {
            LockCommand::Unlock
        } else {
            LockCommand::UnlockWith(SecretString::from(answer.as_str()))
        });
        answer.zeroize();
        SecretField::wipe(ui.ctx(), answer_id());
    }
    is_pressed && by_hand
}

/// Shows the profile, so that nobody unlocks the wrong one.
fn footer(ui: &mut Ui, locked: &Locked, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let environment = &locked.profile.environment;
    centered_row(ui, |ui| {
        ui.spacing_mut().item_spacing.x = space::SM;
        let mark = p.hue(words::hue(environment)).mark;
        status_dot(ui, mark, false);
        ui.label(Type::Small.rich(environment.name()).color(mark));
        let rest = format!(
            "{} · Partner {}",
            environment.host(),
            screen.state.share.plain(&locked.profile.partner.short())
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            help::button(ui, screen);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                line(ui, Type::Small, p.muted, &rest);
            });
        });
    });
}

/// Whether the events contain user activity: keyboard, pointer, a screen reader's action, or a dropped file.
pub(super) fn is_touched(events: &[egui::Event], raw: &RawInput) -> bool {
    use egui::Event;
    !raw.dropped_files.is_empty()
        || !events.iter().all(|event| {
            matches!(
                event,
                Event::PointerGone | Event::WindowFocused(_) | Event::MouseMoved(_)
            )
        })
}
