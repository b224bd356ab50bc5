//! The environment in which the console of a test starts.

use std::time::Duration;

use egui::Vec2;
use thred_console::demo::{DemoBusiness, DemoCredentials, DemoOptions};
use thred_console::domain::settings::Settings;
use thred_console::partner_api::{ApiOptions, ListLimits, RetryPolicy};
use thred_console::state::shell::saved::Saved;
use uuid::Uuid;

use crate::support::FaultServer;

/// The partner that signs in.
pub const PARTNER: Uuid = Uuid::from_u128(0x3f2a_71c8_05de_4b7e_8d14_61fa_20b3_9c1e);
/// The partner's API key, which must not appear anywhere.
pub const KEY: &str = "sk_live_Sentinel+Key/0123456789==";

/// What a console starts with.
#[derive(Clone)]
pub struct Setup {
    /// All businesses, oldest first.
    pub businesses: Vec<DemoBusiness>,
    /// The client's limits.
    pub api: ApiOptions,
    /// Options of the test's server and of the embedded demo server.
    pub demo: DemoOptions,
    /// The window's size.
    pub size: Vec2,
    /// The saved settings.
    pub settings: Settings,
    /// Whether texts may use scripts that the bundled font does not have.
    pub any_script: bool,
    /// Reading a file never ends.
    pub is_drive_dead: bool,
}

impl Default for Setup {
    /// A few businesses, each for a certain kind of test.
    fn default() -> Self {
        let businesses = vec![
            business(1, "Acme Ltd", "acme-1", "GB"),
            business(2, "Lindenhof Käse GmbH", "linde-2", "DE"),
            business(3, "Bakkerij de Molen", "molen-3", "NL"),
            DemoBusiness {
                is_active: Some(false),
                ..business(4, "Closed Shop", "closed-4", "NL")
            },
            DemoBusiness {
                external_id: None,
                ..business(5, "No Number", "", "BE")
            },
            business(6, "Zebra Zoo", "zoo-6", "GB"),
        ];
        Self {
            businesses,
            api: quick(),
            demo: DemoOptions {
                businesses: 0,
                credentials: Some(DemoCredentials {
                    partner_id: PARTNER,
                    api_key: KEY.to_owned(),
                }),
                ..DemoOptions::default()
            },
            size: Vec2::new(1280.0, 800.0),
            // Hours pass in most tests without input.
            settings: Settings {
                lock_minutes: None,
                ..Settings::default()
            },
            any_script: false,
            is_drive_dead: false,
        }
    }
}

impl Setup {
    /// With `count` businesses, named "Business 0001" and so on.
    pub fn with_many(count: u128) -> Self {
        Self {
            businesses: numbered(1, count),
            ..Self::default()
        }
    }

    /// With pages of this size.
    pub fn paged(mut self, page_size: u32) -> Self {
        self.api.list.page_size = page_size;
        self
    }

    /// With extra certificates in a file that cannot be read, and not because anything says so.
    pub fn with_ca_on_a_dead_drive(mut self) -> Self {
        self.settings.ca_file = Some("/mnt/gone/corp.pem".into());
        self.is_drive_dead = true;
        self
    }

    /// Locks after this many minutes without input.
    pub fn locking_after(mut self, minutes: u16) -> Self {
        self.settings.lock_minutes = Some(minutes);
        self
    }

    /// The preferences of the first start.
    pub(super) fn saved(&self) -> Saved {
        Saved {
            settings: self.settings.clone(),
            ..Saved::default()
        }
    }

    pub(super) async fn serve(&self) -> FaultServer {
        let server = FaultServer::start(self.demo.clone()).await;
        for business in &self.businesses {
            assert!(
                server.state().store_mut().insert(business.clone()),
                "two have the same id"
            );
        }
        server
    }
}

/// `count` businesses, numbered from `first`.
pub fn numbered(first: u128, count: u128) -> Vec<DemoBusiness> {
    let name = |number| format!("Business {number:04}");
    (first..first + count)
        .map(|number| business(number, &name(number), &format!("ext-{number}"), "GB"))
        .collect()
}

/// A business whose id ends in `number`, created `number` minutes after a fixed time.
pub fn business(
    number: u128,
    name: &str,
    external_id: &str,
    country: &'static str,
) -> DemoBusiness {
    let created = 1_760_000_000 + 60 * i64::try_from(number).unwrap();
    DemoBusiness {
        id: Uuid::from_u128(0x8000_4000_8000_0000_0000_0000 + number),
        name: Some(name.to_owned().into()),
        legal_name: Some(name.to_owned().into()),
        external_id: Some(external_id.to_owned().into()),
        country: Some(country.into()),
        entity_type: Some("limited".into()),
        base_currency: Some("EUR".into()),
        is_active: Some(true),
        created_at: jiff::Timestamp::from_second(created).ok(),
        ..DemoBusiness::default()
    }
}

/// Short waits between retries, and time limits that only an unanswered request reaches: see `Console::let_requests_time_out`.
fn quick() -> ApiOptions {
    ApiOptions {
        connect_timeout: Duration::from_mins(2),
        read_timeout: Duration::from_mins(2),
        request_timeout: Duration::from_mins(4),
        body_limit: 1 << 20,
        retry: RetryPolicy {
            attempts: 3,
            base: Duration::from_millis(2),
            cap: Duration::from_millis(8),
            retry_after_cap: Duration::from_millis(20),
            jitter: 0.25,
        },
        list: ListLimits {
            page_size: 100,
            in_flight: 8,
            page_cap: 200,
            row_cap: 100_000,
            rereads: 2,
            byte_cap: 64 << 20,
        },
        ..ApiOptions::default()
    }
}
