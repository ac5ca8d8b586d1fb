// What routers see, put together: each sees all hosts and replicas, and its own queues.

/** What a router that is up told of itself. */
const told = (moment) => moment.routers.flatMap((router) => (router.overview ? [{ node: router.node, ...router.overview }] : []));

export const frontends = (moment) => {
  const nodes = new Set(told(moment).flatMap((router) => router.frontends));
  nodes.add(moment.frontend.node);
  return [...nodes].sort();
};

/** By node id, as most of them see it. */
export function hosts(moment) {
  const byNode = new Map();
  for (const router of told(moment)) for (const host of router.hosts) {
    if (!byNode.get(host.node)?.linked) byNode.set(host.node, host);
  }
  return [...byNode.values()].sort((a, b) => (a.node < b.node ? -1 : 1));
}

export const replicaKey = (replica) => `${replica.host} ${replica.actor} ${replica.version} ${replica.replica}`;

/** What all routers together gave each replica. Looked up once for each moment. */
export function replicas(moment) {
  if (moment.replicas) return moment.replicas;
  const all = new Map();
  for (const router of told(moment)) for (const replica of router.replicas) {
    const key = replicaKey(replica);
    const known = all.get(key);
    if (!known) all.set(key, { ...replica });
    else {
      known.running += replica.running;
      known.batches += replica.batches;
      known["busy-millis"] += replica["busy-millis"];
      known.ejected ||= replica.ejected;
      known.failed = Math.max(known.failed, replica.failed);
      known.slowdown = Math.max(known.slowdown, replica.slowdown);
    }
  }
  moment.replicas = all;
  return all;
}

export const replicasOf = (moment, actor) => [...replicas(moment).values()].filter((replica) => replica.actor === actor);

/** The part of the last seconds that a replica ran batches, 0 to 1. */
export const busy = (history, replica) => Math.min(1, history.rate(
  (moment) => replicas(moment).get(replicaKey(replica))?.["busy-millis"] ?? 0) / 1000);

export const batchRate = (history, replica) => history.rate(
  (moment) => replicas(moment).get(replicaKey(replica))?.batches ?? 0);

const queueKey = (router, queue) => `${router.node} ${queue.actor} ${queue.version} ${queue.method}`;

/** What there is to count at a moment. Looked up once for each. */
function counted(moment) {
  return (moment.counted ??= new Set(told(moment).flatMap((router) => [
    ...router.queues.map((queue) => queueKey(router, queue)),
    ...router.replicas.map((replica) => `${router.node} ${replicaKey(replica)}`)])));
}

/** Those of a moment that are there at another one too. */
const queues = (moment, actor, among = moment) => told(moment).flatMap((router) => router.queues.filter((queue) =>
  (actor === undefined || queue.actor === actor) && (among === moment || counted(among).has(queueKey(router, queue)))));

const sum = (all, of) => all.reduce((total, one) => total + of(one), 0);

export const waiting = (actor) => (moment) => sum(queues(moment, actor), (queue) => queue.waiting);
export const batches = (actor) => (moment, among) => sum(queues(moment, actor, among), (queue) => queue.batches);
export const batched = (actor) => (moment, among) => sum(queues(moment, actor, among), (queue) => queue.queries);
export const waited = (actor) => (moment, among) => sum(queues(moment, actor, among), (queue) => queue["wait-millis"]);
export const ran = (actor) => (moment, among) => sum(queues(moment, actor, among), (queue) => queue["run-millis"]);

/** Queries that a router put into batches. */
export const routed = (node) => (moment, among = moment) =>
  sum(told(moment).filter((router) => router.node === node).flatMap((router) => router.queues.filter(
    (queue) => among === moment || counted(among).has(queueKey(router, queue)))), (queue) => queue.queries);

/** Batches that a router sent to a host. */
export const sent = (router, host) => (moment, among = moment) =>
  sum(told(moment).filter((one) => one.node === router).flatMap((one) => one.replicas).filter((one) => one.host === host
    && (among === moment || counted(among).has(`${router} ${replicaKey(one)}`))), (replica) => replica.batches);

/** How many batches of the last seconds had how many queries: [{from, to, count}]. */
export function batchSizes(history, actor, seconds) {
  const then = history.before(seconds);
  const upTo = (moment) => {
    const counts = new Map();
    for (const queue of queues(moment, actor, history.now)) for (const { size, batches } of queue.sizes) {
      counts.set(size, (counts.get(size) ?? 0) + batches);
    }
    return counts;
  };
  const now = upTo(history.now);
  const before = upTo(then);
  let from = 1;
  let below = 0;
  const bars = [...now.keys()].sort((a, b) => a - b).map((to) => {
    const all = Math.max(0, now.get(to) - (before.get(to) ?? 0));
    const bar = { from, to, count: Math.max(0, all - below) };
    below = Math.max(all, below);
    from = to + 1;
    return bar;
  });
  const rest = batches(actor)(history.now) - batches(actor)(then, history.now) - below;
  if (rest > 0 && bars.length) bars.push({ from, to: null, count: rest });
  const last = bars.findLastIndex((bar) => bar.count > 0);
  return bars.slice(0, Math.max(last + 1, 0));
}

/** What is wanted of an actor, by the router that sees to it. */
export function wanted(moment, actor) {
  const seen = told(moment).flatMap((router) => router.actors.filter((one) => one.name === actor)
    .map((one) => ({ ...one, by: router.node })));
  return seen.find((one) => one.controller === one.by) ?? seen[0] ?? null;
}

export const rollouts = (moment) => {
  const names = new Set(told(moment).flatMap((router) => router.actors.filter((one) => one.rollout).map((one) => one.name)));
  return [...names].sort().map((name) => wanted(moment, name)).filter((one) => one.rollout);
};
