// The dependency map: moved by dragging or arrows, zoomed by wheel or + and −; the item in focus keeps its neighbours bright.
document.addEventListener('DOMContentLoaded', () => {
  'use strict';
  const box = document.querySelector('.map-box');
  if (!box) return;
  const svg = box.querySelector('svg');
  const [width, height] = [Number(svg.dataset.width), Number(svg.dataset.height)];
  svg.setAttribute('width', '100%');
  svg.setAttribute('height', '100%');
  box.classList.add('live');
  let view = { x: 0, y: 0, scale: 1 };
  const size = () => ({ w: box.clientWidth, h: box.clientHeight });
  const draw = () => {
    const { w, h } = size();
    svg.setAttribute('viewBox', `${view.x} ${view.y} ${w / view.scale} ${h / view.scale}`);
  };
  const fit = (x = 0, y = 0, w = width, h = height) => {
    const room = size();
    const scale = Math.min(1.4, Math.max(0.15, Math.min(room.w / (w + 24), room.h / (h + 24))));
    view = { scale, x: x + w / 2 - room.w / scale / 2, y: y + h / 2 - room.h / scale / 2 };
    draw();
  };
  const zoom = (factor, atX = size().w / 2, atY = size().h / 2) => {
    const scale = Math.min(3, Math.max(0.15, view.scale * factor));
    view = { scale, x: view.x + atX / view.scale - atX / scale, y: view.y + atY / view.scale - atY / scale };
    draw();
  };
  const move = (dx, dy) => { view.x += dx / view.scale; view.y += dy / view.scale; draw(); };

  const nodes = [...svg.querySelectorAll('.map-node')];
  const lines = [...svg.querySelectorAll('.wait')];
  const placeOf = (node) => {
    const [rect, group] = [node.querySelector('rect'), node.closest('g').transform.baseVal[0]?.matrix];
    return { x: rect.x.baseVal.value + (group?.e ?? 0), y: rect.y.baseVal.value + (group?.f ?? 0), w: rect.width.baseVal.value, h: rect.height.baseVal.value };
  };
  const around = (chosen) => {
    const all = chosen.map(placeOf);
    const [x, y] = [Math.min(...all.map((p) => p.x)), Math.min(...all.map((p) => p.y))];
    fit(x, y, Math.max(...all.map((p) => p.x + p.w)) - x, Math.max(...all.map((p) => p.y + p.h)) - y);
  };
  const light = (chosen) => {
    svg.classList.toggle('focused', chosen !== null);
    const near = new Set(chosen ? [chosen] : []);
    for (const line of lines) {
      const on = chosen !== null && (line.dataset.from === chosen || line.dataset.to === chosen);
      line.classList.toggle('on', on);
      if (on) near.add(line.dataset.from).add(line.dataset.to);
    }
    for (const node of nodes) node.classList.toggle('on', near.has(node.dataset.item));
  };
  const show = (node) => {
    const [place, room] = [placeOf(node), size()];
    const [left, top] = [(place.x - view.x) * view.scale, (place.y - view.y) * view.scale];
    if (left < 0 || top < 0 || left + place.w * view.scale > room.w || top + place.h * view.scale > room.h) {
      view.x = place.x + place.w / 2 - room.w / view.scale / 2;
      view.y = place.y + place.h / 2 - room.h / view.scale / 2;
      draw();
    }
  };
  for (const node of nodes) {
    node.addEventListener('focus', () => { light(node.dataset.item); show(node); box.scrollTo(0, 0); });
    node.addEventListener('blur', () => light(null));
    node.addEventListener('pointerenter', () => light(node.dataset.item));
    node.addEventListener('pointerleave', () => light(null));
  }

  let drag = null;
  let dragged = false;
  box.addEventListener('pointerdown', (event) => { drag = { x: event.clientX, y: event.clientY }; dragged = false; });
  box.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const [dx, dy] = [drag.x - event.clientX, drag.y - event.clientY];
    if (!dragged && Math.hypot(dx, dy) < 5) return;
    dragged = true;
    box.classList.add('moving');
    move(dx, dy);
    drag = { x: event.clientX, y: event.clientY };
  });
  const drop = () => { drag = null; box.classList.remove('moving'); };
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) box.addEventListener(end, drop);
  box.addEventListener('click', (event) => { if (dragged) event.preventDefault(); }, true);
  box.addEventListener('dragstart', (event) => event.preventDefault());
  box.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== box && !box.contains(document.activeElement)) return;
    event.preventDefault();
    const edge = box.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - edge.left, event.clientY - edge.top);
  }, { passive: false });
  const steps = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
  box.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (steps[event.key]) { event.preventDefault(); move(...steps[event.key]); }
    if (event.key === '+' || event.key === '=') zoom(1.25);
    if (event.key === '-') zoom(0.8);
    if (event.key === '0') fit();
  });
  const critical = () => nodes.filter((node) => node.querySelector('.critical'));
  const acts = { in: () => zoom(1.25), out: () => zoom(0.8), fit: () => fit(), critical: () => { if (critical().length) around(critical()); } };
  for (const button of document.querySelectorAll('[data-zoom]')) button.addEventListener('click', acts[button.dataset.zoom]);
  document.querySelector('.map-tools input')?.addEventListener('input', (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    const found = wanted ? nodes.find((node) => node.getAttribute('aria-label').toLowerCase().includes(wanted)) : null;
    light(found ? found.dataset.item : null);
    if (found) show(found);
  });
  addEventListener('resize', draw);
  fit();
  // A large map on a small screen begins at its upper left corner, where it can be read.
  if (view.scale < 0.45) { view = { scale: 0.6, x: -12, y: -12 }; draw(); }
});
