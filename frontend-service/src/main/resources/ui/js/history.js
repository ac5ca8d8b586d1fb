// The last moments, and what passed between them. Counters only ever rise; where one fell, a process began anew. What is counted of a
// version goes when the version does, so a count may be asked for among what there is at a later moment.

const KEPT = 121;

/** Seconds over which figures are averaged, so that they can be read. */
const SMOOTH = 3;

/** Seconds over which latencies and batches are looked at. */
export const WINDOW = 60;

export class History {
  #moments = [];

  add(now) {
    const next = indexed(now);
    if (this.now && isAnother(this.now, next)) this.#moments = [];
    this.#moments.push(next);
    if (this.#moments.length > KEPT) this.#moments.shift();
  }

  get now() {
    return this.#moments.at(-1);
  }

  /** The moment so many seconds ago, or the oldest that there is. */
  before(seconds) {
    const now = this.now;
    return this.#moments.find((moment) => now.atMillis - moment.atMillis <= seconds * 1000 + 300) ?? now;
  }

  /** What `count(moment, among)` rose by per second, lately. */
  rate(count, seconds = SMOOTH) {
    const then = this.before(seconds);
    const passed = (this.now.atMillis - then.atMillis) / 1000;
    return passed > 0 ? Math.max(0, count(this.now, this.now) - count(then, this.now)) / passed : 0;
  }

  /** The same from moment to moment, the newest last: at most `most` of them. */
  rates(count, most = WINDOW) {
    const some = this.#moments.slice(-most - 1);
    return some.slice(1).map((moment, i) => {
      const passed = (moment.atMillis - some[i].atMillis) / 1000;
      return passed > 0 ? Math.max(0, count(moment, moment) - count(some[i], moment)) / passed : 0;
    });
  }

  /** `value(moment)` at each moment. */
  values(value, most = WINDOW) {
    return this.#moments.slice(-most).map((moment) => value(moment));
  }

  /** Seconds that the last look at latencies goes back. */
  get span() {
    return Math.round((this.now.atMillis - this.before(WINDOW).atMillis) / 1000);
  }
}

/** Whether another frontend tells this, or the same in another life. */
function isAnother(last, next) {
  return next.atMillis <= last.atMillis || next.frontend.node !== last.frontend.node
    || [...last.versions].some(([key, one]) => next.versions.get(key)?.answered < one.answered);
}

function indexed(now) {
  now.versions = new Map(now.frontend.traffic.versions.map((one) => [`${one.actor} ${one.version}`, one]));
  now.actors = new Set(now.frontend.traffic.versions.map((one) => one.actor).sort());
  return now;
}
