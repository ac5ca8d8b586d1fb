// A row of figures, each with what it was in the last minute.
import { h, text } from "./dom.js";
import { sparkline } from "./charts.js";

/** @param all [{name, value(history): [number, unit], line(history): values, kind, least}] */
export function figures(all) {
  const made = all.map((figure) => {
    const number = h("span");
    const unit = h("span", { class: "unit" });
    const line = h("dd");
    return {
      element: h("div", { class: "card figure" }, h("dt", {}, figure.name), h("dd", { class: "value" }, number, unit), line),
      show(history) {
        const [value, of] = figure.value(history);
        text(number, value);
        text(unit, of);
        line.replaceChildren(sparkline(figure.line(history), figure));
      },
    };
  });
  return {
    element: h("dl", { class: "figures" }, made.map((one) => one.element)),
    show: (history) => made.forEach((one) => one.show(history)),
  };
}
