//! Records of interrupted runs that cannot be resumed.

use super::*;
use crate::domain::import::JournalProblem;
use crate::state::import::messages::ForgottenJournal;
use crate::state::shell::toasts::ToastKind;

#[test]
fn only_the_record_of_a_newer_version_is_kept_and_each_is_told() {
    for (problem, is_kept) in [
        (JournalProblem::Newer, true),
        (JournalProblem::Unreadable, false),
    ] {
        let mut state = signed_in();
        let told = problem.to_string();
        let effects = import(&mut state, ImportEvent::Unfinished(Err(problem)));
        let is_forgotten = |effect: &Effect| {
            matches!(
                effect,
                Effect::Import(ImportEffect::Forget(_, ForgottenJournal::Unusable))
            )
        };
        assert_eq!(effects.iter().any(is_forgotten), !is_kept, "{told}");
        let toast = state.toasts.shown().last().unwrap();
        assert_eq!((toast.kind, &toast.body), (ToastKind::Failed, &told));
        assert!(state.workspace().unwrap().import.unfinished().is_none());
    }
}
