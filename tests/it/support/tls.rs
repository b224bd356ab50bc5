//! A certificate authority that no system trusts, a TLS server with a certificate from it, and a proxy.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{CertificateDer, PrivateKeyDer},
    },
};

use super::FaultServer;

/// A certificate authority made for the test.
pub struct Authority {
    params: CertificateParams,
    key: KeyPair,
    /// The certificate, which a user adds to the trusted ones.
    pub pem: String,
    /// The private key, which the console must reject.
    pub key_pem: String,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            key_pem: key.serialize_pem(),
            params,
            key,
            pem,
        }
    }

    /// A server's side of TLS, with a certificate for `host`.
    fn acceptor(&self, host: &str) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        let issuer = Issuer::from_params(&self.params, &self.key);
        let certificate = params.signed_by(&key, &issuer).unwrap();
        let chain = vec![CertificateDer::from(certificate.der().to_vec())];
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

/// Terminates TLS on loopback and forwards everything to a plain HTTP server.
pub struct TlsFront {
    pub address: SocketAddr,
}

impl TlsFront {
    pub async fn start(authority: &Authority, host: &str, behind: &FaultServer) -> Self {
        let acceptor = authority.acceptor(host);
        let behind: SocketAddr = behind
            .base_url()
            .trim_start_matches("http://")
            .parse()
            .unwrap();
        let address = listen(move |stream| {
            let acceptor = acceptor.clone();
            async move {
                let Ok(mut safe) = acceptor.accept(stream).await else {
                    return;
                };
                let mut server = TcpStream::connect(behind).await.unwrap();
                let _ = copy_bidirectional(&mut safe, &mut server).await;
            }
        })
        .await;
        Self { address }
    }

    /// The URL with the host `localhost`.
    pub fn local_url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }
}

/// A proxy that connects every `CONNECT` to one server, and records the request heads.
pub struct ConnectProxy {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
}

impl ConnectProxy {
    pub async fn start(to: SocketAddr) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let heard = seen.clone();
        let address = listen(move |mut stream| {
            let heard = heard.clone();
            async move {
                let head = read_head(&mut stream).await;
                heard.lock().unwrap().push(head);
                let established = b"HTTP/1.1 200 Connection established\r\n\r\n";
                if stream.write_all(established).await.is_err() {
                    return;
                }
                let mut server = TcpStream::connect(to).await.unwrap();
                let _ = copy_bidirectional(&mut stream, &mut server).await;
            }
        })
        .await;
        Self { address, seen }
    }

    /// A proxy that answers every request with this status.
    pub async fn refusing(status: &'static str) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let heard = seen.clone();
        let address = listen(move |mut stream| {
            let heard = heard.clone();
            async move {
                let head = read_head(&mut stream).await;
                heard.lock().unwrap().push(head);
                let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
                // The client may have closed the connection.
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        })
        .await;
        Self { address, seen }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The heads of the requests so far.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// Serves each connection in a task of its own until the runtime ends.
async fn listen<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> SocketAddr
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    address
}
