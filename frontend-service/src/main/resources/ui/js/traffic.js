// What the frontend counted: queries by outcome, and how long they took.

const NOTHING = { answered: 0, withinSlo: 0, shed: 0, failed: 0, expired: 0, cancelled: 0, latencyCount: 0, latencyMillis: 0 };

/** Those of an actor, or of all where none is named, that are there at another moment too. */
const versions = (moment, actor, among = moment) => [...moment.versions].flatMap(([key, one]) =>
  ((actor === undefined || one.actor === actor) && (among === moment || among.versions.has(key)) ? [one] : []));

/** The counts of one actor, or of all together where none is named. */
function counts(moment, actor, among = moment) {
  const sum = { ...NOTHING };
  for (const one of versions(moment, actor, among)) for (const key of Object.keys(NOTHING)) sum[key] += one[key] ?? 0;
  return sum;
}

export const goodput = (actor) => (moment, among) => counts(moment, actor, among).withinSlo;
export const shed = (actor) => (moment, among) => counts(moment, actor, among).shed;

/** Without an answer in time, though nobody turned them away: failed, expired, or answered too late. */
export const missed = (actor) => (moment, among) => {
  const own = counts(moment, actor, among);
  return own.failed + own.expired + own.answered - own.withinSlo;
};

export const offered = (actor) => (moment, among) => {
  const own = counts(moment, actor, among);
  return own.answered + own.shed + own.failed + own.expired + own.cancelled;
};

/** How many queries of the last seconds took how long: [{from, to, count}], in milliseconds, without those that had none at the ends. */
export function latencies(history, actor, seconds) {
  const now = history.now;
  const then = history.before(seconds);
  const bounds = now.frontend.traffic.boundsMillis;
  const after = versions(now, actor);
  const earlier = versions(then, actor, now);
  const upTo = (all, i) => all.reduce((sum, one) => sum + (one.latency?.[i] ?? 0), 0);
  let before = 0;
  const all = bounds.map((to, i) => {
    const sum = Math.max(0, upTo(after, i) - upTo(earlier, i));
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
