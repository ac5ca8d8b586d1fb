package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines first: as much goodput as the replicas can give, under any load.
 *
 * <ul>
 *   <li>One queue per method and SLO class, earliest deadline first in each, order of arrival among equals.
 *   <li>What cannot be answered in time is refused when it arrives ({@link Admission}), and so is what is beyond a share
 *       ({@link FairShares}). What becomes hopeless later is shed as soon as that is known.
 *   <li>A free replica goes to the queue with the least slack: the time left to its head, less the time of the batch it
 *       would make. Eager: a free replica takes what is there. Only where several classes want more than there is, small
 *       batches that can wait for the next replica let larger ones go first.
 *   <li>The batch is as large as its most urgent query allows ({@link BatchRule}), filled up with later deadlines from the
 *       method's other classes.
 * </ul>
 *
 * <p>While nothing is known of batch times this is plain earliest deadline first, which is the optimal order while all
 * deadlines can be met (Liu and Layland, 1973). The batch rules follow Nexus (SOSP 2019), Clockwork (OSDI 2020) and
 * Symphony; none of them is copied.
 */
public final class DeadlineScheduler implements Scheduler {

    /** A head that allows only so small a part of an efficient batch is given up: it would make all others late. */
    private static final double LEAST_EFFICIENCY = 0.5;

    /** Where classes compete, this part of an efficient batch is worth a replica at once. */
    private static final double RIPE = 0.3;

    /** Whoever lets others go first keeps this part of its time from arrival to deadline in hand. */
    private static final double RESERVE = 0.1;

    private static final double CAUTION = 1.02;

    /** Sorts those that can wait behind all that cannot. */
    private static final double CAN_WAIT = 1e15;

    private final ClassBacklog backlog;
    private final Fleet fleet;
    private final Admission admission;
    private final DeadlineSettings settings;
    private final Alarm alarm = new Alarm();
    private final ReasonCounts turnedAway = new ReasonCounts();

    /** @throws IllegalArgumentException if two plans have the same name */
    public DeadlineScheduler(Collection<MethodPlan> methods, QueueLimits limits) {
        this(methods, limits, new Fleet(), DeadlineSettings.DEFAULT);
    }

    /**
     * @param fleet the replicas, and what is known of batch times; its owner keeps it up to date
     * @throws IllegalArgumentException if two plans have the same name
     */
    public DeadlineScheduler(
            Collection<MethodPlan> methods, QueueLimits limits, Fleet fleet, DeadlineSettings settings) {
        this.fleet = fleet;
        this.settings = settings;
        fleet.hedges().share(settings.hedging() ? settings.hedgeShare() : 0);
        FairShares classes = Admission.classShares();
        this.backlog = new ClassBacklog(methods, limits, fleet.profile(), classes);
        this.admission = new Admission(backlog, classes, fleet, settings);
    }

    @Override
    public @Nullable Refusal offer(Queued query, long now) {
        ClassQueue queue = backlog.queueFor(query);
        Share tenant = admission.tenant(query);
        query.share = tenant;
        Refusal refusal = backlog.refusal(query, now);
        if (refusal == null) {
            refusal = admission.judge(queue, query, tenant, now);
        }
        if (refusal == null) {
            backlog.accept(queue, query);
        } else {
            turnedAway(query, queue, refusal.why());
        }
        return refusal;
    }

    private void turnedAway(Queued query, ClassQueue queue, Reason why) {
        turnedAway.add(why);
        queue.share().turnedAway.add(why);
        Share tenant = query.share;
        if (tenant != null) {
            tenant.turnedAway.add(why);
        }
    }

    @Override
    public void offerAgain(Queued query, long now) {
        backlog.offerAgain(query);
        if (query.queue instanceof ClassQueue queue) {
            queue.planFirst(query.deadlineNanos() - now);
        }
    }

    @Override
    public boolean remove(Queued query) {
        return backlog.remove(query);
    }

    @Override
    public Decision poll(long now, int freeReplicas) {
        if (fleet.hasShunned()) {
            fleet.readmit(now);
        }
        TrackedReplica replica = fleet.best();
        if (backlog.size() == 0) {
            return hedge(replica, freeReplicas, now);
        }
        boolean free = freeReplicas > 0 && (replica != null || !fleet.hasShunned());
        double slowdown = replica == null ? 1 : replica.pace();
        long wait = replica == null ? 0 : Fleet.startsAt(replica, now) - now;
        boolean patient = free && (settings.deferral() || admission.contested());
        double nextFree = patient ? fleet.freeAt(1, 0, now) - now : 0;
        List<ClassQueue> queues = backlog.queues();
        ClassQueue next = null;
        Queued nextHead = null;
        Queued hopeless = null;
        ClassQueue hopelessQueue = null;
        double leastSlack = 0;
        long sleep = Long.MAX_VALUE;
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            Queued head = queue.head();
            if (head == null) {
                continue;
            }
            MethodTimes times = queue.times();
            long left = head.deadlineNanos() - now;
            long spare = left - (long) times.typical(head.countedRows);
            if (left <= 0 || (spare < 0 && !head.probe)) {
                if (hopeless == null || DeadlineHeap.moreUrgent(head, hopeless)) {
                    hopeless = head;
                    hopelessQueue = queue;
                }
                continue;
            }
            sleep = Math.min(sleep, times.known() && !head.probe ? spare + 1 : left);
            double slack = left - wait - times.safe(Math.min(queue.rows(), queue.target)) * slowdown;
            if (patient && times.known() && queue.rows() < queue.efficient) {
                double spareTime = left - safeByThen(queue, nextFree) - RESERVE * queue.budgetNanos();
                if (spareTime > nextFree) {
                    if (settings.deferral() || queue.rows() < queue.efficient * RIPE) {
                        sleep = Math.min(sleep, (long) Math.max(1, spareTime - nextFree));
                        continue;
                    }
                    slack += CAN_WAIT;
                }
            }
            if (next == null
                    || slack < leastSlack
                    || (slack == leastSlack && nextHead != null && DeadlineHeap.moreUrgent(head, nextHead))) {
                leastSlack = slack;
                next = queue;
                nextHead = head;
            }
        }
        if (hopeless != null && hopelessQueue != null) {
            return shed(hopeless, hopelessQueue, now);
        }
        if (next == null || nextHead == null || !free) {
            return alarm.at(now + Math.min(sleep, readmission(now)));
        }
        Decision decision = dispatch(next, nextHead, replica, now);
        return decision == null ? alarm.at(now + Math.min(sleep, readmission(now))) : decision;
    }

    /** The safe time of the batch that a queue is likely to make in a while. */
    private static double safeByThen(ClassQueue queue, double wait) {
        double size = queue.rows() + queue.arrivals.perNano() * wait;
        return queue.times().safe((int) Math.max(1, Math.min(queue.efficient, size))) * CAUTION;
    }

    private long readmission(long now) {
        return fleet.hasShunned() ? Math.max(1, fleet.nextReadmission() - now) : Long.MAX_VALUE;
    }

    /** Nothing waits: a batch that is late may be run once more, where a replica has nothing to do. */
    private Decision hedge(@Nullable TrackedReplica spare, int freeReplicas, long now) {
        Hedges hedges = fleet.hedges();
        if (!hedges.isOn() || spare == null || spare.running > 0 || freeReplicas <= 0) {
            return Decision.Idle.IDLE;
        }
        TrackedReplica late = fleet.late(now);
        if (late != null) {
            late.hedged = true;
            return new Decision.Hedge(late, spare);
        }
        long next = fleet.nextLate(now);
        return next == Long.MAX_VALUE ? Decision.Idle.IDLE : alarm.at(now + next);
    }

    private Decision shed(Queued query, ClassQueue queue, long now) {
        backlog.remove(query);
        Reason why = NanoTime.reached(query.deadlineNanos(), now) ? Reason.EXPIRED : Reason.UNMEETABLE;
        turnedAway(query, queue, why);
        return new Decision.Shed(query, why);
    }

    /** Null where the replica is too slow for the most urgent query, which an ordinary one could still serve. */
    private @Nullable Decision dispatch(ClassQueue queue, Queued head, @Nullable TrackedReplica replica, long now) {
        double slowdown = replica == null ? 1 : replica.slowdown();
        long starts = replica == null ? now : Fleet.startsAt(replica, now);
        boolean slow = replica != null && (replica.pace() > 1 || starts != now);
        MethodTimes times = queue.timesOn(replica);
        double room = (head.deadlineNanos() - starts) / slowdown;
        int wanted = wanted(queue, head, slow);
        if (times.known()
                && !head.probe
                && room < (wanted == head.countedRows ? times.typical(wanted) : times.safe(wanted))) {
            return slow ? null : shed(head, queue, now);
        }
        int fits = Math.max(wanted, times.largestWithin(room, queue.plan().maxBatchSize()));
        Queued[] queries = new Queued[Math.min(fits, candidates(queue, head))];
        int taken = 0;
        int rows = 0;
        while (taken < queries.length) {
            ClassQueue from = mostUrgent(queue, head);
            Queued next = from.head();
            if (next == null || (taken > 0 && rows + next.countedRows > fits)) {
                break;
            }
            rows += next.countedRows;
            queries[taken++] = backlog.takeHead(from);
        }
        Queued[] exact = taken == queries.length ? queries : Arrays.copyOf(queries, taken);
        return new Decision.Dispatch(new Batch(queue.plan().name(), exact, replica));
    }

    /** The size that the batch has to have, at the expense of the most urgent queries if need be. */
    private int wanted(ClassQueue queue, Queued head, boolean slow) {
        if (settings.batchRule() == BatchRule.TARGET_WINDOW) {
            return Math.max(head.countedRows, Math.min(queue.rows(), queue.target));
        }
        int least = slow ? 1 : (int) (queue.efficient * LEAST_EFFICIENCY);
        return Math.max(head.countedRows, Math.min(queue.rows(), least));
    }

    /** How many queries could ride in a batch for this head: its own class, and later deadlines of the method's others. */
    private int candidates(ClassQueue host, Queued head) {
        int waiting = 0;
        List<ClassQueue> queues = backlog.queues();
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            if (mayRide(queue, host, head)) {
                waiting += queue.size();
            }
        }
        return waiting;
    }

    private ClassQueue mostUrgent(ClassQueue host, Queued head) {
        ClassQueue first = null;
        Queued firstHead = null;
        List<ClassQueue> queues = backlog.queues();
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            Queued next = queue.head();
            if (next != null
                    && mayRide(queue, host, head)
                    && (firstHead == null || DeadlineHeap.moreUrgent(next, firstHead))) {
                first = queue;
                firstHead = next;
            }
        }
        if (first == null) {
            throw new IllegalStateException("A batch is smaller than what waits for it");
        }
        return first;
    }

    private static boolean mayRide(ClassQueue queue, ClassQueue host, Queued head) {
        Queued next = queue.head();
        return queue == host
                || (queue.sameMethod(host) && next != null && next.deadlineNanos() - head.deadlineNanos() >= 0);
    }

    @Override
    public @Nullable Queued peek() {
        return backlog.peek();
    }

    @Override
    public boolean serves(String method) {
        return backlog.serves(method);
    }

    @Override
    public int size() {
        return backlog.size();
    }

    @Override
    public long retainedBytes() {
        return backlog.retainedBytes();
    }

    @Override
    public int size(String method) {
        return backlog.size(method);
    }

    @Override
    public long drainNanos() {
        double work = 0;
        List<ClassQueue> queues = backlog.queues();
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            work += queue.times().known() ? queue.rows() * queue.costNanos(queue.efficient) : 0;
        }
        return (long) (work / Math.max(1, fleet.speed()));
    }

    @Override
    public SchedulerView view(long now) {
        List<SchedulerView.QueueView> queues = new ArrayList<>();
        for (ClassQueue queue : backlog.queues()) {
            queues.add(queue.view(fleet.profile(), now));
        }
        return new SchedulerView(
                fleet.profile().views(),
                queues,
                admission.tenantViews(),
                fleet.members().stream().map(TrackedReplica::view).toList(),
                turnedAway.view(),
                fleet.hedges().count(),
                drainNanos());
    }
}
