// Keys of the desk. Every page works without this; who switches the keys off gets no script at all.
'use strict';
(() => {
  const typing = (element) =>
    element instanceof HTMLElement && (element.isContentEditable || element.matches('input:not([type=checkbox]), textarea, select'));
  const titles = () => [...document.querySelectorAll('.gh-queue tbody th a, .gh-mini a')];
  const step = (by) => {
    const all = titles();
    const focused = all.findIndex((link) => link.closest('tr, li').contains(document.activeElement));
    // Beside the list that is read, one goes on from the message that is read.
    const here = focused < 0 ? all.findIndex((link) => link.hasAttribute('aria-current')) : focused;
    const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by;
    const link = all[Math.min(Math.max(next, 0), all.length - 1)];
    if (link) link.focus();
    return Boolean(link);
  };
  const pick = () => {
    const row = document.activeElement && document.activeElement.closest('.gh-queue tbody tr');
    const box = row && row.querySelector('input[type=checkbox]');
    if (box) box.click();
    return Boolean(box);
  };
  const search = () => {
    const field = document.getElementById('zoek') || document.getElementById('vind');
    if (!field) return false;
    const fold = field.closest('details');
    if (fold) fold.open = true;
    field.focus();
    field.select();
    return true;
  };
  const follow = (key) => {
    const link = [...document.querySelectorAll('[data-key]')].find((one) => one.dataset.key === key);
    if (link) link.click();
    return Boolean(link);
  };
  const keys = { j: () => step(1), k: () => step(-1), x: pick, '/': search };
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const done = follow(event.key) || (keys[event.key] ? keys[event.key]() : false);
    if (done) event.preventDefault();
  });
})();
