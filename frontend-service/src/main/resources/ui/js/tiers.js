// The three tiers, and what flows between them.
import { h, keyed, s, text } from "./dom.js";
import { amount, count, percent } from "./format.js";
import * as fleet from "./fleet.js";
import * as traffic from "./traffic.js";

/** So many of a tier are drawn, and of the others it is said how many there are. */
const MOST = 6;

/** The cells of replicas: how full each is, it is busy. */
export function cells() {
  const element = h("div", { class: "cells" });
  return {
    element,
    show(replicas, history) {
      keyed(element, replicas, fleet.replicaKey, () => {
        const level = h("i");
        const cell = h("span", {}, level);
        return {
          element: cell,
          show(replica) {
            const busy = fleet.busy(history, replica);
            cell.className = `cell ${replica.state}`;
            cell.title = `${replica.actor} ${replica.version}, ${replica.replica}: ${state(replica, busy)}`;
            level.style.setProperty("--busy", percent(busy).replace("\u202f", ""));
          },
        };
      });
    },
  };
}

const state = (replica, busy) => (replica.state === "ready" ? `${percent(busy)} busy` : replica.state);

function box(describe) {
  const id = h("div", { class: "id" });
  const does = h("div", { class: "does" });
  const extra = describe.extra?.();
  const element = h("li", { class: "box" }, id, does, extra?.element);
  return {
    element,
    show(item) {
      text(id, item.node);
      id.title = item.node;
      text(does, item.does);
      element.classList.toggle("down", Boolean(item.down));
      extra?.show(item);
    },
  };
}

function tier(name, css, describe = {}) {
  const heading = h("h3");
  const list = h("ul", { "aria-label": name });
  const more = h("p", { class: "more" });
  return {
    element: h("section", { class: `tier ${css}` }, heading, list, more),
    list,
    show(items) {
      text(heading, items.length === 1 ? name.replace(/s$/, "") : `${items.length} ${name.toLowerCase()}`);
      keyed(list, items.slice(0, MOST), (item) => item.node, () => box(describe));
      text(more, items.length > MOST ? `and ${items.length - MOST} more` : "");
      more.hidden = items.length <= MOST;
    },
    boxes: () => new Map([...list.keyed ?? []].map(([node, child]) => [node, child.element])),
  };
}

/** Lines from one tier to the next, drawn where the boxes happen to be. */
function flows(root) {
  const svg = s("svg", { class: "flows", "aria-hidden": "true" });
  const lines = new Map();
  const line = (key) => {
    if (!lines.has(key)) {
      const rest = s("path");
      const flow = s("path", { class: "flow" });
      svg.append(rest, flow);
      lines.set(key, { rest, flow });
    }
    return lines.get(key);
  };
  return {
    element: svg,
    show(edges) {
      const wanted = new Set();
      const origin = root.getBoundingClientRect();
      for (const { from, to, rate, key } of edges) {
        if (!from || !to) continue;
        wanted.add(key);
        const { rest, flow } = line(key);
        const d = curve(from.getBoundingClientRect(), to.getBoundingClientRect(), origin);
        rest.setAttribute("d", d);
        flow.setAttribute("d", d);
        flow.classList.toggle("on", rate > 0);
        flow.style.setProperty("stroke-width", `${Math.min(5, 1.5 + Math.log10(1 + rate))}px`);
        // Steps, since another pace starts the animation anew, and that is seen.
        flow.style.setProperty("--pace", `${rate > 300 ? 0.35 : rate > 30 ? 0.6 : 1.1}s`);
      }
      for (const [key, { rest, flow }] of lines) {
        if (!wanted.has(key)) {
          rest.remove();
          flow.remove();
          lines.delete(key);
        }
      }
    },
  };
}

function curve(from, to, origin) {
  const beside = to.left >= from.right - 1;
  const point = (x, y) => `${(x - origin.left).toFixed(1)} ${(y - origin.top).toFixed(1)}`;
  if (beside) {
    const [x1, y1, x2, y2] = [from.right, from.top + from.height / 2, to.left, to.top + to.height / 2];
    const bend = (x2 - x1) / 2;
    return `M${point(x1, y1)}C${point(x1 + bend, y1)} ${point(x2 - bend, y2)} ${point(x2, y2)}`;
  }
  const [x1, y1, x2, y2] = [from.left + from.width / 2, from.bottom, to.left + to.width / 2, to.top];
  return `M${point(x1, y1)}C${point(x1, (y1 + y2) / 2)} ${point(x2, (y1 + y2) / 2)} ${point(x2, y2)}`;
}

export function tiers() {
  const root = h("div", { class: "tiers" });
  const frontends = tier("Frontends", "frontends");
  const routers = tier("Routers", "routers");
  const hosts = tier("Hosts", "hosts", { extra: () => {
    const all = cells();
    return { element: all.element, show: (host) => all.show(host.replicas, host.history) };
  } });
  const lines = flows(root);
  root.append(lines.element, frontends.element, routers.element, hosts.element);

  let edges = () => [];
  new ResizeObserver(() => lines.show(edges())).observe(root);
  return {
    element: root,
    show(history) {
      const now = history.now;
      const up = now.routers.filter((router) => router.overview);
      frontends.show(fleet.frontends(now).map((node) => frontend(history, node)));
      routers.show(now.routers.map((one) => router(history, one)));
      hosts.show(fleet.hosts(now).map((one) => host(history, one)));
      // What other frontends send is not known here.
      const sends = (node) => node === now.frontend.node && history.rate(traffic.offered()) > 0;
      edges = () => {
        const [left, middle, right] = [frontends.boxes(), routers.boxes(), hosts.boxes()];
        return up.flatMap((one) => [
          ...[...left].filter(([node]) => one.overview.frontends.includes(node)).map(([node, from]) => ({
            key: `${node} > ${one.node}`, from, to: middle.get(one.node), rate: sends(node) ? history.rate(fleet.routed(one.node)) : 0 })),
          ...[...right].map(([node, to]) => ({
            key: `${one.node} > ${node}`, from: middle.get(one.node), to, rate: history.rate(fleet.sent(one.node, node)) })),
        ]);
      };
      lines.show(edges());
    },
  };
}

function frontend(history, node) {
  const here = node === history.now.frontend.node;
  return {
    node,
    does: here
      ? `${amount(history.rate(traffic.offered()))} queries/s · ${count(history.now.frontend.traffic.inFlight, "query", "queries")} in flight`
      : "another frontend",
  };
}

function router(history, one) {
  if (!one.overview) return { node: one.node, down: true, does: one.problem ?? "It does not answer." };
  const waits = one.overview.queues.reduce((sum, queue) => sum + queue.waiting, 0);
  return {
    node: one.node,
    does: `${amount(history.rate(fleet.routed(one.node)))} dispatched/s · ${amount(waits)} waiting`,
  };
}

function host(history, one) {
  const own = [...fleet.replicas(history.now).values()].filter((replica) => replica.host === one.node);
  const rate = own.reduce((sum, replica) => sum + fleet.batchRate(history, replica), 0);
  const word = !one.linked ? "not linked" : one.drained ? "drained" : one.leaving ? "leaving" : null;
  return {
    node: one.node,
    replicas: own,
    history,
    down: !one.linked,
    does: [`${amount(rate)} batches/s`, count(own.length, "replica"), one.slots ? `${count(one.slots, "slot")}` : null, word].filter(Boolean).join(" · "),
  };
}
