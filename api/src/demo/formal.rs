//! Two formal complaints: one from the signal to the closing letter with both parties heard, one in the middle.

use anyhow::Context as _;
use domain::{
    cases::CaseId,
    formal_complaint::{self, PartRequest, Step, StepRequest},
};
use tenants::{TenantTx, staff::StaffMember};

use super::seed::Town;

/// A complaint at which steps are taken.
struct Procedure<'a> {
    town: &'a Town<'a>,
    tx: &'a TenantTx,
    case: CaseId,
    lead: &'a StaffMember,
    today: String,
}

impl Procedure<'_> {
    async fn take(&self, step: &str, request: StepRequest) -> anyhow::Result<Step> {
        let request = StepRequest {
            step: step.to_owned(),
            on: self.today.clone(),
            ..request
        };
        let tenant = &self.town.tenant;
        let taken = formal_complaint::record(self.tx, self.case, self.lead, &request, tenant).await;
        taken.with_context(|| format!("the step {step}"))
    }

    /// A letter that leaves by post on the same day.
    async fn letter(&self, step: &str, request: StepRequest) -> anyhow::Result<()> {
        let request = StepRequest {
            channel: "post".to_owned(),
            ..request
        };
        let letter = self.take(step, request).await?;
        let posted = StepRequest {
            letter_id: letter.id.to_string(),
            ..StepRequest::default()
        };
        self.take("posted", posted).await?;
        Ok(())
    }

    async fn hear(&self, party: &str, report: &str, reaction: &str) -> anyhow::Result<()> {
        let heard = StepRequest {
            party: party.to_owned(),
            report: report.to_owned(),
            reaction: reaction.to_owned(),
            ..StepRequest::default()
        };
        self.take("hear", heard).await?;
        Ok(())
    }
}

impl Town<'_> {
    /// Begins a formal complaint that is about `concerned`, and brings it to its end when it `ends`.
    pub(super) async fn formal_complaint(
        &self,
        tx: &TenantTx,
        case: CaseId,
        (lead, concerned): (&StaffMember, Option<&StaffMember>),
        ends: bool,
    ) -> anyhow::Result<()> {
        let procedure = Procedure {
            town: self,
            tx,
            case,
            lead,
            today: self.calendar.local_day(tx.now()).to_string(),
        };
        procedure.take("begin", StepRequest::default()).await?;
        let check = StepRequest {
            body: "executive".to_owned(),
            about_nobody: concerned.is_none(),
            concerned_id: concerned.map(|one| one.id.to_string()).unwrap_or_default(),
            ..StepRequest::default()
        };
        procedure.take("check", check).await?;
        let handler = StepRequest {
            handler_id: lead.id.to_string(),
            ..StepRequest::default()
        };
        procedure.take("handler", handler).await?;
        procedure
            .letter("acknowledge", StepRequest::default())
            .await?;
        if !ends {
            return Ok(());
        }
        procedure.letter("copy", StepRequest::default()).await?;
        procedure
            .hear(
                "complainant",
                "Meneer vertelde dat de lijn wegviel na een scherpe opmerking. Hij voelde zich niet serieus genomen.",
                "Meneer vindt dat het verslag klopt.",
            )
            .await?;
        procedure
            .hear(
                "concerned",
                "De collega zegt dat het druk was en dat het antwoord te kort was. De lijn viel weg door een storing.",
                "Akkoord.",
            )
            .await?;
        let part = |what: &str, judgement: &str| PartRequest {
            what: what.to_owned(),
            judgement: judgement.to_owned(),
        };
        let conclusion = StepRequest {
            findings: "Het gesprek duurde een minuut. De vraag is niet beantwoord. De telefooncentrale had die ochtend een storing."
                .to_owned(),
            parts: vec![
                part("De bejegening", "founded"),
                part("Het ophangen", "unfounded"),
            ],
            conclusions: "Wij bieden excuses aan. Wie belt, krijgt voortaan eerst antwoord op de vraag. Valt de lijn weg, dan bellen wij terug."
                .to_owned(),
            ..StepRequest::default()
        };
        procedure.letter("conclude", conclusion).await
    }
}
