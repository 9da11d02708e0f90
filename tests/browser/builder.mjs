// A form editor who uses the keyboard alone, without scripts, makes "Melding overlast" from nothing to published: conditions, both languages,
// files, a signpost, a schedule. Then a hostile one, and two at once.
import assert from 'node:assert/strict';
import { enter, tabTo, type } from './keyboard.mjs';

const button = (page, name) => page.locator('main').getByRole('button', { name, exact: true });
const link = (page, name) => page.locator('main').getByRole('link', { name, exact: true });

export async function builder({ newPage, signIn, look, press, pick, town, desk, phone }) {
  const list = `${town}/beheer/formulieren`;
  const form = `${list}/melding-overlast`;
  const editor = await newPage(desk);
  await signIn(editor, town, 'formulieren@waterdam.example');
  await editor.goto(list);
  await look(editor, 'bouwer-lijst');

  // From nothing, with the keyboard.
  await enter(editor, link(editor, 'Nieuw formulier'));
  await enter(editor, button(editor, 'Maak het concept'));
  await look(editor, 'bouwer-nieuw-leeg');
  await type(editor, editor.locator('#title'), 'Melding overlast');
  await tabTo(editor, editor.locator('#template-klacht-tip-compliment'));
  for (let presses = 0; presses < 4; presses += 1) await editor.keyboard.press('ArrowDown');
  assert.ok(await editor.isChecked('#template-leeg'), 'arrows choose a template');
  await enter(editor, button(editor, 'Maak het concept'));
  assert.match(await editor.innerText('[role=status]'), /Er is nu een concept/);
  await look(editor, 'bouwer-leeg-formulier');
  for (const title of ['De overlast', 'Uw gegevens']) {
    await type(editor, editor.locator('#label'), title);
    await enter(editor, editor.locator('section:has(#nieuwe-stap) button'));
    assert.match(await editor.innerText('[role=status]'), /Toegevoegd/);
  }
  await look(editor, 'bouwer-twee-stappen');

  /** Adds a question to a step and fills in its page. */
  async function question(step, label, kind, fill) {
    await editor.goto(form);
    const adding = editor.locator(`#deel-${step} details`).last();
    if (!(await adding.evaluate((one) => one.open))) {
      await tabTo(editor, adding.locator('summary'));
      await editor.keyboard.press('Enter');
    }
    await type(editor, editor.locator(`#label-${step}`), label);
    await tabTo(editor, editor.locator(`#type-${step}`));
    await editor.selectOption(`#type-${step}`, kind);
    await enter(editor, adding.getByRole('button'));
    if (fill) {
      await fill();
      await enter(editor, button(editor, 'Opslaan'));
      assert.equal(await editor.locator('.app-donehere').count(), 1, `${label}: told where it was done`);
    }
  }

  await question('de_overlast', 'Bij gevaar belt u meteen 112.', 'info', async () => {
    await type(editor, editor.locator('#signpost'), 'Is er **nu** gevaar?');
    await type(editor, editor.locator('#signpost_phone'), '112');
  });
  await question('de_overlast', 'Wat wilt u kwijt?', 'choice', async () => {
    for (const option of ['Klacht', 'Tip']) {
      await type(editor, editor.locator('#nieuw-1'), option);
      await enter(editor, button(editor, 'Voeg toe en ga verder'));
    }
    await look(editor, 'bouwer-vraag-antwoorden');
    await editor.selectOption('#role', 'case.kind');
  });
  await question('de_overlast', 'Wat is er aan de hand?', 'text', () => editor.selectOption('#role', 'case.title'));
  await question('de_overlast', 'Sinds wanneer is dat zo?', 'date', async () => {
    await type(editor, editor.locator('#latest'), '31-12-2030');
    await editor.selectOption('#show-mode', 'any');
    await editor.locator('select[name="show.leaf"]').first().selectOption('wat_wilt_u_kwijt|is|klacht');
  });
  await question('de_overlast', 'Stuur een foto', 'files', () => type(editor, editor.locator('#max_files'), '2'));
  await question('uw_gegevens', 'Uw e-mailadres', 'email', () => editor.selectOption('#role', 'contact.email'));
  await look(editor, 'bouwer-vragen');

  // Moving, copying and removing are told at the question itself.
  await enter(editor, editor.locator('#deel-stuur_een_foto').getByRole('button', { name: /^Kopieer/ }));
  assert.match(await editor.innerText('.app-donehere'), /Gekopieerd/);
  await enter(editor, editor.locator('li:has(.app-donehere)').getByRole('button', { name: /^Omhoog/ }));
  assert.match(await editor.innerText('.app-donehere'), /Verplaatst/);
  await enter(editor, editor.locator('li:has(.app-donehere)').getByRole('link', { name: /^Verwijder/ }));
  await look(editor, 'bouwer-weg');
  await enter(editor, button(editor, 'Ja, verwijder'));
  assert.match(await editor.innerText('[role=status]'), /Verwijderd/);

  // English, on one page; what is not translated yet is told.
  await editor.goto(`${form}/teksten`);
  await look(editor, 'bouwer-teksten');
  for (const [key, text] of Object.entries({ title: 'Report nuisance', de_overlast: 'The nuisance', wat_is_er_aan_de_hand: 'What is going on?' })) {
    await type(editor, editor.locator(`[id="text.en.${key}"]`), text);
  }
  await enter(editor, button(editor, 'Opslaan').last());
  assert.match(await editor.innerText('[role=status]'), /Opgeslagen/);

  // Why, on which basis, how long.
  await editor.goto(`${form}/instellingen`);
  await editor.selectOption('#basis', 'toestemming');
  await type(editor, editor.locator('#draft_hours'), 'een dag');
  await enter(editor, button(editor, 'Opslaan'));
  await look(editor, 'bouwer-instellingen-fout');
  await enter(editor, editor.locator('[role=alert] a'));
  await type(editor, editor.locator('#draft_hours'), '48');
  await enter(editor, button(editor, 'Opslaan'));
  await look(editor, 'bouwer-instellingen');
  await editor.goto(`${form}/publiceren`);
  await look(editor, 'bouwer-nog-niet');
  await enter(editor, editor.locator('main .gh-rows a').first());
  assert.match(editor.url(), /instellingen#basis$/, 'the flaw leads to its field');
  await editor.selectOption('#basis', 'publieke_taak');
  await enter(editor, button(editor, 'Opslaan'));

  // As residents will see it, up to the receipt.
  await editor.goto(`${form}/voorbeeld/begin`);
  await look(editor, 'bouwer-voorbeeld');
  await editor.check('#wat_wilt_u_kwijt-klacht', { force: true });
  await type(editor, editor.locator('#wat_is_er_aan_de_hand'), 'Harde muziek');
  await enter(editor, button(editor, 'Bestand toevoegen'));
  await look(editor, 'bouwer-voorbeeld-bestand');
  assert.equal(await editor.inputValue('#wat_is_er_aan_de_hand'), 'Harde muziek');
  await enter(editor, button(editor, 'Verder'));
  await enter(editor, button(editor, 'Verder'));
  await look(editor, 'bouwer-voorbeeld-controle');
  assert.match(await editor.innerText('main'), /Harde muziek/);
  await enter(editor, button(editor, 'Versturen'));
  await look(editor, 'bouwer-voorbeeld-ontvangst');
  await editor.goto(`${form}/voorbeeld/controle?taal=en`);
  assert.match(await editor.innerText('main'), /What is going on\?/);
  await look(editor, 'bouwer-voorbeeld-engels');

  // The website before, publishing, the website after, and a schedule.
  await editor.goto(`${form}/website`);
  await look(editor, 'bouwer-website-nog-niet');
  await editor.goto(`${form}/publiceren`);
  await type(editor, editor.locator('#note'), 'Eerste versie');
  await enter(editor, button(editor, 'Publiceer'));
  assert.match(await editor.innerText('[role=status]'), /Inwoners zien nu deze versie/);
  await editor.goto(`${form}/website`);
  await look(editor, 'bouwer-website');
  await editor.goto(`${form}/planning`);
  await type(editor, editor.locator('[id="closedTexts.nl"]'), 'Wij zijn **dicht**.');
  await enter(editor, button(editor, 'Opslaan'));
  assert.match(await editor.innerText('[role=status]'), /planning is opgeslagen/);
  await look(editor, 'bouwer-planning');
  const resident = await newPage(phone);
  await resident.goto(`${town}/formulieren/melding-overlast`);
  await look(resident, 'bouwer-inwoner');

  // A file over a form: refused with its place, and compared when a colleague was first.
  await editor.goto(form);
  await enter(editor, button(editor, 'Wijzig dit formulier'));
  const [file] = await Promise.all([editor.waitForEvent('download'), link(editor, 'Bewaar als bestand').click()]);
  const chunks = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  const document = Buffer.concat(chunks).toString();
  const upload = (name, text) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  const tampered = JSON.parse(document);
  tampered.steps[0].fields.find((one) => one.key === 'wat_is_er_aan_de_hand').type = 'longtext';
  await editor.goto(`${form}/inlezen`);
  await look(editor, 'bouwer-inlezen');
  await editor.setInputFiles('#file', upload('anders.json', JSON.stringify(tampered)));
  await enter(editor, button(editor, 'Lees in als concept'));
  await look(editor, 'bouwer-inlezen-geweigerd');
  assert.match(await editor.innerText('[role=alert]'), /stap “?De overlast|Stap “De overlast”/i);
  const doubled = document.replace('"schema"', '"schema": 1, "schema"');
  await editor.setInputFiles('#file', upload('dubbel.json', doubled));
  await enter(editor, button(editor, 'Lees in als concept'));
  await look(editor, 'bouwer-inlezen-dubbel');

  // Two at once.
  const colleague = await newPage(phone);
  await signIn(colleague, town, 'formulieren@waterdam.example');
  await colleague.goto(form);
  await editor.goto(form);
  await editor.locator('#deel-uw_e_mailadres').getByRole('button', { name: /^Kopieer/ }).click();
  await editor.waitForSelector('.app-donehere');
  await colleague.locator('#deel-wat_is_er_aan_de_hand').getByRole('button', { name: /^Omhoog/ }).click();
  await colleague.waitForSelector('#wens');
  await look(colleague, 'bouwer-tweede-verplaatst');
  await press(colleague, 'Doe het in de nieuwste tekst');
  assert.match(await colleague.innerText('.app-donehere'), /Verplaatst/);
  await colleague.goto(`${form}/vraag/wat_is_er_aan_de_hand`);
  await editor.goto(`${form}/vraag/wat_is_er_aan_de_hand`);
  await editor.fill('#label', 'Waar hebt u last van?');
  await button(editor, 'Opslaan').click();
  await editor.waitForSelector('.app-donehere');
  await colleague.fill('#label', 'Vertel wat er is');
  await button(colleague, 'Opslaan').last().click();
  await colleague.waitForSelector('main table');
  await look(colleague, 'bouwer-tweede-tekst');
  assert.match(await colleague.innerText('main'), /Vertel wat er is[\s\S]*Waar hebt u last van\?/);

  // A hostile editor: scripts, HTML, sixty questions, a table that is no table.
  await editor.goto(form);
  for (let number = 0; number < 58; number += 1) {
    const copy = editor.locator('#deel-uw_e_mailadres').getByRole('button', { name: /^Kopieer/ });
    await Promise.all([editor.waitForNavigation({ waitUntil: 'commit' }), copy.click()]);
  }
  await editor.waitForLoadState('load');
  await look(editor, 'bouwer-zestig');
  await editor.goto(`${form}/publiceren`);
  await look(editor, 'bouwer-te-veel');
  assert.match(await editor.innerText('main'), /hoogstens 64 vragen/);
  await editor.goto(`${form}/vraag/wat_is_er_aan_de_hand`);
  await editor.fill('#label', '<script>alert(1)</script>');
  await editor.fill('#hint', '<img src=x onerror=alert(1)> [klik](javascript:alert(1))');
  await button(editor, 'Opslaan').click();
  await editor.waitForSelector('[role=alert]');
  await look(editor, 'bouwer-opmaak-geweigerd');
  assert.equal(await editor.inputValue('#label'), '<script>alert(1)</script>', 'nothing typed is lost');
  await editor.fill('#hint', '');
  await button(editor, 'Opslaan').click();
  await editor.waitForSelector('.app-donehere');
  assert.match(await editor.innerText('main'), /<script>alert\(1\)<\/script>/, 'shown as it was typed, run by nobody');
  await editor.goto(`${form}/teksten`);
  await editor.locator('main summary').click();
  await editor.setInputFiles('#file', { name: 'reus.csv', mimeType: 'text/csv', buffer: Buffer.from(`key,nl,en\n${'x,y,z\n'.repeat(9_000)}`) });
  await button(editor, 'Lees de teksten in').click();
  await editor.waitForSelector('[role=alert]');
  await look(editor, 'bouwer-tabel-geweigerd');
  await editor.goto(form);
  await editor.locator('summary', { hasText: 'Gooi het concept weg' }).click();
  await press(editor, 'Ja, gooi weg');
  assert.match(await editor.innerText('[role=status]'), /weggegooid/);
  for (const page of [editor, colleague, resident]) await page.context().close();
}
