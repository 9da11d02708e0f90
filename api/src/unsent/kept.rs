//! What was typed in a form that came when the session was over: shown once more to whoever typed it, to be sent or thrown away.

use askama::Template;
use domain::{
    Language,
    unsent::{self, KeptPost, KeptPostId},
};
use tenants::permission::may;

use crate::{
    csrf::Posted,
    extract::{Id, Staff},
    html::{self, Flash, Page, SampleFrame, Samples, called, dashed},
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "unsent/kept.html")]
pub(super) struct KeptPage {
    page: Page,
    id: String,
    action: String,
    /// Everything that is sent once more.
    fields: Vec<(String, String)>,
    /// What was typed, with the names of the fields that have one.
    typed: Vec<(String, String)>,
    /// Whether files may come with it.
    with_files: bool,
    /// Files that have to be chosen once more.
    files: Vec<ChosenFile>,
}

/// A field in which files were chosen, which are not kept.
struct ChosenFile {
    field: String,
    names: Vec<String>,
}

impl ChosenFile {
    fn all(files: Vec<(String, String)>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for (field, name) in files {
            match all.iter_mut().find(|known| known.field == field) {
                Some(known) => known.names.push(name),
                None => all.push(Self {
                    field,
                    names: vec![name],
                }),
            }
        }
        all
    }

    fn listed(&self) -> String {
        self.names.join(", ")
    }
}

/// Values as they were typed. What a person did not write (ids, words of closed lists) has no name here and no space in it, and is not shown.
fn typed(fields: &[(String, String)], language: Language) -> Vec<(String, String)> {
    let shown = (fields.iter()).filter(|(name, typed)| !name.starts_with('_') && !typed.is_empty());
    shown
        .filter_map(|(name, typed)| {
            let last = name.rsplit('.').next().unwrap_or(name);
            let key = format!("input-{}", dashed(last));
            let is_word = !typed.contains(char::is_whitespace);
            let is_id = typed.parse::<uuid::Uuid>().is_ok();
            match language.has(&key) {
                _ if is_id => None,
                true => Some((called(&language.text(&key)).to_owned(), typed.clone())),
                false if is_word => None,
                false => Some((language.text("kept-field"), typed.clone())),
            }
        })
        .collect()
}

fn kept_page(page: Page, id: KeptPostId, post: KeptPost) -> KeptPage {
    KeptPage {
        typed: typed(&post.fields, page.language),
        id: id.to_string(),
        action: post.action,
        fields: post.fields,
        with_files: post.with_files,
        files: ChosenFile::all(post.files),
        page,
    }
}

/// What was kept of a form.
pub(super) async fn page(staff: Staff<may::UseAccount>, id: Id<KeptPostId>) -> HandlerResult {
    let tx = staff.read().await?;
    let holder = staff.site.visitor.secret();
    let post = unsent::kept_post(&tx, id.0, staff.member().id, holder).await?;
    html::ok(&kept_page(Page::staff(&staff), id.0, post))
}

/// Throws it away.
pub(super) async fn drop(
    staff: Staff<may::UseAccount>,
    id: Id<KeptPostId>,
    _: Posted,
) -> HandlerResult {
    let tx = staff.write().await?;
    unsent::forget_post(&tx, id.0, staff.member().id).await?;
    tx.commit().await?;
    let landing = html::landing(&staff.member().roles);
    Ok(html::redirect_with_flash(Flash::UnsentDropped, landing))
}

impl Samples for KeptPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let field = |name: &str, typed: &str| (name.to_owned(), typed.to_owned());
        let note = KeptPost {
            action: "/balie/meldingen/WD-7K2M/notitie".to_owned(),
            fields: vec![field("note", "Mevrouw belt morgen terug over de stoep.")],
            with_files: false,
            files: Vec::new(),
        };
        let style = KeptPost {
            action: "/beheer/huisstijl".to_owned(),
            fields: vec![field("logoText", "Een golf boven het water")],
            with_files: true,
            files: vec![field("logo", "golf.png")],
        };
        [note, style]
            .map(|post| kept_page(frame.staff(), uuid::Uuid::nil().into(), post))
            .into()
    }
}
