// Puts the views into the page, one at a time, by what the address says.
import { Feed } from "./feed.js";
import { History } from "./history.js";
import { themeButton } from "./theme.js";
import { text } from "./dom.js";
import { actors } from "./catalogue.js";
import { held, onKey } from "./key.js";
import * as traffic from "./traffic.js";
import { overview } from "./overview.js";
import { actorView } from "./actor.js";
import { eventsView } from "./events.js";
import { consoleView } from "./console.js";
import { queriesView } from "./queries.js";

const main = document.getElementById("view");
const history = new History();
const feed = new Feed();
let published = [];
let events = [];
let view = null;
const kept = new Map();

const context = { catalogue: () => published, history };

const VIEWS = { overview, queries: queriesView, console: consoleView, events: eventsView };

/** Views that are costly to lose, with what was typed into them, are kept; those of single actors are made anew. */
function make(name, of) {
  if (name === "actors") return actorView(context, of);
  if (!kept.has(name)) kept.set(name, VIEWS[name](context));
  return kept.get(name);
}

/** What the address says; nothing, which is the overview, where it is no address of a view. */
function address() {
  try {
    return location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  } catch {
    return [];
  }
}

function route() {
  const [name, of] = address();
  const known = Object.hasOwn(VIEWS, name) || (name === "actors" && of) ? name : "overview";
  const next = make(known, of);
  for (const tab of document.querySelectorAll(".tabs a")) {
    const own = tab.dataset.view === known || (known === "actors" && tab.dataset.view === "overview");
    if (own) tab.setAttribute("aria-current", tab.dataset.view === known ? "page" : "true");
    else tab.removeAttribute("aria-current");
  }
  const first = view === null;
  if (view !== next) {
    main.replaceChildren(next.element);
    view = next;
    if (!first) {
      scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
  }
  next.open?.(of);
  document.title = `${next.title} · Sluice`;
  next.events?.(events);
  show();
}

function show() {
  if (history.now) view.show?.(history);
}

const WORDS = { connecting: "Connecting", live: "Live", caller: "Console only", lost: "Connection lost", paused: "Paused" };

feed.addEventListener("now", ({ detail }) => {
  const before = history.now;
  history.add(detail);
  traffic.note(history);
  text(document.getElementById("node"), detail.frontend.node);
  if (!before || names(before) !== names(history.now) || !published.length) learn();
  show();
});
feed.addEventListener("events", ({ detail }) => {
  events = detail;
  view.events?.(events);
  // Of another version the descriptions may be others.
  learn();
});
feed.addEventListener("state", () => {
  const live = document.getElementById("live");
  live.dataset.state = feed.state;
  text(live.querySelector(".word"), WORDS[feed.state]);
  const trouble = document.getElementById("trouble");
  text(trouble, feed.why ?? "");
  trouble.hidden = !feed.why;
  trouble.classList.toggle("bad", feed.state === "lost");
  if (feed.state === "live" || feed.state === "caller") view.viewed?.();
});

const names = (moment) => [...moment.actors.keys()].join(" ");

let learning = false;

async function learn() {
  if (learning) return;
  learning = true;
  try {
    published = await actors({ fresh: true });
    view.learned?.(published);
    show();
  } catch {
    // It has no catalogue yet: the next moment asks again.
  } finally {
    learning = false;
  }
}

themeButton(document.getElementById("theme"));
addEventListener("hashchange", route);
route();
onKey(() => {
  feed.again();
  learn();
});
feed.start();
// Who is no operator has no moments that would ask for it, and may call actors all the same.
if (held()) learn();
