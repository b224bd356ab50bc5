use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::domain::credentials::PartnerId;
use crate::domain::environment::Environment;
use crate::domain::profile::Profile;

fn head() -> JournalHead {
    JournalHead {
        file: "/tmp/partners.csv".into(),
        fingerprint: FileFingerprint {
            bytes: 12,
            sha256: "00ff".into(),
        },
        profile: Profile {
            environment: Environment::Sandbox,
            partner: PartnerId(Uuid::from_u128(3)),
        },
        encoding: Encoding::Utf8,
        delimiter: Delimiter::Tab,
        header_row: 0,
        mapping: Mapping::propose(&["external_id".to_owned(), "x".to_owned()], &[]),
        repairs: Repairs::default(),
        corrections: Corrections::default(),
        to_create: 2,
        started: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn corrections_are_read_back() {
    let cells = BTreeMap::from([(3, "a@b.example".to_owned())]);
    let journal = Journal::new(JournalHead {
        corrections: Corrections::default().with_row(17, cells),
        ..head()
    });
    assert_eq!(Journal::replay(&journal.first_line()), Ok(journal));
}

fn id(n: usize) -> BusinessId {
    BusinessId(Uuid::from_u128(n as u128))
}

#[test]
fn a_journal_is_read_back_even_when_it_was_torn() {
    let mut journal = Journal::new(head());
    let mut text = journal.first_line();
    for (row, outcome) in [
        (2, RowOutcome::Sending),
        (
            2,
            RowOutcome::Created {
                id: id(2),
                differs: vec![Field::Email],
            },
        ),
        (3, RowOutcome::Sending),
        (
            3,
            RowOutcome::Rejected {
                reason: "Line\nbreak".into(),
            },
        ),
        (4, RowOutcome::Sending),
    ] {
        text.push_str(&journal.record(row, outcome).to_line());
    }
    assert_eq!(Journal::replay(&text).unwrap(), journal);
    let torn = &text[..text.len() - 5];
    let read = Journal::replay(torn).unwrap();
    assert_eq!(read.outcomes.len(), 2);
    assert_eq!(
        read.tally(),
        Tally {
            created: 1,
            rejected: 1,
            ..Tally::default()
        }
    );
    assert_eq!(Journal::replay(""), Err(JournalProblem::Unreadable));
    assert_eq!(
        Journal::replay("{\"version\":1}"),
        Err(JournalProblem::Unreadable)
    );
    assert_eq!(
        Journal::replay("{\"version\":5,\"x\":1}"),
        Err(JournalProblem::Newer)
    );
    assert_eq!(
        Journal::replay(
            &journal
                .first_line()
                .replace("\"version\":4", "\"version\":3")
        ),
        Err(JournalProblem::Unreadable)
    );
}

#[test]
fn a_resumed_run_may_send_more_rows_than_the_first() {
    let mut journal = Journal::new(head());
    let mut text = journal.first_line();
    let reason = || "no".to_owned();
    for row in [0, 1] {
        let refused = RowOutcome::Rejected { reason: reason() };
        text.push_str(&journal.record(row, refused).to_line());
    }
    assert_eq!(Journal::replay(&text).unwrap().left(), 0);
    journal.will_send(3);
    text.push_str(&journal.total_line());
    text.push_str(&journal.record(2, RowOutcome::Sending).to_line());
    let read = Journal::replay(&text).unwrap();
    assert_eq!(read, journal);
    assert_eq!((read.head.to_create, read.left()), (5, 3));
}

/// The line that states how many rows a resumed run sends may be damaged.
#[test]
fn a_row_in_doubt_is_left_whatever_the_total() {
    let mut journal = Journal::new(head());
    let reason = || "no".to_owned();
    for row in [0, 1, 2] {
        journal.record(row, RowOutcome::Rejected { reason: reason() });
    }
    journal.record(3, RowOutcome::Sending);
    assert_eq!(journal.left(), 1);
}

#[test]
fn a_lost_answer_is_remembered() {
    let mut journal = Journal::new(head());
    let existed = RowOutcome::Existed {
        id: id(1),
        differs: vec![],
        after_unknown: false,
    };
    journal.record(2, RowOutcome::Sending);
    assert_eq!(journal.record(2, existed.clone()).outcome, existed);
    // After a restart, the row is recorded as sending a second time.
    journal.record(3, RowOutcome::Sending);
    journal.record(3, RowOutcome::Sending);
    let words = journal.record(3, existed).outcome.words();
    assert_eq!(words, "Exists; probably created by the earlier request");
    assert_eq!(
        RowOutcome::Existed {
            id: id(1),
            differs: vec![Field::Email],
            after_unknown: false
        }
        .words(),
        "Already existed with different values; nothing was changed: e-mail"
    );
}

/// What happens to one request.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Answered,
    AnswerLost,
    NeverArrived,
    Refused,
    /// The console crashes before it sends, after it sends, or before it records the response.
    CrashBeforeSending,
    CrashAfterSending,
    CrashBeforeNoting,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop::sample::select(vec![
        Fate::Answered,
        Fate::AnswerLost,
        Fate::NeverArrived,
        Fate::Refused,
        Fate::CrashBeforeSending,
        Fate::CrashAfterSending,
        Fate::CrashBeforeNoting,
    ])
}

/// A server that counts what it really created.
#[derive(Default)]
struct Server {
    created: BTreeMap<String, usize>,
}

impl Server {
    fn create(&mut self, external_id: &str, row: usize) -> RowOutcome {
        if self.created.contains_key(external_id) {
            return RowOutcome::Existed {
                id: id(row),
                differs: vec![],
                after_unknown: false,
            };
        }
        *self.created.entry(external_id.to_owned()).or_default() += 1;
        RowOutcome::Created {
            id: id(row),
            differs: Vec::new(),
        }
    }
}

const FILE: &str = "external_id,legal_name,country,entity_type,email\n\
    a,A,FR,sas,a@b.example\nb,B,FR,sas,a@b.example\na,Twice,FR,sas,a@b.example\nc,C,FR,sas,a@b.example\n";

proptest! {
    /// Whatever fails and however often the console crashes: each `external_id` is created at most once, no row with a
    /// final outcome is sent again, and in the end every row has one.
    #[test]
    fn nothing_is_created_twice(fates in prop::collection::vec(fate(), 0..40)) {
        let sheet = sheet(FILE.as_bytes());
        let mut server = Server::default();
        let mut disk = Journal::new(head()).first_line();
        let mut fates = fates.into_iter();
        // Rows whose response reached the disk, tracked independently of the journal.
        let mut answered = BTreeSet::new();
        loop {
            // A start of the console: it reads the file and the journal again.
            let run = dry_run(&sheet, &[]);
            let mut journal = Journal::replay(&disk).unwrap();
            let rows: Vec<_> = journal.remaining(&run.verdicts).cloned().collect();
            if rows.is_empty() {
                break;
            }
            for row in rows {
                prop_assert!(!answered.contains(&row.row), "row {} again", row.row);
                let mut note = |outcome| disk.push_str(&journal.record(row.row, outcome).to_line());
                let fate = fates.next().unwrap_or(Fate::Answered);
                if let Fate::CrashBeforeSending = fate {
                    break;
                }
                note(RowOutcome::Sending);
                let unknown = RowOutcome::Unknown { reason: "lost".into() };
                if matches!(fate, Fate::Answered | Fate::Refused) {
                    answered.insert(row.row);
                }
                match fate {
                    Fate::Answered => note(server.create(&row.external_id, row.row)),
                    Fate::AnswerLost => {
                        server.create(&row.external_id, row.row);
                        note(unknown);
                    }
                    Fate::NeverArrived => note(unknown),
                    Fate::Refused => note(RowOutcome::Rejected { reason: "no".into() }),
                    Fate::CrashAfterSending => break,
                    Fate::CrashBeforeNoting => {
                        server.create(&row.external_id, row.row);
                        break;
                    }
                    Fate::CrashBeforeSending => {}
                }
            }
        }
        prop_assert!(server.created.values().all(|times| *times == 1));
        prop_assert_eq!(answered.len(), 3);
        let journal = Journal::replay(&disk).unwrap();
        let tally = journal.tally();
        prop_assert_eq!(tally.created + tally.existed + tally.rejected, 3);
        prop_assert_eq!(tally.unknown, 0);
        // Existing rows are reported as existing, and rejected rows were never created.
        prop_assert!(tally.created + tally.existed <= server.created.len());
    }
}
