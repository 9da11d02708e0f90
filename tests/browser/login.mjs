// Signs in with ACCOUNT and PASSWORD before a scan.
export default async ({ page, base }) => {
  await page.goto(`${base}/inloggen`);
  await page.fill('#email', process.env.ACCOUNT);
  await page.fill('#password', process.env.PASSWORD);
  await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')]);
  if (page.url().includes('/inloggen')) throw new Error(`sign-in of ${process.env.ACCOUNT} failed`);
};
