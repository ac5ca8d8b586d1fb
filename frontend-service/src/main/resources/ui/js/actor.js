// One actor: its traffic, latencies, batches, queue, and what its replicas do.
import { h, keyed, text } from "./dom.js";
import { amount, duration, NONE, percent, time } from "./format.js";
import { bars, latencyBars, layers } from "./charts.js";
import { figures } from "./figures.js";
import { batchMean } from "./overview.js";
import { WINDOW } from "./history.js";
import * as fleet from "./fleet.js";
import * as traffic from "./traffic.js";

const SECONDS = 120;

function panel(name, about, draw) {
  const place = h("div");
  const line = h("p", { class: "muted small" }, about);
  return {
    element: h("section", { class: "card" }, h("div", { class: "head" }, h("h2", {}, name), line), place),
    show(history, actor) {
      const drawn = draw(history, Math.max(240, place.clientWidth), actor);
      place.replaceChildren(drawn ?? h("p", { class: "empty" }, "Nothing in the last minute."));
    },
  };
}

const legend = () => h("p", { class: "legend" },
  h("span", {}, h("span", { class: "swatch" }), "answered within the SLO"),
  h("span", {}, h("span", { class: "swatch shed" }), "shed"),
  h("span", {}, h("span", { class: "swatch bad" }), "failed or too late"));

function replicaRow() {
  const cell = (css) => h("td", { class: css ?? null });
  const [replica, host, state, batches, version] = [cell("mono"), cell("mono wide"), cell(), cell(), cell("wide")];
  const chip = h("span", { class: "chip" });
  state.append(chip);
  const level = h("span", { class: "meter" }, h("i"));
  const part = h("span");
  const element = h("tr", {}, replica, version, host, state, h("td", {}, h("span", { class: "busy" }, level, part)), batches);
  return {
    element,
    show({ replica: one, history }) {
      const busy = fleet.busy(history, one);
      text(replica, one.replica);
      text(version, one.version);
      text(host, one.host);
      const odd = one.ejected ? "ejected" : one.slowdown >= 2 ? `${amount(one.slowdown)}× slower` : null;
      text(chip, odd ?? one.state);
      chip.className = `chip ${one.state === "failed" || one.ejected ? "bad" : one.state !== "ready" || odd ? "warn" : "ok"}`;
      chip.title = one.reason;
      text(part, one.running > 0 ? `${percent(busy)}, ${one.running} now` : percent(busy));
      level.firstChild.style.setProperty("--part", `${Math.round(busy * 100)}%`);
      text(batches, amount(fleet.batchRate(history, one)));
    },
  };
}

function versionRow() {
  const [version, role, weight, ready, queries] = ["mono", "", "", "", "wide"].map((css) => h("td", { class: css }));
  const meter = h("span", { class: "meter weight" }, h("i"));
  const part = h("span");
  weight.append(h("span", { class: "busy" }, meter, part));
  return {
    element: h("tr", {}, version, role, weight, ready, queries),
    show(one) {
      text(version, one.version);
      text(role, one.role);
      text(part, one.role === "unmanaged" ? NONE : percent(one.weight / 100));
      meter.hidden = one.role === "unmanaged";
      meter.firstChild.style.setProperty("--part", `${one.weight}%`);
      text(ready, `${one.replicas.ready} ready${one.replicas.starting ? `, ${one.replicas.starting} starting` : ""}${one.replicas.failed ? `, ${one.replicas.failed} failed` : ""}`);
      text(queries, `${amount(one.queries.answered)} answered, ${amount(one.queries.failed)} failed`);
    },
  };
}

const table = (columns, body) => h("table", { class: "list" },
  h("thead", {}, h("tr", {}, columns.map(([name, css]) => h("th", { scope: "col", class: css ?? null }, name)))), body);

export function actorView({ catalogue }, name) {
  const own = (of) => of(name);
  const perSecond = (of) => (history) => [amount(history.rate(own(of))), "/s"];
  const about = h("p", { class: "about" });
  const facts = h("p", { class: "facts" });
  const problems = h("div");
  const top = figures([
    { name: "Offered", value: perSecond(traffic.offered), line: (history) => history.rates(own(traffic.offered)) },
    { name: "Goodput", value: perSecond(traffic.goodput), line: (history) => history.rates(own(traffic.goodput)) },
    { name: "Shed", kind: "shed", value: perSecond(traffic.shed), line: (history) => history.rates(own(traffic.shed)) },
    { name: "Waiting", value: (history) => [amount(own(fleet.waiting)(history.now)), ""], line: (history) => history.values(own(fleet.waiting)) },
    { name: "Mean wait", value: (history) => ratio(history, fleet.waited, fleet.batched), line: (history) => ratios(history, fleet.waited, fleet.batched), least: 0.1 },
    { name: "Mean batch", value: (history) => [batchMean(history, name), ""], line: (history) => ratios(history, fleet.batched, fleet.batches) },
  ]);
  const ratio = (history, upper, lower) => {
    const below = history.rate(own(lower), WINDOW);
    return duration(below > 0 ? history.rate(own(upper), WINDOW) / below : null);
  };
  const ratios = (history, upper, lower) => {
    const below = history.rates(own(lower));
    return history.rates(own(upper)).map((value, i) => (below[i] > 0 ? value / below[i] : 0));
  };

  const flow = panel("Traffic", "queries per second", (history, width) => layers(`Queries to ${name} per second`, [
    { kind: "good", values: history.rates(own(traffic.goodput), SECONDS) },
    { kind: "shed", values: history.rates(own(traffic.shed), SECONDS) },
    { kind: "bad", values: history.rates(own(traffic.missed), SECONDS) }], { width, seconds: SECONDS }));
  flow.element.append(legend());
  const waits = panel("Queue", "queries that wait in routers", (history, width) => layers(`Queries to ${name} that wait`, [
    { kind: "good", values: history.values(own(fleet.waiting), SECONDS) }], { width, seconds: SECONDS, least: 4 }));
  const times = panel("Latency", "queries of the last minute, by how long they took", (history, width, actor) => {
    const buckets = traffic.latencies(history, name, WINDOW);
    if (!buckets.length) return null;
    const [p50, p99] = [traffic.quantile(buckets, 0.5), traffic.quantile(buckets, 0.99)];
    return latencyBars(`Latencies of ${name}: half within ${time(p50)}, 99 percent within ${time(p99)}`, buckets, { width, marks: [
      { name: `p50 ${time(p50)}`, millis: p50 }, { name: `p99 ${time(p99)}`, millis: p99 },
      { name: `SLO ${time(actor.slo_ms)}`, millis: actor.slo_ms, slo: true }] });
  });
  const sizes = panel("Batch sizes", "batches of the last minute, by how many queries they had", (history, width) => {
    const all = fleet.batchSizes(history, name, WINDOW);
    if (!all.some((bar) => bar.count > 0)) return null;
    while (all.length < 5) all.push({ from: all.at(-1).to + 1, to: all.at(-1).to * 2, count: 0 });
    return bars(`Batch sizes of ${name}`, all.map((bar) => ({
      name: bar.to === null ? `${bar.from} and more` : bar.from === bar.to ? `${bar.to}` : `${bar.from}–${bar.to}`, count: bar.count })), { width });
  });

  const replicas = h("tbody");
  const versions = h("tbody");
  const noReplicas = h("p", { class: "empty" }, "It has no replicas.");
  const replicaTable = table([["Replica"], ["Version", "wide"], ["Host", "wide"], ["State"], ["Busy"], ["Batches/s"]], replicas);
  const versionCard = h("section", { class: "card" }, h("div", { class: "head" }, h("h2", {}, "Versions")),
    table([["Version"], ["Role"], ["Share"], ["Replicas"], ["Queries", "wide"]], versions));
  const rollout = h("p", { class: "small muted" });
  versionCard.firstChild.append(rollout);

  const element = h("div", { class: "view" },
    h("p", { class: "crumb" }, h("a", { href: "#/" }, "Overview"), " / Actor"),
    h("div", { class: "title" }, h("div", {}, h("h1", { class: "mono" }, name), about),
      h("a", { class: "button primary", href: `#/console/${encodeURIComponent(name)}` }, "Call it")),
    facts, problems, top.element,
    h("div", { class: "charts" }, flow.element, times.element, sizes.element, waits.element),
    h("section", { class: "card" }, h("div", { class: "head" }, h("h2", {}, "Replicas")), replicaTable, noReplicas),
    versionCard);
  return {
    element,
    title: name,
    show(history) {
      const actor = catalogue().find((one) => one.name === name);
      const wanted = fleet.wanted(history.now, name);
      const all = fleet.replicasOf(history.now, name);
      text(about, actor ? actor.description : wanted ? "No frontend publishes it at the moment." : "There is no actor of this name.");
      top.show(history);
      const shown = actor ?? { slo_ms: null };
      for (const one of [flow, waits, times, sizes]) one.show(history, shown);
      const fact = (what, value) => [h("span", {}, `${what} `, h("b", {}, value))];
      facts.replaceChildren(...(actor ? [
        ...fact("version", actor.version), ...fact("SLO", time(actor.slo_ms)), ...fact("scheduler", actor.scheduler),
        ...fact("batches of up to", String(Math.max(...actor.methods.map((method) => method.max_batch_size)))),
        ...(actor.idempotent ? fact("", "idempotent") : []),
        ...(wanted ? fact("router", wanted.controller) : [])] : []));
      keyed(replicas, all.map((replica) => ({ replica, history })), ({ replica }) => fleet.replicaKey(replica), replicaRow);
      replicaTable.hidden = all.length === 0;
      noReplicas.hidden = all.length > 0;
      keyed(versions, wanted?.versions ?? [], (version) => version.version, versionRow);
      versionCard.hidden = !wanted?.versions.length;
      text(rollout, wanted?.rollout ? rolloutText(wanted.rollout) : "");
      const said = wanted?.status?.problems ?? [];
      keyed(problems, said, (problem) => problem, (problem) => ({ element: h("p", { class: "notice" }, problem), show() {} }));
    },
  };
}

export function rolloutText({ version, weight, held, steps }) {
  return `Version ${version} gets ${weight} % of the queries, ${held ? "and is held there" : `in steps of ${steps.join(", ")} %`}.`;
}
