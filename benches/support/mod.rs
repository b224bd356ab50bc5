//! A signed-in state with generated businesses, and a frame of it.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use thred_console::domain::business::{Business, BusinessId};
use thred_console::domain::credentials::{ApiKey, Credentials, PartnerId};
use thred_console::domain::environment::Environment;
use thred_console::domain::filter::SearchableBusiness;
use thred_console::domain::key_source::KeySource;
use thred_console::domain::keychain::KeychainName;
use thred_console::domain::text::ServerText;
use thred_console::domain::time::{BootInstant, Now};
use thred_console::platform::wiping_allocator::WipingAllocator;
use thred_console::state::AppState;
use thred_console::state::command::Command;
use thred_console::state::create::creating::Drafts;
use thred_console::state::effect::Effect;
use thred_console::state::event::{Event, SessionEvent};
use thred_console::state::list::messages::{
    ListCommand, ListEffect, ListEvent, ListOutcome, LoadNumber,
};
use thred_console::state::session::messages::{SessionCommand, SessionEffect, SignInEvent};
use thred_console::state::shell::saved::Saved;
use thred_console::ui::Screens;
use uuid::Uuid;

use crate::processor;

/// The program's own allocator, because it adds a cost to every freed block.
#[global_allocator]
static ALLOCATOR: WipingAllocator = WipingAllocator::new();

const NAMES: [&str; 8] = [
    "Bäckerei Lindenhof",
    "和記茶室",
    "Nordlys Fiskeeksport",
    "Ελιά & Θυμάρι",
    "Zoë et Cie, Boulangerie",
    "Чайный дом Самовар",
    "O’Sullivan, Ní Bhriain & Partners",
    "Talleres Muñoz e Hijos",
];

/// The current time in all benchmarks.
pub fn start() -> Now {
    Now {
        wall: Timestamp::UNIX_EPOCH,
        boot: BootInstant::from_origin(Duration::from_secs(1)),
    }
}

/// Businesses with texts of typical lengths, the same in each run.
pub fn businesses(count: usize) -> impl Iterator<Item = Business> {
    (0..count).map(move |at| {
        let text = |text: String| Some(ServerText::from(text.as_str()));
        // A permutation, so that no column arrives sorted.
        let shuffled = at.wrapping_mul(7_919) % count.max(1);
        let name = NAMES[shuffled % NAMES.len()];
        Business {
            name: text(format!("{name} {shuffled}")),
            legal_name: text(format!("{name} {shuffled} GmbH")),
            external_id: text(format!("user-{shuffled}")),
            country: text(["DE", "NL", "GB"][at % 3].to_owned()),
            entity_type: text("gmbh".to_owned()),
            base_currency: text("EUR".to_owned()),
            vat_number: text(format!("DE{shuffled:09}")),
            company_number: text(format!("HRB {shuffled}")),
            is_active: Some(!at.is_multiple_of(12)),
            created_at: Timestamp::from_second(1_700_000_000 + shuffled as i64 * 61).ok(),
            ..Business::unknown(BusinessId(Uuid::from_u128(
                shuffled as u128 * 0x1_0000_0001,
            )))
        }
    })
}

/// Bytes of a business's own text.
pub fn text_bytes(business: &Business) -> usize {
    [
        &business.name,
        &business.legal_name,
        &business.external_id,
        &business.country,
        &business.entity_type,
        &business.base_currency,
        &business.vat_number,
        &business.company_number,
    ]
    .into_iter()
    .flatten()
    .map(|text| text.raw().len())
    .sum()
}

/// A session whose list has been loaded.
pub fn signed_in(count: usize) -> AppState {
    let mut state = AppState::new(
        Saved::default(),
        Drafts::default(),
        KeychainName::SecretService,
        TimeZone::UTC,
    );
    let credentials = Credentials {
        environment: Environment::Sandbox,
        partner: PartnerId(Uuid::from_u128(1)),
        key: ApiKey::parse("key").unwrap(),
    };
    let source = KeySource::Typed;
    let effects = state.command(
        Command::Session(SessionCommand::SignIn {
            credentials,
            source,
            label: String::new(),
        }),
        start(),
    );
    let generation = effects.iter().find_map(|effect| match effect {
        Effect::Session(SessionEffect::Verify(generation, ..)) => Some(*generation),
        _ => None,
    });
    let generation = generation.expect("an attempt to sign in");
    let mut event = |event| state.event(Event::Session(generation, event), start());
    event(SessionEvent::SignIn(SignInEvent::Verified(Ok(()))));
    let total = Some(count as u64);
    // Page by page, so that only the list itself stays in memory.
    let mut all = businesses(count).peekable();
    while all.peek().is_some() {
        let rows = all.by_ref().take(100).map(Into::into).collect();
        event(SessionEvent::List(ListEvent::Rows { rows, total }));
    }
    let outcome = ListOutcome {
        stated: total,
        received: count as u64,
        is_exact: true,
    };
    event(SessionEvent::List(ListEvent::Ended(
        LoadNumber(1),
        Ok(outcome),
    )));
    let listed = state
        .workspace()
        .map(|workspace| workspace.list.shown_count());
    assert_eq!(
        listed,
        Some(count),
        "a list that is not there takes no time"
    );
    state
}

fn since(had: Duration) -> Duration {
    processor::of_thread().saturating_sub(had)
}

/// Reloads the list, taking in `pages_a_frame` pages in each frame. Returns the most processor time that a frame took,
/// without drawing.
pub fn load(
    state: &mut AppState,
    pages: Vec<Vec<SearchableBusiness>>,
    pages_a_frame: usize,
) -> Duration {
    let effects = state.command(Command::List(ListCommand::Refresh), start());
    let generation = effects.iter().find_map(|effect| match effect {
        Effect::List(ListEffect::Load(generation, load)) => Some((*generation, *load)),
        _ => None,
    });
    let (generation, load) = generation.expect("a load");
    let count = pages.iter().map(Vec::len).sum::<usize>() as u64;
    let mut longest = Duration::ZERO;
    let mut pages = pages.into_iter().peekable();
    while pages.peek().is_some() {
        let began = processor::of_thread();
        for rows in pages.by_ref().take(pages_a_frame) {
            let total = Some(count);
            let event = SessionEvent::List(ListEvent::Rows { rows, total });
            state.event(Event::Session(generation, event), start());
        }
        state.tick(start());
        longest = longest.max(since(began));
    }
    let began = processor::of_thread();
    let outcome = ListOutcome {
        stated: Some(count),
        received: count,
        is_exact: true,
    };
    let event = SessionEvent::List(ListEvent::Ended(load, Ok(outcome)));
    state.event(Event::Session(generation, event), start());
    longest.max(since(began))
}

/// Draws one frame, without a renderer.
pub fn frame(ctx: &egui::Context, screens: &mut Screens, state: &AppState) -> egui::FullOutput {
    let size = egui::vec2(1280.0, 800.0);
    let input = egui::RawInput {
        screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
        ..egui::RawInput::default()
    };
    let mut output = ctx.run_ui(input, |ui| {
        screens.show(ui, state, start());
    });
    // There is no renderer that needs them.
    output.textures_delta.clear();
    output
}

/// Resident memory of this process; `None` on a system without `/proc`.
pub fn resident_bytes() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = statm.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
