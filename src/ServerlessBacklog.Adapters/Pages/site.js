(() => {
  'use strict';
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

  // Theme: before anything is painted. It follows the system until somebody chooses.
  const store = (kind) => ({
    get: (key) => { try { return kind().getItem(key); } catch { return null; } },
    set: (key, value) => { try { kind().setItem(key, value); } catch { /* some browsers keep nothing */ } },
    drop: (key) => { try { kind().removeItem(key); } catch { /* as above */ } },
  });
  const kept = store(() => localStorage);
  const once = store(() => sessionStorage);
  const chosen = kept.get('backlog-theme');
  if (chosen === 'light' || chosen === 'dark') root.dataset.theme = chosen;
  const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const nameTheme = () => { const button = $('#theme'); if (button) button.textContent = isDark() ? 'Light' : 'Dark'; };
  const setTheme = (theme) => { root.dataset.theme = theme; kept.set('backlog-theme', theme); nameTheme(); };

  document.addEventListener('DOMContentLoaded', () => {
    for (const element of $$('.js-only')) element.hidden = false;
    nameTheme();
    $('#theme')?.addEventListener('click', () => setTheme(isDark() ? 'light' : 'dark'));
    const help = $('#help');
    $('#keys')?.addEventListener('click', () => help.showModal());
    $('[data-close]', help)?.addEventListener('click', () => help.close());

    // The page in view, in a navigation that is wider than the screen.
    const here = $('.toc a[aria-current]');
    const strip = $('.toc');
    if (here && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;

    // Filters apply as they are chosen; the button stays for those without a script. Empty fields stay out of the address.
    for (const form of $$('form[data-instant]')) {
      for (const field of $$('select, input[type="checkbox"]', form)) field.addEventListener('change', () => form.requestSubmit());
      form.addEventListener('submit', () => { for (const field of $$('select, input', form)) field.disabled = field.value === ''; });
    }

    const stops = () => $$('[data-nav]').filter((element) => element.getClientRects().length > 0);
    const current = () => stops().findIndex((element) => element === document.activeElement || element.contains(document.activeElement));
    const move = (step) => {
      const all = stops();
      if (all.length === 0) return;
      const at = current();
      const seen = all.findIndex((element) => element.getBoundingClientRect().top >= 60);
      const next = at >= 0 ? at + step : seen >= 0 ? seen : all.length - 1;
      all[Math.min(all.length - 1, Math.max(0, next))].focus();
    };

    // The queue: an answer reloads the page, and one goes on where one was.
    const place = 'backlog-place';
    const card = () => document.activeElement.closest('.ask-card, .wait-card');
    for (const form of $$('.queue form')) {
      form.addEventListener('submit', () => once.set(place, JSON.stringify([location.pathname, Math.max(0, current())])));
    }
    const [path, index] = JSON.parse(once.get(place) ?? '[]');
    once.drop(place);
    if (path === location.pathname) {
      const all = stops();
      if (all.length > 0) all[Math.min(index, all.length - 1)].focus();
    }
    const openFold = (name) => {
      const fold = card()?.querySelector(`details.${name}`);
      if (!fold) return;
      fold.open = true;
      $('input:not([type="hidden"])', fold).focus();
    };

    const keys = {
      '/': () => $('#search')?.focus(),
      j: () => move(1),
      k: () => move(-1),
      a: () => card()?.querySelector('button.yes:not([disabled])')?.click(),
      r: () => openFold('reject'),
      s: () => openFold('later'),
      x: () => card()?.querySelector('.ask-head input')?.click(),
      t: () => setTheme(isDark() ? 'light' : 'dark'),
      '?': () => help.showModal(),
    };
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
      const typing = event.target.closest('input:not([type="checkbox"]), select, textarea');
      if (event.key === 'Escape' && typing) {
        typing.closest('details')?.removeAttribute('open');
        (typing.closest('[data-nav]') ?? typing).focus();
        if (!typing.closest('[data-nav]')) typing.blur();
      } else if (event.key === 'Enter' && event.target.matches('[data-nav]:not(summary)')) {
        $('a', event.target)?.click();
      } else if (!typing && keys[event.key]) {
        event.preventDefault();
        keys[event.key]();
      }
    });

    // Paper shows what is folded on the screen.
    addEventListener('beforeprint', () => $$('details:not([open])').forEach((element) => { element.open = true; element.dataset.printed = ''; }));
    addEventListener('afterprint', () => $$('details[data-printed]').forEach((element) => { element.open = false; delete element.dataset.printed; }));
  });
})();
