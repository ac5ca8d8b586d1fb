// What came of a call: its outcome, its result, and where its time went.
import { h, text } from "./dom.js";
import { bytes, time } from "./format.js";
import { isText } from "./call.js";
import { parse, pretty } from "./json.js";
import { hidden, waterfall } from "./waterfall.js";

/** Results up to so many characters are shown large. */
const SHORT = 24;

/** More of a stream is counted, and not shown. */
const MOST_EVENTS = 500;

const OUTCOMES = { CANCELLED: "warn", QUOTA: "warn", OVERLOADED: "warn", UNMEETABLE: "warn", EXPIRED: "warn" };

export function answer() {
  const chip = h("span", { class: "chip" });
  const took = h("span", { class: "took" });
  const id = h("span", { class: "mono muted" });
  const outcome = h("div", { class: "outcome", hidden: true }, chip, took, id);
  const body = h("div");
  const path = h("div");
  const empty = h("p", { class: "empty" }, "Call an actor, and what it answers is shown here.");
  let stream = null;

  const clear = () => {
    empty.hidden = true;
    body.replaceChildren();
    path.replaceChildren();
    stream = null;
  };
  return {
    clear() {
      clear();
      outcome.hidden = true;
      empty.hidden = false;
    },
    element: h("div", { class: "answer", "aria-live": "polite" }, empty, outcome, body, path),
    waiting() {
      clear();
      outcome.hidden = false;
      chip.className = "chip";
      text(chip, "calling");
      text(took, "");
      text(id, "");
    },
    /** One result of a stream. */
    event(data, millis) {
      if (!stream) {
        stream = { list: h("ol", { class: "result stream" }), events: 0 };
        body.replaceChildren(stream.list);
      }
      stream.events++;
      if (stream.events <= MOST_EVENTS) {
        stream.list.append(h("li", {}, h("span", { class: "at" }, time(millis)), h("span", {}, data)));
        stream.list.scrollTop = stream.list.scrollHeight;
      }
    },
    async show(answered) {
      text(chip, answered.ok ? `answered · ${answered.status}` : `${answered.code ?? answered.problem?.title ?? "failed"} · ${answered.status}`);
      chip.className = `chip ${answered.ok ? "ok" : OUTCOMES[answered.code] ?? "bad"}`;
      text(took, time(answered.millis));
      text(id, answered.id ? `id ${answered.id}` : "");
      if (answered.problem) body.append(h("p", { class: "notice bad" }, answered.problem.detail ?? answered.problem.title));
      else if (!stream) body.replaceChildren(await result(answered));
      if (stream) body.append(h("p", { class: "hint" }, stream.events > MOST_EVENTS
        ? `${stream.events} results, of which the first ${MOST_EVENTS} are shown` : `${stream.events} results`));
    },
    stopped(millis) {
      text(chip, "cancelled by you");
      chip.className = "chip warn";
      text(took, time(millis));
    },
    failed(why) {
      clear();
      outcome.hidden = false;
      text(chip, "not sent");
      chip.className = "chip bad";
      text(took, "");
      body.replaceChildren(h("p", { class: "notice bad" }, why));
    },
    explained: (explanation) => path.replaceChildren(waterfall(explanation)),
    unexplained: () => path.replaceChildren(hidden()),
    explaining: () => path.replaceChildren(h("p", { class: "hint" }, "Asking where the time went…")),
  };
}

async function result({ blob, text: body, type }) {
  if (type === "application/json") return json(body);
  if (type.startsWith("image/")) {
    const picture = await pictureOf(blob);
    if (picture) return picture;
  }
  if (isText(type)) return words(body);
  return h("div", { class: "actions" }, h("span", { class: "muted" }, `${bytes(blob.size)} of ${type || "an unknown type"}`), save(blob, type));
}

/** The envelope, or the bare JSON of a result. */
function json(body) {
  let value;
  try {
    value = parse(body);
  } catch {
    return words(body);
  }
  const enveloped = value && typeof value === "object" && value.success === true && "result" in value;
  const shown = enveloped ? value.result : value;
  return words(typeof shown === "string" ? shown : pretty(shown));
}

const words = (shown) => h("pre", { class: shown.length <= SHORT && !shown.includes("\n") ? "result short" : "result", tabindex: 0, "aria-label": "Result" }, shown);

/** On a canvas, so that nothing but this frontend's own files are images of the page. */
async function pictureOf(blob) {
  try {
    const bitmap = await createImageBitmap(blob);
    const canvas = h("canvas", { width: bitmap.width, height: bitmap.height, role: "img", "aria-label": "Result, a picture" });
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    return h("div", { class: "result" }, canvas);
  } catch {
    return null;
  }
}

function save(blob, type) {
  return h("button", { type: "button", on: { click: () => {
    const url = URL.createObjectURL(blob);
    h("a", { href: url, download: `result.${(type.split("/")[1] ?? "bin").replace(/[^a-z0-9]/gi, "-")}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  } } }, "Save");
}
