use super::*;

fn failure(kind: FailureKind, operation: Operation) -> Failure {
    Failure {
        kind,
        operation,
        server: "Sandbox".into(),
        host: "sandbox.thredfi.com".into(),
        status: Some(500),
        detail: Some("said the server".into()),
        request: 7,
        at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn every_failure_says_what_happened_to_what_and_what_was_not_done() {
    let kinds = [
        FailureKind::KeyRejected,
        FailureKind::SessionRejected,
        FailureKind::NotPermitted,
        FailureKind::NotFound,
        FailureKind::NotSupported,
        FailureKind::Invalid { fields: vec![] },
        FailureKind::Conflict,
        FailureKind::RateLimited { retry_after: None },
        FailureKind::ServiceDown { retry_after: None },
        FailureKind::Unreachable(Unreachable::NameNotFound),
        FailureKind::Unreachable(Unreachable::Refused),
        FailureKind::Unreachable(Unreachable::Broken),
        FailureKind::TimedOut {
            limit: Duration::from_secs(30),
        },
        FailureKind::Proxy {
            proxy: "http://proxy:8080".into(),
            fault: ProxyFault::WantsPassword,
        },
        FailureKind::Proxy {
            proxy: "http://proxy:8080".into(),
            fault: ProxyFault::Refused,
        },
        FailureKind::Proxy {
            proxy: "http://proxy:8080".into(),
            fault: ProxyFault::NotReached,
        },
        FailureKind::Proxy {
            proxy: "http://proxy:8080".into(),
            fault: ProxyFault::RejectedPassword,
        },
        FailureKind::Proxy {
            proxy: "HTTPS_PROXY".into(),
            fault: ProxyFault::Unreadable,
        },
        FailureKind::Proxy {
            proxy: "http://proxy:8080".into(),
            fault: ProxyFault::TimedOut {
                limit: Duration::from_secs(10),
            },
        },
        FailureKind::Proxy {
            proxy: "https://proxy:8443".into(),
            fault: ProxyFault::TlsFailed(TlsCause::Issuer),
        },
        FailureKind::Proxy {
            proxy: "https://proxy:8443".into(),
            fault: ProxyFault::TlsFailed(TlsCause::Handshake),
        },
        FailureKind::Tls(TlsCause::Issuer),
        FailureKind::Tls(TlsCause::Clock),
        FailureKind::Tls(TlsCause::OtherHost),
        FailureKind::Tls(TlsCause::Certificate),
        FailureKind::Tls(TlsCause::Handshake),
        FailureKind::Tls(TlsCause::NothingTrusted),
        FailureKind::SignInUnusable(TokenProblem::Malformed),
        FailureKind::SignInUnusable(TokenProblem::ExpiredOnArrival),
        FailureKind::RateLimited {
            retry_after: Some(Duration::from_secs(300)),
        },
        FailureKind::ServiceDown {
            retry_after: Some(Duration::MAX),
        },
        FailureKind::Redirected {
            target: "http://evil.example".into(),
        },
        FailureKind::TooLarge { limit: 16 << 20 },
        FailureKind::UnexpectedResponse,
        FailureKind::TokenRejected(TokenProblem::LifetimeUnknown),
        FailureKind::NotRecorded,
    ];
    for kind in kinds {
        for operation in [
            Operation::SignIn,
            Operation::ListBusinesses,
            Operation::ReadBusiness,
            Operation::FetchToken,
            Operation::CreateBusiness,
            Operation::UpdateBusiness,
            Operation::ArchiveBusiness,
            Operation::UnarchiveBusiness,
        ] {
            let words = failure(kind.clone(), operation).explain(&TimeZone::UTC);
            assert!(words.body.contains("sandbox.thredfi.com"), "{words:?}");
            let not_done = operation.not_done(WriteOutcome::Unknown);
            assert!(words.body.ends_with(not_done), "{words:?}");
            assert!(
                !words.title.ends_with('.') && !words.title.contains('!'),
                "{words:?}"
            );
        }
    }
}

#[test]
fn a_pause_is_named_with_the_time_of_day_and_the_button_asks_now() {
    let retry_after = Some(Duration::from_secs(300));
    for kind in [
        FailureKind::RateLimited { retry_after },
        FailureKind::ServiceDown { retry_after },
    ] {
        let words = failure(kind, Operation::ListBusinesses).explain(&TimeZone::UTC);
        assert_eq!(words.title, "Sandbox requested a pause until 00:05");
        assert!(words.body.contains("a pause of 5 min"), "{}", words.body);
        assert_eq!(words.next, NextStep::TryNow);
    }
    let retry_after = Some(Duration::ZERO);
    let words = failure(FailureKind::RateLimited { retry_after }, Operation::SignIn);
    assert_eq!(words.explain(&TimeZone::UTC).next, NextStep::TryAgain);
}

#[test]
fn an_address_without_a_scheme_may_have_meant_a_server_without_tls() {
    for (host, is_here) in [
        ("127.0.0.1:42337", true),
        ("localhost", true),
        ("[::1]:8080", true),
        ("sandbox.thredfi.com", false),
    ] {
        let mut failure = failure(FailureKind::Tls(TlsCause::Handshake), Operation::SignIn);
        failure.host = host.into();
        let body = failure.explain(&TimeZone::UTC).body;
        assert_eq!(body.contains("http://"), is_here, "{body}");
    }
}

#[test]
fn a_proxy_or_the_clock_is_blamed_only_where_it_can_be_the_cause() {
    let body = |cause| {
        let mut failure = failure(FailureKind::Tls(cause), Operation::SignIn);
        failure.detail = Some("it was revoked".into());
        failure.explain(&TimeZone::UTC).body
    };
    for cause in [
        TlsCause::Issuer,
        TlsCause::Clock,
        TlsCause::OtherHost,
        TlsCause::Certificate,
        TlsCause::Handshake,
        TlsCause::NothingTrusted,
    ] {
        let body = body(cause);
        assert_eq!(body.contains("proxy"), cause == TlsCause::Issuer, "{body}");
        assert_eq!(body.contains("clock"), cause == TlsCause::Clock, "{body}");
        assert!(body.contains("it was revoked"), "{body}");
        assert!(body.contains("Nothing was sent"), "{body}");
    }
}

#[test]
fn long_details_are_kept_but_not_shown_whole() {
    let fields = vec![("legal_name".to_owned(), vec!["“Acme” is taken".to_owned()])];
    let mut long = failure(FailureKind::Invalid { fields }, Operation::CreateBusiness);
    long.detail = Some("x".repeat(4_000));
    assert!(long.explain(&TimeZone::UTC).body.chars().count() < 500);
    let block = long.support_block();
    assert!(block.chars().count() < 700, "{block}");
    assert!(block.contains("Invalid [\"legal_name\"]") && !block.contains("Acme"));
}
