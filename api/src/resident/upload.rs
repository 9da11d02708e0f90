//! Files that come after the message, through the same checks as those that came with it.

use chrono::TimeDelta;
use domain::{
    Code, Error, FieldErrors, cases,
    files::{self, FileId, FileProblem},
};
use tenants::secret;

use crate::{
    blocking,
    extract::{Site, UploadedFile},
    problem::Problem,
};

/// How long a file may wait to be added, when the rest of the form was refused.
const LIFE: TimeDelta = TimeDelta::hours(1);

/// Judges, cleans and stores files. They are part of the message only once they are added.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong with which file.
pub(super) async fn arrive(
    site: &Site,
    code: &str,
    sent: Vec<UploadedFile>,
) -> Result<Vec<FileId>, Problem> {
    let mut errors = FieldErrors::default();
    let mut examined = Vec::new();
    for file in sent
        .into_iter()
        .filter(|file| !file.name.is_empty() || !file.bytes.is_empty())
    {
        let name = file.name.clone();
        let result = if let Some(problem) = file.problem {
            Err(problem)
        } else {
            let judge = move || files::examine(&files::later_limits(), &file.name, &file.bytes);
            match blocking::run(judge).await {
                Err(problem) if problem.error().code() == Code::Unavailable => {
                    Err(FileProblem::Busy)
                }
                judged => judged?,
            }
        };
        match result {
            Ok(file) => examined.push((name, file)),
            Err(problem) => errors.push(files::problem("file", &name, &problem)),
        }
    }
    errors.into_result()?;
    if examined.is_empty() {
        return Ok(Vec::new());
    }
    let tx = site.write().await?;
    let (submission, _) = cases::by_code(&tx, code).await?;
    let mut present = files::of_submission(&tx, submission.id).await?;
    let expires_at = tx.now() + LIFE;
    let (mut errors, mut arriving) = (FieldErrors::default(), Vec::new());
    for (name, file) in examined {
        let owner = secret::new_code().map_err(Error::from)?;
        match files::register_later(&tx, &owner, file, &mut present, expires_at).await? {
            Ok(file) => arriving.push(file),
            Err(problem) => errors.push(files::problem("file", &name, &problem)),
        }
    }
    errors.into_result()?;
    tx.commit().await?;
    let (mut stored, mut failed) = (Vec::new(), Vec::new());
    for file in &mut arriving {
        match file.store(&site.app.file_store).await {
            Ok(()) => stored.push(file.id),
            Err(error) => {
                tracing::error!(%error, "a file could not be stored");
                failed.push(file.id);
            }
        }
    }
    let tx = site.write().await?;
    files::confirm(&tx, &stored, &failed).await?;
    tx.commit().await?;
    let mut errors = FieldErrors::default();
    for file in arriving.iter().filter(|file| failed.contains(&file.id)) {
        errors.push(files::problem("file", &file.name, &FileProblem::NotKept));
    }
    errors.into_result()?;
    Ok(stored)
}
