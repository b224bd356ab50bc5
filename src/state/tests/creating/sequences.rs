//! Any sequence of user actions and answers, against a model of the server.

use super::*;

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
            if let Effect::Change(ChangeEffect::Create(_, body)) = effect {
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
        if let FormPhase::Failed(failure) = &creating.input.phase {
            prop_assert_eq!(failure.outcome, WriteOutcome::NotDone);
            let id = creating.input.draft.to_send(Field::ExternalId);
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
                    if effects.iter().any(|effect| matches!(effect, Effect::Change(ChangeEffect::CancelCreate))) {
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
        let is_open = matches!(phase(&world.state), FormPhase::Unknown(_) | FormPhase::Sending { .. });
        prop_assert!(!is_open, "it stays unknown");
    }
}
