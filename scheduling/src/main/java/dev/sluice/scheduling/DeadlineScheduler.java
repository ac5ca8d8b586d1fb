package dev.sluice.scheduling;

import java.util.ArrayList;
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
 *       batches that can wait for the next replica let larger ones go first, and a replica stays with the queue that it
 *       served last.
 *   <li>The batch is as large as its most urgent query allows ({@link BatchRule}), filled up with later deadlines from the
 *       method's other classes.
 * </ul>
 *
 * <p>While nothing is known of batch times this is plain earliest deadline first, which is the optimal order while all
 * deadlines can be met (Liu and Layland, 1973). The batch rules follow Nexus (SOSP 2019), Clockwork (OSDI 2020) and
 * Symphony; none of them is copied.
 */
public final class DeadlineScheduler implements Scheduler {

    private final ClassBacklog backlog;
    private final Fleet fleet;
    private final Admission admission;
    private final DeadlineSettings settings;
    private final NextQueue next;
    private final BatchMaker batches;
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
        fleet.leaveSlowAlone(false);
        fleet.hedges().share(settings.hedging() ? settings.hedgeShare() : 0);
        FairShares classes = Admission.classShares();
        this.backlog = new ClassBacklog(methods, limits, fleet.profile(), classes);
        this.admission = new Admission(backlog, classes, fleet, settings);
        this.next = new NextQueue(settings.deferral());
        this.batches = new BatchMaker(backlog, settings.batchRule());
    }

    @Override
    public @Nullable Refusal offer(Queued query, long now) {
        Share tenant = admission.tenant(query, now);
        ClassQueue queue = backlog.queueFor(query);
        queue.offered(query, now);
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
            queue.seen(now);
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
        boolean scarce = free && admission.contested(now) && fleet.idleCount() <= 1;
        double nextFree = scarce || (free && settings.deferral()) ? fleet.freeAt(1, 0, now) - now : -1;
        next.look(backlog.queues(), free, replica, scarce, nextFree, now);
        if (next.hopeless != null && next.hopelessQueue != null) {
            return shed(next.hopeless, next.hopelessQueue, now);
        }
        if (next.queue == null || next.head == null || !free) {
            long readmission = fleet.hasShunned() ? Math.max(1, fleet.nextReadmission() - now) : Long.MAX_VALUE;
            long sleep = Math.min(next.sleepNanos, readmission);
            // Who waits for the next replica does so only as long as there is more to do than can be done.
            return alarm.at(now + (scarce ? Math.min(sleep, Admission.STALE_NANOS + 1) : sleep));
        }
        Batch batch = batches.make(next.queue, next.head, replica, now);
        if (batch == null) {
            return shed(next.head, next.queue, now);
        }
        if (replica != null) {
            replica.serves(next.queue);
        }
        return new Decision.Dispatch(batch);
    }

    /** Nothing waits: a batch that is late may be run once more, where a replica has nothing to do. */
    private Decision hedge(@Nullable TrackedReplica spare, int freeReplicas, long now) {
        Hedges hedges = fleet.hedges();
        if (!hedges.isOn() || spare == null || spare.running > 0 || freeReplicas <= 0) {
            return Decision.Idle.IDLE;
        }
        TrackedReplica late = hedges.late(now);
        if (late != null) {
            late.hedged = true;
            return new Decision.Hedge(late, spare);
        }
        long next = hedges.nextLate(now);
        return next == Long.MAX_VALUE ? Decision.Idle.IDLE : alarm.at(now + next);
    }

    private Decision shed(Queued query, ClassQueue queue, long now) {
        backlog.remove(query);
        Reason why = NanoTime.reached(query.deadlineNanos(), now) ? Reason.EXPIRED : Reason.UNMEETABLE;
        turnedAway(query, queue, why);
        return new Decision.Shed(query, why);
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
    public List<MethodLoad> loads(LatencyProfile profile, long now) {
        return backlog.loads(now);
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
                admission.tenantViews(now),
                fleet.members().stream().map(TrackedReplica::view).toList(),
                turnedAway.view(),
                fleet.hedges().count(),
                drainNanos());
    }
}
