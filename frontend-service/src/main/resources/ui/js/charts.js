// Charts as SVG, made by hand. Each is drawn anew with its numbers; none holds any.
import { s } from "./dom.js";
import { amount, time } from "./format.js";

const WIDTH = 100;
const HEIGHT = 30;

/** A line of the last moments, its right end now. `over` stands on it, as what was turned away stands on what was not. */
export function sparkline(values, { kind = "", over = null, most = 60, least = 1 } = {}) {
  const total = values.map((value, i) => value + (over?.[i] ?? 0));
  const top = Math.max(least, ...total);
  const x = (i) => WIDTH - ((values.length - 1 - i) * WIDTH) / (most - 1);
  const y = (value) => HEIGHT - 1 - (value / top) * (HEIGHT - 3);
  const svg = s("svg", { class: `spark ${kind}`.trim(), viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    s("line", { class: "rest", x1: 0, x2: WIDTH, y1: HEIGHT - 1, y2: HEIGHT - 1 }));
  if (values.length < 2 || total.every((value) => value === 0)) return svg;
  const points = (of) => of.map((value, i) => `${x(i).toFixed(2)} ${y(value).toFixed(2)}`);
  const between = (upper, lower) => `M${points(upper).join("L")}L${points(lower).reverse().join("L")}Z`;
  const floor = values.map(() => 0);
  svg.append(s("path", { class: "area", d: between(values, floor) }));
  if (over?.some((value) => value > 0)) svg.append(s("path", { class: "over", d: between(total, values) }));
  svg.append(s("path", { class: "line", d: `M${points(values).join("L")}` }));
  return svg;
}

/** A round number at or above this one. */
function roundUp(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

/** Charts are as wide as their place, so that their words keep their size. */
const FRAME = { height: 170, left: 44, right: 10, top: 12, bottom: 24 };

function frame(label, width, top) {
  const { height, left, right, bottom } = FRAME;
  const svg = s("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  for (const part of [0, 0.5, 1]) {
    const y = height - bottom - part * (height - bottom - FRAME.top);
    svg.append(
      s("line", { class: part ? "grid" : "base", x1: left, x2: width - right, y1: y, y2: y }),
      s("text", { x: left - 6, y: y + 4, "text-anchor": "end" }, amount(top * part)));
  }
  return svg;
}

/** Layers that stand on each other over the last moments: [{kind, values}]. */
export function layers(label, all, { width, seconds, least = 1 }) {
  const { height, left, right, bottom, top: above } = FRAME;
  const length = all[0].values.length;
  const totals = Array.from({ length }, (_, i) => all.reduce((sum, layer) => sum + layer.values[i], 0));
  const top = roundUp(Math.max(least, ...totals));
  const svg = frame(label, width, top);
  const x = (i) => width - right - ((length - 1 - i) * (width - left - right)) / (seconds - 1);
  const y = (value) => height - bottom - (value / top) * (height - bottom - above);
  const point = (value, i) => `${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
  let floor = Array(length).fill(0);
  if (length > 1) {
    for (const layer of all) {
      const roof = layer.values.map((value, i) => value + floor[i]);
      if (layer.values.some((value) => value > 0)) {
        svg.append(s("path", { class: layer.kind, d: `M${roof.map(point).join("L")}L${floor.map(point).reverse().join("L")}Z` }));
      }
      floor = roof;
    }
    svg.append(s("path", { class: "good-line", d: `M${all[0].values.map(point).join("L")}` }));
  }
  svg.append(
    s("text", { x: left, y: height - 7 }, `${seconds} s ago`),
    s("text", { x: width - right, y: height - 7, "text-anchor": "end" }, "now"));
  return svg;
}

/** Bars: [{name, count, late}], with marks above: [{at, name}] where `at` counts bars from the left. */
export function bars(label, all, { width, marks = [], every = 1 }) {
  const { height, left, right, bottom, top: above } = FRAME;
  const top = roundUp(Math.max(1, ...all.map((bar) => bar.count)));
  const svg = frame(label, width, top);
  const room = width - left - right;
  const step = room / Math.max(all.length, 1);
  const wide = Math.min(step * 0.82, 46);
  all.forEach((bar, i) => {
    const x = left + i * step + (step - wide) / 2;
    const tall = (bar.count / top) * (height - bottom - above);
    svg.append(s("rect", {
      class: bar.late ? "bar late" : "bar", x: x.toFixed(1), y: (height - bottom - tall).toFixed(1),
      width: wide.toFixed(1), height: Math.max(tall, bar.count > 0 ? 1 : 0).toFixed(1), rx: Math.min(2, wide / 4),
    }, s("title", {}, `${bar.name}: ${amount(bar.count)}`)));
    if (i % every === 0) svg.append(s("text", { x: left + (i + 0.5) * step, y: height - 7, "text-anchor": "middle" }, bar.tick ?? bar.name));
  });
  // Names that would lie on each other go into rows of their own.
  const rows = [];
  for (const mark of marks) {
    const x = left + mark.at * step;
    if (x < left || x > width - right + 1) continue;
    const size = mark.name.length * 6.4 + 12;
    const flip = x + size > width;
    const [from, to] = flip ? [x - size, x] : [x, x + size];
    let row = rows.findIndex((taken) => taken.every((other) => to < other.from || from > other.to));
    if (row < 0) row = rows.push([]) - 1;
    rows[row].push({ from, to });
    svg.append(
      s("line", { class: "mark-line", x1: x, x2: x, y1: above - 6, y2: height - bottom }),
      s("text", { class: "mark-text", x: flip ? x - 4 : x + 4, y: above + 4 + row * 13, "text-anchor": flip ? "end" : "start" }, mark.name));
  }
  return svg;
}

/** The buckets of latencies, joined so that there are not too many bars, with the quantiles and the SLO marked. */
export function latencyBars(label, buckets, { width, marks }) {
  const join = Math.ceil(buckets.length / Math.min(26, width / 15));
  const joined = [];
  for (let i = 0; i < buckets.length; i += join) {
    const some = buckets.slice(i, i + join);
    joined.push({ from: some[0].from, to: some.at(-1).to, count: some.reduce((sum, one) => sum + one.count, 0) });
  }
  while (joined.length < 8) {
    const last = joined.at(-1);
    joined.push({ from: last.to, to: last.to + Math.max(last.to - last.from, last.to / 10), count: 0 });
  }
  const at = (millis) => {
    const i = joined.findIndex((bar) => millis <= bar.to);
    return i < 0 ? Infinity : i + Math.max(0, (millis - joined[i].from) / (joined[i].to - joined[i].from));
  };
  const slo = marks.find((mark) => mark.slo)?.millis ?? Infinity;
  return bars(label,
    joined.map((bar) => ({ name: `${time(bar.from)} to ${time(bar.to)}`, tick: time(bar.to), count: bar.count, late: bar.from >= slo })),
    { width, marks: marks.filter((mark) => mark.millis !== null).map((mark) => ({ at: at(mark.millis), name: mark.name })).sort((a, b) => a.at - b.at),
      every: Math.ceil((joined.length * 62) / width) });
}
