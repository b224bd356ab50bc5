//! The import page.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::Key;
use thred_console::domain::business::BusinessId;
use thred_console::domain::environment::Environment;
use thred_console::domain::failure::{FailureKind, Operation};
use thred_console::domain::import::{
    DecodedFile, Delimiter, FileFingerprint, JournalEntry, ReadOptions, Repairs, RowOutcome,
    SheetReader,
};
use thred_console::state::command::Command;
use thred_console::state::effect::Effect;
use thred_console::state::event::SessionEvent;
use thred_console::state::import::messages::{
    AutoPause, ImportCommand, ImportEffect, ImportEvent, ReadFile, RowFilter, RowUpdate, RunControl,
};

use super::{Scene, in_looks, scene};
use crate::looks::ALL;
use crate::stage::Stage;
use crate::world;

pub const SCENES: &[Scene] = &[
    scene("empty", empty),
    scene("reading", reading),
    scene("not-taken", not_taken),
    scene("unfinished", unfinished),
    scene("discarding", discarding),
    scene("mapping", mapping),
    scene("mapped-as-last-time", mapped_as_last_time),
    scene("mapping-incomplete", mapping_incomplete),
    scene("doubted", doubted),
    in_looks("dry-run", ALL, dry_run),
    scene("dry-run-invalid", dry_run_invalid),
    scene("dry-run-damage", dry_run_damage),
    scene("correcting", correcting),
    scene("header-row", header_row),
    scene("defaults", defaults),
    scene("arming", arming),
    scene("running", running),
    scene("waiting", waiting),
    scene("quitting", quitting),
    scene("paused", paused),
    scene("halted", halted),
    scene("done", done),
];

const HEADER: &str = "Customer id;Company name;Land;Rechtsform;E-mail;VAT;Notes\n";
/// Two rows already exist, one of them with another name; three rows are invalid.
const ROWS: &str = "\
user-51001;Kaffeerösterei Am Markt GmbH;DE;gmbh;info@roesterei.example;DE811234567;first
user-51002;Bloemen van Dijk B.V.;NL;bv;info@vandijk.example;NL123456789B01;
user-51003;Fermes du Haut-Jura SARL;FR;sarl;contact@hautjura.example;;
user-41033;Harbour Lane Books Ltd;GB;limited;accounts@harbourlane.example;;
user-41122;Østergaard & Sønner ApS;DK;aps;info@ostergaard.example;;
user-51004;Wawel Piekarnia Sp. z o.o.;PL;sp_zoo;biuro-at-wawel;;
user-51005;;SE;ab;info@namnlos.example;;
user-51006;Alpenblick Sport KG;AT;kg;office@alpenblick.example;;
user-51006;Alpenblick Sport KG;AT;kg;office@alpenblick.example;;
user-51007;Quinta da Ribeira, Lda;PT;lda;geral@ribeira.example;;
user-51008;Taller Hermanos Ruiz, S.L.;ES;sl;taller@ruiz.example;;
user-51009;Ó Briain Cycles;IE;sole_trader;hello@obriain.example;;
user-51010;Norrsken Bygg AB;SE;ab;kontakt@norrsken.example;;
user-51011;Fjällräven Väskor AB;SE;ab;info@vaskor.example;;
user-51012;Tavola Calda Bianchi S.r.l.;IT;srl;bianchi@tavola.example;;
";

fn page(environment: Environment) -> Stage {
    let mut stage = Stage::signed_in(environment);
    stage.press(Key::I);
    stage
}

fn empty() -> Stage {
    page(Environment::Staging)
}

fn import(stage: &mut Stage, event: ImportEvent) {
    stage.session(SessionEvent::Import(event));
}

fn chosen(environment: Environment) -> Stage {
    let mut stage = page(environment);
    let path = PathBuf::from("/home/user/partners-2027-02.csv");
    import(&mut stage, ImportEvent::Chosen(Ok(Some(path))));
    stage
}

fn reading() -> Stage {
    let mut stage = chosen(Environment::Staging);
    let ticket = ticket(&stage);
    let progress = thred_console::domain::progress::Progress {
        done: 5_200_000,
        total: 8_400_000,
    };
    import(&mut stage, ImportEvent::Progress { ticket, progress });
    stage.pass(Duration::from_secs(3));
    stage
}

fn ticket(stage: &Stage) -> u64 {
    let plans = stage.asked().iter().rev();
    let mut plans = plans.filter_map(|effect| match effect {
        Effect::Import(ImportEffect::Read(_, plan)) => Some(plan.ticket),
        _ => None,
    });
    plans.next().unwrap()
}

fn not_taken() -> Stage {
    let mut stage = chosen(Environment::Staging);
    let words = "It has no row below its header. Nothing was sent.".to_owned();
    let result = Err(words);
    let ticket = ticket(&stage);
    import(&mut stage, ImportEvent::Read { ticket, result });
    stage
}

fn read(environment: Environment, header: &str) -> Stage {
    opened(environment, format!("{header}{ROWS}").as_bytes())
}

fn opened(environment: Environment, bytes: &[u8]) -> Stage {
    let mut stage = chosen(environment);
    answer(&mut stage, bytes);
    stage
}

/// Reports the content of the requested file.
fn answer(stage: &mut Stage, bytes: &[u8]) {
    let source = DecodedFile::open(bytes).unwrap();
    let options = ReadOptions {
        encoding: source.encoding,
        delimiter: Delimiter::detect(&source.text),
        header_row: None,
        repairs: Repairs::default(),
    };
    let mut reading = SheetReader::new(source.text, &options);
    while !reading.step(usize::MAX).unwrap().is_complete() {}
    let file = ReadFile {
        path: PathBuf::from("/home/user/partners-2027-02.csv"),
        fingerprint: FileFingerprint {
            bytes: bytes.len() as u64,
            sha256: "0".repeat(64),
        },
        encoding: options.encoding,
        guess: source.guess,
        has_mark: source.has_mark,
        has_replaced: source.has_replaced,
        delimiter: options.delimiter,
        repairs: options.repairs,
        sheet: Arc::new(reading.finish().unwrap()),
    };
    let result = Ok(Box::new(file));
    let ticket = ticket(stage);
    import(stage, ImportEvent::Read { ticket, result });
}

/// A file with two encodings, so that some letters are wrong with either.
fn doubted() -> Stage {
    let text = format!("{HEADER}{ROWS}");
    let (western, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    let mac = b"user-51013;M\x9Fller & S\x9Ahne GmbH;DE;gmbh;info@mueller.example;;\n";
    opened(Environment::Staging, &[&*western, mac].concat())
}

fn mapping() -> Stage {
    let mut stage = read(Environment::Staging, HEADER);
    let form = thred_console::domain::import::ColumnTarget::Field(
        thred_console::domain::draft::Field::EntityType,
    );
    stage.command(Command::Import(ImportCommand::Map(3, form)));
    stage
}

fn mapped_as_last_time() -> Stage {
    let mut stage = mapping();
    for command in [
        ImportCommand::StartDryRun,
        ImportCommand::ToColumns,
        ImportCommand::Close,
    ] {
        stage.command(Command::Import(command));
    }
    let path = PathBuf::from("/home/user/partners-2027-03.csv");
    import(&mut stage, ImportEvent::Chosen(Ok(Some(path))));
    answer(&mut stage, format!("{HEADER}{ROWS}").as_bytes());
    stage
}

fn correcting() -> Stage {
    let mut stage = dry_run_invalid();
    stage.click("Correct line 7");
    stage
}

fn mapping_incomplete() -> Stage {
    read(Environment::Staging, HEADER)
}

fn validated(environment: Environment) -> Stage {
    let header = HEADER.replace("Rechtsform", "Legal form");
    let mut stage = read(environment, &header);
    stage.command(Command::Import(ImportCommand::StartDryRun));
    stage
}

fn dry_run() -> Stage {
    validated(Environment::Staging)
}

fn dry_run_invalid() -> Stage {
    let mut stage = dry_run();
    let filter = RowFilter::Invalid;
    stage.command(Command::Import(ImportCommand::Filter(filter)));
    stage
}

/// A file damaged by several programs.
fn dry_run_damage() -> Stage {
    let text = "\
external_id,legal_name,entity_type,email,country,company_number,fiscal_year_end
user-51001,MÃ¼ller & SÃ¶hne GmbH,gmbh,info@mueller.example,Deutschland,NULL,31.12.2026
user-51002,Bloemen van Dijk B.V.,bv,info@vandijk.example,Nederland,N/A,31.12.2026
user\u{A0}51003,Caf&eacute; du Jura SARL,sarl,contact@jura.example,FR,1.23457e+14,30.06.2026
user-51004,Harbour Books Ltd,limited,books@harbour.example,GB,1234567.0,31.03.2026
user-51005,Norrsken Bygg AB,ab,kontakt@norrsken.example,Sverige,=\"000123\",31.12.2026
user-51006,Alpenblick Sport KG,kg,office@alpenblick.example,Atlantis,,
";
    let mut stage = opened(Environment::Staging, text.as_bytes());
    stage.command(Command::Import(ImportCommand::StartDryRun));
    stage
}

fn header_row() -> Stage {
    let text =
        format!("Northwind Payments;;;;;;\nCustomers, February 2027;;;;;;\n;;;;;;\n{HEADER}{ROWS}");
    let mut stage = opened(Environment::Staging, text.as_bytes());
    stage.click("Header row: line 4");
    stage
}

fn defaults() -> Stage {
    let mut stage = opened(
        Environment::Staging,
        b"external_id,legal_name\nuser-51001,Old Mill Ltd\nuser-51002,New Mill Ltd\n",
    );
    stage.click("Defaults\u{2026}");
    stage
}

fn arming() -> Stage {
    let mut stage = validated(Environment::Production);
    stage.command(Command::Import(ImportCommand::Start));
    stage
}

/// The indexes of the rows that the run sends.
fn rows(stage: &Stage) -> Vec<usize> {
    let runs = stage.asked().iter().rev();
    let mut runs = runs.filter_map(|effect| match effect {
        Effect::Import(ImportEffect::Run(_, plan)) => Some(plan.rows.clone()),
        _ => None,
    });
    runs.next().unwrap()
}

fn note(stage: &mut Stage, row: usize, outcome: RowOutcome) {
    let entry = JournalEntry { row, outcome };
    let news = RowUpdate {
        entry,
        business: None,
        failure: None,
    };
    import(stage, ImportEvent::Rows(vec![news]));
}

fn begun(answered: usize) -> Stage {
    let mut stage = dry_run();
    stage.command(Command::Import(ImportCommand::Start));
    for (at, row) in rows(&stage).into_iter().take(answered).enumerate() {
        stage.pass(Duration::from_millis(600));
        let id = BusinessId(world::PARTNER);
        let outcome = match at {
            2 => RowOutcome::Rejected {
                reason: "Legal name: this name is reserved.".to_owned(),
            },
            5 => RowOutcome::Existed {
                id,
                differs: Vec::new(),
                after_unknown: false,
            },
            _ => RowOutcome::Created {
                id,
                differs: Vec::new(),
            },
        };
        note(&mut stage, row, outcome);
    }
    stage
}

fn running() -> Stage {
    let mut stage = begun(4);
    for row in rows(&stage).into_iter().skip(4).take(2) {
        note(&mut stage, row, RowOutcome::Sending);
    }
    stage
}

fn quitting() -> Stage {
    let mut stage = running();
    stage.close_window();
    stage
}

fn waiting() -> Stage {
    let mut stage = running();
    let kind = FailureKind::RateLimited { retry_after: None };
    let failure = stage.failure(kind, Operation::CreateBusiness, Some(429));
    let resumes_in = Duration::from_secs(24);
    import(
        &mut stage,
        ImportEvent::Waiting {
            resumes_in,
            failure,
        },
    );
    stage
}

fn paused() -> Stage {
    let mut stage = begun(4);
    stage.command(Command::Import(ImportCommand::Control(RunControl::Pause)));
    stage
}

fn halted() -> Stage {
    let mut stage = begun(4);
    let failure = stage.failure(FailureKind::KeyRejected, Operation::SignIn, Some(401));
    let words = failure.explain_with(
        "Businesses already created stay. The remaining rows have not been sent.",
        &jiff::tz::TimeZone::UTC,
    );
    let auto_pause = AutoPause {
        title: words.title,
        body: words.body,
        is_about_the_key: true,
    };
    import(&mut stage, ImportEvent::AutoPaused(auto_pause));
    stage
}

fn done() -> Stage {
    let mut stage = begun(usize::MAX);
    import(&mut stage, ImportEvent::Ended);
    stage
}

fn unfinished() -> Stage {
    let journal = {
        let stage = begun(4);
        let workspace = stage.state().workspace().unwrap();
        let run = workspace.import.running().unwrap();
        run.journal.clone()
    };
    let mut stage = page(Environment::Staging);
    import(&mut stage, ImportEvent::Unfinished(Ok(Box::new(journal))));
    stage
}

fn discarding() -> Stage {
    let mut stage = unfinished();
    stage.click("Discard…");
    stage
}
