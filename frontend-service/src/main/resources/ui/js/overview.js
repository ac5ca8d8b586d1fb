// What the platform does now.
import { h, keyed, text } from "./dom.js";
import { amount, duration, NONE, time } from "./format.js";
import { sparkline } from "./charts.js";
import { figures } from "./figures.js";
import { cells, tiers } from "./tiers.js";
import { WINDOW } from "./history.js";
import * as fleet from "./fleet.js";
import * as traffic from "./traffic.js";
import { latest } from "./events.js";

const perSecond = (of) => (history) => [amount(history.rate(of)), "/s"];

/** Quantiles of the whole minute; their lines are those of each moment's last seconds. */
const quantileOf = (part) => (history) => duration(traffic.quantile(traffic.latencies(history, undefined, WINDOW), part));

function actorRow() {
  const name = h("a", { class: "name" });
  const about = h("span", { class: "about" });
  const trend = h("td", { class: "trend wide" });
  const cell = (css = "") => h("td", { class: css });
  const [offered, good, shed, p50, p99, queue, batch] = [
    cell(), cell("middling"), cell("is-shed"), cell("wide"), cell(), cell("middling"), cell("wide")];
  const all = cells();
  const none = h("span", { class: "muted" }, "none");
  const element = h("tr", {}, h("th", { scope: "row" }, name, about), trend, offered, good, shed, p50, p99, queue, batch,
    h("td", { class: "replicas wide" }, all.element, none));
  return {
    element,
    show({ actor, history }) {
      const own = actor.name;
      const lately = traffic.latencies(history, own, WINDOW);
      text(name, own);
      name.href = `#/actors/${encodeURIComponent(own)}`;
      text(about, actor.description);
      about.title = actor.description;
      const good_ = history.rates(traffic.goodput(own));
      const rest = history.rates(traffic.shed(own));
      trend.replaceChildren(sparkline(good_, { over: rest }));
      const shedRate = history.rate(traffic.shed(own));
      text(offered, amount(history.rate(traffic.offered(own))));
      text(good, amount(history.rate(traffic.goodput(own))));
      text(shed, amount(shedRate));
      shed.classList.toggle("zero", shedRate === 0);
      text(p50, time(traffic.quantile(lately, 0.5)));
      text(p99, time(traffic.quantile(lately, 0.99)));
      text(queue, amount(fleet.waiting(own)(history.now)));
      text(batch, batchMean(history, own));
      const replicas = fleet.replicasOf(history.now, own);
      all.show(replicas, history);
      none.hidden = replicas.length > 0;
      element.classList.toggle("quiet", lately.length === 0 && shedRate === 0);
    },
  };
}

export function batchMean(history, actor) {
  const batches = history.rate(fleet.batches(actor), WINDOW);
  return batches > 0 ? amount(history.rate(fleet.batched(actor), WINDOW) / batches) : NONE;
}

export function overview({ catalogue }) {
  const top = figures([
    { name: "Offered", value: perSecond(traffic.offered()), line: (history) => history.rates(traffic.offered()) },
    { name: "Goodput", value: perSecond(traffic.goodput()), line: (history) => history.rates(traffic.goodput()) },
    { name: "Shed", kind: "shed", value: perSecond(traffic.shed()), line: (history) => history.rates(traffic.shed()) },
    { name: "Median latency", value: quantileOf(0.5), line: traffic.lately("p50"), least: 0.1 },
    { name: "99th percentile", value: quantileOf(0.99), line: traffic.lately("p99"), least: 0.1 },
    { name: "Waiting in queues", value: (history) => [amount(fleet.waiting()(history.now)), ""], line: (history) => history.values(fleet.waiting()) },
  ]);
  const picture = tiers();
  const body = h("tbody");
  const column = (name, css = "", about = null) => h("th", { scope: "col", class: css, title: about }, name);
  const table = h("table", { class: "actors" },
    h("caption", { class: "unseen" }, "Actors, with what this frontend counted of their queries"),
    h("thead", {}, h("tr", {}, column("Actor"), column("Last minute", "trend wide", "Goodput, and on it what was shed"),
      column("Offered", "", "Queries per second"), column("Goodput", "middling", "Answered within their SLO, per second"),
      column("Shed", "", "Turned away before anything was done for them, per second"),
      column("p50", "wide", "Of the last minute"), column("p99", "", "Of the last minute"),
      column("Queue", "middling", "Queries that wait in routers"), column("Batch", "wide", "Queries per batch, in the mean of the last minute"),
      column("Replicas", "wide", "How full a cell is, so busy is the replica"))),
    body);
  const empty = h("p", { class: "empty", hidden: true }, "No actor is published yet.");
  const happened = latest(5);
  const note = h("p", { class: "notice", hidden: true });
  const others = h("p", { class: "muted small", hidden: true });
  const element = h("div", { class: "view" },
    h("h1", { class: "unseen" }, "Overview"), note, top.element,
    h("section", { class: "card", "aria-labelledby": "tiers-title" },
      h("div", { class: "head" }, h("h2", { id: "tiers-title" }, "Tiers"),
        h("p", { class: "legend" }, h("span", {}, h("span", { class: "cell" }, h("i")), "a replica, filled by how busy it is"))),
      picture.element),
    h("section", { class: "card", "aria-labelledby": "actors-title" },
      h("div", { class: "head" }, h("h2", { id: "actors-title" }, "Actors"), others), table, empty),
    h("section", { class: "card", "aria-labelledby": "latest-title" },
      h("div", { class: "head" }, h("h2", { id: "latest-title" }, "Latest events"), h("a", { class: "small", href: "#/events" }, "All events")),
      happened.element));
  return {
    element,
    title: "Overview",
    show(history) {
      const now = history.now;
      top.show(history);
      picture.show(history);
      const actors = catalogue();
      keyed(body, actors.map((actor) => ({ actor, history })), ({ actor }) => actor.name, actorRow);
      table.hidden = actors.length === 0;
      empty.hidden = actors.length > 0;
      text(note, now.frontend.ready ? "" : "No router has told this frontend yet which actors there are: every query is refused until then.");
      note.hidden = now.frontend.ready;
      const frontends = fleet.frontends(now).length;
      text(others, "Queries and latencies are those of this frontend; there are more.");
      others.hidden = frontends < 2;
    },
    events: (events) => happened.show(events),
  };
}
