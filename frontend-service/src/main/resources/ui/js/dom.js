// Makes elements. Text is only ever set as text: what comes from actors can never become a part of the page.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. `on` has listeners, `style` custom properties, null and false attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "style") for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets text where it is another, so that what is selected or read aloud stays where nothing changed. */
export function text(element, value) {
  const next = String(value);
  if (element.textContent !== next) element.textContent = next;
}

/**
 * One child for each item, in their order. Children of items that stay are kept, with their focus.
 * `make(item)` returns {element, show(item)}.
 */
export function keyed(parent, items, key, make) {
  const kept = (parent.keyed ??= new Map());
  const seen = new Set();
  let place = null;
  for (const item of items) {
    const id = key(item);
    seen.add(id);
    if (!kept.has(id)) kept.set(id, make(item));
    const child = kept.get(id);
    child.show(item);
    const next = place ? place.nextSibling : parent.firstChild;
    if (next !== child.element) parent.insertBefore(child.element, next);
    place = child.element;
  }
  for (const [id, child] of kept) {
    if (!seen.has(id)) {
      child.element.remove();
      kept.delete(id);
    }
  }
}

let numbers = 0;

/** An id for a label and what it labels. */
export const freshId = (name) => `${name}-${++numbers}`;
