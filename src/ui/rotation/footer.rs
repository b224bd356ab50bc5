//! The footer: the next step, and the button to stop.

use egui::{Align, Layout, OpenUrl, Ui, UiBuilder, vec2};

use super::form::{KeyForm, new_key_id, old_key_id};
use super::key_consumers::KeyConsumersEditor;
use crate::domain::rotation::{Rotation, RotationReason, RotationStep};
use crate::state::rotation::RotationActivity;
use crate::state::rotation::messages::RotationCommand;
use crate::state::session::open::{KeyStoring, Open};
use crate::theme::{Icon, layout, space};
use crate::ui::Screen;
use crate::ui::areas::top_line;
use crate::widgets::{Button, at_end};

pub(super) fn show(
    ui: &mut Ui,
    open: &Open,
    rotation: &Rotation,
    [new, old]: [&mut KeyForm; 2],
    consumers: &mut KeyConsumersEditor,
    screen: &mut Screen<'_>,
) {
    // Each step has buttons of its own. The step is part of the id, so that screen readers do not confuse them with earlier ones.
    let mut ui = bar(ui, rotation.step.number());
    if rotation.is_switched() {
        if Button::plain("Finish without checking")
            .at_left_edge()
            .show(&mut ui)
            .clicked()
        {
            screen.send(RotationCommand::Finish);
        }
    } else {
        let is_switching = matches!(open.keys.work, RotationActivity::Switching(_));
        // A leaked key is not kept.
        let label = match rotation.reason {
            RotationReason::Leaked => "Stop",
            RotationReason::Scheduled | RotationReason::Rejected => "Stop and keep the old key",
        };
        let stop = Button::plain(label)
            .at_left_edge()
            .disabled_if(is_switching.then_some("Saving to the keychain"));
        if stop.show(&mut ui).clicked() {
            screen.send(RotationCommand::Stop);
        }
    }
    at_end(&mut ui, |ui| {
        if let Some(back) = back(rotation.step) {
            let is_busy = open.keys.is_busy();
            let button =
                Button::outlined("Back").disabled_if(is_busy.then_some("Wait for the answer"));
            if button.show(ui).clicked() {
                screen.send(RotationCommand::BackTo(back));
            }
        }
        match rotation.step {
            RotationStep::Portal => portal(ui, open, rotation, screen),
            RotationStep::Paste => paste(ui, open, new, screen),
            RotationStep::Verify => {
                if next(ui, "Continue to other systems") {
                    screen.send(RotationCommand::Continue);
                }
            }
            RotationStep::OtherSystems => {
                if next(ui, "Continue to the switch") {
                    consumers.add(screen);
                    screen.send(RotationCommand::Continue);
                }
            }
            RotationStep::Switch => switch(ui, open, screen),
            RotationStep::Check => check(ui, open, old, screen),
        }
    });
}

/// The footer of the summary.
pub(super) fn finished(ui: &mut Ui, screen: &mut Screen<'_>) {
    let mut ui = bar(ui, 0);
    at_end(&mut ui, |ui| {
        let calendar = Button::outlined("Save to calendar…").icon(Icon::Calendar);
        if calendar.show(ui).clicked() {
            screen.send(RotationCommand::SaveCalendar);
        }
        if Button::filled("Done").takes_focus().show(ui).clicked() {
            screen.send(RotationCommand::Close);
        }
    });
}

fn bar(ui: &mut Ui, step: usize) -> Ui {
    top_line(ui);
    let area = ui.max_rect();
    let is_tight = ui.ctx().content_rect().width() < layout::TIGHT;
    let beside = if is_tight { space::L } else { space::XXXL };
    ui.new_child(
        UiBuilder::new()
            .id_salt(("rotation foot", step))
            .max_rect(area.shrink2(vec2(beside, 0.0)))
            .layout(Layout::left_to_right(Align::Center)),
    )
}

fn back(step: RotationStep) -> Option<RotationStep> {
    match step {
        RotationStep::Portal | RotationStep::Check => None,
        RotationStep::Paste => Some(RotationStep::Portal),
        RotationStep::Verify => Some(RotationStep::Paste),
        RotationStep::OtherSystems => Some(RotationStep::Verify),
        RotationStep::Switch => Some(RotationStep::OtherSystems),
    }
}

fn portal(ui: &mut Ui, open: &Open, rotation: &Rotation, screen: &mut Screen<'_>) {
    if open.profile().is_demo() {
        let mut button = Button::filled("New key").takes_focus();
        if open.keys.is_busy() {
            button = button.busy("Testing…");
        }
        if button.show(ui).clicked() {
            screen.send(RotationCommand::IssueDemoKey);
        }
        return;
    }
    let have = match rotation.reason {
        RotationReason::Leaked => "Revoked, and I have a new key",
        RotationReason::Scheduled | RotationReason::Rejected => "I have the new key",
    };
    if Button::outlined(have).show(ui).clicked() {
        screen.send(RotationCommand::PortalStepDone);
    }
    let url = screen.state.saved.settings.portal_url.clone();
    let button = Button::filled("Open the Partner Portal")
        .icon(Icon::External)
        .takes_focus()
        .disabled_if(
            url.is_none()
                .then_some("Enter the address of the portal first"),
        );
    if button.show(ui).clicked()
        && let Some(url) = url
    {
        open_portal(ui, url.as_str());
        if rotation.reason == RotationReason::Scheduled {
            screen.send(RotationCommand::PortalStepDone);
        }
    }
}

fn open_portal(ui: &Ui, url: &str) {
    ui.ctx().open_url(OpenUrl::new_tab(url));
}

fn paste(ui: &mut Ui, open: &Open, form: &mut KeyForm, screen: &mut Screen<'_>) {
    let is_busy = open.keys.is_busy();
    let can_repeat = open.keys.has_candidate && open.keys.problem.is_some();
    if can_repeat && !is_busy && Button::outlined("Try again").show(ui).clicked() {
        screen.send(RotationCommand::VerifyAgain);
    }
    let mut button = Button::filled("Test the new key").takes_focus();
    if is_busy {
        button = button.busy("Testing…");
    }
    let clicked = button.show(ui).clicked();
    let by_enter = std::mem::take(&mut form.was_entered);
    if (clicked || by_enter)
        && !is_busy
        && let Some((key, partner)) = form.take(ui.ctx(), new_key_id())
    {
        screen.send(RotationCommand::Verify { key, partner });
    }
}

fn next(ui: &mut Ui, label: &str) -> bool {
    Button::filled(label).takes_focus().show(ui).clicked()
}

fn switch(ui: &mut Ui, open: &Open, screen: &mut Screen<'_>) {
    let environment = open.profile().environment.in_sentence();
    let label = match open.source.external() {
        Some(source) => format!("Check {}", source.name()),
        None => format!("Switch in {environment}"),
    };
    let is_writing = open.storing == KeyStoring::UnderWay;
    let mut button = Button::filled(&label)
        .takes_focus()
        .disabled_if(is_writing.then_some("Saving to the keychain"));
    if matches!(open.keys.work, RotationActivity::VerifyingAgain(_)) {
        button = button.busy("Testing the key…");
    } else if open.keys.is_busy() {
        button = button.busy("Switching…");
    }
    if button.show(ui).clicked() {
        screen.send(RotationCommand::Switch);
    }
}

fn check(ui: &mut Ui, open: &Open, form: &mut KeyForm, screen: &mut Screen<'_>) {
    let is_busy = open.keys.is_busy();
    if open.profile().is_demo() {
        let revoke = Button::outlined("Revoke the old key");
        if open.keys.has_old && !is_busy && revoke.show(ui).clicked() {
            screen.send(RotationCommand::RevokeDemoKey);
        }
    } else if let Some(url) = screen.state.saved.settings.portal_url.clone() {
        let button = Button::outlined("Open the Partner Portal").icon(Icon::External);
        if button.show(ui).clicked() {
            open_portal(ui, url.as_str());
        }
    }
    let label = if open.keys.old_worked_at.is_some() {
        "Check again"
    } else {
        "Check the old key"
    };
    let mut button = Button::filled(label).takes_focus();
    if is_busy {
        button = button.busy("Checking…");
    }
    let clicked = button.show(ui).clicked();
    let by_enter = std::mem::take(&mut form.was_entered);
    if (clicked || by_enter) && !is_busy {
        if open.keys.has_old {
            screen.send(RotationCommand::CheckOld);
        } else if let Some((key, _)) = form.take(ui.ctx(), old_key_id()) {
            screen.send(RotationCommand::SubmitOldKey(key));
        }
    }
}
