// Files that changed are asked for again, where a page uses them: pictures and sheets are swapped alone.
// In: paths, and a stamp that no change had before. `quietly` runs what shall not count as the page's own doing.
const FRESH = "brandkit-fresh"; // the parameter that makes a browser ask again
const STYLES = "link[rel~=stylesheet][href]";
const PICTURES = "img[src], input[type=image][src], video[poster], link[rel~=icon][href]";

export const isStyle = (node) => node.matches(STYLES);

export function bare(address) { // without our parameter
  const url = new URL(address, location.href);
  url.searchParams.delete(FRESH);
  return url.href;
}

export function freshness(quietly) {
  const stamps = new Map(); // path on this host -> stamp of its last change

  function freshened(address) {
    const url = local(address), stamp = url && stamps.get(decoded(url.pathname));
    if (!stamp || url.searchParams.get(FRESH) === stamp) return address;
    url.searchParams.set(FRESH, stamp);
    return url.pathname + url.search + url.hash;
  }

  function freshenPictures(tree) {
    for (const picture of tree.querySelectorAll(PICTURES)) {
      const name = nameOf(picture);
      replaceAttribute(picture, name, freshened(picture.getAttribute(name)));
    }
    for (const picture of tree.querySelectorAll("img[srcset], source[srcset]")) {
      const wanted = choices(picture).map(([address, ...rest]) => [freshened(address), ...rest].join(" "));
      replaceAttribute(picture, "srcset", wanted.join(", "));
    }
  }

  // The new sheet is loaded beside the old one, which goes when the new one is there: no flash of a bare page.
  function swapStyle(old, address) {
    const link = old.cloneNode();
    link.href = address;
    const drop = () => quietly(() => old.remove());
    link.addEventListener("load", drop, { once: true });
    link.addEventListener("error", drop, { once: true });
    quietly(() => old.after(link));
  }

  function freshen() {
    quietly(() => freshenPictures(document));
    for (const link of document.querySelectorAll(STYLES)) {
      const address = freshened(link.getAttribute("href"));
      if (address !== link.getAttribute("href")) swapStyle(link, address);
    }
  }

  const stampStyles = (stamp) => stampAll([...document.querySelectorAll(STYLES)].map((link) => link.href), stamp);

  function stampAll(addresses, stamp) {
    for (const url of addresses.map(local)) if (url) stamps.set(decoded(url.pathname), stamp);
  }

  function change(places, stamp) { // true: a script of this page is among them
    const sheets = pathsOf([...document.querySelectorAll(STYLES)].map((link) => link.href));
    const scripts = pathsOf([...document.scripts].map((script) => script.src).filter(Boolean));
    for (const place of places) {
      stamps.set(place, stamp);
      const imported = /\.css$/.test(place) && !sheets.has(place);
      const inSheet = /\.(png|jpe?g|gif|svg|webp|avif|woff2?)$/i.test(place) && !showsPicture(place);
      if (imported || inSheet) stampStyles(stamp); // one of our sheets may ask for it
    }
    freshen();
    return places.some((place) => scripts.has(place));
  }

  function everything(stamp) {
    stampStyles(stamp);
    stampAll([...document.querySelectorAll(PICTURES)].map((picture) => picture.getAttribute(nameOf(picture))), stamp);
    for (const picture of document.querySelectorAll("img[srcset], source[srcset]"))
      stampAll(choices(picture).map(([address]) => address), stamp);
    freshen();
  }

  return { freshened, freshenPictures, swapStyle, change, everything };
}

function replaceAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function local(address) { // the address on this host, or null
  try {
    const url = new URL(address, location.href);
    return url.origin === location.origin ? url : null;
  } catch { return null; }
}

function decoded(path) {
  try { return decodeURIComponent(path); } catch { return path; }
}

const nameOf = (picture) => (picture.matches("link") ? "href" : picture.matches("video") ? "poster" : "src");
const choices = (picture) => picture.getAttribute("srcset").split(/,\s+/).map((part) => part.trim().split(/\s+/));
const pathsOf = (addresses) => new Set(addresses.map(local).filter(Boolean).map((url) => decoded(url.pathname)));

const showsPicture = (place) =>
  [...document.querySelectorAll("img, source, video, link[rel~=icon]")].some((element) =>
    ["src", "srcset", "poster", "href"].some((name) => decoded(element.getAttribute(name) || "").includes(place)));
