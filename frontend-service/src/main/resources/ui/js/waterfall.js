// Where the time of one query went, tier by tier.
import { h } from "./dom.js";
import { time } from "./format.js";

const NAMES = {
  query: "Query", link: "Way to the router", router: "Router", queue: "Waits in the queue", batch: "Batch", wait: "Waits for the replica", run: "Runs",
};

const TIERS = ["frontend", "router", "host"];

export const FOR_OPERATORS = "Where the time of queries went is shown to operators only, and this page's key is none of theirs.";

/** What spans have for themselves, without those within them, where that is something else than they are. */
const OWN = { query: "Frontend", batch: "Way to the host" };

const nameOf = (name) => NAMES[name] ?? name.replace(/^step /, "Step ");

/** @param longest the span of a query that has the most time for itself */
export const longestOf = ({ name, step }) => `${step && !name.startsWith("step ") ? `${step}: ` : ""}${OWN[name] ?? nameOf(name)}`;

/** For viewers who are not told. */
export const hidden = () => h("section", {}, h("div", { class: "head" }, h("h3", {}, "Where the time went")), h("p", { class: "hint" }, FOR_OPERATORS));

/** @param explanation what /ui/api/queries/{id} answers; null where nothing is recorded */
export function waterfall(explanation) {
  const heading = h("div", { class: "head" }, h("h3", {}, "Where the time went"));
  if (!explanation) return h("section", {}, heading, h("p", { class: "hint" }, "Not recorded: this frontend keeps nothing of this query."));
  const spans = explanation.spans ?? [];
  const whole = Math.max(explanation.totalMs ?? 0, ...spans.map((span) => span.startMs + span.durationMs), 0.001);
  const depths = [];
  spans.forEach((span, i) => (depths[i] = span.parent >= 0 && span.parent < i ? depths[span.parent] + 1 : 0));
  const nodes = spans.filter((span, i) => spans.findIndex((other) => other.tier === span.tier && other.node === span.node) === i);
  return h("section", {}, heading,
    h("ol", { class: "path", "aria-label": "Path" }, nodes.map((span) => h("li", {}, `${span.tier} `, h("span", { class: "mono" }, span.node)))),
    h("ol", { class: "fall" }, inOrder(spans).map((i) => row(spans[i], depths[i], whole, spans.some((span) => span.parent === i)))),
    h("p", { class: "legend key" }, TIERS.filter((tier) => spans.some((span) => span.tier === tier))
      .map((tier) => h("span", { "data-tier": tier }, h("span", { class: "swatch" }), tier))));
}

/** Each under its parent, by when it began. */
function inOrder(spans) {
  const below = (parent) => spans.map((span, i) => i)
    .filter((i) => (spans[i].parent >= 0 && spans[i].parent < i ? spans[i].parent : -1) === parent)
    .sort((a, b) => spans[a].startMs - spans[b].startMs)
    .flatMap((i) => [i, ...below(i)]);
  return below(-1);
}

function row(span, depth, whole, isWhole) {
  const part = (millis) => `${((Math.max(0, millis) / whole) * 100).toFixed(2)}%`;
  const facts = about(span.attributes ?? {});
  return h("li", { "data-tier": span.tier },
    h("span", { class: "what", style: { "--depth": depth } }, h("b", {}, nameOf(span.name)), facts && h("span", { class: "more muted", title: facts }, facts)),
    h("span", { class: isWhole ? "track whole" : "track", "aria-hidden": "true" }, h("i", { style: { "--from": part(span.startMs), "--part": part(span.durationMs) } })),
    h("span", { class: "took" }, time(span.durationMs)));
}

function about({ attempts, router, wayMs, starts, size, position, replica, host, step, actor, version, method, code, ...others }) {
  return [
    actor && `${actor}${version ? ` version ${version}` : ""}${method && method !== "call" ? `, ${method}` : ""}`,
    code && code !== "OK" && code,
    attempts > 1 && `${attempts} attempts`,
    router && `to ${router}`,
    size && (size === 1 ? "a batch of its own" : `query ${position + 1} of ${size}`),
    replica && `on ${replica}`,
    host && `at ${host}`,
    starts > 1 && `${starts} starts`,
    wayMs !== undefined && `${time(wayMs)} on the way`,
    ...Object.entries(others).map(([key, value]) => `${key} ${value}`),
  ].filter(Boolean).join(", ");
}
