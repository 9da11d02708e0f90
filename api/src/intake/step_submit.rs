//! A page of the form comes back: what was typed is kept, files are taken, and the next page follows.

use actix_web::{
    HttpRequest,
    http::{StatusCode, header},
};
use domain::{
    FieldProblem,
    files::{self, Examined, FileProblem, Owner},
    forms::{self, FieldType, FormAvailability, Published, RawAnswers},
    intake::{self, Draft},
};
use tenants::TenantTx;

use super::{
    closed,
    form_session::{self, FormSession, ONE_PAGE, of_draft, path, step_path},
    spam,
    step::{FormPart, StepContent, answer, carried_notice},
};
use crate::{
    blocking::{self, had_no_time},
    csrf::SubmittedForm,
    extract::UploadedFile,
    extract::{self, Municipality, Site},
    html::{self, Notice},
    problem::{HandlerResult, Problem},
};

/// Keeps what was typed in a step and goes on, or back.
pub async fn step(request: HttpRequest, site: Municipality, typed: SubmittedForm) -> HandlerResult {
    let key = extract::path_segment(&request, "step")?;
    fill(request, site.0, Some(key), typed).await
}

/// Keeps what was typed in the whole form and goes on to the check. A form on another website may send to this address too: it carries no
/// proof, so its words are shown here, to be sent from here.
pub async fn one_page(
    request: HttpRequest,
    site: Municipality,
    typed: SubmittedForm,
) -> HandlerResult {
    fill(request, site.0, None, typed).await
}

/// A file that was looked at.
struct InspectedFile {
    field: String,
    name: String,
    result: Result<Examined, FileProblem>,
}

/// Looks at the files that were sent, beside the threads that answer requests.
async fn inspect_files(
    form: &Published,
    sent: Vec<UploadedFile>,
) -> Result<Vec<InspectedFile>, Problem> {
    let mut inspected = Vec::new();
    for file in sent {
        let Some(limits) = form
            .form
            .field(&file.field)
            .filter(|field| field.r#type == FieldType::Files)
            .map(files::limits)
        else {
            continue;
        };
        let (field, name) = (file.field, file.name);
        let sent_name = name.clone();
        let result = if let Some(problem) = file.problem {
            Err(problem)
        } else {
            let examine = move || files::examine(&limits, &sent_name, &file.bytes);
            match blocking::run(examine).await {
                // What was typed is kept, and the file can be sent again.
                Err(problem) if had_no_time(&problem) => Err(FileProblem::Busy),
                examined => examined?,
            }
        };
        inspected.push(InspectedFile {
            field,
            name,
            result,
        });
    }
    Ok(inspected)
}

/// Values that came with the address stay, whichever page is sent.
fn keep_contexts(
    form: &Published,
    before: &RawAnswers,
    typed: &SubmittedForm,
    raw: &mut RawAnswers,
) {
    for (_, field) in form
        .form
        .fields()
        .filter(|(_, field)| field.r#type == FieldType::Context)
    {
        let told = typed.fields.text(&field.key);
        let value = [told, before.first(&field.key)]
            .into_iter()
            .find(|value| field.options.iter().any(|option| option == value));
        match value {
            Some(value) => raw.0.insert(field.key.clone(), vec![value.to_owned()]),
            None => raw.0.remove(&field.key),
        };
    }
}

async fn fill(
    request: HttpRequest,
    site: Site,
    key: Option<String>,
    mut typed: SubmittedForm,
) -> HandlerResult {
    let slug = extract::path_segment(&request, "slug")?;
    let sent = std::mem::take(&mut typed.files);
    let chosen = !sent.is_empty();
    let named = form_session::own_draft(&request, &site, (&slug, key.as_deref()), &typed).await?;
    let inspected = if typed.proven && chosen {
        // Photos are looked at before the database is asked to wait for us.
        let tx = site.read().await?;
        let found = form_session::load(&site, &tx, &slug, named).await?;
        drop(tx);
        match &found {
            FormSession::Open { form, .. } => inspect_files(form, sent).await?,
            FormSession::Closed { .. } => Vec::new(),
        }
    } else {
        Vec::new()
    };
    let tx = site.write().await?;
    let (mut form, draft, carried) = match form_session::load(&site, &tx, &slug, named).await? {
        FormSession::Open {
            form,
            draft,
            carried,
        } => (form, draft, carried),
        FormSession::Closed { availability, kept } => {
            return form_closed(&site, &availability, kept, &typed);
        }
    };
    let draft = draft.filter(|draft| draft.submission.is_none());
    if draft.is_none() {
        form = forms::live(&tx, &slug).await?;
    }
    let place = match &key {
        None => FormPart::All,
        Some(key) => {
            let Some((index, _)) = form.form.step(key) else {
                // A step that is not there: forged, or of another version. What was typed so far decides where to go on.
                let id = draft.as_ref().map(|draft| draft.id);
                let raw = draft.map(|draft| draft.answers).unwrap_or_default();
                let first = form
                    .form
                    .check(&raw, form_session::today(&site))
                    .first_incomplete(&form.form);
                let first = path(&slug, &form, first.unwrap_or(0));
                return Ok(html::see_other(&of_draft(&first, id)));
            };
            FormPart::Step(index)
        }
    };
    let before = draft
        .as_ref()
        .map(|draft| draft.answers.clone())
        .unwrap_or_default();
    let mut raw = before.clone();
    for step in 0..form.form.steps().len() {
        if place == FormPart::All || place == FormPart::Step(step) {
            raw.replace_step(&form.form, step, typed.fields.iter());
        }
    }
    keep_contexts(&form, &before, &typed, &mut raw);
    let present = draft.as_ref().map_or(&[][..], |draft| &draft.files);
    intake::set_file_answers(&form.form, &mut raw, present);
    if !typed.proven {
        let shown = StepContent {
            draft: draft.as_ref().map(|draft| draft.id),
            files: present,
            ..StepContent::new(&form, place, &raw)
        };
        return csrf_failed(&site, shown, chosen);
    }
    let mut cookie = None;
    let mut draft = if let Some(mut draft) = draft {
        draft.answers = raw.clone();
        draft.signals.honeypot_filled |= spam::honeypot_filled(&typed.fields);
        intake::save(&tx, &draft).await?;
        draft
    } else {
        let signals = spam::signals(&site, &slug, &typed.fields, tx.now());
        let holder = site.visitor.secret();
        let draft = intake::begin(&tx, &form, raw.clone(), signals, holder).await?;
        let name = extract::draft_cookie(&site.app.settings, &slug);
        let id = draft.id.to_string();
        cookie = Some(extract::cookie(&site.app.settings, name, id).into_owned());
        draft
    };
    if let Some(id) = typed.fields.get("_weg").and_then(|id| id.parse().ok()) {
        files::remove(&tx, draft.id, id).await?;
        draft.files.retain(|file| file.id != id);
    }
    let problems = store_files(&site, tx, &form, &mut draft, inspected).await?;
    raw = draft.answers.clone();
    intake::set_file_answers(&form.form, &mut raw, &draft.files);

    if carried {
        // The version was taken back while they were filling in: they see what was taken along before they go on.
        return answer(
            &site,
            &StepContent {
                draft: Some(draft.id),
                files: &draft.files,
                file_problems: &problems,
                notice: Some(carried_notice(&site)),
                status: StatusCode::CONFLICT,
                ..StepContent::new(&form, place, &raw)
            },
        );
    }
    let mut response = next_page(&site, &form, place, &raw, &draft, &typed, &problems)?;
    if let Some(cookie) = cookie
        && let Ok(value) = header::HeaderValue::from_str(&cookie.encoded().to_string())
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// The same page once more, with everything in it: it was too old, or the words came from another website.
fn csrf_failed(site: &Site, shown: StepContent<'_>, chosen: bool) -> HandlerResult {
    let (text, status) = match shown.place {
        FormPart::All => ("intake-taken-over", StatusCode::OK),
        FormPart::Step(_) if chosen => ("intake-page-stale-files", StatusCode::FORBIDDEN),
        FormPart::Step(_) => ("intake-page-stale", StatusCode::FORBIDDEN),
    };
    let notice = Notice {
        tone: "warning",
        text: site.language.text(text),
    };
    answer(
        site,
        &StepContent {
            notice: Some(notice),
            status,
            ..shown
        },
    )
}

/// What somebody sends to a form that is closed: shown to be copied, with what they had filled in before.
fn form_closed(
    site: &Site,
    availability: &FormAvailability,
    kept: Option<(Published, Draft)>,
    typed: &SubmittedForm,
) -> HandlerResult {
    let kept = kept.map(|(form, mut draft)| {
        for (key, value) in typed.fields.iter() {
            if form.form.field(key).is_some() && !value.is_empty() {
                draft
                    .answers
                    .0
                    .insert(key.to_owned(), vec![value.to_owned()]);
            }
        }
        (form, draft)
    });
    closed::page(site, availability, kept.as_ref(), StatusCode::CONFLICT)
}

/// Writes the rows of files that came, keeps what was typed, stores the bytes, and settles the rows. Gives back what was wrong with which file.
async fn store_files(
    site: &Site,
    tx: TenantTx,
    form: &Published,
    draft: &mut Draft,
    inspected: Vec<InspectedFile>,
) -> Result<Vec<FieldProblem>, Problem> {
    let mut problems = Vec::new();
    let mut arriving = Vec::new();
    for file in inspected {
        let Some(field) = form.form.field(&file.field) else {
            continue;
        };
        let admitted = match file.result {
            Ok(examined) => {
                let holder = Owner::Draft(draft.id);
                files::register(
                    &tx,
                    holder,
                    field,
                    examined,
                    &mut draft.files,
                    draft.expires_at,
                )
                .await?
            }
            Err(problem) => Err(problem),
        };
        match admitted {
            Ok(file) => arriving.push(file),
            Err(problem) => problems.push(files::problem(&file.field, &file.name, &problem)),
        }
    }
    tx.commit().await?;
    if arriving.is_empty() {
        return Ok(problems);
    }
    let (mut stored, mut failed) = (Vec::new(), Vec::new());
    for file in &mut arriving {
        match file.store(&site.app.file_store).await {
            Ok(()) => stored.push(file.id),
            Err(error) => {
                tracing::error!(%error, "a file could not be stored");
                failed.push(file.id);
                problems.push(files::problem(
                    &file.field,
                    &file.name,
                    &FileProblem::NotKept,
                ));
            }
        }
    }
    let tx = site.write().await?;
    files::confirm(&tx, &stored, &failed).await?;
    draft.files = files::of_draft(&tx, draft.id).await?;
    tx.commit().await?;
    Ok(problems)
}

/// Where the pressed button leads.
fn next_page(
    site: &Site,
    form: &Published,
    place: FormPart,
    raw: &RawAnswers,
    draft: &Draft,
    typed: &SubmittedForm,
    problems: &[FieldProblem],
) -> HandlerResult {
    let slug = &form.slug;
    let checked = form.form.check(raw, form_session::today(site));
    let stays = typed.fields.get("_bij").or(typed.fields.get("_weg"));
    let here = match place {
        FormPart::All => format!("/formulieren/{slug}/{ONE_PAGE}"),
        FormPart::Step(index) => step_path(slug, form, index),
    };
    let see = |path: &str| Ok(html::see_other(&of_draft(path, Some(draft.id))));
    let again = |show_errors: bool| {
        answer(
            site,
            &StepContent {
                draft: Some(draft.id),
                files: &draft.files,
                file_problems: problems,
                show_errors,
                status: StatusCode::BAD_REQUEST,
                ..StepContent::new(form, place, raw)
            },
        )
    };
    if !problems.is_empty() {
        return again(stays.is_none());
    }
    if stays.is_some() {
        let field = typed.fields.text("_bij");
        let anchor = form
            .form
            .field(field)
            .map(|field| format!("#{}", field.key));
        return see(&format!("{here}{}", anchor.unwrap_or_default()));
    }
    let steps = checked.visible_steps.iter().copied();
    match place {
        FormPart::All => match checked.first_incomplete(&form.form) {
            Some(_) => again(true),
            None => see(&path(slug, form, usize::MAX)),
        },
        FormPart::Step(index) if typed.fields.text("_naar") == "terug" => {
            let before = steps.filter(|step| *step < index).max();
            see(&path(slug, form, before.unwrap_or(0)))
        }
        FormPart::Step(index) if checked.fails_in(&form.form, index) => again(true),
        FormPart::Step(index) => {
            let next = steps
                .filter(|step| *step > index)
                .min()
                .unwrap_or(usize::MAX);
            see(&path(slug, form, next))
        }
    }
}
