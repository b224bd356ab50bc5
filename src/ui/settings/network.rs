//! The proxy and extra certificate authorities.

use egui::Ui;
use jiff::Timestamp;

use super::super::{Screen, words};
use super::parts::{TypedSetting, field_id, text_field, text_message};
use crate::domain::network::{CaFile, CaProblem};
use crate::domain::settings::{Proxy, Settings};
use crate::state::command::Command;
use crate::state::shell::messages::SettingsCommand;
use crate::theme::{space, widget_sizes};
use crate::widgets::{
    Button, Message, SettingRow, divider, focus_on, segments, segments_width, was_activated,
};

const PROXY_ADDRESS: &str = "Proxy address";
/// Index of *Address* among the proxy options.
const ADDRESS: usize = 2;
/// Number of certificates that are named.
const MAX_NAMED: usize = 3;

pub(super) fn proxy(
    ui: &mut Ui,
    settings: &mut Settings,
    typed: &mut TypedSetting,
    wants_address: &mut bool,
) {
    let label = "Proxy";
    let labels = ["System", "None", "Address"];
    let current = match &settings.proxy {
        Proxy::System => 0,
        Proxy::Direct => 1,
        Proxy::Url(_) => ADDRESS,
    };
    let chosen = if *wants_address { ADDRESS } else { current };
    let is_changed = chosen != 0;
    let row = SettingRow::new(label, "Used for requests to Thred, never for localhost.")
        .default(labels[0], is_changed)
        .control_width(segments_width(ui, &labels));
    let mut clicked = None;
    let is_reset = row.show(ui, |ui| {
        clicked = segments(ui, label, Some(chosen), &labels)
    });
    let former = settings.proxy.clone();
    match clicked {
        _ if is_reset => settings.proxy = Proxy::System,
        Some(0) => settings.proxy = Proxy::System,
        Some(1) => settings.proxy = Proxy::Direct,
        Some(ADDRESS) => {
            *wants_address = true;
            if was_activated(ui) {
                focus_on(ui.ctx(), field_id(PROXY_ADDRESS));
            }
        }
        _ => {}
    }
    if is_reset || clicked.is_some_and(|clicked| clicked != ADDRESS) {
        *wants_address = false;
        typed.forget();
    }
    if chosen == ADDRESS && (settings.proxy == former || *wants_address) {
        divider(ui);
        address(ui, settings, typed, wants_address);
    }
}

fn address(
    ui: &mut Ui,
    settings: &mut Settings,
    typed: &mut TypedSetting,
    wants_address: &mut bool,
) {
    let label = PROXY_ADDRESS;
    let current = match &settings.proxy {
        Proxy::Url(url) => url.as_str().trim_end_matches('/').to_owned(),
        Proxy::System | Proxy::Direct => String::new(),
    };
    let is_used = !current.is_empty();
    typed.follow(current);
    let (complaint, is_open) = (typed.complaint.clone(), typed.is_open());
    let hint = if is_used {
        "HTTP or HTTPS, without a password."
    } else {
        "The previous proxy stays in use until you enter one."
    };
    let row = SettingRow::new(label, hint)
        .message(text_message(complaint.as_deref(), is_open))
        .control_width(widget_sizes::ADDRESS_FIELD);
    let mut entered = None;
    row.show(ui, |ui| {
        entered = text_field(ui, label, "http://proxy.example.com:8080", typed);
    });
    // Leaving the field empty is not an error yet.
    let entered = entered.filter(|text| is_open || !text.is_empty());
    match entered.as_deref().map(Proxy::parse) {
        Some(Ok(proxy)) => {
            settings.proxy = proxy;
            *wants_address = false;
            typed.forget();
        }
        Some(Err(why)) => typed.complaint = Some(why.to_owned()),
        None => {}
    }
}

pub(super) fn certificates(ui: &mut Ui, screen: &mut Screen<'_>) {
    let connection = &screen.state.connection;
    let is_set = screen.state.saved.settings.ca_file.is_some();
    let used = connection
        .ca
        .as_ref()
        .map(|file| in_use(file, screen.now.wall, screen));
    let problem = connection.ca_problem.as_ref();
    let rejected = problem.map(|(path, problem)| {
        let kept = match (problem, &used) {
            (CaProblem::Missing | CaProblem::NoAnswer, None) if is_set => {
                " Choose it again, or remove it here."
            }
            (_, Some(_)) => " The previous certificates stay in use.",
            (_, None) => " The file is not used.",
        };
        let name = path.file_name().unwrap_or(path.as_os_str());
        format!("{}: {problem}{kept}", name.to_string_lossy())
    });
    let message = match (&rejected, &used) {
        (Some(rejected), _) => Some(Message::Wrong(rejected)),
        (None, Some((text, true))) => Some(Message::Good(text)),
        (None, Some((text, false))) => Some(Message::Warning(text)),
        (None, None) => None,
    };
    let choose = if is_set {
        "Replace…"
    } else {
        "Choose file…"
    };
    let buttons = [
        Some(Button::outlined(choose)),
        is_set.then(|| Button::plain("Remove")),
    ];
    let widths = buttons.iter().flatten();
    let width: f32 = widths
        .map(|button| button.wanted_width(ui) + space::S)
        .sum();
    let hint = "Trusted besides those of the system, such as your company’s own.";
    let row = SettingRow::new("Extra certificate authorities", hint)
        .message(message)
        .control_width(width - space::S);
    let mut command = None;
    row.show(ui, |ui| {
        let [choose, remove] = buttons;
        if choose.is_some_and(|button| button.show(ui).clicked()) {
            command = Some(SettingsCommand::ChooseCaFile);
        }
        if remove.is_some_and(|button| button.show(ui).clicked()) {
            command = Some(SettingsCommand::RemoveCaFile);
        }
    });
    screen.out.extend(command.map(Command::Settings));
}

/// Describes the certificates in a file, and whether all of them are valid today.
fn in_use(file: &CaFile, now: Timestamp, screen: &Screen<'_>) -> (String, bool) {
    let name = file.path.file_name().unwrap_or(file.path.as_os_str());
    let count = file.certificates.len();
    let certificates = words::counted(count as u64, "certificate", "certificates");
    let mut is_valid = true;
    let mut parts = Vec::new();
    for certificate in &file.certificates {
        let facts = &certificate.facts;
        let is_over = facts.not_after.is_some_and(|until| until < now);
        is_valid &= !is_over;
        let until = facts.not_after.map_or_else(String::new, |until| {
            let day = words::day(until, &screen.state.zone);
            let word = if is_over { "expired on" } else { "until" };
            format!(", {word} {day}")
        });
        parts.push(format!("{}{until}", facts.subject));
    }
    let more = count.saturating_sub(MAX_NAMED);
    parts.truncate(MAX_NAMED);
    if more > 0 {
        parts.push(format!("and {more} more"));
    }
    let text = format!(
        "{}, {certificates}: {}.",
        name.to_string_lossy(),
        parts.join("; ")
    );
    (text, is_valid)
}
