//! A console without a runtime. The scene supplies all responses and events, so a picture depends on the scene alone.

use std::cell::Cell;
use std::time::Duration;

use egui::epaint::text::{FontInsert, FontPriority, InsertFontFamily};
use egui::{Context, Event, FontData, FontFamily, Key, Modifiers, Role, Ui, vec2};
use egui_kittest::kittest::NodeT as _;
use egui_kittest::{Harness, Node};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use thred_console::domain::business::{Business, BusinessDetail, BusinessId};
use thred_console::domain::environment::Environment;
use thred_console::domain::failure::{Failure, FailureKind, Operation};
use thred_console::domain::history::ReadLines;
use thred_console::domain::key_source::KeySource;
use thred_console::domain::keychain::KeychainName;
use thred_console::domain::time::{BootInstant, Now};
use thred_console::domain::token::TokenFormat;
use thred_console::state::AppState;
use thred_console::state::command::Command;
use thred_console::state::create::creating::Drafts;
use thred_console::state::effect::Effect;
use thred_console::state::event::{Event as News, SessionEvent};
use thred_console::state::generation::Generation;
use thred_console::state::history::messages::{HistoryEffect, HistoryEvent};
use thred_console::state::import::messages::{ImportEffect, ImportEvent};
use thred_console::state::list::messages::{ListCommand, ListEffect, ListEvent, ListOutcome};
use thred_console::state::session::messages::{SessionEffect, SignInEvent};
use thred_console::state::shell::messages::{ShellCommand, ShellEffect};
use thred_console::state::shell::saved::Saved;
use thred_console::state::tokens::messages::{ClipboardEvent, TokenCommand, TokenEffect};
use thred_console::theme;
use thred_console::theme::Type;
use thred_console::ui::Screens;

use crate::canvas::{Picture, Textures, draw};
use crate::looks::{self, Look};
use crate::world;

/// 13 February 2027, 13:49:10 UTC.
const NOW: i64 = 1_802_526_550;
/// How long the computer has been on.
const UPTIME: Duration = Duration::from_hours(10);
/// After this many frames without coming to rest, the console is in a loop.
const MAX_FRAMES: usize = 60;

/// The state and screens of the window, and the pending effects.
struct Console {
    state: AppState,
    screens: Screens,
    now: Now,
    /// The generation of the last sign-in.
    generation: Generation,
    /// Effects without a response yet.
    asked: Vec<Effect>,
    /// Whether effects get no automatic response.
    is_silent: bool,
    /// The remaining life of the next token.
    next_token: Duration,
}

/// A console that a scene controls and takes pictures of.
pub struct Stage {
    harness: Harness<'static, Console>,
    textures: Textures,
    look: Look,
}

thread_local! {
    /// The look of the next stage, set outside of the scenes.
    static LOOK: Cell<Look> = const { Cell::new(looks::DARK) };
}

/// Plays a scene in this look.
pub fn with_look(look: Look, play: fn() -> Stage) -> Stage {
    LOOK.set(look);
    play()
}

impl Stage {
    /// A console at its first start.
    pub fn new() -> Self {
        Self::with(world::saved())
    }

    /// A console with the preferences of an earlier run.
    pub fn with(saved: Saved) -> Self {
        let look = LOOK.get();
        let textures = Textures::default();
        let start = Timestamp::from_second(NOW).unwrap();
        let mut state = AppState::new(
            saved,
            Drafts::default(),
            KeychainName::SecretService,
            TimeZone::UTC,
        );
        state.data_folder = Some("/home/ada/.local/share/thred-console".into());
        let console = Console {
            state,
            screens: Screens::default(),
            now: Now {
                wall: start,
                boot: BootInstant::from_origin(UPTIME),
            },
            generation: Generation::default(),
            asked: Vec::new(),
            is_silent: false,
            next_token: Duration::ZERO,
        };
        let builder = Harness::builder()
            .with_size(vec2(look.size[0] as f32, look.size[1] as f32) / look.zoom)
            .with_pixels_per_point(look.zoom)
            .with_max_steps(MAX_FRAMES as u64)
            .renderer(textures.clone());
        let harness = builder.build_eframe(move |creation| {
            theme::install(&creation.egui_ctx, look.theme);
            creation.egui_ctx.add_font(from_right_to_left());
            console
        });
        // The harness has set a theme of its own.
        theme::set(&harness.ctx, look.theme);
        Self {
            harness,
            textures,
            look,
        }
    }

    /// A console that is signed in, with a few businesses.
    pub fn signed_in(environment: Environment) -> Self {
        Self::signed_in_to(environment, world::saved(), world::few())
    }

    /// [`Self::signed_in`] with other preferences and businesses.
    pub fn signed_in_to(environment: Environment, saved: Saved, businesses: Vec<Business>) -> Self {
        let mut stage = Self::with(saved);
        stage.sign_in(environment);
        stage.list(businesses);
        stage
    }

    /// Signs in, which starts loading the list.
    pub fn sign_in(&mut self, environment: Environment) {
        self.command(world::sign_in(environment));
        self.session(SessionEvent::SignIn(SignInEvent::Verified(Ok(()))));
        self.session(SessionEvent::SignIn(SignInEvent::KeyStored(Ok(()))));
    }

    /// Delivers the whole list.
    pub fn list(&mut self, businesses: Vec<Business>) {
        let count = businesses.len() as u64;
        self.session(SessionEvent::List(ListEvent::Rows {
            rows: businesses.into_iter().map(Into::into).collect(),
            total: Some(count),
        }));
        self.list_ended(Ok(ListOutcome {
            stated: Some(count),
            received: count,
            is_exact: true,
        }));
    }

    /// Ends the running load of the list.
    pub fn list_ended(&mut self, result: Result<ListOutcome, Failure>) {
        let load = self
            .state()
            .workspace()
            .expect("signed in")
            .list
            .loading
            .number();
        self.session(SessionEvent::List(ListEvent::Ended(load, result)));
    }

    /// From now on, effects get no automatic response.
    pub fn stop_responding(&mut self) {
        self.harness.state_mut().is_silent = true;
    }

    /// Copies a token of this business with `left` of its life, and closes the toast.
    pub fn token(&mut self, name: &str, left: Duration, format: TokenFormat) {
        self.harness.state_mut().next_token = left;
        let business = self.id_of(name);
        let format = Some(format);
        self.command(Command::Token(TokenCommand::Copy { business, format }));
        self.close_toasts();
    }

    /// Closes every toast.
    pub fn close_toasts(&mut self) {
        let shown = self.state().toasts.shown();
        let ids: Vec<_> = shown.iter().map(|toast| toast.id).collect();
        for id in ids {
            self.command(Command::Shell(ShellCommand::DismissToast(id)));
        }
    }

    /// Clears the copied token from the clipboard, and closes the toast.
    pub fn clear_clipboard(&mut self) {
        self.command(Command::Token(TokenCommand::ClearClipboard));
        self.close_toasts();
    }

    /// Selects a business, which opens its details.
    pub fn select(&mut self, name: &str) {
        let id = self.id_of(name);
        self.command(Command::List(ListCommand::Select(Some(id))));
        self.command(Command::List(ListCommand::ShowDetail(true)));
    }

    /// The business of this name.
    #[track_caller]
    pub fn id_of(&self, name: &str) -> BusinessId {
        let list = &self.state().workspace().expect("signed in").list;
        let rows = list.businesses().rows();
        let found = rows.iter().find(|row| row.title() == Some(name));
        found.unwrap_or_else(|| panic!("no {name}")).id
    }

    pub fn state(&self) -> &AppState {
        &self.harness.state().state
    }

    /// Applies a command of the user.
    pub fn command(&mut self, command: Command) {
        let console = self.harness.state_mut();
        let effects = console.state.command(command, console.now);
        console.run(effects);
        self.settle();
    }

    /// Applies an event of the session.
    pub fn session(&mut self, event: SessionEvent) {
        let generation = self.harness.state().generation;
        self.news(News::Session(generation, event));
    }

    /// Applies an event.
    pub fn news(&mut self, event: News) {
        let console = self.harness.state_mut();
        let effects = console.state.event(event, console.now);
        console.run(effects);
        self.settle();
    }

    /// Builds the failure of a request.
    pub fn failure(&self, kind: FailureKind, operation: Operation, status: Option<u16>) -> Failure {
        let console = self.harness.state();
        let profile = console.state.profile();
        let environment =
            profile.map_or(Environment::Sandbox, |profile| profile.environment.clone());
        Failure {
            kind,
            operation,
            server: environment.name().to_owned(),
            host: environment.host(),
            status,
            detail: None,
            request: 41,
            at: console.now.wall,
        }
    }

    /// The source of the last key request.
    pub fn requested_source(&self) -> KeySource {
        let mut asked = self.asked().iter().rev();
        let source = asked.find_map(|effect| match effect {
            Effect::Session(SessionEffect::FetchKey(_, request)) => Some(request.source.clone()),
            _ => None,
        });
        source.expect("a key was asked for")
    }

    /// Effects without a response yet.
    pub fn asked(&self) -> &[Effect] {
        &self.harness.state().asked
    }

    pub fn now(&self) -> Now {
        self.harness.state().now
    }

    /// Lets time pass.
    pub fn pass(&mut self, time: Duration) {
        let now = &mut self.harness.state_mut().now;
        now.wall = now.wall_after(time);
        now.boot = now.boot.saturating_add(time);
        self.settle();
    }

    /// Draws frames until the console requests no immediate repaint.
    pub fn settle(&mut self) {
        for _ in 0..MAX_FRAMES {
            self.harness.step();
            if self.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay
                > Duration::ZERO
            {
                return;
            }
        }
        panic!("no rest: {:#?}", self.harness.ctx.repaint_causes());
    }

    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Types into what has the focus.
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Types into the field with this name.
    #[track_caller]
    pub fn type_into(&mut self, field: &str, text: &str) {
        self.find(field, |role| {
            matches!(
                role,
                Role::TextInput | Role::PasswordInput | Role::MultilineTextInput
            )
        })
        .focus();
        self.settle();
        self.type_text(text);
    }

    /// Clicks the control with exactly this name.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        self.find(name, |role| role != Role::Label).click();
        self.harness.remove_cursor();
        self.settle();
    }

    /// Closes the window as its close button does.
    pub fn close_window(&mut self) {
        let ctx = self.harness.ctx.clone();
        let console = self.harness.state_mut();
        console.screens.before_close(&ctx, &console.state);
        self.settle();
    }

    /// Scrolls the control with this name into view.
    #[track_caller]
    pub fn scroll_to(&mut self, name: &str) {
        self.find(name, |_| true).scroll_to_me();
        self.settle();
    }

    /// Removes the focus from any control.
    pub fn unfocus(&mut self) {
        let focused = self.harness.ctx.memory(egui::Memory::focused);
        if let Some(id) = focused {
            self.harness
                .ctx
                .memory_mut(|memory| memory.surrender_focus(id));
        }
        self.settle();
    }

    /// Whether a control has this name.
    pub fn offers(&self, name: &str) -> bool {
        self.query(name, |role| role != Role::Label).is_some()
    }

    fn query(&self, name: &str, has_role: impl Fn(Role) -> bool) -> Option<Node<'_>> {
        let mut nodes = self.harness.root().children_recursive();
        nodes.find(|node| {
            let node = node.accesskit_node();
            has_role(node.role()) && node.label().as_deref() == Some(name)
        })
    }

    #[track_caller]
    fn find(&self, name: &str, has_role: impl Fn(Role) -> bool) -> Node<'_> {
        self.query(name, has_role).unwrap_or_else(|| {
            let names: Vec<_> = self
                .harness
                .root()
                .children_recursive()
                .filter_map(|node| node.accesskit_node().label())
                .collect();
            panic!("no “{name}” among {names:#?}")
        })
    }

    /// Takes a picture.
    pub fn shoot(&mut self) -> Picture {
        let look = self.look;
        let density = self.state().saved.settings.density;
        theme::set_density(&self.harness.ctx, density);
        // Columns and panes get their final widths in the second frame that shows them.
        for _ in 0..3 {
            self.harness.step();
        }
        self.settle();
        let ctx: &Context = &self.harness.ctx;
        let primitives = ctx.tessellate(self.harness.output().shapes.clone(), look.zoom);
        draw(&primitives, &self.textures, look.size, look.zoom)
    }
}

/// A fallback font for Hebrew and Arabic, after the bundled fonts.
fn from_right_to_left() -> FontInsert {
    let bytes = include_bytes!("fonts/DejaVuSans-RightToLeft.ttf");
    let families = [
        FontFamily::Proportional,
        FontFamily::Monospace,
        Type::BodyStrong.font().family,
        Type::BodySemi.font().family,
    ];
    let last = |family| InsertFontFamily {
        family,
        priority: FontPriority::Lowest,
    };
    FontInsert::new(
        "from right to left",
        FontData::from_static(bytes),
        families.into_iter().map(last).collect(),
    )
}

impl Console {
    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Session(SessionEffect::Verify(generation, ..))
            | Effect::Session(SessionEffect::FetchKey(generation, _))
            | Effect::Session(SessionEffect::StartDemo(generation)) = &effect
            {
                self.generation = *generation;
            }
            match self.answer(&effect) {
                Some(event) => {
                    let effects = self.state.event(event, self.now);
                    self.run(effects);
                }
                None => self.asked.push(effect),
            }
        }
    }

    /// The immediate response to an effect when everything succeeds.
    fn answer(&self, effect: &Effect) -> Option<News> {
        if self.is_silent {
            return None;
        }
        let generation = self.generation;
        Some(match effect {
            Effect::List(ListEffect::ReadBusiness(_, id)) => {
                let detail = Box::new(self.detail(*id)?);
                News::Session(
                    generation,
                    SessionEvent::List(ListEvent::BusinessRead(*id, Ok(detail))),
                )
            }
            Effect::Token(TokenEffect::Fetch(_, id)) => {
                let token = world::token(*id, self.now, self.next_token);
                News::Session(generation, SessionEvent::TokenFetched(*id, Ok(token)))
            }
            Effect::Token(TokenEffect::CopyHandout { ticket, .. }) => {
                ClipboardEvent::HandoutCopied {
                    ticket: *ticket,
                    result: Ok(()),
                }
                .into()
            }
            Effect::Shell(ShellEffect::CopyText { what, .. }) => ClipboardEvent::TextCopied {
                what: *what,
                result: Ok(()),
            }
            .into(),
            Effect::Import(ImportEffect::Validate(generation, ticket, plan)) => {
                let dry = Box::new(plan.run(|_| true)?);
                let ticket = *ticket;
                let event = ImportEvent::Validated { ticket, dry };
                News::Session(*generation, SessionEvent::Import(event))
            }
            Effect::History(HistoryEffect::Read) => News::History(HistoryEvent::Read {
                read: ReadLines::default(),
                problem: None,
            }),
            Effect::Token(TokenEffect::ClearClipboard) => {
                ClipboardEvent::Cleared(Ok(thred_console::domain::clipboard::ClearOutcome::Cleared))
                    .into()
            }
            _ => return None,
        })
    }

    fn detail(&self, id: BusinessId) -> Option<BusinessDetail> {
        let list = &self.state.workspace()?.list;
        Some(world::detail(&list.businesses().get(id)?))
    }
}

impl eframe::App for Console {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        let effects = self.state.tick(self.now);
        self.run(effects);
        if let Some(deadline) = self.state.next_deadline(self.now) {
            ctx.request_repaint_after(deadline.saturating_since(self.now.boot));
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let commands = self.screens.show(ui, &self.state, self.now);
        if commands.is_empty() {
            return;
        }
        for command in commands {
            let effects = self.state.command(command, self.now);
            self.run(effects);
        }
        ui.ctx().request_repaint();
    }
}
