// Hands of somebody without a mouse.
import assert from 'node:assert/strict';

/** Presses Tab until `target` has the focus: whoever has no mouse must be able to get there, and to see where they are. */
export async function tabTo(page, target) {
  for (let presses = 0; presses < 400; presses += 1) {
    if (await target.evaluate((one) => one === document.activeElement)) {
      const ring = await target.evaluate((one) => getComputedStyle(one).outlineStyle);
      assert.notEqual(ring, 'none', 'the focus can be seen');
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard does not reach ${target}`);
}

export async function enter(page, target) {
  await tabTo(page, target);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

export async function type(page, target, text) {
  await tabTo(page, target);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}
