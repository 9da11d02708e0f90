// Gifts in a browser without scripts: an employee gives on a phone, the budget holder opens, approves, puts right, sets rules and closes
// a year, the auditor goes from a total to the receipt and the reason and can press nothing.
import assert from 'node:assert/strict';

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n');
const goTo = (page, link) => Promise.all([page.waitForNavigation(), link.first().click()]);

export async function gifts({ newPage, signIn, look, press, pick, town, phone, desk }) {
  // An employee of another team lands on what every employee may do, and reads no messages.
  const employee = await newPage(phone);
  await signIn(employee, town, 'medewerker@waterdam.example');
  assert.match(employee.url(), /\/attenties$/);
  await look(employee, 'medewerker-attenties');
  assert.equal((await employee.goto(`${town}/balie`)).status(), 403);
  await employee.context().close();

  // Just like that, within a minute: may it, given, the card, handed over, the receipt.
  const giver = await newPage(phone);
  await signIn(giver, town, 'balie@waterdam.example');
  await giver.goto(`${town}/attenties`);
  await look(giver, 'attenties');
  await press(giver, 'Attentie opslaan');
  assert.match(await giver.innerText('[role=alert]'), /Voor wie: Dit veld is nog leeg/);
  await look(giver, 'attentie-fout');
  await giver.fill('#recipient', 'De buurvrouw');
  await giver.fill('#description', 'Plant voor de trap');
  await giver.selectOption('#kind', 'flowers');
  await giver.fill('#amountCents', '€ 12,50');
  await giver.fill('#reason', 'Zij helpt de hele straat.');
  await press(giver, 'Kijk of het mag');
  assert.match(await giver.innerText('[role=status]'), /Dit mag/);
  await look(giver, 'attentie-mag');
  await press(giver, 'Attentie opslaan');
  assert.match(await giver.innerText('[role=status]'), /Opgeslagen/);
  await look(giver, 'attentie-gegeven');
  const gift = giver.url().split('?')[0];
  await goTo(giver, giver.getByRole('link', { name: 'Maak het kaartje' }));
  await look(giver, 'kaartje');
  await giver.fill('#card', 'Lieve buurvrouw,\n\nDeze plant is voor u.');
  await press(giver, 'Laat het kaartje zien');
  assert.match(await giver.innerText('.app-thanks'), /Deze plant is voor u/);
  await look(giver, 'kaartje-klaar');
  await giver.emulateMedia({ media: 'print' });
  assert.ok(!(await giver.isVisible('#card')) && (await giver.isVisible('.app-thanks')), 'only the card is printed');
  await giver.emulateMedia({ media: 'screen' });
  await giver.goto(gift);
  await press(giver, 'De inwoner heeft het');
  await giver.goto(`${town}/attenties`);
  await look(giver, 'attenties-bon');
  await goTo(giver, giver.locator('section[aria-labelledby=bonnen]').getByRole('link', { name: 'Plant voor de trap' }));
  await giver.fill('#amountCents', '11,95');
  await giver.setInputFiles('#file', { name: 'bon.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') });
  await press(giver, 'Bon inleveren');
  await look(giver, 'bon-fout');
  await giver.setInputFiles('#file', { name: 'bon.pdf', mimeType: 'application/pdf', buffer: pdf });
  await press(giver, 'Bon inleveren');
  assert.match(await giver.innerText('.gh-meta'), /Bon is binnen/);
  await look(giver, 'attentie-betaald');
  // A voucher waits for the budget holder.
  await giver.goto(`${town}/attenties`);
  await giver.fill('#recipient', 'Meneer De Wit');
  await giver.selectOption('#kind', 'voucher');
  await giver.fill('#description', 'Boekenbon');
  await giver.fill('#amountCents', '15');
  await giver.fill('#reason', 'Hij leest graag.');
  await press(giver, 'Attentie opslaan');
  await look(giver, 'attentie-tweede-paar-ogen');
  await press(giver, 'Attentie opslaan');

  // An employee who never was here lands on the form, and sees budgets without anybody's name.
  const newcomer = await newPage(phone);
  await signIn(newcomer, town, 'medewerker@waterdam.example');
  assert.equal(new URL(newcomer.url()).pathname, '/attenties');
  await look(newcomer, 'medewerker-eerste-keer');
  await newcomer.goto(`${town}/beheer/attenties`);
  assert.doesNotMatch(await newcomer.innerText('main'), /Boekenbon|Sanne/);
  await look(newcomer, 'medewerker-budgetten');
  await newcomer.goto(`${town}/beheer/attenties/regels`);
  assert.equal(await newcomer.locator('main form').count(), 0, 'an employee reads the rules');
  // A receipt of another size than a photo has is refused on the page itself.
  await giver.goto(`${town}/attenties`);
  await goTo(giver, giver.locator('section[aria-labelledby=bonnen] a'));
  await giver.fill('#amountCents', '14,95');
  await giver.setInputFiles('#file', { name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(12 * 1024 * 1024, 1) });
  await press(giver, 'Bon inleveren');
  assert.match(await giver.innerText('[role=alert]'), /hoogstens 10 MB/);
  assert.equal(await giver.inputValue('#amountCents'), '14,95', 'what was typed stays');

  // The budget holder: what waits, one press, putting right.
  const holder = await newPage(desk);
  await signIn(holder, town, 'budget@waterdam.example');
  await holder.goto(`${town}/beheer/attenties`);
  await look(holder, 'budgethouder');
  const waits = holder.locator('section[aria-labelledby=wacht] li', { hasText: 'Boekenbon' });
  await goTo(holder, waits.getByRole('link'));
  await look(holder, 'attentie-akkoord');
  await holder.goBack();
  await Promise.all([holder.waitForNavigation(), waits.getByRole('button').click()]);
  assert.match(await holder.innerText('[role=status]'), /U gaf akkoord/);
  await holder.goto(gift);
  await press(holder, 'De bon klopt');
  await look(holder, 'attentie-nagekeken');
  await holder.click('text=Bedrag rechtzetten');
  await press(holder, 'Zet recht');
  await look(holder, 'rechtzetten-fout');
  await holder.fill('#amountCents', '11,90');
  await holder.fill('#note', 'Statiegeld afgetrokken');
  await press(holder, 'Zet recht');
  assert.match(await holder.innerText('[role=status]'), /rechtgezet/);
  assert.equal(await holder.getByRole('button', { name: 'De bon klopt' }).count(), 0, 'somebody else checks what one put right');
  await look(holder, 'attentie-rechtgezet');

  // A budget is opened, money moves to it, its year is closed, the rules get a version.
  const name = `Attenties wijkteam ${Date.now().toString(36)}`;
  await holder.goto(`${town}/beheer/attenties/nieuw`);
  await look(holder, 'budget-openen');
  await press(holder, 'Open het budget');
  await look(holder, 'budget-openen-fout');
  await holder.fill('#name', name);
  await holder.fill('#team', 'Wijkteam');
  await holder.fill('#allocatedCents', '€ 1.250,00');
  await holder.fill('#mandate', 'Raadsbesluit 2026-12');
  await press(holder, 'Open het budget');
  assert.match(await holder.innerText('main'), /€\s1\.250,00/);
  const opened = holder.url().split('?')[0];
  await holder.goto(`${town}/beheer/attenties/overhevelen?van=${opened.split('/').pop()}`);
  await look(holder, 'overhevelen');
  await holder.selectOption('#toId', { index: 1 });
  await holder.fill('#amountCents', '9999999');
  await holder.fill('#decision', 'Collegebesluit 2026-88');
  await press(holder, 'Hevel over');
  await look(holder, 'overhevelen-fout');
  const to = await holder.locator('#toId option').evaluateAll((options) => options.find((one) => one.text.includes('klantenservice'))?.value);
  await holder.selectOption('#toId', to);
  await holder.fill('#amountCents', '250');
  await press(holder, 'Hevel over');
  assert.match(await holder.innerText('[role=status]'), /overgeheveld/);
  // Two gifts from the budget that closes: one still waits for approval, of the other the receipt may come.
  const given = {};
  for (const [kind, what] of [['voucher', 'Theaterbon'], ['treat', 'Appeltaart']]) {
    await giver.goto(`${town}/attenties`);
    await giver.fill('#recipient', 'De overbuurman');
    await giver.selectOption('#kind', kind);
    await giver.fill('#description', what);
    await giver.fill('#amountCents', '20');
    await giver.fill('#reason', 'Hij ruimt elke week het zwerfvuil op.');
    await giver.selectOption('#budgetId', opened.split('/').pop());
    await press(giver, 'Attentie opslaan');
    if (kind === 'voucher') await press(giver, 'Attentie opslaan');
    given[kind] = giver.url().split('?')[0];
  }
  await holder.goto(`${opened}/sluiten`);
  assert.match(await holder.innerText('main'), /Eén attentie wacht nog op akkoord/);
  await look(holder, 'jaar-afsluiten');
  await press(holder, 'Sluit het jaar af');
  assert.match(await holder.title(), /^Fout/, 'the year still runs');
  await look(holder, 'jaar-afsluiten-fout');
  await holder.check('#early');
  await press(holder, 'Sluit het jaar af');
  assert.match(await holder.innerText('[role=status]'), /afgesloten/);
  assert.match(await holder.innerText('main'), /Van één attentie uit dit budget kan de bon nog komen/);
  await look(holder, 'jaar-afgesloten');
  await giver.goto(given.voucher);
  assert.match(await giver.innerText('main'), /Dit is vervallen/);
  assert.equal(await giver.locator('#file').count(), 0, 'no receipt of what nobody agreed with');
  await look(giver, 'attentie-vervallen');
  await giver.goto(given.treat);
  await look(giver, 'attentie-vrijgegeven');
  await holder.goto(`${town}/beheer/attenties/overhevelen?van=${opened.split('/').pop()}`);
  await holder.selectOption('#toId', to);
  await holder.fill('#amountCents', '990');
  await holder.fill('#decision', 'Collegebesluit 2026-89');
  await press(holder, 'Hevel over');
  assert.match(await holder.innerText('[role=alert]'), /nog niets overgeheveld/);
  await look(holder, 'overhevelen-bon-mist');
  await holder.goto(`${town}/beheer/attenties/regels`);
  await look(holder, 'regels');
  await holder.click('text=Nieuwe regels');
  await holder.fill('[id="rules.receiptDays"]', String(10 + Math.floor(Math.random() * 300)));
  await holder.fill('[id="rules.capCents"]', 'veel');
  await press(holder, 'Regels opslaan');
  await look(holder, 'regels-fout');
  await holder.fill('[id="rules.capCents"]', '150');
  await press(holder, 'Regels opslaan');
  await look(holder, 'regels-nieuw');
  assert.match(await holder.innerText('aside'), /Dagen om de bon in te leveren: was/);

  // The auditor: overview, the entries behind "Betaald", the gift with its reason and receipt: three clicks; then the proof.
  const auditor = await newPage(desk);
  await signIn(auditor, town, 'controle@waterdam.example');
  await auditor.goto(`${town}/beheer/attenties`);
  assert.equal(await auditor.locator('main form').count(), 0, 'an auditor can press nothing');
  await look(auditor, 'controleur');
  const budget = auditor.locator('tbody tr', { hasText: 'Attenties klantenservice' }).first();
  await goTo(auditor, budget.locator('td').nth(2).getByRole('link'));
  await look(auditor, 'kasboek-betaald');
  await goTo(auditor, auditor.locator(`tbody th a[href^="${new URL(gift).pathname}#"]`));
  assert.match(await auditor.innerText('main'), /Zij helpt de hele straat/);
  assert.ok(await auditor.getByRole('link', { name: 'Download de bon' }).count(), 'the receipt');
  assert.equal(await auditor.locator('main form').count(), 0, 'an auditor can press nothing');
  await look(auditor, 'controleur-attentie');
  await auditor.goto(`${town}/beheer/attenties`);
  await goTo(auditor, auditor.locator('section[aria-labelledby=soort] tbody a'));
  await look(auditor, 'lijst-soort');
  await auditor.goto(`${town}/beheer/attenties`);
  await goTo(auditor, auditor.locator('tbody th a', { hasText: 'Attenties klantenservice' }));
  await look(auditor, 'jaaroverzicht');
  await goTo(auditor, auditor.getByRole('link', { name: 'Controle van het kasboek' }));
  assert.match(await auditor.innerText('[role=status]'), /Alles klopt/);
  await auditor.fill('#hash', await auditor.locator('.gh-hash').first().innerText());
  await press(auditor, 'Zoek terug');
  assert.match(await auditor.innerText('main'), /heeft deze hash/);
  await look(auditor, 'kasboek-controle');
  for (const page of [giver, newcomer, holder, auditor]) await page.context().close();
}
