//! The eframe app, where state, runtime and screens meet.

mod press_queue;
mod second_start;

use std::sync::Arc;

use eframe::Frame;
use egui::{Context, NumExt as _, RawInput, Ui, Vec2, ViewportCommand};
use press_queue::PressQueue;
pub use second_start::SecondStart;
use tokio::runtime::Handle;

use crate::domain::credentials::PartnerId;
use crate::domain::environment::Environment;
use crate::domain::key_source::SourceKind;
use crate::domain::settings::{ThemePreference, WindowSize};
use crate::domain::time::{Clock, Now};
use crate::runtime::{Runtime, Services, StartNotice, SystemTimeZone};
use crate::state::command::Command;
use crate::state::effect::Effect;
use crate::state::event::Event;
use crate::state::session::messages::SessionCommand;
use crate::state::shell::messages::{SettingsCommand, ShellEvent};
use crate::state::{AppState, Foreground};
use crate::theme;
use crate::ui::Screens;

/// The app's name, as shown in the title bar.
pub const TITLE: &str = "Thred Partner Console";

/// Largest side of a texture, pixels. The atlas of glyphs is as wide and only as high as needed, and is held twice; at the 16,384 of common drivers,
/// a few rows of glyphs take megabytes.
const MAX_TEXTURE_SIDE: usize = 4_096;

/// What the console starts with.
#[derive(Default)]
pub struct StartOptions {
    /// Run before the first frame.
    pub command: Option<Command>,
    /// Environment and partner to fill in on the sign-in form.
    pub prefill: Option<(Environment, Option<PartnerId>)>,
    /// Problems with the folder and its files, to be shown as toasts.
    pub notices: Vec<StartNotice>,
}

/// The app: owns state, runtime and screens.
pub struct ConsoleApp {
    state: AppState,
    runtime: Runtime,
    screens: Screens,
    presses: PressQueue,
    clock: Arc<dyn Clock>,
    zone: SystemTimeZone,
    now: Now,
    title: String,
    theme: ThemePreference,
    /// Window size in the last frame; `None` when it should not be saved.
    size: Option<WindowSize>,
    /// The window's minimum size, in points at 100 %; `None` until the screen is known.
    min_size: Option<(Vec2, f32)>,
}

impl ConsoleApp {
    /// Creates the console with the given state and services.
    pub fn new(
        ctx: &Context,
        tokio: Handle,
        mut services: Services,
        mut state: AppState,
        start: StartOptions,
    ) -> Self {
        let clock = Arc::clone(&services.clock);
        let zone = Arc::clone(&services.zone);
        let now = clock.now();
        let settings = &state.saved.settings;
        let theme = settings.theme;
        theme::install(ctx, theme);
        services.api.network.proxy = settings.proxy.clone();
        let folder = services.folder.as_ref();
        let data_folder = folder.map(|folder| folder.root().to_owned());
        // The console has its own zoom setting, with limits. `Context::set_zoom_factor` would scale the rectangle of the
        // frame before, and before the first frame that has 10,000 points.
        let zoom_factor = settings.scale.factor();
        ctx.options_mut(|options| {
            options.zoom_with_keyboard = false;
            options.zoom_factor = zoom_factor;
        });
        let ca_file = settings.ca_file.clone();
        let mut screens = Screens::default();
        if let Some((environment, partner)) = start.prefill {
            screens.prefill(&environment, partner);
        }
        let kinds = SourceKind::ALL.into_iter();
        let offers = kinds
            .map(|kind| kind.prefilled(&*services.variable))
            .collect();
        screens.offer_sources(offers);
        if let Some(Command::Session(SessionCommand::OpenProfile(profile))) = &start.command {
            screens.prefill_profile(profile, &state);
        }
        for notice in start.notices {
            state.show_failure(notice.title, notice.body, notice.file, now);
        }
        state.data_folder = data_folder;
        let mut app = Self {
            state,
            runtime: Runtime::new(tokio, services),
            screens,
            presses: PressQueue::default(),
            clock,
            zone,
            now,
            title: TITLE.to_owned(),
            theme,
            size: None,
            min_size: None,
        };
        app.size = app.state.saved.window.or(usual_size());
        app.apply_appearance(ctx);
        if let Some(path) = ca_file {
            app.runtime.begin_with_ca(path);
        }
        if let Some(command) = start.command {
            let command = app.state.first(command);
            app.command(command);
        }
        app
    }

    /// The current state, for tests.
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// The current text of the title bar.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Waits until all pending file writes are done, for tests.
    pub fn flush(&self) {
        self.runtime.flush();
    }

    /// Ends the session and clears its secrets. Called when the window closes.
    pub fn close(&mut self) {
        let effects = self.state.before_exit(self.now);
        self.run(effects);
        self.runtime.close();
    }

    /// Closes the window because a signal ends the program: nobody may be there to answer a question.
    pub fn close_unasked(&mut self, ctx: &Context) {
        self.screens.close_unasked();
        ctx.send_viewport_cmd(ViewportCommand::Close);
        ctx.request_repaint();
    }

    /// Opens the demo because a second start asked for it. Returns `false` without opening it when someone is signed in or signing in.
    pub fn explore_demo_if_signed_out(&mut self) -> bool {
        let is_free =
            matches!(self.state.front(), Foreground::SignIn(attempt) if !attempt.is_waiting());
        if is_free {
            self.command(Command::Session(SessionCommand::ExploreDemo));
        }
        is_free
    }

    fn command(&mut self, command: Command) {
        let effects = self.state.command(command, self.now);
        self.run(effects);
    }

    fn event(&mut self, event: Event) {
        let effects = self.state.event(event, self.now);
        self.run(effects);
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.runtime.run(effect);
        }
    }

    /// Shows the environment in the title bar and applies theme, zoom and row height.
    fn apply_appearance(&mut self, ctx: &Context) {
        let title = match self.state.front() {
            Foreground::Session(open) => {
                let environment = open.profile().environment.in_sentence();
                match self.state.label(open.profile()) {
                    label if label.is_empty() || self.state.share.is_on() => {
                        format!("{environment} · {TITLE}")
                    }
                    label => format!("{environment} · {label} · {TITLE}"),
                }
            }
            Foreground::Lock(..) => format!("Locked · {TITLE}"),
            Foreground::SignIn(_) => TITLE.to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        let settings = &self.state.saved.settings;
        if settings.theme != self.theme {
            self.theme = settings.theme;
            theme::set(ctx, self.theme);
        }
        // Both calls do nothing when the value is unchanged.
        ctx.set_zoom_factor(settings.scale.factor());
        theme::set_density(ctx, settings.density);
    }

    /// Keeps the window from becoming too small to use, but never makes it larger than its screen.
    fn limit_size(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        let Some(screen) = ctx.input(|input| input.viewport().monitor_size) else {
            return;
        };
        let room = (screen * zoom * theme::layout::SCREEN_PART).round();
        let min_size = room.at_most(theme::layout::WINDOW_MIN.into());
        // The window system keeps it in pixels.
        let wanted = (min_size, ctx.pixels_per_point());
        if self.min_size != Some(wanted) {
            self.min_size = Some(wanted);
            ctx.send_viewport_cmd(ViewportCommand::MinInnerSize(min_size / zoom));
        }
    }

    /// Reports a new window size to the state, so that it can be saved. Ignores maximised and full-screen windows.
    fn measure(&mut self, ctx: &Context) {
        let is_filling = ctx.input(|input| {
            let viewport = input.viewport();
            viewport.maximized == Some(true) || viewport.fullscreen == Some(true)
        });
        let size = ctx.viewport_rect().size() * ctx.zoom_factor();
        let size = WindowSize::measured(size.x, size.y).filter(|_| !is_filling);
        if let Some(size) = size
            && self.size != Some(size)
        {
            self.size = Some(size);
            self.command(Command::Settings(SettingsCommand::WindowSized(size)));
        }
    }
}

impl eframe::App for ConsoleApp {
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.presses.limit(input, ctx.text_edit_focused());
        input.max_texture_side = input
            .max_texture_side
            .map(|side| side.min(MAX_TEXTURE_SIDE));
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut Frame) {
        self.now = self.clock.now();
        if !self.presses.is_empty() {
            ctx.request_repaint();
        }
        // Reading the zone on every frame is cheap: it is cached for a few minutes.
        let zone = (self.zone)();
        if zone != self.state.zone {
            self.event(Event::Shell(ShellEvent::ZoneChanged(zone)));
        }
        if let Some(event) = self.runtime.begin_frame(self.now) {
            self.event(event);
        }
        while let Some(event) = self.runtime.next_event() {
            self.event(event);
        }
        self.measure(ctx);
        self.limit_size(ctx);
        if ctx.input(|input| input.viewport().close_requested()) {
            self.screens.before_close(ctx, &self.state);
        }
        let effects = self.state.tick(self.now);
        self.run(effects);
        self.apply_appearance(ctx);
        if let Some(deadline) = self.state.next_deadline(self.now) {
            ctx.request_repaint_after(deadline.saturating_since(self.now.boot));
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        ui.ctx()
            .accesskit_node_builder(egui::accesskit_root_id(), |window| {
                window.set_label(self.title.as_str());
            });
        let commands = self.screens.show(ui, &self.state, self.now);
        if commands.is_empty() {
            return;
        }
        for command in commands {
            self.command(command);
        }
        // What was just drawn is out of date. Draw it again before it is shown, so that a key press or click takes effect in one frame instead of
        // two.
        ui.ctx().request_discard("commands were applied");
        if !ui.ctx().will_discard() {
            ui.ctx().request_repaint();
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.close();
    }
}

/// The window size on the first start.
fn usual_size() -> Option<WindowSize> {
    let [width, height] = theme::layout::WINDOW;
    WindowSize::measured(width, height)
}
