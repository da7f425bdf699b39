/** In ms: how long the page rests between two looks at the server. */
const REST = 500;

let isRefreshing = false;
let isWanted = false;

/** Reads the page again and puts what has changed into this one; what is focused or opened stays so. */
async function refresh() {
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
  // Without a connection, or with one that breaks in the middle, the page stays as it is until the next change.
  const html = await read(href).catch(() => undefined);
  if (html === undefined || location.href !== href) return;
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const live of document.querySelectorAll('[data-live=true]')) {
    const fresh = page.getElementById(live.id);
    if (fresh) morph(live, fresh);
  }
}

async function read(href) {
  const response = await fetch(href);
  return response.ok ? response.text() : undefined;
}

function morph(from, to) {
  morphAttributes(from, to);
  const wantedIds = new Set([...to.children].map(({ id }) => id).filter(Boolean));
  let old = from.firstChild;
  for (const fresh of [...to.childNodes]) {
    // What is listed no longer goes; what comes before the known is inserted, so that nothing known moves.
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
  return a.nodeName === b.nodeName && (a.id ?? '') === (b.id ?? '');
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
    // Opening is up to the person.
    if (!to.hasAttribute(name) && name !== 'open') from.removeAttribute(name);
  }
}

/** Choosing a state shows it without leaving the page, or one's place on it. */
function stay(event) {
  const link = event.target.closest?.('a[data-stay]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
  event.preventDefault();
  history.pushState(null, '', link.getAttribute('href').split('#')[0]);
  void showCurrentPage().then(() => {
    // Where the details are not beside the graph, one wants to be taken there.
    if (matchMedia('(max-width: 900px)').matches) document.getElementById('state')?.scrollIntoView();
  });
}

let changes;

/** Listens for changes while the page is seen: browsers allow a server six connections, over all tabs. */
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

document.addEventListener('click', stay);
document.addEventListener('visibilitychange', connect);
addEventListener('popstate', showCurrentPage);
setInterval(() => document.querySelector('[data-ticking]') && refresh(), 1000);
connect();
