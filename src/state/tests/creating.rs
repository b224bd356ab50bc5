//! Creating: confirmed once per run in Production, never two requests at once, and no claim about an unknown outcome.

use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::fixture::*;
use crate::domain::business::{Business, BusinessDetail, BusinessId};
use crate::domain::draft::{Draft, Field};
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::failure::{FailureKind, Operation, Unreachable};
use crate::domain::key_source::KeySource;
use crate::domain::keychain::KeychainName;
use crate::domain::write_outcome::{CreateAnswer, CreateOutcome, WriteFailure, WriteOutcome};
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::create::creating::{CreatePhase, Drafts};
use crate::state::create::messages::{CreateCommand, CreateEffect, CreateEvent};
use crate::state::effect::Effect;
use crate::state::event::SessionEvent;
use crate::state::history::messages::HistoryEffect;
use crate::state::list::messages::{ListCommand, ListEvent};
use crate::state::session::messages::{SessionCommand, SignInEvent};
use crate::state::shell::messages::{ShellEffect, ShellEvent};
use crate::state::shell::saved::Saved;

fn draft(external_id: &str) -> Draft {
    Draft {
        country: "GB".into(),
        entity_type: "limited".into(),
        external_id: external_id.into(),
        legal_name: "Harbour Lane Books Ltd".into(),
        email: "accounts@harbourlane.example".into(),
        ..Draft::default()
    }
}

fn type_in(state: &mut AppState, external_id: &str) {
    state.command(Command::Create(CreateCommand::Open), secs(1));
    let typed = Box::new(draft(external_id));
    state.command(Command::Create(CreateCommand::Change(typed)), secs(1));
}

fn requests(effects: &[Effect]) -> usize {
    let is_create = |effect: &&Effect| matches!(effect, Effect::Create(CreateEffect::Send(..)));
    effects.iter().filter(is_create).count()
}

fn phase(state: &AppState) -> &CreatePhase {
    &state.workspace().unwrap().creating.phase
}

fn detail(id: u128, draft: &Draft) -> BusinessDetail {
    let text = |field: Field| Some(draft.to_send(field).as_str().into());
    BusinessDetail {
        business: Business {
            external_id: text(Field::ExternalId),
            legal_name: text(Field::LegalName),
            name: text(Field::LegalName),
            entity_type: text(Field::EntityType),
            country: text(Field::Country),
            base_currency: text(Field::BaseCurrency),
            email: text(Field::Email),
            ..Business::unknown(BusinessId(Uuid::from_u128(id)))
        },
        phone_number: None,
        accounting_method: None,
        fiscal_year_end: None,
        metadata_keys: None,
        raw_json: "{}".into(),
    }
}

fn answers(state: &mut AppState, outcome: CreateOutcome, detail: BusinessDetail) -> Vec<Effect> {
    let answer = Box::new(CreateAnswer { detail, outcome });
    happens(
        state,
        SessionEvent::Create(CreateEvent::Created(Ok(answer))),
        secs(2),
    )
}

fn fails(state: &mut AppState, kind: FailureKind, outcome: WriteOutcome) -> Vec<Effect> {
    let failure = failure(kind, Operation::CreateBusiness);
    let failure = WriteFailure { failure, outcome };
    happens(
        state,
        SessionEvent::Create(CreateEvent::Created(Err(failure))),
        secs(2),
    )
}

fn lost(state: &mut AppState) -> Vec<Effect> {
    let kind = FailureKind::Unreachable(Unreachable::Broken);
    fails(state, kind, WriteOutcome::Unknown)
}

#[test]
fn a_5xx_keeps_the_form_open_with_what_was_typed_and_claims_nothing() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(1))),
        1
    );
    let down = FailureKind::ServiceDown { retry_after: None };
    fails(&mut state, down, WriteOutcome::Unknown);
    let creating = &state.workspace().unwrap().creating;
    assert!(creating.is_open && matches!(creating.phase, CreatePhase::Unknown(_)));
    assert_eq!(creating.draft, draft("user-1"));
    state.command(Command::Create(CreateCommand::BackToDraft), secs(3));
    let creating = &state.workspace().unwrap().creating;
    assert!(creating.is_open && creating.is_editable() && creating.is_check());
    assert_eq!(creating.draft, draft("user-1"));
}

#[test]
fn the_older_host_of_production_asks_as_well() {
    let mut state = signed_out();
    let base = BaseUrl::parse("https://backend.thredfi.com").unwrap();
    sign_in(&mut state, Environment::at(base));
    type_in(&mut state, "user-1");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(1))),
        0
    );
    assert!(matches!(phase(&state), CreatePhase::Arming));
}

#[test]
fn production_asks_once_per_run() {
    let mut state = signed_out();
    sign_in(&mut state, Environment::Production);
    type_in(&mut state, "user-1");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(1))),
        0
    );
    assert!(matches!(phase(&state), CreatePhase::Arming));
    // Submitting again, or closing and reopening the form, does not skip the confirmation.
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(1))),
        0
    );
    state.command(Command::Create(CreateCommand::Close), secs(1));
    state.command(Command::Create(CreateCommand::Open), secs(1));
    assert!(matches!(phase(&state), CreatePhase::Typing));
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(1))),
        0
    );
    state.command(Command::Create(CreateCommand::BackToDraft), secs(1));
    assert!(matches!(phase(&state), CreatePhase::Typing));
    state.command(Command::Create(CreateCommand::Submit), secs(1));
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::ConfirmProduction), secs(1))),
        1
    );
    answers(
        &mut state,
        CreateOutcome::Created,
        detail(1, &draft("user-1")),
    );

    type_in(&mut state, "user-2");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(3))),
        1
    );
    lost(&mut state);

    // Another sign-in in the same run needs no confirmation either, and neither does a check in the next run. A new
    // create in the next run does.
    state.command(Command::Session(SessionCommand::SignOut), secs(4));
    sign_in(&mut state, Environment::Production);
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::CheckOutcome), secs(5))),
        1
    );
    answers(
        &mut state,
        CreateOutcome::Existed,
        detail(2, &draft("user-2")),
    );
    type_in(&mut state, "user-3");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(6))),
        1
    );

    let mut state = restarted(&state);
    sign_in(&mut state, Environment::Production);
    state.command(Command::Create(CreateCommand::CheckOutcome), secs(7));
    answers(
        &mut state,
        CreateOutcome::Created,
        detail(3, &draft("user-3")),
    );
    type_in(&mut state, "user-4");
    assert_eq!(
        requests(&state.command(Command::Create(CreateCommand::Submit), secs(8))),
        0
    );
    assert!(matches!(phase(&state), CreatePhase::Arming));
}

#[test]
fn elsewhere_nothing_is_asked() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    let effects = state.command(Command::Create(CreateCommand::Submit), secs(1));
    assert_eq!(requests(&effects), 1);
    // The draft is saved before the request is sent.
    assert!(matches!(
        effects[..],
        [
            Effect::Create(CreateEffect::SaveDrafts(_)),
            Effect::Create(CreateEffect::Send(..))
        ]
    ));
}

#[test]
fn what_was_sent_is_not_discarded_changed_or_sent_again() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    state.command(Command::Create(CreateCommand::Submit), secs(1));
    for command in [
        Command::Create(CreateCommand::Discard),
        Command::Create(CreateCommand::BackToDraft),
        Command::Create(CreateCommand::Change(Box::new(draft("user-2")))),
        Command::Create(CreateCommand::Submit),
        Command::Create(CreateCommand::ConfirmProduction),
        Command::Create(CreateCommand::CheckOutcome),
        Command::Create(CreateCommand::UndoDiscard),
        Command::Create(CreateCommand::AcceptExisting),
    ] {
        let words = format!("{command:?}");
        assert_eq!(requests(&state.command(command, secs(1))), 0, "{words}");
        let creating = &state.workspace().unwrap().creating;
        assert_eq!(creating.draft, draft("user-1"), "{words}");
        let is_sending = matches!(creating.phase, CreatePhase::Sending { .. });
        assert!(is_sending, "{words}");
    }
}

#[test]
fn a_sign_out_while_it_is_sent_leaves_it_unknown() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    state.command(Command::Create(CreateCommand::Submit), secs(1));
    state.command(Command::Session(SessionCommand::SignOut), secs(1));
    sign_in(&mut state, Environment::Sandbox);
    assert!(matches!(phase(&state), CreatePhase::Unknown(_)));
}

#[test]
fn what_is_found_wrong_after_a_change_says_nothing_of_the_first_request() {
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    state.command(Command::Create(CreateCommand::Submit), secs(1));
    lost(&mut state);
    state.command(Command::Create(CreateCommand::BackToDraft), secs(3));
    let changed = Draft {
        email: "nobody@harbourlane.example".into(),
        ..draft("user-1")
    };
    state.command(
        Command::Create(CreateCommand::Change(Box::new(changed))),
        secs(3),
    );
    state.command(Command::Create(CreateCommand::Submit), secs(3));
    let invalid = FailureKind::Invalid { fields: vec![] };
    fails(&mut state, invalid, WriteOutcome::NotDone);
    match phase(&state) {
        CreatePhase::Failed(failure) => {
            assert!(
                failure
                    .explain(&jiff::tz::TimeZone::UTC)
                    .body
                    .contains("may or may not have been")
            );
        }
        other => panic!("{other:?}"),
    }
    // A restart does not settle it either.
    let mut state = restarted(&state);
    sign_in(&mut state, Environment::Sandbox);
    assert!(state.workspace().unwrap().creating.is_check());
}

#[test]
fn a_business_that_is_created_while_the_list_loads_stays_in_it() {
    use crate::state::list::messages::ListOutcome;
    let mut state = signed_in();
    state.command(Command::List(ListCommand::Refresh), secs(1));
    type_in(&mut state, "user-1");
    state.command(Command::Create(CreateCommand::Submit), secs(1));
    answers(
        &mut state,
        CreateOutcome::Created,
        detail(1, &draft("user-1")),
    );
    happens(
        &mut state,
        SessionEvent::List(ListEvent::Ended(Ok(ListOutcome {
            is_exact: true,
            ..ListOutcome::default()
        }))),
        secs(3),
    );
    let list = &state.workspace().unwrap().list;
    assert_eq!(list.shown_count(), 1);
}

#[test]
fn a_draft_is_written_in_time_and_typing_on_does_not_put_it_off() {
    use std::time::Duration;
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    let typed = secs(1);
    let due = state.next_deadline(typed).unwrap();
    assert!(due.saturating_since(typed.boot) < Duration::from_secs(1));
    let later = Box::new(draft("user-12"));
    state.command(
        Command::Create(CreateCommand::Change(later)),
        at(Duration::from_millis(1_600)),
    );
    let shortly_before = at(Duration::from_millis(1_699));
    assert_eq!(state.next_deadline(shortly_before), Some(due));
    assert!(state.tick(shortly_before).is_empty());
    let effects = state.tick(at(Duration::from_millis(1_700)));
    assert!(matches!(
        effects[..],
        [Effect::Create(CreateEffect::SaveDrafts(_))]
    ));
    assert!(state.tick(secs(2)).is_empty(), "once");
    assert_eq!(state.next_deadline(secs(2)), None);
}

#[test]
fn the_embedded_server_leaves_no_draft() {
    use crate::domain::environment::BaseUrl;
    let mut state = signed_out();
    let demo = Environment::Demo(BaseUrl::parse("http://127.0.0.1:1").unwrap());
    sign_in(&mut state, demo);
    type_in(&mut state, "user-1");
    assert!(state.tick(secs(5)).is_empty());
    assert!(state.before_exit(secs(6)).is_empty());
}

#[test]
fn drafts_that_could_not_be_written_are_written_with_the_next_change() {
    use crate::state::event::Event;
    use crate::state::shell::messages::OwnFile;
    use crate::state::shell::toasts::ToastAction;
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    assert!(matches!(
        state.tick(secs(5))[..],
        [Effect::Create(CreateEffect::SaveDrafts(_))]
    ));
    let file = OwnFile::Drafts;
    let why = "drafts.json: no room".to_owned();
    let folder = std::path::PathBuf::from("/data");
    let not_saved = ShellEvent::NotSaved { file, folder, why };
    state.event(Event::Shell(not_saved), secs(6));
    let toast = state.toasts.shown().last().unwrap();
    assert_eq!(toast.title, "Drafts not saved");
    assert!(toast.body.starts_with("drafts.json: no room. "));
    assert_eq!(toast.action, Some(ToastAction::ShowFolder));
    assert_eq!(toast.path.as_deref(), Some(std::path::Path::new("/data")));
    // The failed save is repeated at exit, although nothing has changed since.
    assert!(matches!(
        state.before_exit(secs(6))[..],
        [Effect::Create(CreateEffect::SaveDrafts(_))]
    ));
    assert!(state.before_exit(secs(6)).is_empty(), "once");
}

#[test]
fn a_session_from_the_variables_leaves_no_trace_unless_its_profile_is_remembered() {
    use crate::state::list::ListColumn;
    let from_variables = |state: &mut AppState| {
        let Command::Session(SessionCommand::SignIn { credentials, .. }) = sign_in_command() else {
            unreachable!();
        };
        let mut effects = state.command(
            Command::Session(SessionCommand::SignIn {
                credentials,
                source: KeySource::Variables,
                label: String::new(),
            }),
            secs(0),
        );
        effects.extend(happens(
            state,
            SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
            secs(0),
        ));
        type_in(state, "user-1");
        effects.extend(state.command(
            Command::List(ListCommand::SortBy(ListColumn::Country)),
            secs(1),
        ));
        effects.extend(state.tick(secs(5)));
        effects.extend(state.before_exit(secs(6)));
        let is_written = |effect: &Effect| {
            matches!(
                effect,
                Effect::Shell(ShellEffect::SavePreferences(_))
                    | Effect::Create(CreateEffect::SaveDrafts(_))
                    | Effect::History(HistoryEffect::Record(_))
            )
        };
        effects.into_iter().filter(is_written).count()
    };
    let mut state = signed_out();
    assert_eq!(from_variables(&mut state), 0);
    let workspace = state.workspace().unwrap();
    assert_eq!(
        workspace.layout.sort.column,
        ListColumn::Country,
        "in memory"
    );

    // Once the key is stored, draft and layout are saved as well.
    state.command(Command::Session(SessionCommand::StoreKey), secs(6));
    let effects = happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::KeyStored(Ok(()))),
        secs(7),
    );
    assert!(
        matches!(
            effects[..],
            [
                Effect::Create(CreateEffect::SaveDrafts(_)),
                Effect::Shell(ShellEffect::SavePreferences(_))
            ]
        ),
        "{effects:?}"
    );
    let open = state.open().unwrap();
    assert!(open.is_key_stored());
    let profile = open.profile().clone();
    assert_eq!(
        state.saved.layout(&profile).sort.column,
        ListColumn::Country
    );

    // A profile that was saved before leaves its usual traces: sign-in, draft and layout.
    let mut state = signed_out();
    state.saved.key_was_stored(&profile, None, secs(0).wall);
    assert_eq!(from_variables(&mut state), 3);
}

/// Starts another run with the drafts on disk.
fn restarted(state: &AppState) -> AppState {
    let text = serde_json::to_string(state.written_drafts.as_ref().unwrap()).unwrap();
    let drafts: Drafts = serde_json::from_str(&text).unwrap();
    AppState::new(
        Saved::default(),
        drafts,
        KeychainName::InMemory,
        jiff::tz::TimeZone::UTC,
    )
}

/// What happens to a request.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Answered,
    DoneAndLost,
    NotDoneAndLost,
    NotSent,
    Invalid,
    Conflict,
    NotPermitted,
    /// It stays pending while the next steps happen.
    Held,
}

#[derive(Debug, Clone)]
enum Step {
    Type(u8),
    Submit,
    SubmitTwice,
    Check,
    Back,
    Cancel(bool),
    Accept,
    Close,
    Discard,
    Undo,
    SignOut,
    Restart,
    Fate(Fate),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    use Fate::*;
    let fate = prop::sample::select(vec![
        Answered,
        DoneAndLost,
        NotDoneAndLost,
        NotSent,
        Invalid,
        Conflict,
        NotPermitted,
        Held,
    ]);
    let step = prop_oneof![
        2 => (0..2_u8).prop_map(Step::Type),
        3 => Just(Step::Submit),
        1 => Just(Step::SubmitTwice),
        3 => Just(Step::Check),
        1 => Just(Step::Back),
        1 => any::<bool>().prop_map(Step::Cancel),
        1 => Just(Step::Accept),
        1 => Just(Step::Close),
        1 => Just(Step::Discard),
        1 => Just(Step::Undo),
        1 => Just(Step::SignOut),
        1 => Just(Step::Restart),
        4 => fate.prop_map(Step::Fate),
    ];
    prop::collection::vec(step, 1..40)
}

/// A simulated server and the connection to it.
struct World {
    state: AppState,
    /// How many times each `external_id` was created.
    created: HashMap<String, usize>,
    fate: Fate,
    /// The only pending request.
    held: Option<Map<String, Value>>,
    /// The `external_id` of a request whose outcome the console cannot know.
    doubtful: Option<String>,
}

impl World {
    fn run(&mut self, effects: Vec<Effect>) -> Result<(), TestCaseError> {
        for effect in effects {
            if let Effect::Create(CreateEffect::Send(_, body)) = effect {
                prop_assert!(self.held.is_none(), "two at once");
                self.held = Some(body);
                self.deliver()?;
            }
        }
        Ok(())
    }

    /// Lets the pending request meet its fate.
    fn deliver(&mut self) -> Result<(), TestCaseError> {
        use WriteOutcome::{NotDone, Unknown};
        if matches!(self.fate, Fate::Held) {
            return Ok(());
        }
        let Some(body) = self.held.take() else {
            return Ok(());
        };
        let id = body["external_id"].as_str().unwrap_or_default().to_owned();
        let is_there = self.created.contains_key(&id);
        if matches!(self.fate, Fate::Answered | Fate::DoneAndLost) && !is_there {
            *self.created.entry(id.clone()).or_default() += 1;
        }
        let broken = FailureKind::Unreachable(Unreachable::Broken);
        let nothing = Vec::new();
        let effects = match self.fate {
            Fate::Answered => {
                let outcome = if is_there {
                    CreateOutcome::Existed
                } else {
                    CreateOutcome::Created
                };
                self.doubtful = None;
                answers(&mut self.state, outcome, detail(number(&id), &draft(&id)))
            }
            Fate::DoneAndLost | Fate::NotDoneAndLost => {
                self.doubtful = Some(id);
                fails(&mut self.state, broken, Unknown)
            }
            Fate::NotSent => fails(
                &mut self.state,
                FailureKind::Unreachable(Unreachable::Refused),
                NotDone,
            ),
            Fate::NotPermitted => fails(&mut self.state, FailureKind::NotPermitted, NotDone),
            Fate::Invalid if !is_there => {
                self.doubtful = None;
                fails(
                    &mut self.state,
                    FailureKind::Invalid { fields: vec![] },
                    NotDone,
                )
            }
            Fate::Conflict => fails(&mut self.state, FailureKind::Conflict, NotDone),
            Fate::Invalid => fails(&mut self.state, FailureKind::NotPermitted, NotDone),
            Fate::Held => nothing,
        };
        self.run(effects)
    }

    /// Cuts the connection. The pending request may have arrived.
    fn cut(&mut self, arrives: bool) {
        if let Some(body) = self.held.take() {
            let id = body["external_id"].as_str().unwrap_or_default().to_owned();
            if arrives {
                self.created.entry(id.clone()).or_insert(1);
            }
            self.doubtful = Some(id);
        }
    }

    fn check(&self) -> Result<(), TestCaseError> {
        prop_assert!(self.created.values().all(|times| *times == 1));
        let creating = &self.state.workspace().unwrap().creating;
        if let CreatePhase::Failed(failure) = &creating.phase {
            prop_assert_eq!(failure.outcome, WriteOutcome::NotDone);
            let id = creating.draft.to_send(Field::ExternalId);
            prop_assert!(
                self.doubtful.as_ref() != Some(&id),
                "“Nothing was created” is not known of {}",
                id
            );
        }
        let claims = self
            .state
            .toasts
            .shown()
            .iter()
            .any(|toast| toast.title.starts_with("Created"));
        prop_assert!(!claims || !self.created.is_empty());
        Ok(())
    }
}

fn number(external_id: &str) -> u128 {
    external_id.bytes().map(u128::from).sum()
}

proptest! {
    #[test]
    fn any_sequence_creates_each_once_and_claims_nothing_unknown(steps in steps()) {
        let mut world = World {
            state: signed_in(),
            created: HashMap::new(),
            fate: Fate::Answered,
            held: None,
            doubtful: None,
        };
        for step in steps {
            let command = match step {
                Step::Type(which) => {
                    type_in(&mut world.state, &format!("user-{which}"));
                    None
                }
                Step::Submit => Some(Command::Create(CreateCommand::Submit)),
                Step::SubmitTwice => {
                    let effects = world.state.command(Command::Create(CreateCommand::Submit), secs(1));
                    world.run(effects)?;
                    Some(Command::Create(CreateCommand::Submit))
                }
                Step::Check => Some(Command::Create(CreateCommand::CheckOutcome)),
                Step::Back => Some(Command::Create(CreateCommand::BackToDraft)),
                Step::Cancel(arrives) => {
                    let effects = world.state.command(Command::Create(CreateCommand::Cancel), secs(1));
                    if effects.iter().any(|effect| matches!(effect, Effect::Create(CreateEffect::Cancel))) {
                        world.cut(arrives);
                    }
                    None
                }
                Step::Accept => Some(Command::Create(CreateCommand::AcceptExisting)),
                Step::Close => Some(Command::Create(CreateCommand::Close)),
                Step::Discard => Some(Command::Create(CreateCommand::Discard)),
                Step::Undo => Some(Command::Create(CreateCommand::UndoDiscard)),
                Step::SignOut => {
                    world.state.command(Command::Session(SessionCommand::SignOut), secs(1));
                    world.cut(true);
                    sign_in(&mut world.state, Environment::Sandbox);
                    None
                }
                Step::Restart => {
                    world.cut(false);
                    world.state = restarted(&world.state);
                    sign_in(&mut world.state, Environment::Sandbox);
                    None
                }
                Step::Fate(fate) => {
                    world.fate = fate;
                    world.deliver()?;
                    None
                }
            };
            if let Some(command) = command {
                let effects = world.state.command(command, secs(1));
                world.run(effects)?;
            }
            world.check()?;
        }
        // Finally, a check over a working connection settles the outcome.
        world.fate = Fate::Answered;
        world.deliver()?;
        let effects = world.state.command(Command::Create(CreateCommand::CheckOutcome), secs(9));
        world.run(effects)?;
        world.check()?;
        let is_open = matches!(phase(&world.state), CreatePhase::Unknown(_) | CreatePhase::Sending { .. });
        prop_assert!(!is_open, "it stays unknown");
    }
}
