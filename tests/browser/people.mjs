// An administrator invites a colleague, who reads the mail on a telephone, chooses a password and signs in; later the account is closed.
import assert from 'node:assert/strict';

export async function people({ newPage, look, press, pick, signIn, town, phone, desk }) {
  const email = `noor.${Date.now().toString(36)}@waterdam.example`;
  const admin = await newPage(desk);
  await signIn(admin, town, 'beheer@waterdam.example');
  await admin.goto(`${town}/beheer/medewerkers`);
  await admin.click('main summary');
  await press(admin, 'Uitnodiging sturen');
  await look(admin, 'collega-fout');
  await admin.fill('#name', 'Noor Visser');
  await admin.fill('#email', email);
  await pick(admin, 'nieuw-clerk');
  await press(admin, 'Uitnodiging sturen');
  assert.match(await admin.innerText('[role=status]'), /De uitnodiging is verstuurd/);
  await look(admin, 'collega-uitgenodigd');

  const colleague = await newPage(phone);
  let link;
  for (let tries = 0; !link && tries < 60; tries += 1) {
    await colleague.goto(`${town}/dev/mail`);
    const mail = colleague.locator('tr', { hasText: email }).getByRole('link');
    if (await mail.count()) {
      await Promise.all([colleague.waitForNavigation(), mail.first().click()]);
      link = await colleague.locator('main a[href*="/wachtwoord/"]').getAttribute('href');
    } else {
      await colleague.waitForTimeout(500);
    }
  }
  assert.ok(link, 'the invitation arrived');
  await colleague.goto(link);
  await look(colleague, 'wachtwoord-kiezen');
  await colleague.fill('#password', 'vier paarden');
  await press(colleague, 'Wachtwoord opslaan');
  await look(colleague, 'wachtwoord-te-kort');
  for (const field of ['#password', '#again']) await colleague.fill(field, 'vier paarden in de wei');
  await press(colleague, 'Wachtwoord opslaan');
  await look(colleague, 'wachtwoord-gekozen');
  await colleague.fill('#email', email);
  await colleague.fill('#password', 'vier paarden in de wei');
  await press(colleague, 'Inloggen');
  assert.match(colleague.url(), /\/balie$/);

  await admin.goto(`${town}/beheer/medewerkers`);
  const card = admin.locator('.gh-rows > li', { hasText: email });
  await card.getByText('Account sluiten …').click();
  await Promise.all([admin.waitForNavigation(), card.getByRole('button', { name: 'Account sluiten' }).click()]);
  await look(admin, 'collega-gesloten');
  await colleague.goto(`${town}/balie`);
  assert.match(colleague.url(), /\/inloggen/);
  await colleague.goto(`${town}/wachtwoord`);
  await look(colleague, 'wachtwoord-vergeten');
  await colleague.fill('#email', email);
  await press(colleague, 'Mail mij een link');
  await look(colleague, 'wachtwoord-gemaild');
}
