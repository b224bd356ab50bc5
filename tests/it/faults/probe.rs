//! A plain client without the checks of the real one.

use reqwest::{Client, Method, Response};
use serde_json::Value;
use thred_console::demo::DemoOptions;
use uuid::Uuid;

use crate::support::FaultServer;

pub const LIST: &str = "/v1/platform/businesses/";

pub struct Probe {
    pub server: FaultServer,
    client: Client,
    token: String,
}

impl Probe {
    /// Starts a server with 45 businesses and signs in.
    pub async fn start() -> Self {
        let options = DemoOptions {
            businesses: 45,
            seed: 11,
            ..DemoOptions::default()
        };
        let server = FaultServer::start(options).await;
        let client = client();
        let mut probe = Self {
            server,
            client,
            token: String::new(),
        };
        probe.token = probe.sign_in().await["access_token"]
            .as_str()
            .unwrap()
            .to_owned();
        probe
    }

    pub async fn sign_in(&self) -> Value {
        let url = format!("{}/v1/platform/oauth2/token/", self.server.base_url());
        let request = self
            .client
            .post(url)
            .basic_auth(self.server.partner_id(), Some(self.server.api_key()));
        request.send().await.unwrap().json().await.unwrap()
    }

    pub async fn send(&self, method: Method, path: &str) -> reqwest::Result<Response> {
        let url = format!("{}{path}", self.server.base_url());
        self.client
            .request(method, url)
            .bearer_auth(&self.token)
            .send()
            .await
    }

    pub async fn get(&self, path: &str) -> reqwest::Result<Response> {
        self.send(Method::GET, path).await
    }

    /// Sends `body` to create a business.
    pub async fn create(&self, body: &Value) -> reqwest::Result<Response> {
        let url = format!("{}{LIST}", self.server.base_url());
        self.client
            .post(url)
            .bearer_auth(&self.token)
            .json(body)
            .send()
            .await
    }

    pub async fn page(&self, page: u64) -> Value {
        self.get(&format!("{LIST}?page={page}&page_size=20"))
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    pub async fn token(&self, id: Uuid) -> Value {
        let path = format!("/v1/platform/{id}/oauth2/token/");
        self.send(Method::POST, &path)
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// The partner token that all requests carry.
    pub fn own_token(&self) -> &str {
        &self.token
    }

    /// Two ids of the list.
    pub fn two_ids(&self) -> [Uuid; 2] {
        let store = self.server.state().store();
        let mut ids = store.newest_first().map(|business| business.id);
        [ids.next().unwrap(), ids.next().unwrap()]
    }
}

/// A client without a proxy that follows no redirects.
pub fn client() -> Client {
    Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

pub fn ids(page: &Value) -> Vec<String> {
    let results = page["results"].as_array().unwrap();
    results
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}
