// What the frontend counted: queries by outcome, and how long they took.

const NOTHING = { answered: 0, withinSlo: 0, shed: 0, failed: 0, expired: 0, cancelled: 0, latencyCount: 0, latencyMillis: 0 };

/** The counts of one actor, or of all together where none is named. */
function counts(moment, actor) {
  if (actor !== undefined) return { ...NOTHING, ...moment.actors.get(actor) };
  return (moment.sum ??= [...moment.actors.values()].reduce(
    (sum, one) => Object.fromEntries(Object.keys(NOTHING).map((key) => [key, sum[key] + (one[key] ?? 0)])),
    NOTHING));
}

export const goodput = (actor) => (moment) => counts(moment, actor).withinSlo;
export const shed = (actor) => (moment) => counts(moment, actor).shed;

/** Without an answer in time, though nobody turned them away: failed, expired, or answered too late. */
export const missed = (actor) => (moment) => {
  const own = counts(moment, actor);
  return own.failed + own.expired + own.answered - own.withinSlo;
};

export const offered = (actor) => (moment) => {
  const own = counts(moment, actor);
  return own.answered + own.shed + own.failed + own.expired + own.cancelled;
};

/** How many queries of the last seconds took how long: [{from, to, count}], in milliseconds, without those that had none at the ends. */
export function latencies(history, actor, seconds) {
  const now = history.now;
  const then = history.before(seconds);
  const bounds = now.frontend.traffic.boundsMillis;
  const upTo = (moment, i) => {
    const all = actor === undefined ? [...moment.actors.values()] : [moment.actors.get(actor)];
    return all.reduce((sum, one) => sum + (one?.latency?.[i] ?? 0), 0);
  };
  let before = 0;
  const all = bounds.map((to, i) => {
    const sum = Math.max(0, upTo(now, i) - upTo(then, i));
    const bucket = { from: bounds[i - 1] ?? 0, to, count: Math.max(0, sum - before) };
    before = Math.max(sum, before);
    return bucket;
  });
  const first = all.findIndex((bucket) => bucket.count > 0);
  const last = all.findLastIndex((bucket) => bucket.count > 0);
  return first < 0 ? [] : all.slice(first, last + 1);
}

/** Seconds that a point of a line of quantiles looks back. */
const LATELY = 5;

/** Notes the quantiles of the newest moment's last seconds: later on its histograms would have to be held against each other again. */
export function note(history) {
  const buckets = latencies(history, undefined, LATELY);
  history.now.lately = { p50: quantile(buckets, 0.5) ?? 0, p99: quantile(buckets, 0.99) ?? 0 };
}

export const lately = (which) => (history) => history.values((moment) => moment.lately[which]);

/** The time within which this part of the queries ended; null where there were none. */
export function quantile(buckets, part) {
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  if (total === 0) return null;
  let left = part * total;
  for (const bucket of buckets) {
    if (left <= bucket.count && bucket.count > 0) return bucket.from + (bucket.to - bucket.from) * (left / bucket.count);
    left -= bucket.count;
  }
  return buckets.at(-1).to;
}
