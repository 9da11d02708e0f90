// A resident with photos, on a telephone and without scripts; the paper copy; the form on one page; and what lands in quarantine.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const form = '/formulieren/klacht-tip-compliment';

/** An Exif with a turn and a place, as a telephone writes it (TIFF, little-endian). */
function exif(turn) {
  const tiff = Buffer.alloc(200);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  const entry = (at, tag, kind, count, value) => { tiff.writeUInt16LE(tag, at); tiff.writeUInt16LE(kind, at + 2); tiff.writeUInt32LE(count, at + 4); tiff.writeUInt32LE(value, at + 8); };
  entry(10, 0x0112, 3, 1, turn);
  entry(22, 0x8825, 4, 1, 60);
  tiff.writeUInt16LE(1, 60);
  entry(62, 0x0001, 2, 2, 'N'.charCodeAt(0));
  tiff.write('PLAATS 52.1234 4.5678', 100, 'latin1');
  const contents = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(contents.length + 2, 2);
  return Buffer.concat([head, contents]);
}

/** A photo that was really drawn, with a place in it. */
async function photo(browser, words, turn) {
  const page = await browser.newPage();
  const base64 = await page.evaluate((text) => {
    const canvas = document.createElement('canvas');
    canvas.width = 1200; canvas.height = 800;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#8ab'; pen.fillRect(0, 0, 1200, 800);
    pen.fillStyle = '#123'; pen.font = '96px sans-serif'; pen.fillText(text, 80, 400);
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
  }, words);
  await page.close();
  const jpeg = Buffer.from(base64, 'base64');
  return Buffer.concat([jpeg.subarray(0, 2), exif(turn), jpeg.subarray(2), Buffer.from('PLAATS achter het einde')]);
}

/** Fetches an address of the town as a browser does that saves it. */
const save = (town, place) => new Promise((done, failed) => {
  const { hostname, port } = new URL(town);
  http.get({ host: '127.0.0.1', port, path: place, headers: { host: `${hostname}:${port}` } }, (answer) => {
    const pieces = [];
    answer.on('data', (piece) => pieces.push(piece)).on('end', () => done({ headers: answer.headers, body: Buffer.concat(pieces) }));
  }).on('error', failed);
});

export async function intake({ browser, newPage, look, press, pick, signIn, town, phone, desk, shots }) {
  const truus = await newPage(phone);
  const lift = await photo(browser, 'De lift', 6);
  await truus.goto(`${town}${form}`);
  assert.equal(await truus.locator('#uw-website').isVisible(), true, 'off the page, not taken out of it');
  await pick(truus, 'soort-klacht');
  await truus.fill('#kort', 'De lift is stuk. مرحبا');
  await truus.setInputFiles('#bijlagen', [
    { name: 'lift.jpg', mimeType: 'image/jpeg', buffer: lift },
    { name: 'virus.exe.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('MZ niet wat het lijkt') },
  ]);
  await press(truus, 'Bestand toevoegen');
  assert.match(await truus.innerText('[role=alert]'), /virus\.exe\.jpg is geen foto/);
  assert.equal(await truus.inputValue('#kort'), 'De lift is stuk. مرحبا', 'nothing typed is lost');
  await look(truus, 'bestanden-fout');
  await truus.setInputFiles('#bijlagen', [{ name: 'hal.jpg', mimeType: 'image/jpeg', buffer: await photo(browser, 'De hal', 1) }]);
  await press(truus, 'Bestand toevoegen');
  assert.equal(await truus.locator('.app-files li').count(), 2);
  await look(truus, 'bestanden');
  await Promise.all([truus.waitForNavigation(), truus.getByRole('button', { name: /weghalen.*hal\.jpg/ }).click()]);
  assert.equal(await truus.locator('.app-files li').count(), 1);
  // Return in a line goes on; it does not remove a file.
  await truus.focus('#kort');
  await Promise.all([truus.waitForNavigation(), truus.keyboard.press('Enter')]);
  assert.match(truus.url(), /\/contact\?/);
  await pick(truus, 'reactie-geen');
  await press(truus, 'Verder');
  await look(truus, 'controle-bestanden');
  assert.match(await truus.innerText('main'), /lift\.jpg/);
  await press(truus, 'Versturen');
  await look(truus, 'ontvangst-bestanden');
  const reference = await truus.innerText('.app-reference');
  const saved = await save(town, await truus.locator('.app-files a').getAttribute('href'));
  const bytes = saved.body;
  assert.match(saved.headers['content-disposition'], /^attachment; filename="lift\.jpg"/);
  assert.ok(!bytes.includes('PLAATS'), 'no place in what is stored');
  // The picture can still be looked at, the right way up.
  const viewer = await browser.newPage();
  const size = await viewer.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/jpeg;base64,${base64}`;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, bytes.toString('base64'));
  assert.deepEqual(size, [800, 1200], 'turned as the telephone said');
  await viewer.close();
  // On paper: the municipality, the number, everything that was sent.
  const paper = await truus.pdf({ format: 'A4' });
  assert.ok(paper.length > 5_000);
  if (shots) fs.writeFileSync(path.join(shots, 'ontvangst.pdf'), paper);
  await truus.emulateMedia({ media: 'print' });
  assert.equal(await truus.locator('.app-tools').isVisible(), false);
  assert.equal(await truus.locator('.app-printonly').isVisible(), true);
  if (shots) await truus.screenshot({ path: path.join(shots, 'ontvangst-papier.png'), fullPage: true });

  // The clerk sees the photo and can save it.
  const clerk = await newPage(desk);
  await signIn(clerk, town, 'balie@waterdam.example');
  await clerk.goto(`${town}/balie/meldingen/${reference}`);
  await look(clerk, 'melding-bestanden');
  assert.match(await clerk.innerText('main'), /lift\.jpg[^]*Niet gecontroleerd/);

  // The whole form on one page; somebody whose program fills in every field is receipted like everybody.
  const one = await newPage(phone);
  await one.goto(`${town}${form}/op-een-pagina`);
  await look(one, 'een-pagina');
  await press(one, 'Verder');
  await look(one, 'een-pagina-fout');
  await pick(one, 'soort-tip');
  await one.fill('#kort', 'Een bankje bij de vijver');
  await one.fill('#verhaal', 'Mijn nummer is 111222333.');
  await one.fill('#uw-website', 'https://voorbeeld.example', { force: true });
  await pick(one, 'reactie-bellen');
  await one.fill('#telefoon', '+31 (0)6 12 34 56 78');
  await press(one, 'Verder');
  assert.match(await one.innerText('main'), /\+31 \(0\)6 12 34 56 78/);
  await press(one, 'Versturen');
  const held = await one.innerText('.app-reference');
  assert.match(await one.innerText('main'), /Wij bellen u uiterlijk/);
  await clerk.goto(`${town}/balie/quarantaine`);
  await look(clerk, 'quarantaine');
  await Promise.all([clerk.waitForNavigation(), clerk.getByRole('link', { name: held }).click()]);
  await look(clerk, 'quarantaine-bericht');
  await press(clerk, 'Terugzetten bij de berichten');
  assert.ok(clerk.url().endsWith(`/balie/meldingen/${held}?klaar=hersteld`));
  assert.match(await clerk.innerText('main'), /misschien een burgerservicenummer \(•••••••33\)/);
  await look(clerk, 'melding-teruggezet');
  await clerk.goto(`${town}/balie/quarantaine`);

  // What goes on the website, and a form there that sends its words here.
  const editor = await newPage(desk);
  await signIn(editor, town, 'formulieren@waterdam.example');
  await editor.goto(`${town}/beheer/formulieren/klacht-tip-compliment/website`);
  await look(editor, 'op-uw-website');
  const block = await editor.inputValue('#html');
  const visitor = await newPage(phone);
  await visitor.route('http://www.elders.example/', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!DOCTYPE html><html lang="nl"><title>Elders</title><h1>Elders</h1>${block}` }));
  await visitor.goto('http://www.elders.example/');
  await visitor.check('#soort-compliment');
  await visitor.fill('#kort', 'Wat fijn geholpen');
  await press(visitor, 'Verder');
  assert.ok(visitor.url().startsWith(town));
  assert.equal(await visitor.inputValue('#kort'), 'Wat fijn geholpen');
  await look(visitor, 'overgenomen');
  await pick(visitor, 'reactie-geen');
  await press(visitor, 'Verder');
  assert.match(visitor.url(), /\/controle\?/);
}
