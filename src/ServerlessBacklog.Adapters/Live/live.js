(() => {
  'use strict';
  const now = document.getElementById('now');
  const fresh = document.getElementById('fresh');
  let shown = '';
  try {
    const theme = localStorage.getItem('backlog-theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch { /* no storage, no choice */ }

  // What a person opened or closed stays so: only what they touched is remembered.
  const touched = new Map();
  now.addEventListener('toggle', (event) => { if (event.target.id) touched.set(event.target.id, event.target.open); }, true);

  const show = (html) => {
    if (html === shown || now.contains(document.activeElement) && document.activeElement !== now) return;
    shown = html;
    now.innerHTML = html;
    for (const [id, open] of touched) {
      const details = document.getElementById(id);
      if (details) details.open = open;
    }
  };

  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch('/live/now', { cache: 'no-store' });
        if (!answer.ok) throw new Error();
        show(await answer.text());
        fresh.textContent = 'as of ' + new Date().toISOString().slice(11, 19) + ' UTC';
      } catch {
        fresh.textContent = 'the program does not answer: has it ended?';
      }
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
})();
