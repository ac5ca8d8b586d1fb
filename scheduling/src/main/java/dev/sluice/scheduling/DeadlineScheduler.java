package dev.sluice.scheduling;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class DeadlineScheduler implements Scheduler {

    /** A head that allows only so small a part of an efficient batch is given up: it would make all others late. */
    private static final double LEAST_EFFICIENCY = 0.5;

    static final boolean YIELD = !Boolean.getBoolean("noyield");
    static final boolean GUEST = !Boolean.getBoolean("guest");
    static final boolean DEFER = !Boolean.getBoolean("nodefer");
    static final double RIPE = Double.parseDouble(System.getProperty("ripe", "0.3"));
    static final double RESERVE = Double.parseDouble(System.getProperty("res", "0.1"));
    static final double MARGIN = 1.02;

    private final ClassBacklog backlog;
    private final Fleet fleet;
    private final Admission admission;
    private final BatchRule rule;
    private final Alarm alarm = new Alarm();

    /** @throws IllegalArgumentException if two plans have the same name */
    public DeadlineScheduler(Collection<MethodPlan> methods, QueueLimits limits) {
        this(methods, limits, new Fleet(), DeadlineSettings.DEFAULT);
    }

    /** @throws IllegalArgumentException if two plans have the same name */
    public DeadlineScheduler(
            Collection<MethodPlan> methods, QueueLimits limits, Fleet fleet, DeadlineSettings settings) {
        this.fleet = fleet;
        FairShares classes = Admission.classShares();
        this.backlog = new ClassBacklog(methods, limits, fleet.profile(), classes);
        this.admission = new Admission(backlog.queues(), classes, fleet, settings);
        this.rule = settings.batchRule();
    }

    @Override
    public @Nullable Refusal offer(Queued query, long now) {
        ClassQueue queue = backlog.queueFor(query);
        Refusal refusal = backlog.refusal(query, now);
        if (refusal == null) {
            refusal = admission.judge(queue, query, now);
        }
        if (refusal == null) {
            backlog.accept(queue, query);
        }
        return refusal;
    }

    @Override
    public void offerAgain(Queued query, long now) {
        backlog.offerAgain(query);
    }

    @Override
    public boolean remove(Queued query) {
        return backlog.remove(query);
    }

    @Override
    public Decision poll(long now, int freeReplicas) {
        if (backlog.size() == 0) {
            return Decision.Idle.IDLE;
        }
        if (fleet.hasShunned()) {
            fleet.readmit(now);
        }
        TrackedReplica replica = fleet.size() == 0 ? null : fleet.best();
        boolean free = freeReplicas > 0 && (replica != null || fleet.size() == 0);
        double slowdown = replica == null ? 1 : replica.slowdown();
        List<ClassQueue> queues = backlog.queues();
        ClassQueue next = null;
        Queued mostUrgent = null;
        Queued hopeless = null;
        double leastSlack = Double.POSITIVE_INFINITY;
        long sleep = Long.MAX_VALUE;
        boolean contested = admission.contested();
        long nextFree = contested ? fleet.freeAt(1, 0, now) : now;
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            Queued head = queue.head();
            if (head == null) {
                continue;
            }
            long left = head.deadlineNanos() - now;
            long spare = left - (long) queue.times().typical(1);
            if (left <= 0 || spare < 0) {
                hopeless = hopeless == null || DeadlineHeap.moreUrgent(head, hopeless) ? head : hopeless;
                continue;
            }
            sleep = Math.min(sleep, queue.times().known() ? spare + 1 : left);
            if (DEFER && contested && free && queue.size() < queue.efficient * RIPE) {
                double wait = nextFree - now;
                double later = queue.size() + queue.arrivals.perNano() * wait;
                double size = Math.max(1, Math.min(queue.efficient, later));
                double spareTime = left - queue.times().safe((int) size) * MARGIN - RESERVE * queue.budgetNanos();
                if (spareTime > wait) {
                    sleep = Math.min(sleep, (long) Math.max(1, spareTime - wait));
                    continue;
                }
            }
            double slack = left - queue.times().safe(Math.min(queue.size(), queue.target)) * slowdown;
            if (slack < leastSlack
                    || (slack == leastSlack && mostUrgent != null && DeadlineHeap.moreUrgent(head, mostUrgent))) {
                leastSlack = slack;
                next = queue;
                mostUrgent = head;
            }
        }
        if (hopeless != null) {
            backlog.remove(hopeless);
            boolean over = NanoTime.reached(hopeless.deadlineNanos(), now);
            return new Decision.Shed(hopeless, over ? Reason.EXPIRED : Reason.UNMEETABLE);
        }
        if (next == null && sleep < Long.MAX_VALUE) {
            return alarm.at(now + Math.max(1, sleep));
        }
        if (next == null) {
            return Decision.Idle.IDLE;
        }
        if (!free) {
            return alarm.at(now + sleep);
        }
        return dispatch(next, replica, slowdown, now);
    }

    private Decision dispatch(ClassQueue queue, @Nullable TrackedReplica replica, double slowdown, long now) {
        MethodTimes times = queue.times();
        int most = queue.plan().maxBatchSize();
        Queued head = queue.head();
        if (head == null) {
            throw new IllegalStateException("An empty queue was chosen");
        }
        double room = (head.deadlineNanos() - now) / slowdown;
        int wanted = wanted(queue, slowdown);
        if (times.known() && room < (wanted == 1 ? times.typical(1) : times.safe(wanted))) {
            backlog.remove(head);
            return new Decision.Shed(head, Reason.UNMEETABLE);
        }
        int fits = Math.max(wanted, times.largestWithin(room, most));
        Queued[] queries = new Queued[Math.min(fits, candidates(queue, head))];
        for (int i = 0; i < queries.length; i++) {
            queries[i] = backlog.takeHead(mostUrgent(queue, head));
        }
        return new Decision.Dispatch(new Batch(queue.plan().name(), queries), replica);
    }

    /** The size that the batch has to have, at the expense of the most urgent queries if need be. */
    private int wanted(ClassQueue queue, double slowdown) {
        if (rule == BatchRule.TARGET_WINDOW) {
            return Math.min(queue.size(), queue.target);
        }
        int least = slowdown > 1 ? 1 : (int) (queue.efficient * LEAST_EFFICIENCY);
        return Math.max(1, Math.min(queue.size(), least));
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
                || ((!queue.times().known() || GUEST) && queue.times() == host.times() && next != null && next.deadlineNanos() - head.deadlineNanos() >= 0);
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
}
