//! A client simple enough to be trusted: one connection per request, read to its end.

use std::net::SocketAddr;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use uuid::Uuid;

use crate::demo::{DemoOptions, DemoServer};

pub(super) async fn start(options: DemoOptions) -> DemoServer {
    DemoServer::start(options).await.unwrap()
}

pub(super) struct Client {
    address: SocketAddr,
    partner_id: Uuid,
}

pub(super) struct Answer {
    pub(super) status: u16,
    head: String,
    /// Null if the body is not JSON.
    pub(super) json: Value,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    pub(super) fn code(&self) -> &str {
        self.json["error_code"].as_str().unwrap_or_default()
    }
}

impl Client {
    pub(super) fn of(server: &DemoServer) -> Self {
        let address = server
            .base_url()
            .strip_prefix("http://")
            .unwrap()
            .parse()
            .unwrap();
        Self {
            address,
            partner_id: server.partner_id(),
        }
    }

    pub(super) fn basic(&self, key: &str) -> String {
        format!(
            "Basic {}",
            STANDARD.encode(format!("{}:{key}", self.partner_id))
        )
    }

    /// The `Authorization` header with a new partner token.
    pub(super) async fn sign_in(&self, server: &DemoServer) -> String {
        let answer = self
            .post(
                "/v1/platform/oauth2/token/",
                &self.basic(server.api_key()),
                "",
                "",
            )
            .await;
        format!("Bearer {}", answer.json["access_token"].as_str().unwrap())
    }

    pub(super) async fn get(&self, path: &str, authorization: &str) -> Answer {
        self.send("GET", path, authorization, "", "").await
    }

    pub(super) async fn post(
        &self,
        path: &str,
        authorization: &str,
        content_type: &str,
        body: &str,
    ) -> Answer {
        self.send("POST", path, authorization, content_type, body)
            .await
    }

    pub(super) async fn post_json(&self, path: &str, authorization: &str, body: &Value) -> Answer {
        let body = body.to_string();
        self.post(path, authorization, "application/json", &body)
            .await
    }

    pub(super) async fn patch(&self, path: &str, authorization: &str, body: &Value) -> Answer {
        let body = body.to_string();
        self.send("PATCH", path, authorization, "application/json", &body)
            .await
    }

    pub(super) async fn is_answered(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(self.address).await else {
            return false;
        };
        let request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        let mut bytes = Vec::new();
        stream.write_all(request).await.is_ok()
            && stream.read_to_end(&mut bytes).await.is_ok_and(|n| n > 0)
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        authorization: &str,
        content_type: &str,
        body: &str,
    ) -> Answer {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.address
        );
        for (name, value) in [
            ("Authorization", authorization),
            ("Content-Type", content_type),
        ] {
            if !value.is_empty() {
                request.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_owned(),
            json: serde_json::from_str(body).unwrap_or_default(),
        }
    }
}
