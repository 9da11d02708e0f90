// Corrections of a message: staff file one that came by telephone, an administrator makes a category, two messages are merged and taken apart, a
// complaint is closed, reopened and made a tip.
import assert from 'node:assert/strict';

export async function cases({ newPage, signIn, look, press, pick, town, desk }) {
  const admin = await newPage(desk);
  await signIn(admin, town, 'beheer@waterdam.example');
  await admin.goto(`${town}/beheer/categorieen`);
  await look(admin, 'categorieen');
  await press(admin, 'Categorie toevoegen');
  assert.match(await admin.innerText('[role=alert]'), /leeg/);
  await look(admin, 'categorieen-fout');
  await admin.fill('#labelNl', 'Liften');
  await press(admin, 'Categorie toevoegen');
  assert.match(await admin.innerText('[role=status]'), /opgeslagen/);

  const clerk = await newPage(desk);
  await signIn(clerk, town, 'balie@waterdam.example');
  const file = async (short) => {
    await clerk.goto(`${town}/balie/nieuw`);
    await pick(clerk, 'channel-phone');
    await pick(clerk, 'answers.soort-klacht');
    await clerk.fill('[id="answers.kort"]', short);
    await pick(clerk, 'answers.reactie-bellen');
    await clerk.fill('[id="answers.naam"]', 'Kees Vermeer');
    await clerk.fill('[id="answers.telefoon"]', '06 12 34 56 78');
    await press(clerk, 'Melding opnemen');
    assert.match(await clerk.innerText('[role=status]'), /opgenomen/);
    return clerk.url().split('/').pop().split('?')[0];
  };
  await clerk.goto(`${town}/balie/nieuw`);
  await look(clerk, 'opnemen');
  await clerk.fill('#receivedAt', '2020-01-01T10:00');
  await press(clerk, 'Melding opnemen');
  await look(clerk, 'opnemen-fout');
  assert.match(await clerk.innerText('[role=alert]'), /meer dan een jaar geleden/);
  const first = await file('De lift in het zwembad is stuk');
  await look(clerk, 'opgenomen');
  const second = await file('In het zwembad doet de lift het niet');

  await clerk.goto(`${town}/balie/meldingen/${first}/samenvoegen`);
  await look(clerk, 'samenvoegen');
  await clerk.fill('#intoId', second);
  await press(clerk, 'Bekijk wat er gebeurt');
  await look(clerk, 'samenvoegen-voorbeeld');
  await clerk.fill('#reason', 'Dezelfde lift');
  await press(clerk, 'Samenvoegen');
  assert.match(await clerk.innerText('[role=status]'), /samengevoegd/);
  await look(clerk, 'samengevoegd');
  await clerk.goto(`${town}/balie/meldingen/${first}`);
  await look(clerk, 'opgegaan');
  await clerk.click('main summary:has-text("bij elkaar")');
  await clerk.fill('#unmerge-reason', 'Toch een andere lift');
  await press(clerk, 'Losmaken');
  assert.match(await clerk.innerText('[role=status]'), /op zichzelf/);

  await press(clerk, 'Oppakken');
  assert.match(await clerk.innerText('[role=status]'), /opgepakt/);
  await clerk.click('text=Categorie kiezen');
  await clerk.selectOption('#categorise-category', 'liften');
  await press(clerk, 'Categorie opslaan');
  assert.match(await clerk.innerText('main'), /koos de categorie: Liften/);
  await clerk.click('text=Het is een andere soort');
  await clerk.selectOption('#convert-kind', 'tip');
  await press(clerk, 'Soort veranderen');
  assert.match(await clerk.innerText('[role=alert]'), /leeg/);
  await look(clerk, 'soort-fout');
  await clerk.click('main summary:has-text("Afsluiten")');
  await clerk.selectOption('#close-outcome', 'withdrawn');
  await clerk.selectOption('#close-law', 'withdrawn');
  await clerk.fill('#close-lawOn', new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' }));
  await clerk.fill('#close-keptAt', 'Brief van de inwoner, zaak 12');
  await press(clerk, 'Melding afsluiten');
  assert.match(await clerk.innerText('[role=status]'), /afgesloten/);
  await clerk.click('text=Melding heropenen');
  await clerk.fill('#reopen-reason', 'De inwoner belde: toch niet ingetrokken');
  await press(clerk, 'Heropenen');
  assert.match(await clerk.innerText('[role=alert]'), /keuze/);
  await look(clerk, 'heropenen-fout');
  assert.equal(await clerk.inputValue('#reopen-reason'), 'De inwoner belde: toch niet ingetrokken', 'nothing typed is lost');
  await pick(clerk, 'reopen-law-countsOn');
  await press(clerk, 'Heropenen');
  assert.match(await clerk.innerText('[role=status]'), /weer open/);
  await look(clerk, 'heropend');
}
