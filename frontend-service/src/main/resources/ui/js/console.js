// A console to call actors.
import { freshId, h, text } from "./dom.js";
import { amount } from "./format.js";
import { answer } from "./answer.js";
import { call, explain } from "./call.js";
import { tensors } from "./catalogue.js";
import { editor, fieldOf, labelled, tensorExample, Wrong } from "./fields.js";
import { bareText, fileDrop } from "./files.js";
import { pad } from "./pad.js";
import { isOperator } from "./viewer.js";

/** Ways to give bytes; the digits model has one more. */
function bytesField(actor) {
  const ways = [["File", fileDrop], ["Text", bareText]];
  if (actor.name === "digits") ways.unshift(["Draw", pad]);
  const place = h("div");
  let chosen = null;
  const buttons = ways.map(([name, make]) => {
    let field = null;
    const button = h("button", { type: "button", "aria-pressed": "false", on: { click: () => {
      field ??= make({});
      chosen = field;
      place.replaceChildren(field.element);
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    } } }, name);
    return button;
  });
  buttons[0].click();
  return { element: h("div", { class: "field" }, h("span", { class: "label" }, "Input"), h("div", { class: "ways", role: "group", "aria-label": "Input" }, buttons), place), read: () => chosen.read() };
}

async function inputField(actor, method) {
  if (method.takesBytes) return bytesField(actor);
  const type = method.schema.title ?? "";
  // Others than the default method are no models.
  if (method.name === "call" && method.schema.type === undefined && type !== "JsonNode" && !type.startsWith("{")) {
    const inputs = await tensors(actor.name);
    if (inputs) return editor("Input", tensorExample(inputs), `Tensors: ${inputs.map((one) => `${one.name} ${one.datatype}[${one.shape.join(", ")}]`).join("; ")}`);
  }
  return fieldOf(method.schema);
}

export function consoleView({ catalogue }) {
  const actorSelect = h("select");
  const methodSelect = h("select");
  const actorField = labelled("Actor", actorSelect);
  const methodField = labelled("Method", methodSelect);
  const about = h("p", { class: "muted small" });
  const place = h("div");
  const slo = labelled("Deadline in ms", h("input", { inputmode: "decimal", autocomplete: "off", placeholder: "the actor's SLO" }));
  const priority = labelled("Priority", h("input", { inputmode: "numeric", autocomplete: "off", placeholder: "unset" }), "1 is the highest, 255 the lowest");
  const send = h("button", { type: "submit", class: "primary" }, "Call");
  const stop = h("button", { type: "button", hidden: true }, "Stop");
  const said = answer();
  let field = null;
  let method = null;
  let going = null;
  let wanted = null;
  /** Whose form this is, or is about to be. */
  let shown = null;

  const form = h("form", { class: "ask", novalidate: true }, actorField.element, about, methodField.element, place,
    h("div", { class: "pairs" }, slo.element, priority.element),
    h("div", { class: "actions" }, send, stop, h("span", { class: "hint" }, h("kbd", {}, "Ctrl"), " ", h("kbd", {}, "Enter"))));

  const actor = () => catalogue().find((one) => one.name === actorSelect.value);

  async function useMethod() {
    const own = actor();
    const next = own?.methods.find((one) => one.name === methodSelect.value);
    if (!next) return;
    const made = await inputField(own, next);
    // Another may have been chosen meanwhile.
    if (next.name !== methodSelect.value || shown !== own.name) return;
    method = next;
    field = made;
    place.replaceChildren(made.element);
    slo.control.placeholder = `${amount(own.slo_ms)}, its SLO`;
  }

  function useActor() {
    const own = actor();
    shown = own?.name ?? null;
    methodSelect.replaceChildren(...(own?.methods ?? []).map((one) => h("option", { value: one.name }, one.name)));
    methodField.element.hidden = (own?.methods.length ?? 0) < 2;
    going?.abort();
    going = null;
    ready();
    said.clear();
    text(about, own ? own.description : "");
    about.hidden = !own?.description;
    return useMethod();
  }

  function offer() {
    const names = catalogue().map((one) => one.name);
    const before = wanted ?? actorSelect.value;
    if ([...actorSelect.options].map((option) => option.value).join(" ") !== names.join(" ")) {
      actorSelect.replaceChildren(...names.map((name) => h("option", { value: name }, name)));
    }
    const next = names.includes(before) ? before : names[0];
    if (wanted === next) wanted = null;
    actorSelect.value = next ?? "";
    if (next !== undefined && shown !== next) useActor();
    send.disabled = names.length === 0 || !stop.hidden;
  }

  function options() {
    const read = (one, fits, why) => {
      const typed = one.control.value.trim();
      if (typed === "") return null;
      if (!fits(typed)) {
        one.say(why);
        one.control.focus();
        throw new Wrong(one, why);
      }
      return Number(typed);
    };
    return {
      sloMillis: read(slo, (typed) => /^\d+(\.\d+)?$/.test(typed) && Number(typed) > 0, "Write a number of milliseconds above 0."),
      priority: read(priority, (typed) => /^\d{1,3}$/.test(typed) && Number(typed) <= 255, "Write a whole number from 0 to 255."),
      version: null,
    };
  }

  /** What is to be sent; null where that is wrong, and its field says so. */
  async function asked() {
    try {
      return { input: await field.read(), options: options() };
    } catch (wrong) {
      if (wrong instanceof Wrong) return null;
      throw wrong;
    }
  }

  async function ask() {
    if (send.disabled || !field) return;
    const what = await asked();
    if (!what || send.disabled) return;
    const mine = (going = new AbortController());
    const isOver = () => going !== mine;
    const began = performance.now();
    send.disabled = true;
    stop.hidden = false;
    said.waiting();
    let answered = null;
    try {
      answered = await call(method, what.input, what.options, mine.signal, said.event);
      if (isOver()) return;
      await said.show(answered);
    } catch (failure) {
      if (isOver()) return;
      if (mine.signal.aborted) said.stopped(performance.now() - began);
      else said.failed(`The frontend did not answer: ${failure.message}.`);
    }
    ready();
    if (answered?.id) {
      said.explaining();
      const may = await isOperator().catch(() => null);
      const explanation = may ? await explain(answered.id) : null;
      // Another call may have been made meanwhile.
      if (isOver()) return;
      if (may === false) said.unexplained();
      else said.explained(explanation);
    }
    going = null;
  }

  function ready() {
    send.disabled = false;
    stop.hidden = true;
  }

  actorSelect.addEventListener("change", () => {
    history.replaceState(null, "", `#/console/${encodeURIComponent(actorSelect.value)}`);
    useActor();
  });
  methodSelect.addEventListener("change", useMethod);
  stop.addEventListener("click", () => going?.abort());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask();
    }
  });
  const title = freshId("console");
  return {
    element: h("div", { class: "view" }, h("h1", { class: "unseen" }, "Console"),
      h("div", { class: "desk" },
        h("section", { class: "card", "aria-labelledby": title }, h("div", { class: "head" }, h("h2", { id: title }, "Call an actor")), form),
        h("section", { class: "card", "aria-label": "Answer" }, h("div", { class: "head" }, h("h2", {}, "Answer")), said.element))),
    title: "Console",
    open(name) {
      if (name) wanted = name;
      offer();
    },
    learned: offer,
  };
}
