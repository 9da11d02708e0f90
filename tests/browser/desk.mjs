// Somebody who has no mouse and no scripts works a morning at the desk: ten messages are taken, talked about, closed or handed on; a resident is found
// by the number on the display; one is answered by mail, and the answer of the resident comes back into the message.
import assert from 'node:assert/strict';
import { enter, tabTo, type } from './keyboard.mjs';

const button = (page, name) => page.locator('main').getByRole('button', { name, exact: true });
const said = (page) => page.locator('[role=status]').first().innerText();

/** Opens what is folded. */
async function unfold(page, title) {
  const fold = page.locator('main details', { has: page.locator('summary', { hasText: title }) }).first();
  if (await fold.evaluate((one) => one.open)) return;
  await tabTo(page, fold.locator('summary'));
  await page.keyboard.press('Enter');
  assert.ok(await fold.evaluate((one) => one.open), `${title} opens`);
}

/** Chooses in a list as one does without a mouse: by the first letters. */
async function choose(page, target, letters) {
  await tabTo(page, target);
  await page.keyboard.type(letters);
  assert.match(await target.evaluate((one) => one.selectedOptions[0].text), new RegExp(`^${letters}`));
}

async function tick(page, id) {
  const one = page.locator(`[id="${id}"]`);
  const name = await one.getAttribute('name');
  // Of a group of choices the keyboard reaches the one that is chosen, or the first; arrows go on from there.
  const group = page.locator(`input[type=radio][name="${name}"]`);
  const chosen = page.locator(`input[type=radio][name="${name}"]:checked`);
  await tabTo(page, await chosen.count() ? chosen.first() : group.first());
  await page.keyboard.press('Space');
  for (let presses = await group.count(); presses > 0 && !(await one.isChecked()); presses -= 1) await page.keyboard.press('ArrowDown');
  assert.ok(await one.isChecked(), `${id} is chosen`);
}

/** Takes the first message that is nobody's. */
async function take(page) {
  await enter(page, page.locator('a[href="/balie?toon=unassigned"]').first());
  const first = page.locator('.gh-queue tbody th a').first();
  await enter(page, first);
  await enter(page, button(page, 'Oppakken'));
  assert.match(await said(page), /opgepakt/);
}

async function talk(page, story) {
  await enter(page, page.locator('main a[href$="/gesprek"]').first());
  await tick(page, 'result-conversation');
  await type(page, page.locator('#note'), story);
  await enter(page, button(page, 'Bewaar gesprek'));
  assert.match(await page.innerText('main'), new RegExp(story));
}

async function close(page) {
  await unfold(page, 'Afsluiten');
  await choose(page, page.locator('#close-outcome'), 'Samen');
  await enter(page, button(page, 'Melding afsluiten'));
  assert.match(await said(page), /afgesloten/);
}

async function handOn(page) {
  await unfold(page, 'Geef door aan');
  await tabTo(page, page.locator('#hand-on-teamId'));
  await page.keyboard.press('ArrowDown');
  await enter(page, button(page, 'Geef door'));
  assert.match(await said(page), /doorgegeven/);
}

/** Looks again until a page has what a job of the program brings. */
async function until(page, url, found) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto(url);
    if (await found()) return;
    await page.waitForTimeout(500);
  }
  assert.fail(`not there: ${url}`);
}

export async function keyboardDay({ newPage, look, town, desk, password }) {
  const clerk = await newPage(desk);
  await clerk.goto(`${town}/inloggen`);
  await type(clerk, clerk.locator('#email'), 'balie@waterdam.example');
  await type(clerk, clerk.locator('#password'), password);
  await enter(clerk, button(clerk, 'Inloggen'));

  let number = '';
  let called = '';
  for (let handled = 0; handled < 10; handled += 1) {
    await clerk.goto(`${town}/balie`);
    await take(clerk);
    if (!number && await clerk.locator('a[href^="tel:"]').count()) {
      number = (await clerk.locator('a[href^="tel:"]').first().getAttribute('href')).slice(4);
      called = new URL(clerk.url()).pathname;
    }
    if (handled % 3 === 2) {
      await handOn(clerk);
    } else {
      await talk(clerk, `Wij spraken elkaar, ${handled}`);
      if (handled === 0) {
        await unfold(clerk, 'Schrijf een notitie');
        await type(clerk, clerk.locator('#note-text'), 'De wijkploeg weet ervan.');
        await enter(clerk, button(clerk, 'Bewaar notitie'));
        assert.match(await clerk.innerText('main'), /De wijkploeg weet ervan/);
      }
      await close(clerk);
    }
    // On to the next one, without the address bar.
    await enter(clerk, clerk.locator('a.gh-back').first());
    assert.equal(new URL(clerk.url()).pathname, '/balie');
  }

  // Who calls?
  assert.ok(number, 'one of ten has a number');
  const national = number.replace(/^\+31/, '0');
  const seek = clerk.locator('details.gh-seek');
  if (await seek.count() && !(await clerk.locator('#vind').isVisible())) {
    await tabTo(clerk, seek.locator('summary'));
    await clerk.keyboard.press('Enter');
  }
  await tabTo(clerk, clerk.locator('#vind'));
  await clerk.keyboard.type(national);
  await Promise.all([clerk.waitForNavigation(), clerk.keyboard.press('Enter')]);
  await look(clerk, 'wie-belt-er');
  await enter(clerk, clerk.locator(`main a[href^="${called}"]`).first());
  assert.equal(new URL(clerk.url()).pathname, called);

  // A message of somebody who wants a mail.
  const address = 'keesje@voorbeeld.example';
  await clerk.goto(`${town}/balie/nieuw`);
  await tick(clerk, 'channel-counter');
  await tick(clerk, 'answers.soort-tip');
  await type(clerk, clerk.locator('[id="answers.kort"]'), 'Zet een bankje bij de brug');
  await tick(clerk, 'answers.reactie-mailen');
  await type(clerk, clerk.locator('[id="answers.naam"]'), 'Kees Vermeer');
  await type(clerk, clerk.locator('[id="answers.email"]'), address);
  await enter(clerk, button(clerk, 'Melding opnemen'));
  assert.match(await said(clerk), /opgenomen/);
  const page = clerk.url().split('?')[0];
  if (await button(clerk, 'Oppakken').count()) await enter(clerk, button(clerk, 'Oppakken'));
  await enter(clerk, clerk.locator('main').getByRole('link', { name: 'Nu mailen' }));
  assert.equal(clerk.url().split('?')[0], `${page}/berichten`);
  await type(clerk, clerk.locator('#text'), 'Welke kant van de brug bedoelt u?');
  await enter(clerk, button(clerk, 'Verstuur'));
  await look(clerk, 'gemaild');

  // The resident answers the mail; the answer stands at the message.
  const resident = await newPage(desk);
  const about = resident.locator('tr', { hasText: address }).filter({ hasText: 'bericht' }).first();
  await until(resident, `${town}/dev/mail`, async () => await about.count() > 0);
  let answered = false;
  const mails = await resident.locator('tr', { hasText: address }).locator('th a').evaluateAll((links) => links.map((link) => link.href));
  for (const mail of mails) {
    await resident.goto(mail);
    if (!(await resident.innerText('main')).includes('brug') || !(await resident.locator('#text').count())) continue;
    await type(resident, resident.locator('#text'), 'De kant van de school.');
    await enter(resident, button(resident, 'Antwoord versturen'));
    answered = true;
    break;
  }
  assert.ok(answered, 'a mail that can be answered');
  await until(clerk, `${page}/berichten`, async () => (await clerk.innerText('main')).includes('De kant van de school.'));
  await look(clerk, 'antwoord-per-mail');
  await clerk.goto(page);
  assert.match(await clerk.innerText('main'), /Reageer op wat Kees Vermeer liet weten/);
}
