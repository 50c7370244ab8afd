// Explores pages in one headless Chromium: `node explore.mjs /path/to/chromium`. Each line that comes in is a scene,
// {page, steps, …}; the line that goes out says what was told, and what must never happen: messages on the console,
// requests, violations of the page's policy.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];

// What a person sees: boxes and arrows that are there, in full or faded, and where; what is read aloud; what has focus.
function seen() {
  const drawing = document.querySelector(".picture svg"), stage = document.querySelector(".picture").getBoundingClientRect();
  const there = (it) => {
    const { width, height } = it.getBoundingClientRect();
    return width + height > 0;
  };
  const strength = (it) => (there(it) ? +getComputedStyle(it).opacity : 0);
  const named = (selector) => {
    const found = { bright: [], faded: [], gone: [], thick: [], inside: [] };
    for (const it of drawing.querySelectorAll(selector)) {
      const id = it.id.slice(4), strong = strength(it);
      found[strong > 0.9 ? "bright" : strong > 0 ? "faded" : "gone"].push(id);
      const shape = it.querySelector("path, polygon"), at = it.getBoundingClientRect();
      if (parseFloat(getComputedStyle(shape).strokeWidth) > 4) found.thick.push(id);
      const fits = at.left >= stage.left - 1 && at.right <= stage.right + 1 && at.top >= stage.top - 1 && at.bottom <= stage.bottom + 1;
      if (strong && fits) found.inside.push(id);
    }
    return found;
  };
  const text = (selector) => {
    const it = document.querySelector(selector);
    return it && it.checkVisibility() ? it.innerText.replace(/\s+/g, " ").trim() : null;
  };
  const focused = document.activeElement;
  const paper = document.querySelector(".picture");
  return {
    boxes: named("[id^='toc-'].node"),
    arrows: named("[id^='toc-'].link"),
    badges: [...drawing.querySelectorAll(".badge")].filter((it) => strength(it) > 0.9).map((it) => it.dataset.box),
    panel: text("#panel"), title: text("#panel-title"), results: text("#results"), count: text("#count"),
    keys: text("#keys"), choices: text(".choices"), live: document.querySelector("#live").textContent,
    counts: [...drawing.querySelectorAll(".holds")].filter(there).map((it) => it.textContent),
    ways: [...drawing.querySelectorAll(".alone")].filter(there).length,
    focus: focused.getAttribute("aria-label") ?? (focused.id || focused.innerText?.trim() || focused.tagName),
    view: drawing.getAttribute("viewBox").split(" ").map(Number), scrolled: Math.round(scrollY),
    zoom: paper.clientWidth / drawing.viewBox.baseVal.width,
    paper: getComputedStyle(paper).backgroundColor, page: getComputedStyle(document.body).backgroundColor,
    tall: document.documentElement.scrollHeight, wide: document.documentElement.scrollWidth,
  };
}

// A promise that the page and the drawing have come to rest, if need be after they have left where they were.
function settled(before) {
  const where = () => `${scrollX} ${scrollY} ${document.querySelector(".picture svg").getAttribute("viewBox")}`;
  return new Promise((done) => {
    let last = where(), still = 0, frames = 0;
    const look = () => {
      still = where() === last && last !== before ? still + 1 : 0;
      last = where();
      frames += 1;
      if (still > 4 || frames > 600) done(last);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

async function pinch(page, apart, further) {
  const touch = await page.context().newCDPSession(page);
  const { x, y, width, height } = await page.locator(".picture").boundingBox();
  const points = (by) => [-by, by].map((shift) => ({ x: x + width / 2 + shift, y: y + height / 2 }));
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: points(apart) });
  for (const share of [0.3, 0.6, 1]) {
    const by = apart + (further - apart) * share;
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: points(by) });
  }
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

async function drag(page, from, by) {
  const { x, y, width, height } = await page.locator(from).boundingBox();
  const middle = [x + width / 2, y + height / 2];
  await page.mouse.move(...middle);
  await page.mouse.down();
  await page.mouse.move(middle[0] + by[0] / 2, middle[1] + by[1] / 2);
  await page.mouse.move(middle[0] + by[0], middle[1] + by[1]);
  await page.mouse.up();
}

const acts = {
  click: (page, selector) => page.locator(selector).first().click(),
  tap: (page, selector) => page.locator(selector).first().tap(),
  hover: (page, selector) => page.locator(selector).first().hover(),
  focus: (page, selector) => page.locator(selector).first().focus(),
  press: (page, key, times = 1) => Array.from({ length: times }).reduce((before) => before.then(() => page.keyboard.press(key)), Promise.resolve()),
  type: (page, text) => page.keyboard.type(text),
  hold: (page, key) => page.keyboard.down(key),
  release: (page, key) => page.keyboard.up(key),
  wheel: async (page, by) => {
    const before = await page.evaluate(settled);
    await page.mouse.wheel(0, by);
    await page.evaluate(settled, before);
  },
  drag, pinch,
  settle: async (page) => { await page.evaluate(settled); },
  see: (page) => page.evaluate(seen),
  ask: (page, code) => page.evaluate(code),
  text: (page, selector) => page.locator(selector).first().textContent(),
  shot: async (page, path) => { await page.screenshot({ path }); },
  paper: async (page, path) => { await page.pdf({ path, preferCSSPageSize: true }); },
  axe: async (page) => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).slice(0, 4).join(" | ")}`);
  },
  // The same in the n-th frame of the page.
  frame: (page, number, act, ...rest) => {
    const frame = page.frames()[number];
    return act === "see" ? frame.evaluate(seen) : frame.locator(rest[0]).first()[act]();
  },
};

// Scenes of the same settings follow each other in one page, which is loaded again for each.
async function opened(browser, scene) {
  const page = await browser.newPage({
    viewport: scene.viewport ?? { width: 1280, height: 800 }, colorScheme: scene.scheme ?? "light",
    reducedMotion: scene.motion ?? "reduce", javaScriptEnabled: scene.script ?? true, hasTouch: scene.touch ?? false,
  });
  page.setDefaultTimeout(20000);
  const shared = { page, faults: [], address: "" };
  page.context().on("page", (it) => shared.faults.push(`opened ${it.url()}`));
  page.on("console", (it) => shared.faults.push(`${it.type()}: ${it.text()}`));
  page.on("pageerror", (it) => shared.faults.push(`error: ${it.message}`));
  page.on("request", (it) => {
    if (it.url() !== shared.address && !it.url().startsWith("data:")) shared.faults.push(`asked for ${it.url()}`);
  });
  if (scene.script ?? true) {
    await page.addInitScript(() => addEventListener("securitypolicyviolation", (it) =>
      console.error(`policy: ${it.violatedDirective} ${it.blockedURI}`)));
  }
  return shared;
}

async function explored(shared, scene) {
  const { page } = shared, told = [];
  shared.faults = [];
  shared.address = pathToFileURL(scene.page).href;
  try {
    await page.mouse.move(0, 0);
    await page.goto(shared.address);
    for (const [act, ...rest] of scene.steps) {
      const answer = await acts[act](page, ...rest);
      if (answer !== undefined) told.push(answer);
    }
  } catch (error) {
    shared.faults.push(`stopped: ${error.message}`);
  }
  return { told, faults: shared.faults };
}

const browser = await chromium.launch({ executablePath: process.argv[2], args: flags });
const pages = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const scene = JSON.parse(line), { page, steps, ...settings } = scene, key = JSON.stringify(settings);
  if (!pages.has(key)) pages.set(key, await opened(browser, scene));
  process.stdout.write(`${JSON.stringify(await explored(pages.get(key), scene))}\n`);
}
await browser.close();
