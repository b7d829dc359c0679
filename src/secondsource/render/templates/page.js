'use strict';
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (what, root = document) => [...root.querySelectorAll(what)];
  const status = $('status');
  const say = (text) => { status.textContent = text; };

  const go = (line) => line.querySelector('a[href*="#w-"]');

  // Lines: one is current; keys move it, and copying asks for it.
  let current = null;
  const seen = (line) => line.getClientRects().length > 0;
  const choose = (line, focus) => {
    if (current) current.classList.remove('current');
    current = line;
    line.classList.add('current');
    offer(line);
    if (focus) {
      const link = go(line) || line.querySelector('a');
      if (link) link.focus({ preventScroll: true });
      line.scrollIntoView({ block: 'nearest' });
    }
  };
  const step = (by) => {
    const lines = all('.line').filter(seen);
    let place = lines.indexOf(current);
    if (place < 0) {
      const after = here ? lines.findIndex((l) => here.compareDocumentPosition(l) & Node.DOCUMENT_POSITION_FOLLOWING) : 0;
      place = by > 0 ? Math.max(after, 0) - 1 : Math.max(after, 0);
    }
    const next = lines[Math.min(Math.max(place + by, 0), lines.length - 1)];
    if (next) choose(next, true);
  };

  // Copying: one sentence with its whole chain, or where the words stand.
  const words = (line) => (line.querySelector('.say, .what') ? all('.say, .when, .what', line) : [line]).map((part) => {
    const copy = part.cloneNode(true);
    all('.tools, .go, .visually-hidden, .meta, small', copy).forEach((x) => x.remove());
    all('q.quotation', copy).forEach((q) => { q.textContent = '“' + q.textContent + '”'; });
    return copy.textContent;
  }).join(' ').replace(/\s+/g, ' ').trim();
  const chain = (line) => {
    const meta = line.querySelector('.meta, small');
    if (!meta) return '';
    const copy = meta.cloneNode(true);
    all('.tools, .go, .flag, a', copy).forEach((x) => x.remove());
    return copy.textContent.replace(/\s+/g, ' ').replace(/(\s*·\s*)+$/, '').trim();
  };
  const citation = (line) => {
    const link = go(line);
    const mark = link && $(decodeURIComponent(link.hash.slice(1)));
    const report = mark && mark.closest('.report');
    const where = report ? report.dataset.cite : '';
    return (mark ? '“' + mark.textContent + '” ' : '') + where + (link ? ', ' + link.hash.replace(/^#w-[^-]*-(\d+)-(\d+)$/, 'characters $1–$2') : '');
  };
  const put = async (text, what) => {
    try { await navigator.clipboard.writeText(text); } catch {
      const box = document.createElement('textarea');
      box.value = text;
      document.body.append(box);
      box.select();
      document.execCommand('copy');
      box.remove();
    }
    say(what + ' copied');
  };
  const tools = document.createElement('span');
  tools.className = 'tools';
  for (const [name, make] of [['Copy sentence', (l) => words(l) + ' (' + chain(l) + ')'], ['Copy citation', citation]]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.addEventListener('click', (event) => { event.stopPropagation(); if (current) put(make(current), name.slice(5)); });
    tools.append(button);
  }
  const offer = (line) => { (line.querySelector('.meta, small') || line).append(tools); };
  document.addEventListener('focusin', (event) => {
    const line = event.target.closest && event.target.closest('.line');
    if (line && line !== current) choose(line, false);
  });
  document.addEventListener('click', (event) => {
    const line = event.target.closest('.line');
    if (line && line !== current && !event.target.closest('a')) choose(line, false);
  });

  // Landing on words: open what is folded around them, offer the way back.
  const back = document.createElement('button');
  back.id = 'back';
  back.type = 'button';
  back.hidden = true;
  back.textContent = 'Back to the line';
  back.addEventListener('click', () => history.back());
  document.body.append(back);
  let from = null;
  let here = null;
  let showAll = () => {};
  const land = () => {
    let target = null;
    try { target = $(decodeURIComponent(location.hash.slice(1))); } catch { target = null; }
    back.hidden = !(target && target.matches('mark') && from);
    if (!target) return;
    if (target.hidden) showAll();
    for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    target.scrollIntoView({ block: target.matches('mark') ? 'center' : 'start' });
    if (!target.matches('mark') && from && location.hash === '#' + from.id) choose(from, true);
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href*="#w-"]');
    if (link && link.hash) from = link.closest('.line');
  });
  addEventListener('hashchange', land);
  addEventListener('popstate', () => { if (from && !location.hash.startsWith('#w-')) { back.hidden = true; setTimeout(() => choose(from, true)); } });

  // Filters.
  const form = document.querySelector('.filters');
  const list = $('statements');
  if (form && list) {
    form.hidden = false;
    const lines = [...list.children];
    const find = $('find');
    const text = new Map();
    const textOf = (line) => { if (!text.has(line)) text.set(line, line.textContent.toLowerCase()); return text.get(line); };
    // The edition with excerpts leaves out what its lines say anyway.
    const manner = (line) => line.dataset.m || (line.querySelector('small') || line).textContent.split(' · ')[0];
    const number = (line) => line.dataset.d || (go(line) ? go(line).textContent.split(' ')[0] : '');
    const of = {
      'by-speaker': (line, value) => line.dataset.s.split(' ').includes(value), 'by-kind': (line, value) => (line.dataset.k || 'say') === value,
      'by-manner': (line, value) => manner(line) === value, 'by-article': (line, value) => number(line) === value,
    };
    const picks = Object.keys(of);
    const every = $('every');
    const SHOWN = 40;
    let folded = lines.length > SHOWN + 10;
    every.hidden = !folded;
    showAll = () => { folded = false; every.hidden = true; apply(); };
    every.addEventListener('click', showAll);
    const apply = () => {
      const want = find.value.trim().toLowerCase();
      const few = folded && !want && picks.every((id) => !$(id).value);
      let count = 0;
      for (const line of list.children) {
        const fits = picks.every((id) => !$(id).value || of[id](line, $(id).value)) && (!want || textOf(line).includes(want));
        count += fits;
        line.hidden = !fits || (few && count > SHOWN);
      }
      every.hidden = !few;
      $('found').textContent = count + (count === 1 ? ' statement' : ' statements');
    };
    const sort = () => {
      const order = $('order').value;
      const made = [...lines];
      if (order === 'new') made.reverse();
      if (order === 'who') made.sort((a, b) => Number(a.dataset.s.split(' ')[0]) - Number(b.dataset.s.split(' ')[0]));
      if (order === 'few') made.sort((a, b) => Number(a.dataset.o || 1) - Number(b.dataset.o || 1));
      list.append(...made);
      apply();
    };
    if (folded) apply();
    let wait = 0;
    find.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(apply, 120); });
    picks.forEach((id) => $(id).addEventListener('change', apply));
    $('order').addEventListener('change', sort);
    form.addEventListener('submit', (event) => { event.preventDefault(); apply(); });
  }

  if (location.hash) land();

  // Keys; they can be turned off.
  const help = $('help');
  const sections = all('.sections a');
  addEventListener('keydown', (event) => {
    const typing = event.target.closest && event.target.closest('input, select, textarea, [contenteditable]');
    if (typing && event.key === 'Escape') typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === '?') { help.showModal(); return; }
    if (!$('keys-on').checked) return;
    if (event.key === '/' && form) { event.preventDefault(); $('find').focus(); } else if (event.key === 'j') step(1);
    else if (event.key === 'k') step(-1);
    else if (event.key === 'o') {
      if (!back.hidden) { history.back(); return; }
      const link = current && go(current);
      if (link) link.click();
    } else if (event.key >= '1' && event.key <= '9' && sections[event.key - 1]) {
      here = $(sections[event.key - 1].hash.slice(1));
      if (current) current.classList.remove('current');
      current = null;
      here.scrollIntoView();
      const head = here.querySelector('h2');
      head.tabIndex = -1;
      head.focus({ preventScroll: true });
      say(head.textContent);
    }
  });

  // Print: everything that is folded is opened, and folded again afterwards.
  let opened = [];
  addEventListener('beforeprint', () => { showAll(); opened = all('details:not([open]):not(.folded)'); opened.forEach((d) => { d.open = true; }); });
  addEventListener('afterprint', () => { opened.forEach((d) => { d.open = false; }); opened = []; });
})();
