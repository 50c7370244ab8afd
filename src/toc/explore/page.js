
"use strict";
(() => {
  // The page, and what the drawing says in numbers: places of boxes, links, columns.
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const data = JSON.parse($("data").textContent);
  const [stage, panel, live, search, results] = ["stage", "panel", "live", "search", "results"].map($);
  const picture = stage.querySelector(".picture");
  const svg = picture.querySelector("svg");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("screen and (max-width: 699px)");
  const SVG = "http://www.w3.org/2000/svg";

  const nodes = new Map();
  for (const node of data.nodes) {
    const group = $(`toc-${node.id}`);
    const badge = svg.querySelector(`[data-box="${CSS.escape(node.id)}"]`);
    nodes.set(node.id, {
      ...node, group, link: group.querySelector("a"), parts: badge ? [group, badge] : [group], causes: [], effects: [],
      words: plain(`${node.word} ${node.text}`),
    });
  }
  const forward = data.links.filter(([, , feedback]) => !feedback);
  for (const [source, target] of forward) {
    nodes.get(source).effects.push(target);
    nodes.get(target).causes.push(source);
  }
  const arrows = [...svg.querySelectorAll(".link")].filter((group) => nodes.has(group.dataset.source));
  const trunks = new Map(arrows.map((it) => [it.dataset.trunk, []]));
  for (const it of arrows) trunks.get(it.dataset.trunk).push(it);
  const state = { chosen: null, folded: new Set(), pillar: new Set(), tag: new Set(), found: [], at: -1, query: "" };

  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }
  function say(text) {
    live.textContent = "";
    live.textContent = text;
  }
  function counted(number, one, many) {
    return `${number} ${number === 1 ? one : many}`;
  }
  function made(name, attributes, ...inside) {
    const it = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
    it.append(...inside);
    return it;
  }
  function button(text, act) {
    const it = document.createElement("button");
    it.type = "button";
    it.textContent = text;
    it.addEventListener("click", act);
    return it;
  }

  // What is shown, faded and outlined: everything follows from the state.
  function isShown(node) {
    if (node.pillar !== node.id && state.folded.has(node.pillar)) return false;
    if (node.kind === "goal") return true;
    if (state.pillar.size && !state.pillar.has(node.pillar)) return false;
    return !state.tag.size || (node.kind === "pillar" ? holdsTagged(node) : isTagged(node));
  }
  function isTagged(node) {
    return node.tags.some((tag) => state.tag.has(tag));
  }
  function holdsTagged(pillar) {
    return data.nodes.some((node) => node.pillar === pillar.id && isTagged(node));
  }
  function reached(id, way) {
    const seen = new Set(), waiting = [id];
    while (waiting.length) {
      for (const next of nodes.get(waiting.pop())[way]) {
        if (!seen.has(next)) { seen.add(next); waiting.push(next); }
      }
    }
    return seen;
  }
  function paint() {
    const { chosen } = state;
    const before = chosen ? reached(chosen, "causes").add(chosen) : new Set();
    const after = chosen ? reached(chosen, "effects").add(chosen) : new Set();
    const found = new Set(state.found);
    svg.classList.toggle("choosing", Boolean(chosen));
    svg.classList.toggle("searching", Boolean(state.query) && !chosen);
    for (const [id, node] of nodes) {
      node.shown = isShown(node);
      for (const part of node.parts) {
        part.classList.toggle("gone", !node.shown);
        part.classList.toggle("on", before.has(id) || after.has(id));
        part.classList.toggle("found", found.has(id));
      }
      node.group.classList.toggle("chosen", id === chosen);
      node.link.setAttribute("aria-expanded", String(id === chosen));
      node.fold?.paint();
    }
    for (const column of svg.querySelectorAll(".panel[data-pillar]")) {
      const { pillar } = column.dataset;
      const own = data.nodes.filter((node) => node.pillar === pillar && node.kind !== "goal");
      column.classList.toggle("gone", !own.some((node) => nodes.get(node.id).shown));
    }
    for (const group of trunks.values()) paintTrunk(group, before, after);
  }
  function paintTrunk(group, before, after) {
    // Arrows that share a trunk are painted up to it, all but one. Where some of them are not seen, each of the others
    // shows its whole way.
    const seen = group.filter(({ dataset: { source, target }, classList }) => {
      const on = (before.has(source) && before.has(target)) || (after.has(source) && after.has(target));
      const gone = !nodes.get(source).shown || !nodes.get(target).shown;
      classList.toggle("on", on);
      classList.toggle("gone", gone);
      return !gone && (on || !state.chosen);
    });
    for (const arrow of group) {
      const whole = Boolean(arrow.dataset.way) && seen.includes(arrow) && seen.length < group.length;
      if (whole && !arrow.querySelector(".alone")) addWholeWay(arrow, group);
      arrow.classList.toggle("whole", whole);
    }
  }
  function addWholeWay(arrow, group) {
    const stem = arrow.querySelector("path");
    const alone = stem.cloneNode();
    alone.setAttribute("d", arrow.dataset.way);
    const carrier = group.find((other) => !other.dataset.way);
    const head = carrier ? [...carrier.querySelectorAll("polygon, polyline, path:not(:first-of-type)")] : [];
    stem.classList.add("stem");
    for (const it of [alone, ...head.map((part) => part.cloneNode())]) {
      it.classList.add("alone");
      arrow.append(it);
    }
  }

  // Zoom and pan: `view` is the corner of what is seen, in the drawing's own points, and how many pixels a point takes.
  // `whole` is how it is fitted again when its room changes, until somebody moves it.
  const view = { x: 0, y: 0, scale: 1, whole: opened };
  const whole = svg.getAttribute("viewBox");
  let moving = 0;
  function size() {
    return [picture.clientWidth, picture.clientHeight];
  }
  function fitting(x, y, width, height) {
    const [wide, high] = size(), room = 14, foot = 46;  // the buttons stand at the foot
    const scale = Math.max(Math.min((wide - 2 * room) / width, (high - room - foot) / height, 2.5), 0.02);
    return { x: x + width / 2 - wide / scale / 2, y: y + height / 2 - (high + room - foot) / scale / 2, scale };
  }
  function opened() {
    // As wide as there is room, but with titles of 11 pixels at least, from the upper left corner.
    const [wide] = size();
    const scale = Math.min(Math.max((wide - 28) / data.width, 1), 1.6);
    stage.style.height = narrow.matches ? "" : `${Math.ceil(data.height * scale) + 60}px`;
    const over = wide / scale - data.width;
    put({ x: over > 0 ? -over / 2 : -14 / scale, y: -4 / scale, scale });
  }
  function smallest() {
    return fitting(0, 0, data.width, data.height).scale;
  }
  function put(next) {
    const [wide, high] = size();
    if (!wide || !high) return;  // in a notebook the page may be there before there is room for it
    const middle = (corner, length, end) => Math.min(Math.max(corner, -length / 2), end - length / 2);
    view.scale = next.scale;
    view.x = middle(next.x, wide / next.scale, data.width);
    view.y = middle(next.y, high / next.scale, data.height);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${wide / view.scale} ${high / view.scale}`);
  }
  function go(next) {
    cancelAnimationFrame(moving);
    if (calm.matches) return put(next);
    const from = { ...view }, start = performance.now();
    const step = (now) => {
      const done = Math.min((now - start) / 180, 1), share = 1 - (1 - done) ** 3;
      const between = (one, other) => one + (other - one) * share;
      put({ x: between(from.x, next.x), y: between(from.y, next.y), scale: between(from.scale, next.scale) });
      if (done < 1) moving = requestAnimationFrame(step);
    };
    moving = requestAnimationFrame(step);
  }
  function fit() {
    const part = [...nodes.values()].filter((node) => node.shown && node.kind !== "goal");
    view.whole = fit;
    if (!part.length || (!state.pillar.size && !state.tag.size)) return go(fitting(0, 0, data.width, data.height));
    const edges = [0, 1].map((axis) => [
      Math.min(...part.map(({ box }) => box[axis])), Math.max(...part.map(({ box }) => box[axis] + box[axis + 2])),
    ]);
    const [[left, right], [top, bottom]] = edges;
    go(fitting(left, top, right - left, bottom - top));
  }
  function zoom(factor, at) {
    const [wide, high] = size();
    const [x, y] = at ?? [wide / 2, high / 2];
    const scale = Math.min(Math.max(view.scale * factor, smallest() * 0.8), 5);
    const changed = Math.abs(scale - view.scale) > 1e-6;
    view.whole = null;
    const next = { x: view.x + x / view.scale - x / scale, y: view.y + y / view.scale - y / scale, scale };
    if (changed) at ? put(next) : go(next);
    return changed;
  }
  function pan(right, down) {
    view.whole = null;
    put({ x: view.x + right / view.scale, y: view.y + down / view.scale, scale: view.scale });
  }
  function bringIn(node, { readable = false } = {}) {
    const [wide, high] = size();
    const [x, y, width, height] = node.box;
    const scale = readable ? Math.min(Math.max(view.scale, 0.95), Math.max((wide - 24) / width, smallest())) : view.scale;
    const seen = { left: view.x, top: view.y, right: view.x + wide / view.scale, bottom: view.y + high / view.scale };
    const inside = x >= seen.left && y >= seen.top && x + width <= seen.right && y + height <= seen.bottom;
    if (inside && scale === view.scale) return;
    view.whole = null;
    // In the middle, but not with more of the empty ground around the drawing than need be.
    const near = (middle, length, end) => {
      const most = end - length + 50 / scale;
      return most < 0 ? (end - length) / 2 : Math.min(Math.max(middle - length / 2, -20 / scale), most);
    };
    go({ x: near(x + width / 2, wide / scale, data.width), y: near(y + height / 2, high / scale, data.height), scale });
  }
  function pointers() {
    const down = new Map();
    let dragged = false, apart = 0;
    const place = (event) => {
      const corner = picture.getBoundingClientRect();
      return [event.clientX - corner.left, event.clientY - corner.top];
    };
    const distance = ([one, other]) => Math.hypot(one[0] - other[0], one[1] - other[1]);
    picture.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      if (!down.size) dragged = false;
      down.set(event.pointerId, place(event));
      if (down.size === 2) apart = distance([...down.values()]);
    });
    picture.addEventListener("pointermove", (event) => {
      if (!down.has(event.pointerId)) return;
      const before = down.get(event.pointerId), now = place(event);
      if (down.size === 1 && !dragged && distance([before, now]) < 4) return;
      if (!dragged) picture.setPointerCapture(event.pointerId);
      dragged = true;
      picture.classList.add("dragging");
      down.set(event.pointerId, now);
      if (down.size === 1) return pan(before[0] - now[0], before[1] - now[1]);
      const [one, other] = [...down.values()], length = distance([one, other]);
      zoom(length / apart, [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2]);
      apart = length;
    });
    const up = (event) => {
      down.delete(event.pointerId);
      if (!down.size) picture.classList.remove("dragging");
    };
    for (const name of ["pointerup", "pointercancel"]) picture.addEventListener(name, up);
    picture.addEventListener("dragstart", (event) => event.preventDefault());
    picture.addEventListener("click", (event) => {
      if (dragged) { event.preventDefault(); event.stopPropagation(); dragged = false; }
    }, true);
    picture.addEventListener("wheel", (event) => {
      const meant = event.ctrlKey || event.metaKey;
      if (!meant && !stage.contains(document.activeElement)) return;  // the page scrolls on
      if (zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.006 : 0.0016)), place(event)) || meant) event.preventDefault();
    }, { passive: false });
  }

  // One box is chosen: its facts are those of the outline, and everything it hangs together with stands out.
  function choose(id, { focus = "", readable = false } = {}) {
    const node = nodes.get(id);
    const widens = panel.hidden;
    if (!node.shown) showAll();
    state.chosen = id;
    paint();
    fill(node);
    if (widens && view.whole) view.whole();
    bringIn(node, { readable });
    if (focus === "panel") $("panel-title").focus();
    if (focus === "box") node.link.focus({ preventScroll: true });
    say(`Selected ${node.word}: ${node.title}; ${counted(node.causes.length, "cause", "causes")}, ` +
      counted(node.effects.length, "effect", "effects"));
  }
  function fill(node) {
    $("panel-kind").textContent = node.word;
    $("panel-title").textContent = node.title;
    const facts = $(`about-${node.id}`).querySelector(".facts").cloneNode(true);
    for (const [from, to] of [["h4", "h3"], ["h5", "h4"]]) {
      for (const heading of facts.querySelectorAll(from)) {
        const higher = document.createElement(to);
        higher.append(...heading.childNodes);
        heading.replaceWith(higher);
      }
    }
    $("panel-facts").replaceChildren(...facts.childNodes);
    if (node.fold) $("panel-facts").firstElementChild.after(foldButton(node));
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.parentElement.classList.add("reading");
  }
  function close() {
    if (!state.chosen) return;
    const { link } = nodes.get(state.chosen);
    const back = panel.contains(document.activeElement) || document.activeElement === document.body;
    state.chosen = null;
    panel.hidden = true;
    panel.parentElement.classList.remove("reading");
    paint();
    if (back) link.focus({ preventScroll: true });
    say("Closed");
  }

  // A pillar can be collapsed: what stands in its column is counted instead of shown.
  function addFold(pillar) {
    const [x, y, width, height] = pillar.box;
    const sign = made("path", {});
    const toggle = made("g", {
      class: "fold", role: "button", tabindex: "0", transform: `translate(${x + width - 10} ${y})`,
    }, made("circle", { class: "room", r: 13 }), made("circle", { r: 8 }), sign);
    const lines = pillar.holds.split(", ").map((line, row) =>
      made("tspan", { x: x + 8, y: y + height + 22 + 15 * row }, line));
    const holds = made("text", { class: "holds" }, ...lines);
    const paintFold = () => {
      const folded = state.folded.has(pillar.id);
      sign.setAttribute("d", folded ? "M-4 0H4M0 -4V4" : "M-4 0H4");
      toggle.setAttribute("aria-expanded", String(!folded));
      toggle.setAttribute("aria-label", `${folded ? "Open" : "Collapse"} ${pillar.title}: ${pillar.holds}`);
      holds.classList.toggle("gone", !folded || !pillar.shown);
      toggle.classList.toggle("gone", !pillar.shown);
    };
    toggle.addEventListener("click", () => flip(pillar));
    toggle.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); flip(pillar); }
    });
    svg.append(toggle, holds);
    pillar.fold = { paint: paintFold };
  }
  function flip(pillar) {
    const folded = !state.folded.delete(pillar.id);
    if (folded) state.folded.add(pillar.id);
    const { chosen } = state;
    paint();
    if (chosen && !nodes.get(chosen).shown) choose(pillar.id, { focus: "box" });
    if (state.chosen === pillar.id) fill(pillar);
    say(folded ? `${pillar.title} collapsed: ${pillar.holds}` : `${pillar.title} opened: ${pillar.holds}`);
  }
  function foldButton(pillar) {
    return button(state.folded.has(pillar.id) ? "Open this column" : "Collapse this column", () => {
      flip(pillar);
      $("panel-facts").querySelector("button").focus();
    });
  }

  // Search: what is found is outlined, listed, and gone through with Enter.
  function look() {
    state.query = search.value.trim();
    const parts = plain(state.query).split(/\s+/);
    state.found = state.query
      ? data.nodes.map(({ id }) => id).filter((id) => parts.every((part) => nodes.get(id).words.includes(part)))
      : [];
    state.at = -1;
    $("count").textContent = state.query ? `${state.found.length} found` : "";
    results.replaceChildren(...state.found.map((id, index) => {
      const item = document.createElement("li"), { word, title } = nodes.get(id);
      const kind = Object.assign(document.createElement("span"), { className: "kind", textContent: `${word} ` });
      const name = Object.assign(document.createElement("span"), { dir: "auto", textContent: title });
      const choice = button("", () => { state.at = index; next(0); $("panel-title").focus(); });
      choice.append(kind, name);
      item.append(choice);
      return item;
    }));
    results.hidden = !state.found.length;
    paint();
    say(state.query ? `${state.found.length} found` : "Search cleared");
  }
  function next(step) {
    if (!state.found.length) return say("Nothing found");
    state.at = (state.at + step + state.found.length) % state.found.length;
    const place = `${state.at + 1} of ${state.found.length}`;
    results.hidden = true;
    choose(state.found[state.at], { readable: true });
    $("count").textContent = place;
    [...results.children].forEach((item, index) => {
      item.firstElementChild.setAttribute("aria-current", String(index === state.at));
    });
    say(`${place}: ${nodes.get(state.found[state.at]).title}`);
  }
  function searchKeys(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      if (state.at < 0 && event.shiftKey) state.at = 0;
      next(event.shiftKey ? -1 : 1);
      return;
    }
    if (event.key === "Escape" && search.value) {
      event.stopPropagation();
      event.preventDefault();
      search.value = "";
      look();
    }
    if (event.key === "ArrowDown" && state.found.length) {
      event.preventDefault();
      results.hidden = false;
      results.querySelector("button").focus();
    }
  }

  // Filters, and back to the beginning.
  function filter() {
    for (const of of ["pillar", "tag"]) {
      const ticked = [...document.querySelectorAll(`input[name="${of}"]:checked`)];
      state[of] = new Set(ticked.map((box) => box.value));
    }
    const number = state.pillar.size + state.tag.size;
    $("filtered").textContent = number ? ` (${number})` : "";
    $("filter").firstElementChild.classList.toggle("active", number > 0);
    paint();
    if (state.chosen && !nodes.get(state.chosen).shown) close();
    fit();
    const shown = [...nodes.values()].filter((node) => node.shown).length;
    say(`${shown} of ${counted(nodes.size, "box", "boxes")} shown`);
  }
  function showAll() {
    for (const box of document.querySelectorAll("#filter input")) box.checked = false;
    state.folded.clear();
    filter();
  }
  function reset() {
    search.value = "";
    look();
    showAll();
    close();
    fit();
    $("filter").open = false;
    say("Everything is shown again");
  }

  // Keys on a box: along the links, and to the box beside it.
  function walk(node, key) {
    const [x, y, width, height] = node.box;
    const far = (other) => Math.abs(other.box[0] + other.box[2] / 2 - x - width / 2);
    const shown = (ids) => ids.map((id) => nodes.get(id)).filter((other) => other.shown);
    const beside = (sign) => [...nodes.values()].filter((other) => other !== node && other.shown
      && (other.box[0] - x) * sign > 0 && other.box[1] < y + height && other.box[1] + other.box[3] > y);
    const [choices, none] = {
      ArrowUp: [shown(node.effects), "It leads to nothing that is shown"],
      ArrowDown: [shown(node.causes), "Nothing that is shown leads to it"],
      ArrowLeft: [beside(-1), "Nothing stands to the left"],
      ArrowRight: [beside(1), "Nothing stands to the right"],
    }[key];
    if (!choices.length) return say(none);
    const best = choices.reduce((one, other) => (far(other) < far(one) ? other : one));
    if (state.chosen) return choose(best.id, { focus: "box" });
    best.link.focus({ preventScroll: true });
  }
  function stageKeys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const node = nodes.get(event.target.closest(".node")?.id.slice(4));
    const { key } = event;
    const acts = { "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), _: () => zoom(0.8), 0: fit };
    if (acts[key]) acts[key]();
    else if (key.startsWith("Arrow")) {
      const steps = { ArrowUp: [0, -60], ArrowDown: [0, 60], ArrowLeft: [-60, 0], ArrowRight: [60, 0] };
      if (node) walk(node, key);
      else if (event.target === stage) pan(...steps[key]);
      else return;
    } else if (node && key === " ") choose(node.id, { focus: "panel" });
    else if (node && key.toLowerCase() === "c") collapseFrom(node);
    else return;
    event.preventDefault();
  }
  function collapseFrom(node) {
    const pillar = nodes.get(node.pillar);
    if (!pillar?.fold) return say("There is no column to collapse here");
    flip(pillar);
    if (!node.shown) pillar.link.focus({ preventScroll: true });
  }
  function pageKeys(event) {
    const typing = event.target.matches?.("input:not([type=checkbox])");
    if (event.key === "Escape" && !$("keys").open) {
      if ($("filter").open) { $("filter").open = false; $("filter").firstElementChild.focus(); }
      else if (!results.hidden) { results.hidden = true; search.focus(); }
      else close();
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    if (event.key === "?") { event.preventDefault(); $("keys").showModal(); }
  }

  // Links within the page. Where the page is a frame without an address of its own, the browser could not follow them.
  function follow(event) {
    const link = event.target.closest?.('a[href^="#"]');
    if (!link) return;
    const id = link.getAttribute("href").slice(1);
    event.preventDefault();
    const node = nodes.get(id.replace(/^about-/, ""));
    if (node && picture.contains(link)) return choose(node.id, { focus: event.detail ? "box" : "panel" });
    if (node && panel.contains(link)) return choose(node.id, { focus: "panel", readable: true });
    const target = $(id);
    if (target.tagName === "DETAILS") target.open = true;
    target.scrollIntoView({ block: "start" });
    (target.querySelector(":scope > summary") ?? target).focus({ preventScroll: true });
  }

  // Light and dark, and paper.
  function isDark() {
    const { look, mode } = root.dataset;
    return (look ?? mode) ? (look ?? mode) === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function darken() {
    const next = isDark() ? "light" : "dark";
    root.dataset.mode = next;
    if (root.dataset.look) root.dataset.look = next;
    $("dark").setAttribute("aria-pressed", String(next === "dark"));
    say(next === "dark" ? "Dark" : "Light");
  }
  const folders = [...document.querySelectorAll(".outline details")];
  function toPaper() {
    svg.setAttribute("viewBox", whole);
  }
  function fromPaper() {
    put(view);
  }

  // On a narrow screen the list comes first, and the drawing, which cannot be read there as a whole, after it.
  function arrange() {
    if (narrow.matches) $("words").after($("explorer"));
    else $("words").before($("explorer"));
  }

  root.classList.add("script");
  stage.tabIndex = 0;
  for (const node of nodes.values()) {
    node.link.setAttribute("role", "button");
    node.link.setAttribute("aria-controls", "panel");
    if (node.holds) addFold(node);
  }
  for (const it of [...folders, document.querySelector(".told")]) it.open = false;
  $("filter").hidden = !document.querySelector("#filter input");
  $("dark").setAttribute("aria-pressed", String(isDark()));
  paint();
  arrange();
  opened();
  pointers();
  new ResizeObserver(() => {
    if (view.whole) view.whole();
    else if (state.chosen) { put(view); bringIn(nodes.get(state.chosen)); } else put(view);
  }).observe(picture);

  const on = (id, name, act) => $(id).addEventListener(name, act);
  on("larger", "click", () => zoom(1.25));
  on("smaller", "click", () => zoom(0.8));
  on("fit", "click", fit);
  on("close", "click", close);
  on("reset", "click", reset);
  on("dark", "click", darken);
  on("help", "click", () => $("keys").showModal());
  on("keys-close", "click", () => $("keys").close());
  on("filter", "change", filter);
  on("search", "input", look);
  on("search", "keydown", searchKeys);
  on("search", "focus", () => { results.hidden = !state.found.length; });
  on("stage", "keydown", stageKeys);
  stage.addEventListener("focusin", (event) => {
    const node = nodes.get(event.target.closest(".node")?.id.slice(4));
    if (node && event.target.matches(":focus-visible")) bringIn(node);
  });
  picture.addEventListener("click", (event) => {
    if (!event.target.closest("a, .fold")) stage.focus({ preventScroll: true });
  });
  document.addEventListener("click", follow);
  document.addEventListener("click", (event) => {
    if (!$("filter").contains(event.target)) $("filter").open = false;
    if (!event.target.closest(".search")) results.hidden = true;
  });
  document.addEventListener("keydown", pageKeys);
  narrow.addEventListener("change", arrange);
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", fromPaper);
})();
