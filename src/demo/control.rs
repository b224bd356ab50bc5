//! Commands that stand in for the Partner Portal when the server runs alone.

use super::state::DemoState;

/// The commands, for `--help`.
pub const CONTROL_HELP: &str = "\
  add-key     create a valid key, as the Partner Portal does; prints key=…
  revoke KEY  revoke a key; prints revoked=yes or revoked=no
  keys        print the number of valid keys";

/// Runs the command in one line and returns the text to print.
pub fn run_command(state: &DemoState, line: &str) -> String {
    let mut words = line.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some("add-key"), None, _) => format!("key={}", state.issue_api_key()),
        (Some("revoke"), Some(key), None) => {
            let before = state.key_count();
            state.revoke_api_key(key);
            let word = if state.key_count() < before {
                "yes"
            } else {
                "no"
            };
            format!("revoked={word}")
        }
        (Some("keys"), None, _) => format!("keys={}", state.key_count()),
        // The line is not repeated, because it may contain a key.
        _ => "unknown command; use add-key, revoke KEY or keys".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::DemoOptions;

    #[test]
    fn keys_come_and_go_by_lines() {
        let state = DemoState::new(DemoOptions {
            businesses: 0,
            ..DemoOptions::default()
        });
        let first = state.api_key().to_owned();
        let printed = run_command(&state, "add-key\n");
        let second = printed.strip_prefix("key=").unwrap();
        assert!(state.accepts_key(&first) && state.accepts_key(second));
        assert_eq!(run_command(&state, "keys"), "keys=2");
        assert_eq!(
            run_command(&state, &format!("revoke {first}")),
            "revoked=yes"
        );
        assert_eq!(
            run_command(&state, &format!("revoke {first}")),
            "revoked=no"
        );
        assert!(!state.accepts_key(&first) && state.accepts_key(second));
        assert!(!run_command(&state, &format!("remove {second}")).contains(second));
    }
}
