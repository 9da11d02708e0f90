// One message travels the whole house, in a real browser without scripts: a resident sends a complaint from a phone, the desk calls, gives
// a gift and closes, the resident gives a score, an editor publishes a practice. Every page on the way is scanned with axe.
//
//   AXE_SCAN_HOME=<folder with playwright-core and axe-core> node walk.mjs PORT [SHOTS]
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { builder } from './builder.mjs';
import { cases } from './cases.mjs';
import { clocks } from './clocks.mjs';
import { keyboardDay } from './desk.mjs';
import { gifts } from './gifts.mjs';
import { intake } from './intake.mjs';
import { people } from './people.mjs';

const require = createRequire(path.join(process.env.AXE_SCAN_HOME, 'package.json'));
const { chromium } = require('playwright-core');
const { HtmlValidate, StaticConfigLoader } = require('html-validate');
const vnu = path.join(path.dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [port, shots] = process.argv.slice(2);
const town = `http://waterdam.localhost:${port}`;
const platform = `http://localhost:${port}`;
const password = 'welkom bij gehoord';
const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => fs.existsSync(file));
let seen = 0;

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const phone = { viewport: { width: 390, height: 844 }, locale: 'nl-NL', javaScriptEnabled: false };
const desk = { viewport: { width: 1280, height: 900 }, locale: 'nl-NL', javaScriptEnabled: false };

const sizes = { desk: desk.viewport, phone: phone.viewport };
// The scanner needs scripts, so it looks at a copy in a page of its own.
const scanner = await browser.newPage({ viewport: desk.viewport, locale: 'nl-NL', bypassCSP: true });
scanner.setDefaultTimeout(20_000);

/** Scans what the page shows, on a desk and on a phone: WCAG 2.2 A and AA, one h1, no sideways scrolling. */
async function look(page, name) {
  const html = await page.content();
  const url = page.url().split('#')[0];
  seen += 1;
  await scanner.setViewportSize(sizes.desk);
  await scanner.route(url, (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
  await scanner.goto(url);
  await scanner.unroute(url);
  await scanner.evaluate(axe);
  assert.equal(await scanner.locator('h1').count(), 1, `${name}: one h1`);
  const lost = await scanner.evaluate(() => [...document.querySelectorAll('[role=alert] a[href^="#"], [role=note] a[href^="#"]')].map((link) => link.getAttribute('href')).filter((href) => !document.getElementById(decodeURIComponent(href.slice(1)))));
  assert.deepEqual(lost, [], `${name}: links of the summary that lead nowhere`);
  for (const [size, viewport] of Object.entries(sizes)) {
    await scanner.setViewportSize(viewport);
    const found = await scanner.evaluate(async () => {
      const report = await window.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
      return report.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
    });
    assert.deepEqual(found, [], `${name}, ${size}: axe violations`);
    const wide = await scanner.evaluate(() => [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1 && document.documentElement.scrollWidth > window.innerWidth).map((one) => `${one.tagName}.${one.className}`));
    assert.deepEqual(wide, [], `${name}, ${size}: scrolls sideways`);
    if (shots) await scanner.screenshot({ path: path.join(shots, `${String(seen).padStart(2, '0')}-${name}-${size}.png`), fullPage: true });
  }
}

/** Validates every sample of every page, as it is written, with html-validate and with the validator of the W3C (vnu): ids that come twice,
 * elements where they may not stand, labels of nothing. */
async function validate() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'samples-'));
  const validator = new HtmlValidate(new StaticConfigLoader({ extends: ['html-validate:standard'] }));
  await scanner.goto(`${town}/dev/paginas`);
  const samples = await scanner.locator('a[href^="/dev/paginas/een"]').evaluateAll((links) => links.map((link) => link.href));
  assert.ok(samples.length > 100, `${samples.length} samples`);
  const wrong = [];
  for (const [number, sample] of samples.entries()) {
    const html = await scanner.evaluate(async (url) => (await fetch(url)).text(), sample);
    fs.writeFileSync(path.join(folder, `${number}.html`), html);
    const report = await validator.validateString(html);
    for (const { messages } of report.results) wrong.push(...messages.map((one) => `${sample}: ${one.line}: ${one.ruleId}: ${one.message}`));
  }
  const checked = spawnSync('java', ['-jar', vnu, '--errors-only', '--format', 'json', folder], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const { messages } = JSON.parse(checked.stderr);
  wrong.push(...messages.map((one) => `${samples[parseInt(path.basename(one.url), 10)]}: ${one.lastLine}: ${one.message}`));
  assert.ok(checked.status !== null && (checked.status === 0) === (messages.length === 0), `vnu ended with ${checked.status}`);
  fs.rmSync(folder, { recursive: true });
  assert.deepEqual(wrong, [], 'HTML that is not valid');
}

async function newPage(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) assert.fail(`console: ${message.text()}`); });
  return page;
}

const press = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).first().click()]);

const pick = (page, id) => page.click(`label[for="${id}"]`);

async function signIn(page, base, account) {
  await page.goto(`${base}/inloggen`);
  await page.fill('#email', account);
  await page.fill('#password', password);
  await press(page, 'Inloggen');
}

try {
  // The resident, on a phone.
  const resident = await newPage(phone);
  await resident.goto(`${town}/`);
  await look(resident, 'voordeur');
  await Promise.all([resident.waitForNavigation(), resident.click('text=Klacht, tip of compliment >> nth=-1')]);
  await press(resident, 'Verder');
  await look(resident, 'stap-leeg');
  assert.match(await resident.title(), /^Fout:/);
  assert.equal(await resident.locator('[aria-invalid=true]').count() + await resident.locator('fieldset[aria-describedby$=fout]').count(), 2);
  await pick(resident, 'soort-klacht');
  await resident.fill('#kort', 'De lift in het gemeentehuis is stuk <b>al weken</b>');
  await resident.fill('#verhaal', 'Ik kom met mijn rolstoel niet boven.\nMijn afspraak ging niet door.');
  await resident.fill('#plek', 'Gemeentehuis');
  await press(resident, 'Verder');
  await look(resident, 'stap-contact');
  await pick(resident, 'reactie-bellen');
  await pick(resident, 'wanneer-middag');
  await press(resident, 'Verder');
  await resident.fill('#naam', 'Zoë van den Łęcki');
  await resident.fill('#telefoon', '12');
  await press(resident, 'Verder');
  await look(resident, 'stap-gegevens-fout');
  assert.equal(await resident.inputValue('#naam'), 'Zoë van den Łęcki', 'nothing typed is lost');
  await resident.fill('#telefoon', '06 12 34 56 78');
  await resident.fill('#email', 'zoe@voorbeeld.example');
  await press(resident, 'Terug');
  assert.ok(await resident.isChecked('#wanneer-middag'), 'going back loses nothing');
  await press(resident, 'Verder');
  assert.equal(await resident.inputValue('#email'), 'zoe@voorbeeld.example', 'also what was typed before going back');
  await press(resident, 'Verder');
  await look(resident, 'controle');
  const check = await resident.innerText('main');
  for (const text of ['<b>al weken</b>', 'Een klacht: u bent niet tevreden', '12 tot 17 uur', '06 12 34 56 78']) assert.ok(check.includes(text), text);
  await press(resident, 'Versturen');
  await look(resident, 'ontvangst');
  const receipt = resident.url();
  const reference = await resident.innerText('.app-reference');
  assert.match(reference, /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  assert.match(await resident.innerText('main'), /Wij bellen u uiterlijk \w+dag \d+ \w+ om \d\d\.\d\d uur\./);
  // Pressing the button again after going back gives the same receipt.
  await resident.goto(`${town}/formulieren/klacht-tip-compliment/controle`);
  assert.equal(resident.url(), receipt);
  // A new form is empty: the next person on this computer reads nothing.
  await resident.goto(`${town}/formulieren/klacht-tip-compliment`);
  assert.equal(await resident.inputValue('#kort'), '');
  // English, by choice, and back.
  await press(resident, 'English');
  assert.match(await resident.innerText('h1'), /Complaint/);
  await look(resident, 'english');
  await press(resident, 'Nederlands');

  // Photos, one page, quarantine.
  await intake({ browser, newPage, look, press, pick, signIn, town, phone, desk, shots });

  // The clerk.
  const clerk = await newPage(desk);
  await signIn(clerk, town, 'balie@waterdam.example');
  await look(clerk, 'balie');
  assert.match(await clerk.locator('tbody tr').first().innerText(), /te laat|Te laat/, 'what is late is on top');
  await Promise.all([clerk.waitForNavigation(), clerk.getByRole('link', { name: 'Lezen naast de lijst' }).click()]);
  await look(clerk, 'lezen');
  await Promise.all([clerk.waitForNavigation(), clerk.locator('.gh-mini a').nth(2).click()]);
  assert.match(clerk.url(), /\/balie\/lezen\?kies=[2-9A-Z-]{9}#lees$/);
  assert.equal(await clerk.locator('.gh-mini a[aria-current=true]').count(), 1, 'the message that is read');
  await clerk.goto(`${town}/balie`);
  await Promise.all([clerk.waitForNavigation(), clerk.locator('tbody tr', { hasText: reference }).locator('th a').click()]);
  await look(clerk, 'melding-nieuw');
  await clerk.goto(`${town}/balie/bellen`);
  await look(clerk, 'nu-bellen');
  await clerk.goto(`${town}/balie/meldingen/${reference}/gesprek`);
  await look(clerk, 'gesprek');
  await clerk.goto(`${town}/balie/taken`);
  await look(clerk, 'mijn-taken');
  await clerk.goto(`${town}/balie/meldingen/${reference}`);
  // A colleague has the same page open; the clerk is first.
  const colleague = await newPage(desk);
  await signIn(colleague, town, 'collega@waterdam.example');
  await colleague.goto(`${town}/balie/meldingen/${reference}`);
  await press(clerk, 'Oppakken');
  await press(colleague, 'Oppakken');
  assert.match(await colleague.innerText('[role=alert]'), /Sanne de Boer heeft deze melding net opgepakt/);
  await look(colleague, 'collega-te-laat');
  await clerk.click('main summary:has-text("Contact met de inwoner")');
  await pick(clerk, 'contact-result-noAnswer');
  await press(clerk, 'Contact opslaan');
  // A try is not a conversation: closing is refused, and what was typed stays.
  await clerk.click('main summary:has-text("Afsluiten")');
  await clerk.selectOption('#close-outcome', 'solvedTogether');
  await clerk.fill('#close-note', 'Lift gerepareerd');
  await press(clerk, 'Melding afsluiten');
  assert.match(await clerk.innerText('[role=alert]'), /nog niet gesproken/);
  assert.equal(await clerk.inputValue('#close-note'), 'Lift gerepareerd');
  await clerk.click('main summary:has-text("Contact met de inwoner")');
  await pick(clerk, 'contact-result-conversation');
  await press(clerk, 'Contact opslaan');
  assert.match(await clerk.innerText('[role=alert]'), /leeg/, 'a conversation needs its story');
  await look(clerk, 'melding-fout');
  await pick(clerk, 'contact-result-conversation');
  await clerk.fill('#contact-note', 'Mevrouw voelde zich buitengesloten. Samen een afspraak gemaakt.');
  await press(clerk, 'Contact opslaan');
  assert.match(await clerk.innerText('.gh-meta'), /Op tijd gesproken/);
  await Promise.all([clerk.waitForNavigation(), clerk.click('text=Verras deze inwoner')]);
  await clerk.selectOption('#kind', 'flowers');
  await clerk.fill('#description', 'Bos bloemen');
  await clerk.fill('#amountCents', '60');
  await clerk.fill('#reason', 'Zij wachtte lang en bleef vriendelijk.');
  await press(clerk, 'Attentie opslaan');
  assert.match(await clerk.innerText('[role=alert]'), /niet meer kosten dan €\s50,00/);
  await clerk.fill('#amountCents', '19,95');
  await press(clerk, 'Attentie opslaan');
  assert.match(await clerk.innerText('main'), /Er loopt een klacht van deze persoon[^]*budgethouder/, 'what there is to know comes first');
  await look(clerk, 'attentie-eerst-lezen');
  await press(clerk, 'Attentie opslaan');
  assert.match(await clerk.innerText('[role=status]'), /Koop nog niets/);
  assert.match(await clerk.innerText('main aside'), /Bos bloemen[^]*€\s19,95/);
  await clerk.click('main summary:has-text("Afsluiten")');
  await clerk.selectOption('#close-outcome', 'solvedTogether');
  await clerk.fill('#close-note', 'Lift gerepareerd');
  await press(clerk, 'Melding afsluiten');
  await look(clerk, 'melding-afgesloten');

  // The mails, as the resident reads them.
  let link;
  for (let tries = 0; !link && tries < 60; tries += 1) {
    await clerk.goto(`${town}/dev/mail`);
    const mail = clerk.getByRole('link', { name: `Wat vond u van ons? (${reference})` });
    if (await mail.count()) {
      await Promise.all([clerk.waitForNavigation(), mail.first().click()]);
      link = await clerk.locator('main a[href*="/cijfer/"]').getAttribute('href');
    } else {
      await clerk.waitForTimeout(500);
    }
  }
  assert.ok(link, 'the invitation arrived');
  await look(clerk, 'mail');

  // The score. A scanner that follows the link stores nothing.
  for (let scans = 0; scans < 3; scans += 1) assert.equal((await clerk.goto(link)).status(), 200);
  await resident.goto(link);
  await look(resident, 'cijfer');
  await press(resident, 'Cijfer geven');
  assert.match(await resident.innerText('[role=alert]'), /Kies|leeg|Vul/);
  await pick(resident, 'grade-9');
  await resident.fill('#words', 'Fijn dat u belde.');
  await press(resident, 'Cijfer geven');
  assert.match(await resident.innerText('main'), /U gaf ons een 9/);
  await look(resident, 'cijfer-gegeven');
  await clerk.goto(`${town}/balie/meldingen/${reference}`);
  assert.match(await clerk.innerText('main'), /Fijn dat u belde/);
  await look(clerk, 'melding-cijfer');

  // Signing out ends it.
  await clerk.click('.gh-account > summary');
  await press(clerk, 'Uitloggen');
  await clerk.goto(`${town}/balie`);
  assert.match(clerk.url(), /\/inloggen\?verder=%2Fbalie/);

  // Gifts: an employee on a phone, the budget holder, the auditor.
  await gifts({ newPage, signIn, look, press, pick, town, phone, desk });

  // Every administration page, by whoever may see it.
  for (const [account, paths] of [
    ['formulieren@waterdam.example', ['/beheer/formulieren', '/beheer/formulieren/nieuw', '/beheer/formulieren/klacht-tip-compliment', '/beheer/formulieren/klacht-tip-compliment/versies', '/beheer/formulieren/klacht-tip-compliment/planning', '/beheer/formulieren/klacht-tip-compliment/voorbeeld/begin', '/beheer/praktijkvoorbeelden']],
    ['teamleider@waterdam.example', ['/beheer/attenties']],
    ['beheer@waterdam.example', ['/beheer', '/account', '/beheer/teams', '/beheer/categorieen', '/beheer/medewerkers', '/beheer/logboek', '/beheer/kalender', '/beheer/belofte', '/beheer/rekenen', '/beheer/rekenen?receivedAt=2026-04-03T16:00']],
    ['controle@waterdam.example', ['/balie', '/beheer/medewerkers', '/beheer/logboek']],
  ]) {
    const page = await newPage(desk);
    await signIn(page, town, account);
    for (const place of paths) {
      const response = await page.goto(`${town}${place}`);
      assert.equal(response.status(), 200, `${account} ${place}`);
      await look(page, `${account.split('@')[0]}${place.replace(/[^a-z]+/g, '-')}`);
    }
    await page.context().close();
  }

  // An editor changes the form with the keyboard's own means: a draft, its questions, its texts, what publishing would change.
  const maker = await newPage(desk);
  await signIn(maker, town, 'formulieren@waterdam.example');
  const form = `${town}/beheer/formulieren/klacht-tip-compliment`;
  await maker.goto(form);
  await press(maker, 'Wijzig dit formulier');
  await look(maker, 'formulier-vragen');
  for (const part of ['vraag/reactie', 'vraag/email', 'stap/gegevens', 'instellingen', 'teksten', 'publiceren']) {
    await maker.goto(`${form}/${part}`);
    await look(maker, `formulier-${part.replace('/', '-')}`);
  }
  await maker.goto(`${form}/vraag/kort`);
  await maker.fill('#label', 'Wat is er aan de hand?');
  await maker.locator('main form').getByRole('button', { name: 'Opslaan' }).last().click();
  await maker.goto(`${form}/publiceren`);
  await press(maker, 'Publiceer');
  await look(maker, 'formulier-zonder-notitie');
  await maker.fill('#note', 'Vraag verduidelijkt');
  await press(maker, 'Publiceer');
  assert.match(await maker.innerText('main'), /Inwoners zien nu deze versie/);
  await maker.goto(`${form}/verschil?van=1&tot=2`);
  await look(maker, 'formulier-verschil');

  await builder({ newPage, signIn, look, press, pick, town, desk, phone });

  // The administrator closes a day, sees first what it moves, and opens it again.
  const keeper = await newPage(desk);
  await signIn(keeper, town, 'beheer@waterdam.example');
  const closing = new Date(Date.now() + 12 * 86_400_000).toISOString().slice(0, 10);
  await keeper.goto(`${town}/beheer/kalender?jaar=${closing.slice(0, 4)}`);
  await keeper.fill('#day', closing);
  await keeper.locator('form:has(#day)').getByRole('button').click();
  await look(keeper, 'kalender-fout');
  await keeper.fill('#reason', 'Personeelsdag');
  await keeper.locator('form:has(#day)').getByRole('button').click();
  await look(keeper, 'kalender-klopt-dit');
  assert.match(await keeper.innerText('main'), /Gesloten \(Personeelsdag\)/);
  await press(keeper, 'Opslaan');
  assert.match(await keeper.innerText('main'), /De nieuwe kalender geldt vanaf nu/);
  await keeper.locator('li', { hasText: 'Personeelsdag' }).getByRole('button').click();
  await press(keeper, 'Opslaan');
  assert.doesNotMatch(await keeper.innerText('main'), /Personeelsdag/);

  await cases({ newPage, signIn, look, press, pick, town, desk });
  await keyboardDay({ newPage, look, town, desk, password });
  await clocks({ newPage, signIn, look, press, town, desk });

  await people({ newPage, look, press, pick, signIn, town, phone, desk });

  // A practice: imported, completed, agreed by a colleague, published by the exchange, read by everybody without its contact person.
  const editor = await newPage(desk);
  await signIn(editor, town, 'formulieren@waterdam.example');
  await editor.goto(`${town}/beheer/praktijkvoorbeelden`);
  await look(editor, 'praktijken');
  const text = `Wij bellen elke inwoner. Versie ${Date.now().toString(36)}.\n\nJaartal\n\n2024\n\nGemeente\n\nType\n\nProjectbeschrijving\n\nWobbe Terpstra belt iedereen terug.\n\nContactgegevens\n\nNaam\n\nWobbe Terpstra\n\nE-mail\n\nwobbe@proefstad.example\n`;
  await editor.setInputFiles('#file', { name: 'proefstad.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await press(editor, 'Inlezen');
  await look(editor, 'praktijk-concept');
  const draft = editor.url();
  await editor.goto(`${draft}/bewerken`);
  await look(editor, 'praktijk-bewerken');
  await press(editor, 'Bewaren en indienen');
  assert.match(await editor.innerText('[role=alert]'), /Wat ging mis/);
  for (const [field, value] of [['title', 'Iedereen teruggebeld'], ['summary', 'Wij bellen.'], ['problem', 'Wachten.'], ['aim', 'Bellen.'], ['result', 'Het werkt.'], ['wentWrong', 'Op vrijdag niet.'], ['conditions', 'Een rooster.']]) {
    await editor.fill(`#${field}`, value);
  }
  await editor.selectOption('#phase', 'inUse');
  await editor.selectOption('#practiceType', 'method');
  await editor.check('#themes-complaints');
  await press(editor, 'Bewaren en indienen');
  assert.match(await editor.innerText('[role=status]'), /ingediend/);
  const agreeing = await newPage(desk);
  await signIn(agreeing, town, 'beheer@waterdam.example');
  await agreeing.goto(draft);
  await look(agreeing, 'praktijk-akkoord');
  await agreeing.check('#confirmed');
  await press(agreeing, 'Akkoord geven');
  const exchange = await newPage(desk);
  await signIn(exchange, platform, 'platform@gehoord.example');
  await exchange.goto(`${platform}/beheer/praktijkbeoordelingen`);
  await look(exchange, 'praktijk-beoordelingen');
  await exchange.goto(draft.replace(town, platform).replace('praktijkvoorbeelden', 'praktijkbeoordelingen'));
  for (const check of ['personalData', 'claims', 'licence', 'title']) await exchange.check(`#${check}`);
  await look(exchange, 'praktijk-beoordeling');
  await press(exchange, 'Publiceren');
  assert.match(await exchange.innerText('[role=status]'), /is gepubliceerd/);
  for (const place of ['/beheer/taken', '/beheer/medewerkers', '/beheer/logboek']) {
    await exchange.goto(`${platform}${place}`);
    await look(exchange, `platform${place.replace(/[^a-z]+/g, '-')}`);
  }
  const reader = await newPage(phone);
  await reader.goto(`${platform}/`);
  await look(reader, 'platform');
  await reader.goto(`${platform}/praktijkvoorbeelden?q=teruggebeld&sort=confirmed`);
  await look(reader, 'praktijkvoorbeelden');
  await Promise.all([reader.waitForNavigation(), reader.getByRole('link', { name: 'Iedereen teruggebeld' }).first().click()]);
  await look(reader, 'praktijkvoorbeeld');
  const article = await reader.content();
  assert.ok(!article.includes("Wobbe") && !article.includes("wobbe@"), 'no contact person');
  assert.match(article, /Waterdam/);

  // The other house style, and pages of errors.
  await reader.goto(`http://heuvelrode.localhost:${port}/formulieren/klacht-tip-compliment`);
  await look(reader, 'heuvelrode-formulier');
  const otherLead = await newPage(desk);
  await signIn(otherLead, `http://heuvelrode.localhost:${port}`, 'teamleider@heuvelrode.example');
  await look(otherLead, 'heuvelrode-balie');
  await Promise.all([otherLead.waitForNavigation(), otherLead.locator('tbody th a').first().click()]);
  await look(otherLead, 'heuvelrode-melding');
  await reader.goto(`${town}/weg`);
  await look(reader, 'niet-gevonden');
  await reader.goto(`http://nergens.localhost:${port}/`);
  await look(reader, 'onbekende-gemeente');
  await reader.goto(`${town}/api/v1/docs`);
  await look(reader, 'api');
  await validate();
  console.log(`walk: ${seen} pages, nothing wrong`);
} finally {
  await browser.close();
}
