//! The window: the one place where state, runtime and screens meet.

use std::sync::Arc;

use eframe::Frame;
use egui::{Context, Ui, ViewportCommand};
use tokio::runtime::Handle;

use crate::domain::credentials::PartnerId;
use crate::domain::environment::Environment;
use crate::domain::settings::ThemePreference;
use crate::domain::time::{Clock, Now};
use crate::runtime::{Runtime, Services};
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::effect::Effect;
use crate::theme::{self, ThemeChoice};
use crate::ui::Screens;

/// Name in the title bar.
pub const TITLE: &str = "Thred Partner Console";

/// What the window begins with.
#[derive(Default)]
pub struct Start {
    /// Done before the first frame.
    pub command: Option<Command>,
    /// Chosen on the sign-in screen.
    pub prefill: Option<(Environment, Option<PartnerId>)>,
    /// Told in toasts: files that could not be read.
    pub news: Vec<String>,
}

/// The console.
pub struct ConsoleApp {
    state: AppState,
    runtime: Runtime,
    screens: Screens,
    clock: Arc<dyn Clock>,
    now: Now,
    title: String,
    theme: ThemePreference,
}

impl ConsoleApp {
    /// The console over the given state and services.
    pub fn new(
        ctx: &Context,
        tokio: Handle,
        services: Services,
        mut state: AppState,
        start: Start,
    ) -> Self {
        let clock = Arc::clone(&services.clock);
        let now = clock.now();
        let theme = state.saved.settings.theme;
        theme::install(ctx, choice(theme));
        let mut screens = Screens::default();
        if let Some((environment, partner)) = start.prefill {
            screens.prefill(&environment, partner);
        }
        for news in start.news {
            state.tell("A file was not read", news, now);
        }
        let mut app = Self {
            state,
            runtime: Runtime::new(tokio, services),
            screens,
            clock,
            now,
            title: TITLE.to_owned(),
            theme,
        };
        if let Some(command) = start.command {
            app.command(command);
        }
        app
    }

    /// What the console knows, for tests.
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Ends the session and clears what is ours; called when the window closes.
    pub fn close(&mut self) {
        let effects = self.state.before_exit();
        self.run(effects);
        self.runtime.close();
    }

    fn command(&mut self, command: Command) {
        let effects = self.state.command(command, self.now);
        self.run(effects);
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.runtime.run(effect);
        }
    }

    /// Names the environment in the title bar and wears the chosen colours.
    fn dress(&mut self, ctx: &Context) {
        let title = match &self.state.workspace {
            Some(workspace) => {
                let environment = workspace.profile.environment.name();
                match self.state.label(&workspace.profile) {
                    "" => format!("{environment} · {TITLE}"),
                    label => format!("{environment} · {label} · {TITLE}"),
                }
            }
            None => TITLE.to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        if self.state.saved.settings.theme != self.theme {
            self.theme = self.state.saved.settings.theme;
            theme::set(ctx, choice(self.theme));
        }
    }
}

impl eframe::App for ConsoleApp {
    fn logic(&mut self, ctx: &Context, _frame: &mut Frame) {
        self.now = self.clock.now();
        for event in self.runtime.drain() {
            let effects = self.state.event(event, self.now);
            self.run(effects);
        }
        let effects = self.state.tick(self.now);
        self.run(effects);
        self.dress(ctx);
        if let Some(deadline) = self.state.next_deadline(self.now) {
            ctx.request_repaint_after(deadline.saturating_since(self.now.boot));
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        let commands = self.screens.show(ui, &self.state, self.now);
        if commands.is_empty() {
            return;
        }
        for command in commands {
            self.command(command);
        }
        // What was drawn is older than what is known now.
        ui.ctx().request_repaint();
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.close();
    }
}

fn choice(theme: ThemePreference) -> ThemeChoice {
    match theme {
        ThemePreference::System => ThemeChoice::System,
        ThemePreference::Dark => ThemeChoice::Dark,
        ThemePreference::Light => ThemeChoice::Light,
        ThemePreference::HighContrast => ThemeChoice::HighContrast,
    }
}
