// The last queries of this frontend and the slowest, and where the time of each went.
import { freshId, h, keyed, text } from "./dom.js";
import { ago, clockTime, percent, time } from "./format.js";
import { ask } from "./key.js";
import { isOperator } from "./viewer.js";
import { FOR_OPERATORS, longestOf, waterfall } from "./waterfall.js";

const OUTCOMES = { answered: "ok", shed: "warn", cancelled: "warn" };

const LISTS = [
  ["last", "Last", "No query has ended since this frontend started."],
  ["slowest", "Slowest", "No query ended in the last five minutes."],
];

/** Null where the outcome says as much. */
const codeOf = ({ outcome, code }) => (code === "OK" || code === outcome.toUpperCase() ? null : code);

/** What the frontend answers; null where it has nothing. Fails with a sentence. */
async function told(path) {
  const response = await ask(path);
  if (response.status === 204) return null;
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? `The frontend answered with the status ${response.status}.`);
  return body;
}

function row() {
  const link = h("a", { class: "name" });
  const id = h("span", { class: "mono id" });
  const chip = h("span", { class: "chip" });
  const code = h("span", { class: "code" });
  const took = h("td", { class: "took" });
  const swatch = h("span", { class: "swatch" });
  const mostly = h("span");
  const when = h("td", { class: "when" });
  const longest = h("td", { class: "mostly" }, h("span", { class: "of" }, swatch, mostly));
  const element = h("tr", {}, h("th", { scope: "row" }, link, id), h("td", { class: "end" }, chip, code), took, longest, when);
  return {
    element,
    show({ query, chosen }) {
      text(link, query.method === "call" ? query.actor : `${query.actor}.${query.method}`);
      link.href = `#/queries/${encodeURIComponent(query.id)}`;
      if (chosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      text(id, query.id);
      id.title = query.id;
      text(chip, query.outcome);
      chip.className = `chip ${OUTCOMES[query.outcome] ?? "bad"}`;
      text(code, codeOf(query) ?? "");
      text(took, time(query.totalMs));
      const { tier, ms } = query.longest;
      longest.dataset.tier = tier;
      text(mostly, `${longestOf(query.longest)}${query.totalMs > 0 ? ` ${percent(ms / query.totalMs)}` : ""}`);
      text(when, ago(query.agoMs));
    },
  };
}

/** The one that was chosen: what is known of it, and its waterfall. */
function chosenQuery() {
  const title = freshId("query");
  const place = h("div", { class: "answer", "aria-live": "polite" });
  const show = (...what) => place.replaceChildren(...what.filter(Boolean));
  const none = () => show(h("p", { class: "empty" }, "Choose a query, and where its time went is shown here."));
  none();
  const element = h("section", { class: "card chosen", "aria-labelledby": title }, h("div", { class: "head" }, h("h2", { id: title }, "Query")), place);
  return {
    element,
    none,
    /** It is above the list on narrow screens. */
    uncover() {
      const { top } = element.getBoundingClientRect();
      if (top < 0 || top > innerHeight) element.scrollIntoView({ block: "start" });
    },
    failed: (why) => show(h("p", { class: "notice bad" }, why)),
    show(id, query) {
      if (!query) return show(h("p", { class: "mono id" }, id), waterfall(null));
      const fact = (what, value) => value !== null && h("span", {}, `${what} `, h("b", {}, value));
      show(
        h("p", { class: "outcome" }, h("span", { class: `chip ${OUTCOMES[query.outcome] ?? "bad"}` }, query.outcome),
          h("span", { class: "took" }, time(query.totalMs)), h("span", { class: "mono muted id" }, query.id)),
        h("p", { class: "facts" }, fact("actor", query.actor), fact("method", query.method), fact("version", query.version),
          fact("over", query.protocol), fact("SLO", query.sloMs === null ? null : time(query.sloMs)), fact("code", codeOf(query)),
          fact("trace", query.traceId)),
        query.message && h("p", { class: "notice" }, query.message),
        waterfall(query));
    },
  };
}

export function queriesView({ catalogue }) {
  const title = freshId("queries");
  const actor = h("select", { "aria-label": "Actor" });
  const at = h("span", { class: "muted small", role: "status" });
  const again = h("button", { type: "button", on: { click: () => look() } }, "Refresh");
  const body = h("tbody");
  const table = h("table", { class: "queries" }, h("caption", { class: "unseen" }, "Queries, with where most of their time went"),
    h("thead", {}, h("tr", {}, [["Query"], ["Outcome"], ["Took", "took"], ["Most of it"], ["Ago", "when"]]
      .map(([name, css]) => h("th", { scope: "col", class: css ?? null }, name)))), body);
  const none = h("p", { class: "empty" }, "Asking…");
  const trouble = h("p", { class: "notice bad", hidden: true });
  const detail = chosenQuery();
  let lists = null;
  let list = LISTS[0];
  let id = null;
  /** Whose waterfall is shown, or is about to be. */
  let shown = null;
  let looks = 0;

  const ways = LISTS.map((one) => h("button", { type: "button", "aria-pressed": "false", on: { click: () => choose(one) } }, one[1]));
  const choose = (one) => {
    list = one;
    LISTS.forEach((each, i) => ways[i].setAttribute("aria-pressed", String(each === one)));
    draw();
  };
  const draw = () => {
    if (!lists) return;
    const queries = lists[list[0]];
    // Callers may use an id again, so that it alone is no key.
    keyed(body, queries.map((query, i) => ({ query, i, chosen: query.id === id })), ({ query, i }) => `${i} ${query.id}`, row);
    table.hidden = queries.length === 0;
    none.hidden = queries.length > 0;
    text(none, actor.value ? `None of ${actor.value}.` : list[2]);
  };

  async function look() {
    const mine = ++looks;
    const wanted = actor.value;
    try {
      const next = await told(`api/queries?actor=${encodeURIComponent(wanted)}`);
      if (mine !== looks) return;
      lists = next;
      trouble.hidden = true;
      text(at, `as of ${clockTime(Date.now())}`);
      draw();
    } catch (failure) {
      if (mine !== looks) return;
      text(trouble, `The queries are not known: ${failure.message}`);
      trouble.hidden = false;
    }
  }

  async function explain(of) {
    shown = of;
    try {
      const query = await told(`api/queries/${encodeURIComponent(of)}`);
      if (id === of) detail.show(of, query);
    } catch (failure) {
      if (id !== of) return;
      shown = null;
      detail.failed(failure.message);
    }
  }

  function offer() {
    const names = catalogue().map((one) => one.name);
    const chosen = actor.value;
    if (actor.options.length === names.length + 1 && names.every((name, i) => actor.options[i + 1].value === name)) return;
    actor.replaceChildren(h("option", { value: "" }, "All actors"), ...names.map((name) => h("option", { value: name }, name)));
    actor.value = names.includes(chosen) ? chosen : "";
  }

  actor.addEventListener("change", look);
  choose(LISTS[0]);
  offer();
  table.hidden = true;
  const notForYou = h("section", { class: "card", hidden: true }, h("p", { class: "empty" }, FOR_OPERATORS));
  const desk = h("div", { class: "desk look", hidden: true },
    h("section", { class: "card", "aria-labelledby": title },
      h("div", { class: "head" }, h("h2", { id: title }, "Queries of this frontend"), at),
      h("div", { class: "choice" }, h("div", { class: "ways", role: "group", "aria-label": "Which" }, ways), actor, again),
      trouble, table, none),
    detail.element);
  async function open(chosen) {
    id = chosen || null;
    offer();
    const may = await isOperator().catch(() => null);
    const isFirst = desk.hidden;
    notForYou.hidden = may !== false;
    desk.hidden = !may;
    if (!may) return;
    // A list that somebody chooses from stays as it is.
    if (isFirst || !id) look();
    else draw();
    if (!id) {
      shown = null;
      detail.none();
    } else if (shown !== id) {
      explain(id);
      if (!isFirst) detail.uncover();
    }
  }

  return {
    element: h("div", { class: "view" }, h("h1", { class: "unseen" }, "Queries"), notForYou, desk),
    title: "Queries",
    open,
    /** Whoever looks is known, or is another. */
    viewed: () => open(id),
    learned: offer,
  };
}
