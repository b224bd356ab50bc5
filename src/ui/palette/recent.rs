//! Actions recently run from the palette.

use super::super::actions::{Action, ActionEntry};

/// Number of actions remembered.
const MAX: usize = 3;

/// Most recent first. Actions that remove something are not remembered.
#[derive(Default)]
pub(in super::super) struct RecentActions(Vec<Action>);

impl RecentActions {
    /// Records that the action was run.
    pub(in super::super) fn record(&mut self, action: Action) {
        if action.entry().is_destructive {
            return;
        }
        self.0.retain(|known| *known != action);
        self.0.insert(0, action);
        self.0.truncate(MAX);
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &'static ActionEntry> {
        self.0.iter().map(|action| action.entry())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::shell::messages::Page;

    #[test]
    fn recent_actions_are_newest_first_unique_and_not_destructive() {
        let mut recent = RecentActions::default();
        for action in [
            Action::ShowPage(Page::Tokens),
            Action::ZoomIn,
            Action::ShowPage(Page::History),
            Action::ShowPage(Page::Tokens),
            Action::SignOut,
            Action::Refresh,
        ] {
            recent.record(action);
        }
        let offered: Vec<Action> = recent.entries().map(|entry| entry.action).collect();
        assert_eq!(
            offered,
            [
                Action::Refresh,
                Action::ShowPage(Page::Tokens),
                Action::ShowPage(Page::History)
            ]
        );
    }
}
