// At a case: colleagues see who else is there, and what is typed is kept. Every page works without this.
'use strict';
(() => {
  const token = () => document.querySelector('input[name=_csrf]').value;
  const send = (to, fields, last) => {
    const body = new URLSearchParams(fields);
    if (last) return Promise.resolve(navigator.sendBeacon(to, body));
    return fetch(to, { method: 'POST', body, redirect: 'error', credentials: 'same-origin' });
  };

  const place = document.getElementById('collegas');
  let form = '';
  let asks = 0;
  const told = (others) => {
    if (others.join('\n') === [...place.children].map((one) => one.textContent).join('\n')) return;
    place.replaceChildren(...others.map((sentence) => {
      const line = document.createElement('p');
      line.className = 'gh-p';
      line.textContent = sentence;
      return line;
    }));
  };
  const say = () => {
    if (!place || document.hidden) return;
    const ask = ++asks;
    send(place.dataset.post, { _csrf: token(), _formulier: form })
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((answer) => { if (answer && ask === asks) told(answer.others); })
      .catch(() => {});
  };
  const leave = () => { if (place) send(place.dataset.post, { _csrf: token(), _weg: 'ja' }, true); };

  const keep = (button, last) => {
    const fields = new FormData(button.form);
    fields.set('_formulier', button.value);
    fields.set('_stil', 'ja');
    return send(button.getAttribute('formaction'), fields, last);
  };
  for (const button of document.querySelectorAll('button[data-unsent]')) {
    let waits = 0;
    const stop = () => { clearTimeout(waits); waits = 0; };
    button.form.addEventListener('input', () => {
      stop();
      waits = setTimeout(() => { waits = 0; keep(button, false).catch(() => {}); }, 1500);
    });
    button.form.addEventListener('submit', stop);
    addEventListener('pagehide', () => { if (waits) keep(button, true); stop(); });
    button.form.addEventListener('focusin', () => { if (form !== button.value) { form = button.value; say(); } });
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? leave() : say()));
  addEventListener('pagehide', leave);
  setInterval(say, 20000);
  say();
})();
