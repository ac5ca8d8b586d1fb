// Numbers, times and sizes for people.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat("en", { maximumFractionDigits: 1, minimumFractionDigits: 1 });

export const NONE = "–";

/** A count per second or the like. */
export function amount(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return NONE;
  if (value === 0) return "0";
  if (value < 0.05) return "<0.1";
  if (value < 10) return Number.isInteger(value) ? whole.format(value) : one.format(value);
  if (value < 100_000) return whole.format(value);
  return value < 1e6 ? `${whole.format(value / 1e3)}k` : `${one.format(value / 1e6)}M`;
}

/** A time as [number, unit]. */
export function duration(millis) {
  if (millis === null || millis === undefined || Number.isNaN(millis)) return [NONE, ""];
  if (millis < 0.1) return [whole.format(millis * 1000), "µs"];
  if (millis < 1) return [millis.toFixed(2), "ms"];
  if (millis < 100) return [one.format(millis), "ms"];
  if (millis < 1000) return [whole.format(millis), "ms"];
  const seconds = millis / 1000;
  return [Number.isInteger(seconds) ? whole.format(seconds) : seconds.toFixed(seconds < 10 ? 2 : 1), "s"];
}

export const time = (millis) => duration(millis).join("\u202f").trim();

export const percent = (part) => `${Math.round(part * 100)}\u202f%`;

export function bytes(count) {
  if (count < 1024) return `${count} bytes`;
  return count < 1024 * 1024 ? `${one.format(count / 1024)} KB` : `${one.format(count / 1024 / 1024)} MB`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

export const clockTime = (instant) => clock.format(new Date(instant));

/** How long ago, in whole units. */
export function ago(millis) {
  const seconds = Math.round(millis / 1000);
  if (seconds < 60) return `${seconds}\u202fs`;
  return seconds < 3600 ? `${Math.round(seconds / 60)}\u202fmin` : `${Math.round(seconds / 3600)}\u202fh`;
}

/** The plural of an English noun where there is not one. */
export const count = (n, noun, many = `${noun}s`) => `${whole.format(n)} ${n === 1 ? noun : many}`;
