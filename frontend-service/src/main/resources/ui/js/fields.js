// Makes a form's fields from a schema. Each field: {element, read(): {json} or {bytes}, throws Wrong}.
import { freshId, h, text } from "./dom.js";
import { problem } from "./json.js";

/** What was typed cannot be sent; its field says why. */
export class Wrong extends Error {
  constructor(field, why) {
    super(why);
    this.field = field;
  }
}

/** A labelled control with a place for what is wrong with it. */
export function labelled(name, control, hint = null) {
  const id = (control.id ||= freshId("field"));
  const wrong = h("p", { class: "wrong", id: `${id}-wrong`, hidden: true, role: "alert" });
  const about = hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null;
  control.setAttribute("aria-describedby", [about?.id, wrong.id].filter(Boolean).join(" "));
  const say = (why) => {
    text(wrong, why ?? "");
    wrong.hidden = !why;
    if (why) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };
  control.addEventListener("input", () => say(null));
  return { element: h("div", { class: "field" }, h("label", { for: id }, name), control, about, wrong), control, say };
}

function refuse(field, why) {
  field.say(why);
  field.control.focus();
  throw new Wrong(field, why);
}

function number(schema, name, example) {
  const whole = schema.type === "integer";
  const input = h("input", { type: "text", inputmode: whole ? "numeric" : "decimal", value: example ?? (whole ? "1" : "1.5"), autocomplete: "off", spellcheck: "false" });
  const field = labelled(name, input, whole ? "A whole number" : "A number");
  return {
    element: field.element,
    read() {
      const typed = input.value.trim();
      const fits = whole ? /^-?(0|[1-9]\d*)$/ : /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;
      if (!fits.test(typed)) refuse(field, whole ? "Write a whole number, such as 10." : "Write a number, such as 1.5.");
      return { json: typed };
    },
  };
}

function string(name) {
  const input = h("textarea", { rows: 3, spellcheck: "false" });
  const field = labelled(name, input, "Text");
  return { element: field.element, read: () => ({ json: JSON.stringify(input.value) }) };
}

function boolean(name) {
  const id = freshId("field");
  const input = h("input", { type: "checkbox", id });
  return { element: h("div", { class: "check" }, input, h("label", { for: id }, name)), read: () => ({ json: String(input.checked) }) };
}

/** Rows that can be added and taken away. */
function array(schema, name) {
  const list = h("ul", { class: "items" });
  const rows = [];
  const add = (focus) => {
    const field = fieldOf(schema.items, `${name} ${rows.length + 1}`);
    const row = { field, element: h("li", {}, field.element, h("button", { type: "button", "aria-label": `Remove ${name} ${rows.length + 1}`, on: { click: () => {
      rows.splice(rows.indexOf(row), 1);
      row.element.remove();
      more.focus();
    } } }, "Remove")) };
    rows.push(row);
    list.append(row.element);
    if (focus) row.element.querySelector("input, textarea")?.focus();
  };
  const more = h("button", { type: "button", on: { click: () => add(true) } }, "Add one");
  add(false);
  return {
    element: h("fieldset", { class: "field" }, h("legend", {}, name), list, h("div", { class: "actions" }, more)),
    read: () => ({ json: `[${rows.map((row) => row.field.read().json).join(", ")}]` }),
  };
}

/** Any JSON, checked as it is typed. */
export function editor(name, example, hint = "JSON") {
  const input = h("textarea", { rows: 9, spellcheck: "false", autocomplete: "off", autocapitalize: "off" });
  input.value = example;
  const field = labelled(name, input, hint);
  input.addEventListener("blur", () => field.say(problem(input.value)));
  return {
    element: field.element,
    read() {
      const why = problem(input.value);
      if (why) refuse(field, why);
      return { json: input.value };
    },
  };
}

/** The members of a type as people write it, `{customer: bigint, since?: date}`, as an object that has those that are needed. */
function example(type) {
  const members = [...type.matchAll(/(\w+)(\??): ([^,}]+)/g)].filter(([, , optional]) => !optional);
  const value = (of) => (/int|decimal|double|float|real|numeric/i.test(of) ? 1 : /bool/i.test(of) ? true : "");
  return members.length ? JSON.stringify(Object.fromEntries(members.map(([, name, , of]) => [name, value(of)])), null, 2) : "{}";
}

const SCALARS = new Set(["integer", "number", "string", "boolean"]);

export function fieldOf(schema, name = "Input") {
  if (schema.type === "integer" || schema.type === "number") return number(schema, name);
  if (schema.type === "string" && schema.format !== "byte") return string(name);
  if (schema.type === "boolean") return boolean(name);
  if (schema.type === "array" && SCALARS.has(schema.items?.type) && schema.items.format !== "byte") return array(schema, name);
  if (schema.type === "array") return editor(name, "[]", "A JSON array");
  return editor(name, schema.title === "JsonNode" ? "null" : example(schema.title ?? ""), schema.title ? `JSON: ${schema.title}` : "JSON");
}

/** The envelope of a tensor request, with zeros where numbers go. */
export function tensorExample(inputs) {
  const zero = (type) => (type === "BYTES" ? "" : type === "BOOL" ? false : 0);
  const of = (input) => {
    const shape = input.shape.map((size) => (size < 0 ? 1 : size));
    const size = shape.reduce((product, one) => product * one, 1);
    return { name: input.name, shape, datatype: input.datatype, data: Array(Math.min(size, 4096)).fill(zero(input.datatype)) };
  };
  return JSON.stringify({ inputs: inputs.map(of) }).replace('{"inputs":[', '{"inputs": [\n  ').replaceAll('},{"name"', '},\n  {"name"').replace(/\]\}$/, "\n]}");
}
