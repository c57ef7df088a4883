// The dashboard without reloading: forms answer in place, keys do what buttons do, news arrives by itself.
// Everything here also works without this script, only slower.
import { Idiomorph } from "./idiomorph.js";

const root = new URL(".", import.meta.url);
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const isTyped = (control) =>
  control.matches("[type=checkbox], [type=radio]")
    ? control.checked !== control.defaultChecked
    : control.matches("select")
      ? control.selectedIndex !== Math.max(0, [...control.options].findIndex((option) => option.defaultSelected))
      : control.value !== control.defaultValue;
const holdsWords = (node) => all("textarea, input:not([type=hidden])", node).some(isTyped);
const remember = { get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } } };

// ---- the page, morphed

// What somebody types, opened, or is about to answer stays as it is; the rest becomes what the server says.
function morph(html, { keepsTold = false, answered = null, from = document.activeElement } = {}) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const keep = place(answered || from.closest("[data-card]"), from, answered);
  document.title = fresh.title;
  // Chromium 156 has been seen to crash when moveBefore takes a form out of a list: nodes are moved the old way.
  const { moveBefore } = Element.prototype;
  Element.prototype.moveBefore = undefined;
  Idiomorph.morph(document.body, fresh.body, {
    callbacks: {
      beforeNodeMorphed: (old) => {
        if (old.nodeType !== Node.ELEMENT_NODE) return true;
        if (keepsTold && old.id === "told") return false;
        if (["progress", "away"].includes(old.id) || (old.tagName === "DIALOG" && old.open)) return false;
        return !(old.matches("input:not([type=hidden]), textarea, select") && (old === document.activeElement || isTyped(old)));
      },
      beforeNodeRemoved: (old) => !(old !== answered && old.matches?.("[data-card]") && holdsWords(old)),
      beforeAttributeUpdated: (name, node) =>
        !(name === "open" && node.matches("details, dialog")) && !(name === "hidden" && node.matches("button")),
    },
  });
  Element.prototype.moveBefore = moveBefore;
  dress();
  keep();
}

// What one looks at stays where it is, whatever comes or goes above it, and so does the focus. Where a card has
// gone, the next one takes its place; on the screen only where it was answered, since news should not move a thing.
function place(card, from, answered) {
  const top = (one) => one.getBoundingClientRect().top;
  const isSeen = (one) => one !== document.body && one.getBoundingClientRect().bottom > 0 && top(one) < innerHeight;
  const seen = [from, ...places()].filter(isSeen).map((one) => [one, top(one)]);
  const at = places().indexOf(card), was = card && top(card);
  return () => {
    const next = card && !card.isConnected && (document.getElementById(card.id) || places()[Math.min(at, places().length - 1)]);
    const [kept, before] = answered && next ? [next, was] : seen.find(([one]) => one.isConnected) || [];
    if (kept) scrollBy(0, top(kept) - before);
    if (answered && next) next.scrollIntoView({ block: "nearest" }); // below what is told
    if (from !== document.body) focusFirst(from, next);
  };
}

function focusFirst(...some) {
  for (const one of some) if (one && document.activeElement === document.body) one.focus({ preventScroll: true });
}

// What only a script can do is shown only where one runs.
function dress() {
  for (const button of all("[data-copy], [data-help]")) button.hidden = false;
  for (const box of all(".brief:not(:has([data-hide]))")) {
    box.append(Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Hide" }));
    box.lastChild.dataset.hide = "";
  }
}

async function show(url, { method = "GET", body } = {}) {
  const response = await fetch(url, { method, body, headers: { Accept: "text/html", "X-Brandkit": "script" } });
  const kind = response.headers.get("content-type") || "";
  if (!kind.startsWith("text/html")) throw new Error((await response.text()).trim());
  return { ok: response.ok, url: response.url, html: await response.text() };
}

let latest = 0, sending = 0, view = location.href;
async function again() {
  const number = ++latest;
  if (sending) return; // who sends asks again when it is through
  const { html } = await show(view);
  if (number === latest) morph(html, { keepsTold: true });
}

function say(text, isProblem = false) {
  const heard = find("dialog[open] .heard");
  if (heard) return void (heard.textContent = text); // what lies behind a dialog is not seen
  const box = document.createElement("div");
  box.className = isProblem ? "told problem brief" : "told brief";
  const line = document.createElement("p");
  line.textContent = text;
  box.append(line);
  find("#told").replaceChildren(box);
}

// ---- forms

const places = () => all("[data-card]");
const pathOf = ({ pathname }) => pathname.replace(/\/$/, "/index.html");

async function send(form, button) {
  if (sending) return; // a second press of the same key is no second answer
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  const card = form.closest("[data-card]");
  const from = document.activeElement;
  form.inert = true;
  const number = ++latest; // what was asked for before is old
  sending++;
  try {
    const { ok, url, html } = await show(button?.hasAttribute("formaction") ? button.formAction : form.action, { method: "POST", body });
    form.inert = false;
    if (!ok) {
      const said = new DOMParser().parseFromString(html, "text/html").querySelector("#told");
      if (said) find("#told").replaceWith(said);
      find("#told").scrollIntoView({ block: "nearest" });
      focusFirst(from);
      return;
    }
    form.reset();
    for (const line of all(".heard", form)) line.textContent = "";
    form.closest("dialog")?.close();
    const here = new URL(url);
    here.searchParams.delete("told");
    const stays = pathOf(here) === pathOf(location);
    history[stays ? "replaceState" : "pushState"](null, "", here);
    if (!stays) view = location.href;
    morph(html, { answered: card, from });
    if (!stays) scrollTo(0, 0);
    focusFirst(find("#told > *"));
  } catch (problem) {
    form.inert = false;
    focusFirst(from);
    const isGone = problem instanceof TypeError; // what fetch says of a server that is not there
    say(isGone ? "That did not reach brandkit. Is brandkit serve still running?" : problem.message, true);
  } finally {
    sending--;
    if (number !== latest) again().catch(() => {}); // there was news meanwhile
  }
}

addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "post") {
    event.preventDefault();
    send(form, event.submitter);
  }
});

// A search answers while one types.
let searching;
addEventListener("input", (event) => {
  const form = event.target.closest("form[data-live]");
  if (form) {
    clearTimeout(searching);
    searching = setTimeout(async () => {
      view = new URL(form.action); // not in the address: names that are searched for stay out of the history
      view.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      await again();
    }, 150);
  }
});
addEventListener("popstate", () => { view = location.href; again(); });

// ---- how a line would be understood, while it is typed

let hearing;
addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset?.hear) return;
  clearTimeout(hearing);
  hearing = setTimeout(async () => {
    const heard = document.getElementById(field.dataset.hear);
    if (!field.value.trim()) { heard.textContent = ""; return; }
    const body = new URLSearchParams(new FormData(field.form));
    const answer = await fetch(new URL("hear", root), { method: "POST", body }).catch(() => null);
    if (!answer?.ok) return; // a line below the page says that brandkit is not there
    const { lines, problem } = await answer.json();
    heard.textContent = problem || lines.join(" ");
    heard.classList.toggle("problem", Boolean(problem));
  }, 180);
  if (field.list && !field.value.includes(":")) offer(field);
});

async function offer(field) {
  const answer = await fetch(new URL(`names?q=${encodeURIComponent(field.value)}`, root)).catch(() => null);
  const names = answer?.ok ? await answer.json() : [];
  field.list.replaceChildren(...names.map((name) => new Option(`${name}: `, `${name}: `)));
}

// ---- copying, dialogs, keys

addEventListener("click", async (event) => {
  const button = event.target.closest("button, a");
  if (!button) return;
  if (button.dataset.copy) {
    const field = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(field.value);
    say("Copied. It is yours to send.");
  } else if (button.dataset.words && isTyped(document.getElementById(button.dataset.words))) {
    event.preventDefault(); // the words as they stand are the ones that are meant
    await send(document.getElementById(button.dataset.words).form);
    find(`[href="${button.getAttribute("href")}"]`)?.click();
  } else if ("hide" in button.dataset) {
    button.closest(".told").remove();
  } else if ("log" in button.dataset) {
    event.preventDefault();
    write();
  } else if ("help" in button.dataset) {
    showKeys();
  } else if ("close" in button.dataset) {
    button.closest("dialog").close();
  }
});

function write() {
  const dialog = find("#log"), field = find("#log-line");
  if (!field.value && field.dataset.begin) field.value = field.dataset.begin;
  dialog.showModal();
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

function showKeys() {
  find("#keys").showModal();
  find("#keys [data-close]").focus(); // not the switch, which a stray space would turn off
}

const GOES = { w: "index.html", p: "people/index.html", c: "calendar.html", e: "events/index.html", f: "feeds.html", i: "ideas.html", n: "network.html" };
let isGoing = false;

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return; // one key, one answer
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  if (remember.get("keys") === "off" && event.key !== "?") return;
  const went = isGoing && GOES[event.key];
  isGoing = event.key === "g";
  if (went) location.href = new URL(went, root);
  else if (!press(event.key)) return;
  event.preventDefault();
});

function press(key) {
  if (key === "l") return write(), true;
  if (key === "?") return showKeys(), true;
  if (key === "/") { const field = find("#q"); field ? field.focus() : (location.href = new URL("people/index.html#q", root)); return true; }
  if (key === "u" && !find('#told [data-key="u"]')) return say("There is nothing here to undo. What you did lately can be taken back on the page of the week."), true;
  if ((key === "j" || key === "k") && places().length) return step(key === "j" ? 1 : -1);
  if (!/^[a-z]$/.test(key)) return false;
  const card = document.activeElement?.closest?.("[data-card]") || (places().length === 1 ? places()[0] : null);
  const button = (card && find(`[data-key="${key}"]`, card)) || find(`main [data-key="${key}"]:not([data-card] *)`);
  if (!button) return false;
  if (button.tagName === "SUMMARY") { button.parentElement.open = true; find("input:not([type=hidden]), textarea", button.parentElement)?.focus(); } else button.click();
  return true;
}

function step(by) {
  const cards = places();
  const at = cards.indexOf(document.activeElement?.closest?.("[data-card]"));
  const next = cards[at < 0 ? (by > 0 ? 0 : cards.length - 1) : Math.max(0, Math.min(cards.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
}

const keysOn = find("#keys-on");
keysOn.checked = remember.get("keys") !== "off";
keysOn.addEventListener("change", () => remember.set("keys", keysOn.checked ? "on" : "off"));

// ---- news

function showProgress({ running, done, total, name }) {
  const line = find("#progress"), bar = find("progress", line);
  line.hidden = !running;
  total ? Object.assign(bar, { max: total, value: done }) : bar.removeAttribute("value"); // how many is not known yet
  find("span", line).textContent = !running ? "" : total ? `Reading feeds: ${done} of ${total}${name ? `, ${name}` : ""}` : "Reading feeds";
}

// A browser keeps few connections to one place: a tab that nobody sees lets its own go, and catches up later.
let leaving, stream = null, heardLast = find("script[data-after]").dataset.after;
function listen() {
  if (document.hidden || stream) return;
  stream = new EventSource(new URL(`events?after=${heardLast}`, root));
  const on = (name, act) => stream.addEventListener(name, (event) => { heardLast = event.lastEventId; act(JSON.parse(event.data)); });
  on("hello", () => {
    leaving = clearTimeout(leaving);
    if (!find("#away").hidden) again().catch(() => {});
    find("#away").hidden = true;
  });
  stream.onerror = () => {
    leaving ??= setTimeout(() => { find("#away").hidden = document.hidden || stream?.readyState === EventSource.OPEN; }, 2500);
  };
  on("advice", () => again().catch(() => {}));
  on("afresh", () => again().catch(() => {}));
  on("feeds", showProgress);
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) { stream?.close(); stream = null; } else listen();
});
addEventListener("pagehide", () => { stream?.close(); stream = null; });
addEventListener("pageshow", listen);

dress();
if (location.hash === "#q") find("#q")?.focus();
listen();
