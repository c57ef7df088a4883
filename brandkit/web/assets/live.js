// Keeps an open page as its sources are. Runs before anything else of the page, so that it sees what
// the page's own scripts do and does not undo it. Talks to /_brandkit/ alone.
(() => {
  "use strict";
  const about = document.currentScript.dataset; // page: its file in the output; after: what it knows; status
  const own = document.currentScript;
  const OWN = "/_brandkit";
  const FRESH = "brandkit-fresh"; // the parameter that makes a browser ask for a file again
  const RECENT = 5; // seconds within which an edit is worth going to

  let after = about.after, channel = null, source = null, root = "/";
  let shown = null; // the last news
  let movedTo = null; // where this page went
  let working = Promise.resolve();

  // --- What the page's own scripts and the reader did -------------------------------------------------

  const set = new WeakMap(); // element -> names of attributes that were set since it was read
  const brought = new WeakSet(); // elements that were put in
  const before = new MutationObserver(remember);
  let parsed = false;

  function remember(records) {
    for (const record of records) {
      if (record.type === "attributes") {
        if (!set.has(record.target)) set.set(record.target, new Set());
        set.get(record.target).add(record.attributeName);
      } else if (parsed) {
        for (const node of record.addedNodes) if (node.nodeType === 1) brought.add(node);
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

  // --- Files that changed ------------------------------------------------------------------------------

  const fresh = new Map(); // path on this host -> number of the change

  function freshened(address) {
    let url;
    try { url = new URL(address, location.href); } catch { return address; }
    const number = url.origin === location.origin ? fresh.get(decoded(url.pathname)) : undefined;
    if (number === undefined || url.searchParams.get(FRESH) === String(number)) return address;
    url.searchParams.set(FRESH, number);
    return url.pathname + url.search + url.hash;
  }

  function decoded(path) {
    try { return decodeURIComponent(path); } catch { return path; }
  }

  function freshenImages(tree) {
    for (const image of tree.querySelectorAll("img[src], input[type=image][src], video[poster], link[rel~=icon][href]")) {
      const name = image.matches("link") ? "href" : image.matches("video") ? "poster" : "src";
      replaceAttribute(image, name, freshened(image.getAttribute(name)));
    }
    for (const image of tree.querySelectorAll("img[srcset], source[srcset]")) {
      const parts = image.getAttribute("srcset").split(/,\s+/).map((part) => part.trim().split(/\s+/));
      replaceAttribute(image, "srcset", parts.map(([a, ...rest]) => [freshened(a), ...rest].join(" ")).join(", "));
    }
  }

  function replaceAttribute(element, name, value) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  const isStyle = (node) => node.matches("link[rel~=stylesheet][href]");
  const bare = (address) => { const url = new URL(address, location.href); url.searchParams.delete(FRESH); return url.href; };

  // The new sheet is loaded beside the old one, which goes when the new one is there: no flash of a bare page.
  function swapStyle(old, address) {
    const link = old.cloneNode();
    link.href = address;
    const drop = () => quietly(() => old.remove());
    link.addEventListener("load", drop, { once: true });
    link.addEventListener("error", drop, { once: true });
    quietly(() => old.after(link));
  }

  function freshenStyles(all) {
    for (const link of document.querySelectorAll("link[rel~=stylesheet][href]")) {
      const path = decoded(new URL(link.href).pathname);
      if (all && new URL(link.href).origin === location.origin) fresh.set(path, after);
      const address = freshened(link.getAttribute("href"));
      if (address !== link.getAttribute("href")) swapStyle(link, address);
    }
  }

  function changeFiles(paths) {
    const shown = new Set([...document.querySelectorAll("link[rel~=stylesheet][href]")].map((l) => decoded(new URL(l.href).pathname)));
    let styles = false, scripts = false;
    for (const path of paths) {
      if (/\.html?$/.test(path)) continue;
      const place = root + path;
      fresh.set(place, after);
      if (/\.css$/.test(path) && !shown.has(place)) styles = true; // another sheet may import it
      if (/\.m?js$/.test(path)) scripts ||= [...document.scripts].some((s) => s.src && decoded(new URL(s.src).pathname) === place);
      if (/\.(png|jpe?g|gif|svg|webp|avif|woff2?)$/i.test(path) && !usesPicture(place)) styles = true; // so may a sheet
    }
    quietly(() => freshenImages(document));
    freshenStyles(styles);
    if (scripts) location.reload();
  }

  const usesPicture = (place) =>
    [...document.querySelectorAll("img, source, video, link[rel~=icon]")].some((element) =>
      ["src", "srcset", "poster", "href"].some((name) => decoded(element.getAttribute(name) || "").includes(place)));

  // --- The page itself ---------------------------------------------------------------------------------

  const runs = (script) => (!script.type || /javascript|module/.test(script.type)) && !(script.src || "").includes(OWN);
  const scriptsOf = (tree) => [...tree.querySelectorAll("script")].filter((s) => runs(s) && !brought.has(s))
    .map((s) => s.getAttribute("src") || s.textContent).join("\n\u0000");
  let scripts = "";

  async function refresh() {
    const response = await fetch(location.pathname + location.search, { cache: "no-store" });
    const text = await response.text();
    if (response.ok) movedTo = null;
    const page = new DOMParser().parseFromString(text, "text/html");
    if (scriptsOf(page) !== scripts) return location.reload(); // a morph runs no script
    const { Idiomorph } = await import(`${OWN}/idiomorph.js`);
    const mine = page.querySelector(`script[src^="${OWN}/"]`);
    if (mine) about.status = mine.dataset.status;
    freshenImages(page);
    quietly(() => {
      morphHead(page.head);
      morphAttributes(document.documentElement, page.documentElement);
      // Chromium 156 has been seen to crash when moveBefore takes a form out of a list: nodes are moved the old way.
      const { moveBefore } = Element.prototype;
      Element.prototype.moveBefore = undefined;
      try {
        Idiomorph.morph(document.body, page.body, { morphStyle: "outerHTML", head: { style: "none" }, callbacks });
      } finally {
        Element.prototype.moveBefore = moveBefore;
      }
    });
    paint();
    dispatchEvent(new CustomEvent("brandkit:refreshed"));
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
    for (const { name, value } of wanted.attributes) if (!kept?.has(name)) replaceAttribute(element, name, value);
  }

  function morphHead(wanted) {
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

  async function hear(news) {
    shown = news;
    root = news.root;
    movedTo = news.moved[location.pathname] ?? movedTo;
    if (news.held || news.trouble) dismiss(""); // another try that failed is worth showing again
    if (news.edited && Date.now() / 1000 - news.at < RECENT && news.edited !== location.pathname)
      return location.assign(news.edited);
    const changed = news.changed;
    if (changed === null) {
      freshenStyles(true);
      await refresh();
    } else {
      changeFiles(changed);
      if (changed.includes(about.page)) await refresh();
    }
    paint();
  }

  const queue = (work) => { working = working.then(work).catch((error) => console.warn("brandkit preview:", error)); };

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(`${OWN}/events?after=${after}`);
    source.addEventListener("hello", (event) => {
      const name = JSON.parse(event.data).channel;
      if (channel !== null && channel !== name) queue(async () => { after = event.lastEventId; await catchUp(); await refresh(); });
      channel = name;
    });
    source.addEventListener("build", (event) => { after = event.lastEventId; queue(() => hear(JSON.parse(event.data))); });
    source.addEventListener("afresh", (event) => { after = event.lastEventId; queue(async () => { await catchUp(); await refresh(); }); });
  }

  function rest() { // a hidden tab holds no connection: a browser has only six for us
    source?.close();
    source = null;
  }

  async function catchUp() {
    shown = await (await fetch(`${OWN}/state`, { cache: "no-store" })).json();
    root = shown.root;
    paint();
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });

  // --- What we say over the page -----------------------------------------------------------------------

  const style = `
    :host { all: initial; }
    * { box-sizing: border-box; font: inherit; }
    .veil, .badge, .bar { font: 16px/1.5 system-ui, sans-serif; color: #1c1b19; color-scheme: light dark; position: fixed; z-index: 2147483647; }
    .veil { inset: 0; overflow: auto; background: rgb(250 248 244 / .93); padding: max(1rem, 4vh) max(1rem, calc(50vw - 26rem)); }
    h1 { font-size: 1.35rem; font-weight: 700; margin: 0 0 .25rem; }
    p { margin: 0 0 .75rem; }
    ol { list-style: none; margin: 1rem 0; padding: 0; display: grid; gap: 1rem; }
    li { background: #fff; border: 1px solid #d9d4c8; border-inline-start: .4rem solid #b3261e; border-radius: .4rem; padding: .75rem 1rem; min-width: 0; }
    li.warning { border-inline-start-color: #8a5a00; } li.note { border-inline-start-color: #47617a; }
    .place { font: .9rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; color: #55514a; }
    .message { font-weight: 600; overflow-wrap: anywhere; }
    pre { font: .9rem/1.4 ui-monospace, monospace; background: #f4f1ea; padding: .5rem .75rem; border-radius: .25rem; overflow-x: auto; margin: .5rem 0; }
    .caret { color: #b3261e; font-weight: 700; }
    .hint { margin: 0; overflow-wrap: anywhere; }
    button { cursor: pointer; border: 1px solid #77726a; border-radius: .4rem; background: #fff; color: inherit; padding: .35rem .8rem; min-height: 2.25rem; }
    button:focus-visible, .veil:focus-visible, a:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
    .corner { position: fixed; z-index: 2147483646; inset-block-end: .75rem; inset-inline-end: .75rem; display: flex; gap: .5rem; flex-wrap: wrap; justify-content: end; max-width: calc(100vw - 1.5rem); }
    .corner > * { position: static; font: 14px/1.4 system-ui, sans-serif; border-radius: .4rem; padding: .35rem .7rem; background: #fff; color: #1c1b19; border: 1px solid #77726a; box-shadow: 0 1px 6px rgb(0 0 0 / .2); }
    .corner a { color: #1a5fb4; }
    @media (prefers-color-scheme: dark) {
      .veil, .badge, .bar { color: #eceae4; } .veil { background: rgb(18 20 24 / .94); }
      li, button, .corner > * { background: #1f2228; color: #eceae4; border-color: #565b64; }
      li { border-inline-start-color: #ff8a80; } li.warning { border-inline-start-color: #f2c063; } li.note { border-inline-start-color: #9dbbd8; }
      pre { background: #14161a; } .place { color: #b9b5ac; } .caret { color: #ff8a80; } .corner a { color: #8ab8ff; }
      button:focus-visible, .veil:focus-visible, a:focus-visible { outline-color: #8ab8ff; }
    }
    @media print { .veil, .corner { display: none; } }`;

  const DISMISSED = "brandkit-dismissed";
  const WORDS = { draft: "Draft: only this preview shows it", scheduled: "Scheduled: not published yet", expired: "Expired: not published any more" };
  let host = null, shadow = null, opened = false, painted = "";

  const make = (name, attributes, ...inner) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inner);
    return element;
  };

  function remembered() { try { return sessionStorage.getItem(DISMISSED); } catch { return null; } }
  function dismiss(key) { try { sessionStorage.setItem(DISMISSED, key); } catch { /* a browser that keeps nothing */ } }

  function paint() {
    if (!document.documentElement || !parsed) return;
    const findings = shown?.findings ?? [], errors = findings.filter((f) => f.severity === "error");
    const key = JSON.stringify([shown?.trouble ?? "", errors.map((f) => [f.place, f.code, f.message])]);
    const grave = shown?.trouble || errors.length;
    const veiled = (grave && remembered() !== key) || (opened && (grave || findings.length));
    const now = JSON.stringify([key, veiled, movedTo, about.status, findings]);
    if (now === painted && host?.isConnected) return;
    painted = now;
    if (!veiled) opened = false;
    if (!host) {
      host = make("brandkit-preview", {});
      shadow = host.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style); // a sheet made by a script is no inline style: no policy is in its way
      shadow.adoptedStyleSheets = [sheet];
    }
    const parts = [];
    if (veiled) parts.push(veil(findings, key));
    const corner = make("div", { class: "corner" });
    if (movedTo) corner.append(make("div", { role: "status" }, "This page has moved. ", make("a", { href: movedTo }, "Go to its new address")));
    if (WORDS[about.status]) corner.append(make("div", { class: "label" }, WORDS[about.status]));
    if (!veiled && (findings.length || shown?.trouble)) corner.append(badge(findings));
    if (corner.children.length) parts.push(corner);
    shadow.replaceChildren(...parts);
    quietly(() => { if (parts.length) document.documentElement.append(host); else host.remove(); });
  }

  function badge(findings) {
    const count = findings.length || 1;
    const button = make("button", { type: "button", class: "badge" }, `${count} ${count === 1 ? "finding" : "findings"}`);
    button.addEventListener("click", () => { opened = true; paint(); shadow.querySelector(".veil")?.focus(); });
    return button;
  }

  function veil(findings, key) {
    const errors = findings.filter((f) => f.severity === "error").length;
    const title = shown.trouble ? "The site could not be built" : errors === 1 ? "There is a mistake"
      : errors ? `There are ${errors} mistakes` : "Worth a look";
    const behind = shown.held || shown.trouble ? "Behind this is the site as it was last built. It is built again as soon as you save."
      : "The site was built, without what could not be used.";
    const close = make("button", { type: "button" }, "Close (Esc)");
    close.addEventListener("click", () => end(key));
    const box = make("div", { class: "veil", role: "dialog", "aria-label": title, tabindex: "-1" });
    const told = make("div", { role: "alert" }, make("h1", {}, title), make("p", {}, errors || shown.trouble ? behind : ""));
    if (shown.trouble) told.append(make("pre", {}, shown.trouble));
    box.append(told, make("ol", {}, ...[...findings].sort(gravest).map(item)), close);
    return box;
  }

  const gravest = (a, b) => ["error", "warning", "note"].indexOf(a.severity) - ["error", "warning", "note"].indexOf(b.severity);

  function item(finding) {
    const li = make("li", { class: finding.severity },
      make("div", { class: "place" }, `${finding.place}: ${finding.severity} ${finding.code}`),
      make("div", { class: "message" }, finding.message));
    if (finding.excerpt !== null) {
      const column = finding.col, text = finding.excerpt;
      const pre = make("pre", { tabindex: "0" }, text);
      if (column !== null)
        pre.append("\n" + text.slice(0, column - 1).replace(/[^\t]/g, " "),
          make("span", { class: "caret" }, "^".repeat(Math.max(1, Math.min(finding.length, text.length - column + 1)))));
      li.append(pre);
    }
    if (finding.hint) li.append(make("p", { class: "hint" }, `Hint: ${finding.hint}`));
    return li;
  }

  function end(key) {
    dismiss(key);
    opened = false;
    painted = "";
    paint();
  }

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shadow?.querySelector(".veil") || !host.isConnected) return;
    event.stopImmediatePropagation();
    shadow.querySelector(".veil button:last-child").click();
  }, true);

  // --- Begin -------------------------------------------------------------------------------------------

  document.addEventListener("DOMContentLoaded", () => {
    remember(before.takeRecords());
    parsed = true;
    scripts = scriptsOf(document);
    queue(catchUp);
    listen();
  });
})();
