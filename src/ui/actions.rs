//! The one table of actions: text, shortcut, icon and when each is available. Key handling, command palette, help and buttons all read it.

mod action;
mod entry;
mod table;
mod unavailable;

pub(super) use action::Action;
pub(super) use entry::{ActionEntry, written};
pub(super) use table::{SECTIONS, entries};

use crate::domain::business::BusinessId;
use crate::state::AppState;
use crate::state::shell::messages::Page;

/// The business that actions apply to.
pub(super) fn subject(state: &AppState) -> Option<BusinessId> {
    let workspace = state.workspace()?;
    match workspace.page {
        // A business that is in neither the list nor the side pane is not visible, so it cannot be meant.
        Page::Businesses => workspace.selected.filter(|id| {
            let list = &workspace.list;
            let is_in_pane = workspace.is_detail_open && list.businesses().position(*id).is_some();
            is_in_pane || list.position_of(*id).is_some()
        }),
        Page::Tokens => workspace
            .selected
            .filter(|id| workspace.tokens.get(*id).is_some()),
        Page::Import | Page::Key | Page::History | Page::Overview | Page::Settings => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::{Density, ThemePreference};
    use crate::domain::token::TokenFormat;

    #[test]
    fn no_key_is_bound_twice_and_every_action_finds_its_own_line() {
        let all: Vec<&ActionEntry> = entries().collect();
        for (at, one) in all.iter().enumerate() {
            assert_eq!(one.action.entry().text, one.text);
            for other in &all[at + 1..] {
                assert_ne!(one.text, other.text);
                assert!(
                    one.shortcut.is_none() || one.shortcut != other.shortcut,
                    "{} and {}",
                    one.text,
                    other.text
                );
                assert_ne!(one.action, other.action);
            }
        }
    }

    #[test]
    fn a_shortcut_is_written_as_on_the_keyboard() {
        for (action, keys) in [
            (Action::PickFormat, "Shift+T"),
            (Action::FocusFilter, "/ Ctrl+F"),
            (Action::ZoomIn, "Ctrl++"),
            (Action::ZoomOut, "Ctrl+-"),
            (Action::ResetZoom, "Ctrl+0"),
            (Action::SignOut, "Ctrl+Shift+Q"),
            (Action::Close, "Esc"),
            (Action::Help, "? F1"),
            (Action::Quit, ""),
        ] {
            assert_eq!(action.entry().written_keys(), written(keys));
        }
    }

    #[test]
    fn every_format_theme_and_density_has_a_line_that_names_it() {
        let says = |action: Action, name: &str| {
            let entry = action.entry();
            assert_eq!(entry.action, action, "{name} has no line");
            let text = entry.text.to_lowercase();
            assert!(text.ends_with(&name.to_lowercase()), "{text}: {name}");
        };
        for format in TokenFormat::ALL {
            says(Action::CopyAs(format), format.name());
        }
        says(Action::UseTheme(ThemePreference::System), "System");
        says(Action::UseTheme(ThemePreference::Light), "Light");
        says(Action::UseTheme(ThemePreference::Dark), "Dark");
        says(
            Action::UseTheme(ThemePreference::HighContrast),
            "High contrast",
        );
        says(Action::UseDensity(Density::Comfortable), "Comfortable");
        says(Action::UseDensity(Density::Compact), "Compact");
    }
}
