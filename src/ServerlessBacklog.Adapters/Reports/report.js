(() => {
  'use strict';
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  for (const element of $$('.js-only')) element.hidden = false;

  // Theme: follows the system until somebody chooses.
  const remember = (value) => { try { localStorage.setItem('backlog-theme', value); } catch { /* a file may have no storage */ } };
  const remembered = () => { try { return localStorage.getItem('backlog-theme'); } catch { return null; } };
  const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const nameTheme = () => { const button = $('#theme'); if (button) button.textContent = isDark() ? 'Light' : 'Dark'; };
  const setTheme = (theme) => { root.dataset.theme = theme; remember(theme); nameTheme(); };
  const asked = location.hash.match(/^#theme=(light|dark)$/)?.[1] ?? remembered();
  if (asked === 'light' || asked === 'dark') root.dataset.theme = asked;
  nameTheme();
  $('#theme')?.addEventListener('click', () => setTheme(isDark() ? 'light' : 'dark'));

  // Formats: as the server writes them.
  const trim = (number, digits) => String(Number(number.toFixed(digits)));
  const formats = {
    text: (v) => v,
    number: (v) => Number.isInteger(v) || Math.abs(v) >= 100 ? Math.round(v).toLocaleString('en-US') : v.toFixed(Math.abs(v) >= 10 ? 1 : 2),
    share: (v) => v > 0.995 && v < 1 ? '99%' : v > 0 && v < 0.005 ? 'under 1%' : Math.round(v * 100) + '%',
    days: (v) => v < 1 ? 'today' : v < 90 ? Math.round(v) + ' d' : v < 730 ? Math.round(v / 30.44) + ' mo' : trim(v / 365.25, 1) + ' y',
  };

  const compare = (a, b, direction) => {
    const [noA, noB] = [a === null || a === '', b === null || b === ''];
    if (noA || noB) return noA - noB;
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true, sensitivity: 'base' });
    return order * direction;
  };

  const headings = (table, onSort) => {
    const cells = $$('thead th', table);
    cells.forEach((cell, index) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener('click', () => {
        const first = cell.classList.contains('n') ? 'descending' : 'ascending';
        const now = cell.getAttribute('aria-sort');
        show(index, !now ? first : now === 'ascending' ? 'descending' : 'ascending');
      });
    });
    const show = (index, order) => {
      cells.forEach((cell, i) => i === index ? cell.setAttribute('aria-sort', order) : cell.removeAttribute('aria-sort'));
      onSort(index, order === 'ascending' ? 1 : -1);
    };
    return show;
  };

  // Small tables: their rows are all in the page.
  for (const table of $$('table.sortable')) {
    const value = (row, index) => {
      const cell = row.cells[index];
      const text = cell.dataset.v ?? cell.textContent.trim();
      return text !== '' && !Number.isNaN(Number(text.replace(/,/g, ''))) ? Number(text.replace(/,/g, '')) : text;
    };
    headings(table, (index, direction) => {
      const rows = [...table.tBodies[0].rows];
      table.tBodies[0].append(...rows.sort((a, b) => compare(value(a, index), value(b, index), direction)));
    });
  }

  // Long lists start folded; without a script they stand in full.
  for (const box of $$('[data-fold]')) {
    if (box.children.length <= 12) continue;
    box.classList.add('folded');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'unfold';
    button.textContent = `Show all ${box.children.length}`;
    button.addEventListener('click', () => {
      const next = box.children[10];
      box.classList.remove('folded');
      button.remove();
      next.focus({ preventScroll: true });
    });
    (box.closest('table') ?? box).after(button);
  }

  // The table of all items: its rows are data, written as text only.
  const data = $('#rows');
  if (data) {
    const page = 50;
    const { columns, marks, rows } = JSON.parse(data.textContent);
    const texts = rows.map((row) => row.filter((cell) => typeof cell === 'string' && cell !== row[2]).join(' ').toLowerCase());
    const table = $('#all');
    const [search, sorter, more, shown] = ['#search', '#sorter', '#more-rows', '#shown'].map((id) => $(id));
    const make = (name, className, ...children) => {
      const element = document.createElement(name);
      if (className) element.className = className;
      element.append(...children);
      return element;
    };
    const drawn = (row) => {
      const name = make(row[2] ? 'a' : 'span', '', make('span', 'no', row[0]), ' ', make('bdi', '', row[1]));
      if (row[2]) { name.href = row[2]; name.rel = 'noreferrer noopener'; }
      const main = make('td', 'main', make('span', 'item', name));
      marks.forEach((word, bit) => { if (row[3] & (1 << bit)) main.append(' ', make('span', 'tag ' + word, word)); });
      const line = make('tr', '', main);
      columns.forEach(([header, format], i) => {
        const cell = make('td', format === 'text' ? '' : 'n', make('bdi', '', row[i + 4] === null ? '' : formats[format](row[i + 4])));
        cell.dataset.label = header;
        line.append(cell);
      });
      line.dataset.nav = '';
      line.tabIndex = -1;
      return line;
    };
    let [limit, wanted, bits, order] = [page, [], 0, rows.map((_, i) => i)];
    const draw = () => {
      const found = order.filter((i) => (rows[i][3] & bits) === bits && wanted.every((word) => texts[i].includes(word)));
      table.tBodies[0].replaceChildren(...found.slice(0, limit).map((i) => drawn(rows[i])));
      const count = Math.min(limit, found.length);
      shown.textContent = found.length === 0 ? 'Nothing matches.' : `${count.toLocaleString('en-US')} of ${found.length.toLocaleString('en-US')} shown.`;
      more.hidden = found.length <= limit;
    };
    const sort = (index, direction) => {
      const at = index === 0 ? 0 : index + 3;
      order = rows.map((_, i) => i).sort((a, b) => compare(rows[a][at], rows[b][at], direction) || a - b);
      sorter.value = index === 0 ? '' : columns[index - 1][0];
      limit = page;
      draw();
    };
    const show = headings(table, sort);
    sorter.addEventListener('change', () => {
      const index = columns.findIndex(([header]) => header === sorter.value);
      if (index >= 0) return show(index + 1, columns[index][1] === 'text' ? 'ascending' : 'descending');
      $$('thead th', table).forEach((cell) => cell.removeAttribute('aria-sort'));
      order = rows.map((_, i) => i);
      limit = page;
      draw();
    });
    search.addEventListener('input', () => {
      wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      limit = page;
      draw();
    });
    for (const button of $$('.filter')) {
      button.addEventListener('click', () => {
        bits ^= Number(button.dataset.bit);
        button.setAttribute('aria-pressed', String((bits & Number(button.dataset.bit)) !== 0));
        limit = page;
        draw();
      });
    }
    more.addEventListener('click', () => { limit += page; draw(); });
    draw();
  }

  // Copy the questions about an item.
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* no clipboard for plain files in some browsers */ }
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  };
  for (const button of $$('.copy')) {
    button.addEventListener('click', async () => {
      const text = $$('[data-copy] li', button.parentElement).map((line) => '- ' + line.textContent.trim()).join('\n');
      button.textContent = await copy(text) ? 'Copied' : 'Not allowed';
      button.focus();
      setTimeout(() => { button.textContent = 'Copy'; }, 1600);
    });
  }

  // Keys.
  const help = $('#help');
  $('#keys')?.addEventListener('click', () => help.showModal());
  $('[data-close]', help).addEventListener('click', () => help.close());
  const move = (step) => {
    const stops = $$('[data-nav]').filter((element) => element.getClientRects().length > 0);
    if (stops.length === 0) return;
    const here = stops.findIndex((element) => element === document.activeElement || element.contains(document.activeElement));
    const seen = stops.findIndex((element) => element.getBoundingClientRect().top >= 60);
    const next = here >= 0 ? here + step : seen >= 0 ? seen : stops.length - 1;
    stops[Math.min(stops.length - 1, Math.max(0, next))].focus();
  };
  const keys = {
    '/': () => { $('#search')?.scrollIntoView({ block: 'center' }); $('#search')?.focus({ preventScroll: true }); },
    j: () => move(1),
    k: () => move(-1),
    t: () => setTheme(isDark() ? 'light' : 'dark'),
    '?': () => help.showModal(),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const typing = event.target.closest('input, select, textarea');
    if (event.key === 'Escape' && typing?.id === 'search') {
      typing.value = '';
      typing.dispatchEvent(new Event('input'));
      typing.blur();
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

  // The section in view, marked in the contents.
  const links = new Map($$('.toc a').map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      links.forEach((link) => link.removeAttribute('aria-current'));
      links.get(entry.target.id)?.setAttribute('aria-current', 'true');
    }
  }, { rootMargin: '-15% 0px -75% 0px' });
  $$('main > section').forEach((section) => watcher.observe(section));
})();
