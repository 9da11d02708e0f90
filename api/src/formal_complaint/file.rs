//! The file of a formal complaint, for a committee or an ombudsman: everything in order on one page, and as an archive with the files.

use std::io::{Cursor, Write};

use actix_web::{HttpResponse, http::header};
use askama::Template;
use domain::{
    Code, Error, Language,
    audit::Action,
    cases::{self, Case, CaseId},
    files::{self, File},
    formal_complaint::{self, FormalComplaint},
    intake,
    messages::{self, Direction},
    notes,
};
use serde::Deserialize;
use tenants::{TenantTx, permission::may};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::procedure::{called, details};
use crate::{
    blocking,
    extract::{PathName, Query, Staff},
    html::{
        self, Page,
        values::{self, Names},
    },
    problem::{HandlerResult, Problem},
};

/// Most bytes of files in one archive.
const BYTES_MAX: i64 = 100 * 1024 * 1024;

/// A part of the file: a title, and labels with texts.
pub(super) struct Section {
    pub(super) title: String,
    pub(super) rows: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "formal_complaint/file.html")]
pub(super) struct FilePage {
    pub(super) page: Page,
    pub(super) reference: String,
    pub(super) title: String,
    pub(super) internal: bool,
    pub(super) sections: Vec<Section>,
}

/// The same to be read without us.
#[derive(Template)]
#[template(path = "formal_complaint/file_alone.html")]
struct FileAlone<'a> {
    language: Language,
    organisation: &'a str,
    title: &'a str,
    sections: &'a [Section],
}

/// Whether notes of colleagues come along.
#[derive(Deserialize)]
pub struct FileQuery {
    intern: Option<String>,
}

impl FileQuery {
    fn internal(&self) -> bool {
        self.intern.as_deref() == Some("ja")
    }
}

/// What leaves, of one case.
pub(super) struct Collected {
    id: CaseId,
    reference: String,
    title: String,
    sections: Vec<Section>,
    files: Vec<File>,
}

/// The steps, each with what was filled in and its letter as it left.
pub(super) fn steps(
    complaint: &FormalComplaint,
    names: &Names,
    language: Language,
) -> Vec<Section> {
    let section = |step: &formal_complaint::Step| {
        let number = step.number.to_string();
        let number = language.text_with("formal-step-number", &[("number", &number)]);
        let title = called(step.kind, step.facts.party, language);
        let on = language.day(step.sent_on.unwrap_or(step.on));
        let mut rows = details(step, names, language);
        if !step.words.text.is_empty() {
            let letter = format!("{}\n\n{}", step.words.subject, step.words.text);
            rows.push((language.text("formal-text"), letter));
        }
        Section {
            title: format!("{number}. {title}, {on}"),
            rows,
        }
    };
    complaint.steps.iter().map(section).collect()
}

/// Everything about a case that the reader may see.
pub(super) async fn collect(
    tx: &TenantTx,
    staff: &Staff<may::ReadCases>,
    case: Case,
    internal: bool,
) -> Result<Collected, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let has_scanner = staff.site.has_scanner();
    let receipt = intake::of_case(tx, &case).await?;
    let lines = receipt.lines(language, has_scanner)?.into_iter();
    let files = files::of_submission(tx, case.submission_id).await?;
    let names = values::names(tx).await?;
    let moment = |at| language.record_instant(at, zone);
    let mut sections = vec![Section {
        title: language.text("formal-file-complaint"),
        rows: lines.map(|line| (line.label, line.value)).collect(),
    }];
    let said = messages::of_case(tx, case.id).await?;
    let complaint = formal_complaint::of_case(tx, case.clone()).await?;
    sections.extend(steps(&complaint, &names, language));
    let by = |message: &messages::Message| match message.author_id {
        Some(id) if message.direction == Direction::Out => {
            names.get(&id).cloned().unwrap_or_default()
        }
        _ => language.text("event-by-resident"),
    };
    let say = |message: messages::Message| {
        let label = format!("{}, {}", moment(message.at), by(&message));
        (label, message.text)
    };
    sections.push(Section {
        title: language.text("formal-file-messages"),
        rows: said.into_iter().map(say).collect(),
    });
    if internal {
        let noted = notes::of_case(tx, case.id, None).await?.into_iter();
        let noted = noted.map(|note| (moment(note.at), note.body));
        sections.push(Section {
            title: language.text("formal-file-notes"),
            rows: noted.collect(),
        });
    }
    let withheld = language.text("formal-file-withheld");
    let told = |file: &File| {
        let opens = file.state.scan_status(has_scanner).opens();
        let state = if opens {
            String::new()
        } else {
            withheld.clone()
        };
        (file.name.clone(), state)
    };
    sections.push(Section {
        title: language.text("formal-file-files"),
        rows: files.iter().map(told).collect(),
    });
    sections.retain(|section| !section.rows.is_empty() || section.title.contains('.'));
    Ok(Collected {
        title: format!("{} {}", language.text("formal-file-title"), case.reference),
        id: case.id,
        reference: case.reference,
        sections,
        files: (files.into_iter())
            .filter(|file| file.state.scan_status(has_scanner).opens())
            .collect(),
    })
}

/// Everything about the complaint on one page, to be read and printed.
pub async fn page(
    staff: Staff<may::ReadCases>,
    reference: PathName,
    query: Query<FileQuery>,
) -> HandlerResult {
    let internal = query.0.internal();
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), &reference.0).await?;
    let file = collect(&tx, &staff, case, internal).await?;
    drop(tx);
    staff
        .note_read(Action::CaseRead, ("case", file.id.0))
        .await?;
    html::ok(&FilePage {
        page: Page::staff(&staff),
        reference: file.reference,
        title: file.title,
        internal,
        sections: file.sections,
    })
}

fn archive(page: &str, files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, Error> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    zip.start_file("klachtdossier.html", options)
        .map_err(Error::bug)?;
    zip.write_all(page.as_bytes()).map_err(Error::bug)?;
    for (number, (name, bytes)) in (1..).zip(files) {
        // Two files may have one name; a number before it is one that no name of a resident can have.
        let name = name.replace(['/', '\\'], "-");
        zip.start_file(format!("bestanden/{number:02}-{name}"), options)
            .map_err(Error::bug)?;
        zip.write_all(&bytes).map_err(Error::bug)?;
    }
    Ok(zip.finish().map_err(Error::bug)?.into_inner())
}

/// The same with the files of the resident as an archive. The audit log says who took it.
pub async fn zipped(
    staff: Staff<may::ReadCases>,
    reference: PathName,
    query: Query<FileQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), &reference.0).await?;
    let file = collect(&tx, &staff, case, query.0.internal()).await?;
    drop(tx);
    answer(&staff, file).await
}

/// What was collected as an archive.
pub(super) async fn answer(staff: &Staff<may::ReadCases>, file: Collected) -> HandlerResult {
    if file.files.iter().map(|one| one.size).sum::<i64>() > BYTES_MAX {
        return Err(Problem::code(Code::TooLarge));
    }
    staff
        .note_first_read(Action::FormalComplaintExport, "case", Some(file.id.0))
        .await?;
    let alone = FileAlone {
        language: staff.site.language,
        organisation: &staff.site.tenant.name,
        title: &file.title,
        sections: &file.sections,
    };
    let page = alone.render().map_err(Error::bug)?;
    let mut bytes = Vec::with_capacity(file.files.len());
    for one in file.files {
        let store = &staff.site.app.file_store;
        let read = store.get(&one.place).await;
        bytes.push((
            one.name,
            read.map_err(|_| Problem::code(Code::Unavailable))?,
        ));
    }
    let body = blocking::run(move || archive(&page, bytes)).await??;
    let name = format!(
        "attachment; filename=\"klachtdossier-{}.zip\"",
        file.reference
    );
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(body))
}
