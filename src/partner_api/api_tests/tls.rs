//! Certificates as real servers send them.

use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    NameConstraints, date_time_ymd,
};
use url::Url;

use crate::domain::failure::{Failure, FailureKind, ProxyFault, TlsCause};
use crate::domain::settings::Proxy;
use crate::partner_api::read_ca_file;
use crate::partner_api::testing::{TlsServer, client, fast_options};

async fn sign_in(server: TlsServer, is_trusted: bool) -> Failure {
    let mut options = fast_options();
    let (address, pem) = server.start().await;
    if is_trusted {
        let file = read_ca_file(PathBuf::from("ca.pem"), pem.as_bytes()).unwrap();
        options.network.ca = Some(Arc::new(file));
    }
    client(&address, options).api.sign_in().await.unwrap_err()
}

#[tokio::test]
async fn a_proxys_certificate_is_not_taken_for_the_servers() {
    let mut options = fast_options();
    let (proxy, _) = TlsServer::valid().start().await;
    options.network.proxy = Proxy::Url(Url::parse(&proxy).unwrap());
    let client = client("https://thred.test.invalid", options);
    let failure = client.api.sign_in().await.unwrap_err();
    let fault = ProxyFault::TlsFailed(TlsCause::Issuer);
    assert_eq!(failure.kind, FailureKind::Proxy { proxy, fault });
    let detail = "this computer does not trust its issuer, Corp Root";
    assert_eq!(failure.detail.as_deref(), Some(detail));
}

#[tokio::test]
async fn each_kind_of_wrong_certificate_is_told_apart() {
    let world = TlsServer::valid;
    let mut expired = world();
    expired.certificate.not_before = date_time_ymd(2019, 1, 1);
    expired.certificate.not_after = date_time_ymd(2020, 1, 1);
    let mut early = world();
    early.certificate.not_before = date_time_ymd(4000, 1, 1);
    early.certificate.not_after = date_time_ymd(4001, 1, 1);
    let mut other_host = world();
    other_host.certificate =
        CertificateParams::new(vec!["*.other.example".to_owned(), "10.0.0.1".to_owned()]).unwrap();
    let mut for_clients = world();
    for_clients.certificate.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let mut constrained = world();
    constrained.authority.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![GeneralSubtree::DnsName("other.example".to_owned())],
        excluded_subtrees: vec![],
    });
    let mut authority = world();
    authority.certificate.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let self_signed_authority = TlsServer {
        is_self_signed: true,
        certificate: authority.certificate.clone(),
        ..world()
    };
    let cases = [
        (
            TlsServer {
                is_self_signed: true,
                ..world()
            },
            TlsCause::Issuer,
            "it is self-signed, so no certificate authority vouches for it",
        ),
        (
            expired,
            TlsCause::Clock,
            "it expired on 1 Jan 2020, and this computer’s date is ",
        ),
        (
            early,
            TlsCause::Clock,
            "it is not valid before 1 Jan 4000, and this computer’s date is ",
        ),
        (
            other_host,
            TlsCause::OtherHost,
            "it is valid only for *.other.example, 10.0.0.1",
        ),
        (
            for_clients,
            TlsCause::Certificate,
            "it was not issued for servers",
        ),
        (
            constrained,
            TlsCause::Certificate,
            "its issuer, Corp Root, is not allowed to certify this host",
        ),
        (
            authority,
            TlsCause::Certificate,
            "it belongs to a certificate authority, not a server",
        ),
        (
            self_signed_authority,
            TlsCause::Certificate,
            "it is self-signed and belongs to a certificate authority, not a server",
        ),
    ];
    let stranger = "this computer does not trust its issuer, Corp Root";
    let cases = cases.map(|case| (case, true));
    let untrusted = ((world(), TlsCause::Issuer, stranger), false);
    for ((server, cause, words), is_trusted) in cases.into_iter().chain([untrusted]) {
        let failure = sign_in(server, is_trusted).await;
        assert_eq!(failure.kind, FailureKind::Tls(cause), "{failure:?}");
        let detail = failure.detail.unwrap();
        assert!(detail.starts_with(words), "{detail}");
    }
}
