// What we say over a page: mistakes on a veil, anything less in a corner. In a shadow of its own, so that neither
// the page's styles nor its scripts meet it. The veil is a modal dialog: what is behind it rests until it goes.
const DISMISSED = "brandkit-dismissed";
const WAITING = "Another brandkit is at work in this project; the preview waits for it.";
const STATUS = {
  draft: "Draft: only this preview shows it",
  scheduled: "Scheduled: not published yet",
  expired: "Expired: not published any more",
};
const GRAVITY = ["error", "warning", "note"];

const STYLE = `
  :host { all: initial; }
  * { box-sizing: border-box; font: inherit; }
  .veil { font: 16px/1.5 system-ui, sans-serif; color: #1c1b19; color-scheme: light dark; position: fixed; inset: 0;
    width: 100%; height: 100%; max-width: none; max-height: none; margin: 0; border: 0; overflow: auto; overscroll-behavior: contain;
    background: rgb(250 248 244 / .93); padding: max(1rem, 4vh) max(1rem, calc(50vw - 26rem)); }
  .veil::backdrop { background: none; }
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
  .close { position: sticky; inset-block-start: 0; float: inline-end; margin-inline-start: 1rem; }
  button:focus-visible, pre:focus-visible, a:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
  .veil:focus-visible { outline: 3px solid #1a5fb4; outline-offset: -3px; }
  .corner { position: fixed; z-index: 2147483646; inset-block-end: .75rem; inset-inline-end: .75rem; display: flex; gap: .5rem; flex-wrap: wrap; justify-content: end; max-width: calc(100vw - 1.5rem); }
  .corner > * { font: 14px/1.4 system-ui, sans-serif; border-radius: .4rem; padding: .35rem .7rem; background: #fff; color: #1c1b19; border: 1px solid #77726a; box-shadow: 0 1px 6px rgb(0 0 0 / .2); }
  .corner a { color: #1a5fb4; }
  @media (prefers-color-scheme: dark) {
    .veil { color: #eceae4; background: rgb(18 20 24 / .94); }
    li, button, .corner > * { background: #1f2228; color: #eceae4; border-color: #565b64; }
    li { border-inline-start-color: #ff8a80; } li.warning { border-inline-start-color: #f2c063; } li.note { border-inline-start-color: #9dbbd8; }
    pre { background: #14161a; } .place { color: #b9b5ac; } .caret { color: #ff8a80; } .corner a { color: #8ab8ff; }
    button:focus-visible, .veil:focus-visible, pre:focus-visible, a:focus-visible { outline-color: #8ab8ff; }
  }
  @media print { .veil, .corner { display: none; } }`;

// `quietly` runs what shall not count as the page's own doing.
export function overlay(quietly) {
  const host = make("brandkit-preview"), shadow = host.attachShadow({ mode: "open" });
  const veil = make("dialog", { class: "veil", tabindex: "-1" });
  const corner = make("div", { class: "corner" });
  let said = { news: null, movedTo: null, status: "" };
  let opened = false; // somebody asked for the veil
  let painted = "", key = "", back = null; // back: where the focus was

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE); // a sheet made by a script is no inline style: no policy is in its way
  shadow.adoptedStyleSheets = [sheet];

  function show(what) {
    said = what;
    const { news } = said, findings = news?.findings ?? [], trouble = news?.trouble ?? "";
    const errors = findings.filter((finding) => finding.severity === "error");
    key = JSON.stringify([trouble, errors.map((f) => [f.place, f.code, f.message])]);
    const grave = trouble || errors.length;
    const veiled = Boolean((grave && remembered() !== key) || (opened && (grave || findings.length)));
    const now = JSON.stringify([key, veiled, said.movedTo, said.status, news?.waiting, findings]);
    if (now === painted && (host.isConnected || !shadow.hasChildNodes())) return;
    painted = now;
    opened &&= veiled;
    if (veiled && !veil.open) back = document.activeElement; // before the badge goes, which may have it
    fillCorner(findings, trouble, veiled);
    if (veiled) fillVeil(findings, errors.length);
    if (!corner.hasChildNodes()) corner.remove();
    else if (!corner.parentNode) shadow.append(corner);
    if (veiled && !veil.parentNode) shadow.prepend(veil);
    if (shadow.hasChildNodes() && !host.isConnected) // put in once: moving it would close the veil
      quietly(() => document.documentElement.append(host));
    if (veiled) cover(); else uncover();
    if (!shadow.hasChildNodes()) quietly(() => host.remove());
  }

  function fillVeil(findings, errors) {
    const { trouble, held } = said.news;
    const title = trouble ? "The site could not be built" : errors === 1 ? "There is a mistake"
      : errors ? `There are ${errors} mistakes` : "Worth a look";
    const behind = held || trouble ? "Behind this is the site as it was last built. It is built again as soon as you save."
      : errors ? "The site was built, without what could not be used." : "";
    const close = make("button", { type: "button", class: "close" }, "Close (Esc)");
    close.addEventListener("click", end);
    const told = make("div", { role: "alert" }, make("h1", {}, title), make("p", {}, behind));
    if (trouble) told.append(make("pre", { tabindex: "0" }, trouble));
    const gravest = [...findings].sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity));
    veil.setAttribute("aria-label", title);
    veil.replaceChildren(close, told, make("ol", {}, ...gravest.map(item)));
  }

  function fillCorner(findings, trouble, veiled) {
    corner.replaceChildren();
    if (said.news?.waiting) corner.append(make("div", { role: "status", class: "waiting" }, WAITING));
    if (said.movedTo)
      corner.append(make("div", { role: "status" }, "This page has moved. ", make("a", { href: said.movedTo }, "Go to its new address")));
    if (STATUS[said.status]) corner.append(make("div", { class: "label" }, STATUS[said.status]));
    if (!veiled && (findings.length || trouble)) corner.append(badge(findings.length || 1));
  }

  function badge(count) {
    const button = make("button", { type: "button", class: "badge" }, `${count} ${count === 1 ? "finding" : "findings"}`);
    button.addEventListener("click", () => { opened = true; show(said); });
    return button;
  }

  function cover() {
    if (!veil.matches(":modal")) {
      veil.close(); // one that was taken out while it was open
      veil.showModal();
      veil.focus({ preventScroll: true });
    } else if (!shadow.activeElement) veil.focus({ preventScroll: true }); // what had it was replaced
  }

  function uncover() {
    if (!veil.open) return;
    veil.close(); // the browser gives the focus back itself, where it can
    veil.remove();
    const wanted = back === host ? corner.querySelector(".badge") : back;
    if (wanted?.isConnected && document.activeElement === document.body) wanted.focus({ preventScroll: true });
    back = null;
  }

  function end() {
    keep(key);
    opened = false;
    show(said);
  }

  veil.addEventListener("cancel", (event) => { event.preventDefault(); end(); });
  addEventListener("keydown", (event) => { // before the page's own scripts, for which this Escape is not meant
    if (event.key !== "Escape" || !veil.open) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    end();
  }, true);

  return { show, forget: () => keep("") };
}

function item(finding) {
  const li = make("li", { class: finding.severity },
    make("div", { class: "place" }, `${finding.place}: ${finding.severity} ${finding.code}`),
    make("div", { class: "message" }, finding.message));
  if (finding.excerpt !== null) li.append(excerpt(finding));
  if (finding.hint) li.append(make("p", { class: "hint" }, `Hint: ${finding.hint}`));
  return li;
}

function excerpt({ excerpt: text, col: column, length }) {
  const pre = make("pre", { tabindex: "0" }, text);
  if (column !== null)
    pre.append("\n" + text.slice(0, column - 1).replace(/[^\t]/g, " "),
      make("span", { class: "caret" }, "^".repeat(Math.max(1, Math.min(length, text.length - column + 1)))));
  return pre;
}

function make(name, attributes = {}, ...inner) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inner);
  return element;
}

function remembered() { try { return sessionStorage.getItem(DISMISSED); } catch { return null; } }
function keep(key) { try { sessionStorage.setItem(DISMISSED, key); } catch { /* a browser that keeps nothing */ } }
