// What happened to the fleet, and why; and the rollouts that are under way.
import { h, keyed, text } from "./dom.js";
import { clockTime } from "./format.js";
import * as fleet from "./fleet.js";
import { rolloutText } from "./actor.js";

const GOOD = new Set(["start", "promote", "readmit"]);
const BAD = new Set(["give-up", "rollback", "eject"]);
const key = (event) => `${event.router} ${event.number} ${event.at}`;

function row(event) {
  const kind = h("span", { class: `chip ${BAD.has(event.kind) ? "bad" : GOOD.has(event.kind) ? "ok" : event.kind === "slow" ? "warn" : ""}` }, event.kind);
  const about = [event.actor && h("a", { class: "mono", href: `#/actors/${encodeURIComponent(event.actor)}` }, event.actor),
    event.version && ` version ${event.version}`, event.replica && `, ${event.replica}`, event.host && ` on ${event.host}`].filter(Boolean);
  return {
    element: h("li", {}, h("time", { datetime: event.at, title: `${event.at}, router ${event.router}` }, clockTime(event.at)), kind,
      h("span", { class: "said" }, h("span", {}, about), event.reason && h("span", { class: "why" }, event.reason))),
    show() {},
  };
}

/** The newest few. */
export function latest(most) {
  const list = h("ol", { class: "happened" });
  const none = h("p", { class: "empty" }, "Nothing happened to the fleet since its routers started.");
  return {
    element: h("div", {}, list, none),
    show(events) {
      keyed(list, events.slice(-most).reverse(), key, row);
      none.hidden = events.length > 0;
    },
  };
}

function choice(name, all) {
  const select = h("select", { "aria-label": name }, h("option", { value: "" }, all));
  let known = "";
  return {
    select,
    offer(values) {
      const next = [...new Set(values.filter(Boolean))].sort();
      if (next.join(" ") === known) return;
      known = next.join(" ");
      const chosen = select.value;
      select.replaceChildren(h("option", { value: "" }, all), ...next.map((value) => h("option", { value }, value)));
      select.value = next.includes(chosen) ? chosen : "";
    },
  };
}

export function eventsView() {
  const list = h("ol", { class: "happened" });
  const none = h("p", { class: "empty" });
  const [actor, kind] = [choice("Actor", "All actors"), choice("Kind", "All kinds")];
  const under = h("ul", { class: "happened" });
  const noRollouts = h("p", { class: "empty" }, "No rollout is under way.");
  let all = [];
  const draw = () => {
    const wanted = all.filter((event) => (!actor.select.value || event.actor === actor.select.value) && (!kind.select.value || event.kind === kind.select.value));
    keyed(list, wanted.toReversed(), key, row);
    text(none, all.length ? "Nothing of that." : "Nothing happened to the fleet since its routers started.");
    none.hidden = wanted.length > 0;
  };
  actor.select.addEventListener("change", draw);
  kind.select.addEventListener("change", draw);
  draw();
  return {
    element: h("div", { class: "view" }, h("h1", { class: "unseen" }, "Events"),
      h("section", { class: "card" }, h("div", { class: "head" }, h("h2", {}, "Rollouts")), under, noRollouts),
      h("section", { class: "card" }, h("div", { class: "head" }, h("h2", {}, "Events"),
        h("div", { class: "filter" }, actor.select, kind.select)), list, none)),
    title: "Events",
    show(history) {
      const going = fleet.rollouts(history.now);
      keyed(under, going, (one) => one.name, (one) => {
        const weight = h("i");
        const said = h("span", { class: "said" });
        return {
          element: h("li", {}, h("a", { class: "mono", href: `#/actors/${encodeURIComponent(one.name)}` }, one.name),
            h("span", { class: "meter weight" }, weight), said),
          show(now) {
            weight.style.setProperty("--part", `${now.rollout.weight}%`);
            text(said, rolloutText(now.rollout));
          },
        };
      });
      noRollouts.hidden = going.length > 0;
    },
    events(events) {
      all = events;
      actor.offer(events.map((event) => event.actor));
      kind.offer(events.map((event) => event.kind));
      draw();
    },
  };
}
