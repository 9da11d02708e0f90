// The clocks: an administrator closes a day and sees what moves, promises 2 working days from next month, reads closing days from a file,
// proposes a day of the law; a clerk explains a date, lets a clock stand still and adjourns a complaint.
import assert from 'node:assert/strict';

const pad = (number) => String(number).padStart(2, '0');
const dateOf = (day) => `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;

export async function clocks({ newPage, signIn, look, press, town, desk }) {
  const today = new Date();
  const next = new Date(today.getFullYear(), today.getMonth() + 1, 1);
  const admin = await newPage(desk);
  await signIn(admin, town, 'beheer@waterdam.example');
  await admin.goto(`${town}/beheer/kalender`);
  await look(admin, 'kalender');
  const closed = new Date(today);
  do closed.setDate(closed.getDate() + 1); while ([0, 6].includes(closed.getDay()));
  await admin.fill('#day', dateOf(closed));
  await admin.fill('#reason', 'Studiedag');
  await press(admin, 'Bekijk wat er verandert');
  await look(admin, 'kalender-klopt-dit');
  assert.match(await admin.innerText('main'), /Studiedag/);
  await press(admin, 'Opslaan');
  assert.match(await admin.innerText('[role=status]'), /geldt vanaf nu/);
  await admin.goto(`${town}/beheer/kalender/versies`);
  assert.match(await admin.innerText('main'), /Studiedag/);
  await look(admin, 'kalender-versies');

  await admin.goto(`${town}/beheer/belofte`);
  await admin.fill('[name="rule.amount"]', '2');
  await admin.fill('#startsOn', dateOf(next));
  await press(admin, 'Opslaan');
  assert.match(await admin.innerText('main'), /Wij bellen binnen 2 werkdagen na ontvangst/);
  await look(admin, 'belofte');
  await admin.fill('[name="rule.amount"]', '0');
  await press(admin, 'Opslaan');
  await look(admin, 'belofte-fout');

  await admin.goto(`${town}/beheer/kalender/inlezen`);
  const file = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:1', `DTSTART;VALUE=DATE:${today.getFullYear() + 1}0402`, 'SUMMARY:Personeelsdag', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
  await admin.setInputFiles('#file', { name: 'dagen.ics', mimeType: 'text/calendar', buffer: Buffer.from('geen agenda') });
  await press(admin, 'Lees in');
  await look(admin, 'inlezen-fout');
  await admin.setInputFiles('#file', { name: 'dagen.ics', mimeType: 'text/calendar', buffer: Buffer.from(file) });
  await press(admin, 'Lees in');
  assert.match(await admin.innerText('main'), /Personeelsdag/);
  await look(admin, 'inlezen');

  await admin.goto(`${town}/beheer/kalender/wet`);
  await admin.fill('#through', '2029');
  await admin.fill('#reason', 'Besluit voor 2029 gelezen');
  await press(admin, 'Leg voor');
  assert.match(await admin.innerText('main'), /Wacht op akkoord/);
  await look(admin, 'wettelijke-dagen');

  await admin.goto(`${town}/beheer/rekenen?receivedAt=2026-04-03T16:00&rule.amount=&adjournedWeeks=4`);
  assert.match(await admin.innerText('main'), /Wij bellen uiterlijk dinsdag 7 april om 17.00 uur/);
  await look(admin, 'rekenen');
  // Two pauses, hours of one's own and a closing day: each calculation brings an empty line for the next pause.
  await admin.getByText('De termijn staat stil', { exact: true }).click();
  await admin.locator('[name="pauses.0.from"]').fill('2026-04-03T16:00');
  await admin.locator('[name="pauses.0.to"]').fill('2026-04-07T10:00');
  await press(admin, 'Reken uit');
  assert.match(await admin.innerText('main'), /De termijn stond/);
  await admin.locator('[name="pauses.1.from"]').fill('2026-04-07T12:00');
  await admin.locator('[name="pauses.1.to"]').fill('2026-04-07T11:00');
  await admin.getByText('Andere openingstijden', { exact: false }).click();
  await admin.locator('[name="week.2"]').fill('vroeg');
  await press(admin, 'Reken uit');
  assert.equal(await admin.inputValue('[name="week.2"]'), 'vroeg', 'nothing typed is lost');
  await look(admin, 'rekenen-fout');
  await admin.goto(`${town}/account`);
  await look(admin, 'account');

  // The clerk explains a date to a resident, and uses what the law allows.
  const clerk = await newPage(desk);
  await signIn(clerk, town, 'teamleider@waterdam.example');
  await clerk.goto(`${town}/balie?soort=complaint`);
  await look(clerk, 'balie-klokken');
  await Promise.all([clerk.waitForNavigation(), clerk.locator('tbody tr th a', { hasText: 'De lift in het zwembad is stuk' }).click()]);
  await clerk.locator('aside details.gh-more summary', { hasText: 'Termijnen' }).click();
  await look(clerk, 'melding-klokken');
  await Promise.all([clerk.waitForNavigation(), clerk.getByRole('link', { name: 'Alle termijnen' }).click()]);
  await look(clerk, 'klokken');
  await clerk.getByText('Verdagen: meer tijd nodig').first().click();
  await clerk.fill('[name=weeks]', '5');
  await press(clerk, 'Verdagen: meer tijd nodig');
  assert.equal(await clerk.inputValue('[name=weeks]'), '5', 'nothing typed is lost');
  await look(clerk, 'klokken-fout');
  await clerk.fill('[name=weeks]', '2');
  await clerk.fill('[name=residentToldOn]', dateOf(today));
  await clerk.fill('[name=concernedToldOn]', dateOf(today));
  await press(clerk, 'Verdagen: meer tijd nodig');
  assert.match(await clerk.innerText('main'), /verdaagde 2 weken|Wat gebeurde er/);

  await clerk.goto(`${town}/balie/agenda`);
  await press(clerk, 'Alle meldingen van de balie');
  await look(clerk, 'agenda');
  const address = await clerk.innerText('main code');
  // Node does not know that *.localhost is this machine; calendar programs are told by their host.
  const { host, port, pathname } = new URL(address);
  const feed = await clerk.request.get(`http://127.0.0.1:${port}${pathname}`, { headers: { host } });
  assert.match(await feed.text(), /BEGIN:VEVENT/);
}
