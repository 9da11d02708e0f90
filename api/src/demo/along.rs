//! Residents who think along, in the demo: an instruction that holds, a round with its answers, and one in which people take part.

use anyhow::Context as _;
use chrono::TimeDelta;
use domain::{
    Language,
    queue::{self, FilterRequest, Reader},
    thinking_along::{self, DocumentId, ProposalId, RoundId},
};
use serde_json::{Value, json};
use tenants::{TenantTx, secret, staff::StaffMember};

use super::{seed::Town, stories::Who};

fn instruction() -> Value {
    json!({ "title": "Terugbellen", "kind": "instruction", "blocks": [
        { "id": "kop", "kind": "heading", "text": "Zo bellen wij terug" },
        { "id": "bellen", "kind": "step", "text": "Bel binnen een werkdag, op het moment dat de inwoner koos." },
        { "id": "naam", "kind": "step", "text": "Zeg uw naam en vraag of het schikt." },
        { "id": "luisteren", "kind": "step", "text": "Luister naar het verhaal achter het verhaal. Vat het samen." },
        { "id": "samen", "kind": "step", "text": "Bedenk samen een oplossing en spreek af wanneer die er is." },
        { "id": "systeem", "kind": "paragraph", "text": "Geen gehoor? Spreek in en probeer het op een ander dagdeel.", "internal": true },
    ] })
}

fn chart() -> Value {
    let node = |id: &str, shape: &str, text: &str| json!({ "id": id, "kind": "node", "shape": shape, "text": text });
    let edge = |from: &str, to: &str, text: &str| json!({ "kind": "edge", "from": from, "to": to, "text": text });
    json!({ "title": "Van melding tot tevreden", "kind": "flowchart", "blocks": [
        node("melding", "start", "U stuurt een melding"),
        node("lezen", "step", "Wij lezen uw melding"),
        node("bellen", "step", "Wij bellen u binnen een werkdag"),
        node("opgelost", "choice", "Is het opgelost?"),
        node("zoeken", "handOver", "Een collega zoekt verder met u"),
        node("tevreden", "end", "U bent tevreden"),
        edge("melding", "lezen", ""),
        edge("lezen", "bellen", ""),
        edge("bellen", "opgelost", ""),
        edge("opgelost", "tevreden", "Ja"),
        edge("opgelost", "zoeken", "Nee"),
        edge("zoeken", "bellen", ""),
    ] })
}

fn web_text() -> Value {
    json!({ "title": "Een klacht indienen", "kind": "webText", "blocks": [
        { "id": "kop", "kind": "heading", "text": "Een klacht indienen" },
        { "id": "hoe", "kind": "paragraph", "text": "U dient uw klacht in met het formulier op deze pagina. U kunt ook bellen." },
        { "id": "wanneer", "kind": "paragraph", "text": "Wij bellen u binnen een werkdag terug. Samen zoeken wij een oplossing." },
    ] })
}

impl Town<'_> {
    /// What the municipality asked residents, and asks them now.
    pub(super) async fn think_along(&self) -> anyhow::Result<()> {
        let (lead, clerk) = (self.who(Who::Lead)?, self.who(Who::Clerk)?);
        let mut tx = self.db.write(self.tenant.id).await?;
        let then = |days: i64| self.now - TimeDelta::days(days);
        let go_to = |days: i64, tx: &mut TenantTx| {
            self.at(then(days));
            tx.go_on();
        };
        go_to(42, &mut tx);
        let held = write(&tx, &lead, &instruction()).await?;
        adopt(&tx, &clerk, held).await?;
        let asked = write(&tx, &clerk, &chart()).await?;
        let round = self
            .ask(
                &tx,
                &lead,
                asked,
                "Hoe houden wij u het beste op de hoogte?",
            )
            .await?;
        go_to(38, &mut tx);
        let step = json!({ "blockId": "zoeken", "kind": "stepMissing", "text": "Wij vertellen u wie er verder zoekt",
            "reason": "Ik wist niet bij wie ik moest zijn.", "name": "Wil", "withName": true, "email": "wil@voorbeeld.example" });
        let other = json!({ "blockId": "lezen", "kind": "replace", "text": "Wij lezen uw melding en zoeken wie u kan helpen",
            "reason": "Dan begint het gesprek meteen goed." });
        let evening = json!({ "blockId": "bellen", "kind": "remark", "text": "Ik ben overdag op mijn werk. Bel ook in de avond." });
        let mut made = Vec::new();
        for proposal in [&step, &other, &evening] {
            made.push(propose(&tx, &lead, round, proposal, true).await?);
        }
        go_to(27, &mut tx);
        let decisions = [
            json!({ "decision": "takenOver", "reason": "Dat helpt iedereen die wacht." }),
            json!({ "decision": "partly", "reason": "Zoeken doen wij pas na het gesprek.", "text": "Wij lezen uw melding en wie er eerder over belde" }),
            json!({ "decision": "not", "reason": "Wij zijn bereikbaar tot 17.00 uur. U kunt wel zelf een moment kiezen." }),
        ];
        for (proposal, decision) in made.into_iter().zip(decisions) {
            let decision = serde_json::from_value(decision)?;
            thinking_along::decide(&tx, lead.id, proposal, &decision).await?;
        }
        let request =
            serde_json::from_value(json!({ "expectedVersion": version(&tx, asked).await? }))?;
        thinking_along::apply(&tx, lead.id, round, &request).await?;
        adopt(&tx, &clerk, asked).await?;
        let links = (&*self.tenant, &self.app.links);
        thinking_along::answer(&tx, lead.id, round, links).await?;
        go_to(4, &mut tx);
        let text = write(&tx, &lead, &web_text()).await?;
        let open = self
            .ask(&tx, &lead, text, "Is deze tekst duidelijk?")
            .await?;
        let shown = json!({ "blockId": "hoe", "kind": "addAfter", "text": "Hulp nodig? Kom langs bij de balie, wij vullen het samen in.",
            "reason": "Niet iedereen kan met een formulier overweg." });
        let waits = json!({ "blockId": "wanneer", "kind": "question", "text": "Wat als ik geen telefoon heb?" });
        propose(&tx, &lead, open, &shown, true).await?;
        propose(&tx, &lead, open, &waits, false).await?;
        go_to(0, &mut tx);
        self.consent(&tx, &lead).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The resident of a message that was closed may be asked.
    async fn consent(&self, tx: &TenantTx, lead: &StaffMember) -> anyhow::Result<()> {
        let closed = FilterRequest {
            show: "closed".to_owned(),
            ..FilterRequest::default()
        };
        let reader = Reader::of(lead, self.tenant.zone);
        let list = queue::list(tx, &reader, &closed.lenient(), None, 50).await?;
        let mut cases = list.rows.into_iter().map(|row| row.case.case);
        let case = cases.find(|case| case.contact_email.is_some());
        let case = case.context("a desk that closed nothing")?;
        let consent = json!({ "email": case.contact_email, "topics": ["webText"], "mostAYear": 2, "agreed": true });
        let consent = serde_json::from_value(consent)?;
        let links = (&*self.tenant, &self.app.links);
        Ok(thinking_along::consent(tx, &case, &consent, links).await?)
    }

    async fn ask(
        &self,
        tx: &TenantTx,
        lead: &StaffMember,
        document: DocumentId,
        question: &str,
    ) -> anyhow::Result<RoundId> {
        let today = self.calendar.local_day(tx.now());
        let request = serde_json::from_value(json!({
            "documentId": document,
            "question": question,
            "canChange": "De woorden, de volgorde en wat er ontbreekt.",
            "cannotChange": "Dat wij binnen een werkdag bellen, en wat de wet voorschrijft.",
            "audience": "everyone",
            "closesOn": today + TimeDelta::days(14),
            "answerBy": today + TimeDelta::days(28),
        }))?;
        let round = thinking_along::open(tx, lead.id, &request, self.tenant.zone).await?;
        Ok(round.id)
    }
}

async fn write(tx: &TenantTx, who: &StaffMember, body: &Value) -> anyhow::Result<DocumentId> {
    let request = serde_json::from_value(body.clone())?;
    Ok(thinking_along::add(tx, who.id, &request).await?.id)
}

async fn version(tx: &TenantTx, id: DocumentId) -> anyhow::Result<i64> {
    let detail = thinking_along::detail(tx, id).await?;
    Ok(detail.document.version)
}

async fn adopt(tx: &TenantTx, who: &StaffMember, id: DocumentId) -> anyhow::Result<()> {
    let request = serde_json::from_value(json!({ "expectedVersion": version(tx, id).await? }))?;
    thinking_along::adopt(tx, who.id, id, &request).await?;
    Ok(())
}

async fn propose(
    tx: &TenantTx,
    lead: &StaffMember,
    round: RoundId,
    proposal: &Value,
    shown: bool,
) -> anyhow::Result<ProposalId> {
    let request = serde_json::from_value(proposal.clone())?;
    let code = secret::new_code()?;
    let sent = thinking_along::propose(tx, round, &code, &request, Language::Dutch).await?;
    if shown {
        let show = serde_json::from_value(json!({ "show": true }))?;
        thinking_along::moderate(tx, lead.id, sent.id, &show).await?;
    }
    Ok(sent.id)
}
