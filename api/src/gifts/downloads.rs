//! What is handed out as a file: a ledger, a receipt.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use domain::{
    Error,
    audit::Action,
    gift_ledger::{self, BudgetId, CsvLedger, Reader, ReceiptId},
};
use futures_util::stream;
use tenants::{Permission, permission::may};

use super::api::visible;
use crate::{
    blocking,
    extract::{Id, Staff, path_segment},
    problem::Problem,
};

/// The whole ledger as CSV or XLSX, for people: in the reader's language, euros and local time.
pub async fn export(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = path_segment(&request, "form")?;
    let tx = staff.read().await?;
    let reader = Reader {
        language: staff.site.language,
        zone: staff.site.tenant.zone,
        reads_cases: staff.may(Permission::ReadCases).then(|| staff.viewer()),
    };
    let name = gift_ledger::file_name(&gift_ledger::budget(&tx, id.0).await?);
    let name = format!("attachment; filename=\"{name}.{form}\"");
    staff
        .note_read(Action::GiftExport, ("giftBudget", id.0.0))
        .await?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_DISPOSITION, name));
    match form.as_str() {
        "csv" => {
            let ledger = CsvLedger::open(&tx, id.0, reader).await?;
            let pieces = stream::try_unfold((ledger, tx), |(mut ledger, tx)| async move {
                let piece = ledger.piece(&tx).await?;
                Ok::<_, Error>(piece.map(|piece| (web::Bytes::from(piece), (ledger, tx))))
            });
            Ok(response
                .content_type("text/csv; charset=utf-8")
                .streaming(pieces))
        }
        "xlsx" => {
            let sheet = gift_ledger::xlsx(&tx, id.0, reader).await?;
            drop(tx);
            Ok(response
                .content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                .body(blocking::run(move || sheet.into_bytes()).await??))
        }
        _ => Err(Error::NotFound.into()),
    }
}

/// A receipt, to whoever gave the gift or may inspect. It is handed out as a file, never shown as a page of ours.
pub async fn receipt(
    staff: Staff<may::ReadGifts>,
    id: Id<ReceiptId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let receipt = gift_ledger::receipt(&tx, id.0).await?;
    visible(&staff, &tx, receipt.gift_id).await?;
    drop(tx);
    staff
        .note_read(Action::GiftReceiptRead, ("giftReceipt", receipt.id.0))
        .await?;
    let bytes = staff
        .site
        .app
        .file_store
        .get(&receipt.place)
        .await
        .map_err(Error::bug)?;
    if tenants::secret::hash_bytes(&bytes) != receipt.content_hash {
        return Err(Error::bug("a receipt is not the one that was booked").into());
    }
    let ending = match receipt.media_type.as_str() {
        "application/pdf" => "pdf",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/heif" => "heic",
        _ => "jpg",
    };
    Ok(HttpResponse::Ok()
        .content_type(receipt.media_type)
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"bon-{}.{ending}\"", receipt.id),
        ))
        .insert_header(("content-security-policy", "default-src 'none'; sandbox"))
        .body(bytes))
}
