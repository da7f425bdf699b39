/** How long the page waits between two requests to the server, in ms. */
const REST = 500;

let isRefreshing = false;
let isWanted = false;

/** Reads the page again and copies the changes into this one; the focus and open details stay. */
async function refresh() {
  // The answer to a form and a page that is not there have nothing that changes.
  if (!document.querySelector('[data-live=true]')) return;
  isWanted = true;
  if (isRefreshing || document.hidden) return;
  isRefreshing = true;
  try {
    while (isWanted && !document.hidden) {
      isWanted = false;
      await showCurrentPage();
      await new Promise((resolve) => setTimeout(resolve, REST));
    }
  } finally {
    isRefreshing = false;
  }
}

async function showCurrentPage() {
  const { href } = location;
  // If the connection is missing or breaks, the page stays as it is until the next change.
  const html = await read(href).catch(() => undefined);
  if (html === undefined || location.href !== href) return;
  const page = new DOMParser().parseFromString(html, 'text/html');
  showInZone(page);
  for (const live of document.querySelectorAll('[data-live=true]')) {
    const fresh = page.getElementById(live.id);
    if (fresh) morph(live, fresh);
  }
}

async function read(href) {
  const response = await fetch(href);
  if (response.status === 404) endLife();
  return response.ok ? response.text() : undefined;
}

/** What the page shows is gone. Asking for it again would not help. */
function endLife() {
  for (const live of document.querySelectorAll('[data-live=true]')) live.dataset.live = 'false';
  document.getElementById('connection').textContent = 'What this page shows is not there any more.';
}

/** The same form that the server writes, in the zone of this browser. */
const zoned = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

function showInZone(page) {
  for (const time of page.querySelectorAll('time[data-zoned]'))
    time.textContent = zoned.format(new Date(time.getAttribute('datetime')));
  const zone = page.getElementById('zone');
  if (zone) zone.textContent = zoned.resolvedOptions().timeZone;
}

async function copy(event) {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = 'Copied';
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 1500);
}

function morph(from, to) {
  morphAttributes(from, to);
  const wantedIds = new Set([...to.children].map(({ id }) => id).filter(Boolean));
  let old = from.firstChild;
  for (const fresh of [...to.childNodes]) {
    // Old entries are removed and new ones are inserted between the known ones, so no known entry moves.
    while (old?.id && old.id !== fresh.id && !wantedIds.has(old.id)) old = removeAndGoOn(old);
    if (old && isSame(old, fresh)) {
      if (old.nodeType === Node.ELEMENT_NODE) morph(old, fresh);
      else if (old.data !== fresh.data) old.data = fresh.data;
      old = old.nextSibling;
    } else {
      from.insertBefore(fresh, old);
    }
  }
  while (old) old = removeAndGoOn(old);
}

function isSame(a, b) {
  return a.nodeName === b.nodeName && (a.id ?? '') === (b.id ?? '') && deedOf(a) === deedOf(b);
}

/** What a click on it does: nothing may become something else below somebody's pointer. */
function deedOf(node) {
  if (!node.matches?.('form, button')) return '';
  const { action = '', name = '', value = '' } = node.attributes;
  const hidden = [...node.querySelectorAll('input[type=hidden]')].map((input) => input.defaultValue);
  return JSON.stringify([action.value, name.value, value.value, ...hidden]);
}

function removeAndGoOn(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function morphAttributes(from, to) {
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    // Only the person opens and closes details.
    if (!to.hasAttribute(name) && name !== 'open') from.removeAttribute(name);
  }
}

/** Shows a chosen state without leaving the page or changing the scroll position. */
function stay(event) {
  const link = event.target.closest?.('a[data-stay]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
  event.preventDefault();
  history.pushState(null, '', link.getAttribute('href').split('#')[0]);
  void showCurrentPage().then(() => {
    // On a narrow screen, the details are below the graph.
    if (matchMedia('(max-width: 1100px)').matches) document.getElementById('state')?.scrollIntoView();
  });
}

let changes;

/** Listens for changes while the page is visible: browsers allow six connections a server, over all tabs. */
function connect() {
  changes?.close();
  if (document.hidden) return;
  const connection = document.getElementById('connection');
  changes = new EventSource('/console/changes');
  changes.addEventListener('change', refresh);
  changes.addEventListener('connected', () => {
    connection.textContent = '';
    // Something may have happened since the page was made.
    void refresh();
  });
  changes.addEventListener('error', () => {
    connection.textContent = 'Not connected: is the local cloud running?';
  });
}

/** A graph that is wider than the screen begins in its middle. */
function centreGraph() {
  for (const graph of document.querySelectorAll('.wide-graph'))
    graph.scrollLeft = (graph.scrollWidth - graph.clientWidth) / 2;
}

document.documentElement.dataset.script = '';
centreGraph();
showInZone(document);
document.addEventListener('click', stay);
document.addEventListener('click', copy);
document.addEventListener('visibilitychange', connect);
addEventListener('popstate', showCurrentPage);
setInterval(() => document.querySelector('[data-ticking]') && refresh(), 1000);
connect();
