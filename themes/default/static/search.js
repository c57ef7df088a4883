// Search by pagefind: its script and index are loaded when somebody begins to type. Results are links, so Tab and
// Enter do; the arrow keys move among them, and Escape returns to the field.
const form = document.querySelector("form.search");
const field = form.querySelector("input");
const state = form.querySelector("[role=status]");
const list = form.querySelector("ol");
let engine;
let latest = 0;

function load() {
  engine ??= import(form.dataset.bundle + "pagefind.js").then(async (pagefind) => {
    await pagefind.options({ baseUrl: "/", excerptLength: 24 });
    return pagefind;
  });
  return engine;
}

function entry(found) {
  const item = document.createElement("li");
  const heading = document.createElement("h2");
  const link = document.createElement("a");
  link.href = found.url;
  link.textContent = found.meta.title;
  heading.append(link);
  const excerpt = document.createElement("p");
  excerpt.innerHTML = found.excerpt; // pagefind escapes the text, and adds <mark>
  item.append(heading, excerpt);
  return item;
}

async function search() {
  const words = field.value.trim();
  const turn = ++latest;
  history.replaceState(null, "", words ? "?q=" + encodeURIComponent(words) : location.pathname);
  if (!words) {
    list.replaceChildren();
    state.textContent = "";
    return;
  }
  const pagefind = await load();
  const answer = await pagefind.debouncedSearch(words, {}, 150);
  if (!answer || turn !== latest) return;
  const found = await Promise.all(answer.results.slice(0, 20).map((result) => result.data()));
  if (turn !== latest) return;
  list.replaceChildren(...found.map(entry));
  const count = answer.results.length;
  const { one, many, none } = form.dataset;
  state.textContent = count === 0 ? none : count === 1 ? one : many.replace("{n}", count);
}

form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", search);
field.addEventListener("focus", load, { once: true });
form.addEventListener("keydown", (event) => {
  const links = [field, ...list.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") field.focus();
  else if (step && links[at + step]) links[at + step].focus();
  else return;
  event.preventDefault();
});
field.value = new URLSearchParams(location.search).get("q") ?? "";
if (field.value) search();
