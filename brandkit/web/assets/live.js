// Keeps an open page as its sources are. Runs before anything else of the page, so that it sees what
// the page's own scripts do and does not undo it. Talks to /_brandkit/ alone.
(() => {
  "use strict";
  const own = document.currentScript;
  const about = own.dataset; // page: its file in the output; after, channel: what it knows; status
  const OWN = "/_brandkit";
  const RECENT = 5; // seconds within which an edit is worth going to

  let after = about.after, channel = about.channel, source = null;
  let shown = null; // the last news
  let movedTo = null; // where this page went
  let working = Promise.resolve();
  let fresh, over, morph; // our other files, once the page is read: a page's import map must come before any module

  // --- What the page's own scripts and the reader did -------------------------------------------------

  const set = new WeakMap(); // element -> names of attributes that were set since it was read
  const brought = new WeakSet(); // elements that were put in
  const read = new Set(); // the scripts that were read, wherever they are now
  const before = new MutationObserver(remember);
  let parsed = false;
  let scripts = ""; // of the page as it was last read

  // While a page is read, most of what is put in was read. A script that is run there hears of what was read before
  // it, first; so what is told while it is the current one is what it did. Later everything is done by scripts.
  function remember(records) {
    const theirs = parsed || document.currentScript !== null;
    for (const record of records) {
      if (record.type === "attributes") {
        if (!set.has(record.target)) set.set(record.target, new Set());
        set.get(record.target).add(record.attributeName);
      }
      for (const node of record.addedNodes) {
        if (node.nodeType !== 1) continue;
        if (theirs) brought.add(node);
        else if (node.localName === "script") read.add(node);
      }
    }
  }

  before.observe(document, { subtree: true, childList: true, attributes: true });

  function quietly(work) { // what we change ourselves is not remembered as theirs
    remember(before.takeRecords());
    try { return work(); } finally { before.takeRecords(); }
  }

  const isTyped = (field) =>
    field.matches("input[type=checkbox], input[type=radio]") ? field.checked !== field.defaultChecked
      : field.matches("input, textarea") ? field.value !== field.defaultValue
      : field.matches("option") ? field.selected !== field.defaultSelected : false;

  // --- The page itself ---------------------------------------------------------------------------------

  const runs = (script) => (!script.type || /javascript|module/.test(script.type)) && !(script.src || "").includes(OWN);
  const named = (all) => [...all].filter(runs).map((s) => s.getAttribute("src") || s.textContent).join("\n\u0000");

  async function refresh() {
    const response = await fetch(location.pathname + location.search, { cache: "no-store" });
    const page = asRead(await response.text());
    if (response.ok) movedTo = null;
    if (named(page.querySelectorAll("script")) !== scripts) return location.reload(); // a morph runs no script
    const mine = page.querySelector(`script[src^="${OWN}/"]`);
    if (mine) about.status = mine.dataset.status;
    fresh.freshenPictures(page);
    quietly(() => {
      morphHead(page.head);
      morphAttributes(document.documentElement, page.documentElement);
      morphBody(page.body);
    });
    paint();
    dispatchEvent(new CustomEvent("brandkit:refreshed"));
  }

  function asRead(text) { // as a page with scripts is read: what is for those without is text
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const without of page.querySelectorAll("noscript")) without.textContent = without.innerHTML;
    return page;
  }

  function morphBody(wanted) {
    // Chromium 156 has been seen to crash when moveBefore takes a form out of a list: nodes are moved the old way.
    const { moveBefore } = Element.prototype;
    Element.prototype.moveBefore = undefined;
    try {
      morph(document.body, wanted, { morphStyle: "outerHTML", head: { style: "none" }, callbacks });
    } finally {
      Element.prototype.moveBefore = moveBefore;
    }
  }

  const callbacks = {
    beforeNodeRemoved: (node) => !(node.nodeType === 1 && brought.has(node)),
    beforeAttributeUpdated: (name, element) =>
      !(set.get(element)?.has(name) || (["value", "checked", "selected"].includes(name) && isTyped(element))),
  };

  function morphAttributes(element, wanted) {
    const kept = set.get(element);
    for (const { name } of [...element.attributes])
      if (!wanted.hasAttribute(name) && !kept?.has(name)) element.removeAttribute(name);
    for (const { name, value } of wanted.attributes)
      if (!kept?.has(name) && element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  function morphHead(wanted) {
    const { isStyle, bare, swapStyle, freshened } = fresh;
    const stays = (node) => node === own || brought.has(node) || node.matches("script:not([type='application/ld+json'])");
    const old = [...document.head.children].filter((node) => !stays(node));
    const come = [...wanted.children].filter((node) => !node.matches("script:not([type='application/ld+json'])"));
    const same = (a, b) => isStyle(a) && isStyle(b) ? bare(a.href) === bare(b.getAttribute("href")) : a.isEqualNode(b);
    const gone = old.filter((node) => !come.some((other) => same(node, other)));
    const added = come.filter((node) => !old.some((other) => same(other, node)));
    const goneStyles = gone.filter(isStyle);
    for (const node of added) {
      const predecessor = isStyle(node) && goneStyles.shift();
      if (predecessor) swapStyle(predecessor, freshened(node.getAttribute("href")));
      else document.head.append(document.importNode(node, true));
    }
    for (const node of gone) if (!isStyle(node) || goneStyles.includes(node)) node.remove();
  }

  // --- News --------------------------------------------------------------------------------------------

  const stamp = () => `${channel}.${after}`;
  const paint = () => over.show({ news: shown, movedTo, status: about.status });

  async function hear(news) {
    shown = news;
    movedTo = news.moved[location.pathname] ?? movedTo;
    if (!news.waiting && (news.held || news.trouble)) over.forget(); // another try that failed is worth showing again
    if (news.edited && Date.now() / 1000 - news.at < RECENT && news.edited !== location.pathname)
      return location.assign(news.edited);
    if (news.changed === null) return anew();
    const files = news.changed.filter((path) => !/\.html?$/.test(path));
    if (fresh.change(files.map((path) => news.root + path), stamp())) return location.reload();
    if (news.changed.includes(about.page)) await refresh();
    paint();
  }

  async function anew() { // anything may have changed
    fresh.everything(stamp());
    await refresh();
  }

  async function catchUp() {
    shown = await (await fetch(`${OWN}/state`, { cache: "no-store" })).json();
    paint();
  }

  const queue = (work) => { working = working.then(work).catch((error) => console.warn("brandkit preview:", error)); };
  const again = () => queue(async () => { await catchUp(); await anew(); });

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(`${OWN}/events?after=${after}`);
    const on = (name, hearing) => source.addEventListener(name, (event) => hearing(event, JSON.parse(event.data)));
    on("hello", (event, { channel: name }) => {
      if (name === channel) return;
      [channel, after] = [name, event.lastEventId]; // another server, whose numbers began anew
      again();
    });
    on("build", (event, news) => { after = event.lastEventId; queue(() => hear(news)); });
    on("afresh", (event) => { after = event.lastEventId; again(); });
  }

  function rest() { // a hidden tab holds no connection: a browser has only six for us
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : parsed && listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });

  // --- Begin -------------------------------------------------------------------------------------------

  async function load() {
    const names = ["fresh", "overlay", "idiomorph"];
    const [files, said, morphing] = await Promise.all(names.map((name) => import(`${OWN}/${name}.js`)));
    fresh = { ...files, ...files.freshness(quietly) };
    over = said.overlay(quietly);
    morph = morphing.Idiomorph.morph;
  }

  document.addEventListener("readystatechange", () => {
    if (parsed) return;
    remember(before.takeRecords());
    parsed = true; // scripts that were deferred come only now
    scripts = named(read);
  });

  document.addEventListener("DOMContentLoaded", () => {
    queue(load);
    queue(catchUp);
    listen();
  });
})();
