package dev.sluice.router.fleet.control;

import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.VersionTally.Ended;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.plan.ActorPlan;
import dev.sluice.router.fleet.plan.Failures;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.Wanted;
import dev.sluice.router.fleet.rollout.Failed;
import dev.sluice.router.fleet.rollout.Replicas;
import dev.sluice.router.fleet.rollout.RolloutJudge;
import dev.sluice.router.fleet.rollout.Verdict;
import dev.sluice.router.fleet.rollout.VersionCounts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads the rollouts of the actors that this router controls. Looked at by one thread; what it writes comes back later. */
public final class Rollouts {

    private static final Logger log = LoggerFactory.getLogger(Rollouts.class);

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(10);

    private record Watched(VersionSpec candidate, RolloutJudge judge) {}

    /** A rollout whose candidate was found bad. */
    private record Suspended(Rollout rollout, String reason) {}

    /** Of an actor, what could not be written: tried again after a while that grows. */
    private record Unwritten(long pauseNanos, long fromNanos) {

        boolean isDue(long now) {
            return now - fromNanos >= pauseNanos;
        }
    }

    private final ActorDirectory actors;
    private final GoalWriter goals;
    private final EventLog events;
    private final Duration startPatience;
    private final Map<String, Watched> watched = new HashMap<>();
    private final Set<String> writing = ConcurrentHashMap.newKeySet();
    private final Map<String, Unwritten> unwritten = new ConcurrentHashMap<>();
    private final Map<String, Suspended> suspended = new HashMap<>();

    /** @param startPatience how long a candidate's replicas may take to be ready */
    public Rollouts(ActorDirectory actors, GoalWriter goals, EventLog events, Duration startPatience) {
        this.actors = actors;
        this.goals = goals;
        this.events = events;
        this.startPatience = startPatience;
    }

    void look(ActorGoal goal, Wanted wanted, ActorPlan plan, List<HostState> hosts, Failures failures, long now) {
        Optional<Rollout> under = goal.rollout();
        if (under.isEmpty()) {
            watched.remove(goal.actor());
            suspended.remove(goal.actor());
        } else if (!writing.contains(goal.actor())) {
            Rollout rollout = under.get();
            Suspended bad = suspended.get(goal.actor());
            if (bad != null && bad.rollout().equals(rollout)) {
                goBack(goal, bad.reason(), now);
                return;
            }
            suspended.remove(goal.actor());
            String candidate = rollout.candidate().version();
            Watched at = watched.get(goal.actor());
            if (at == null || !at.candidate().equals(rollout.candidate())) {
                at = new Watched(rollout.candidate(), new RolloutJudge(startPatience.toNanos()));
                watched.put(goal.actor(), at);
            }
            Verdict verdict = at.judge()
                    .judge(
                            rollout,
                            replicas(goal.actor(), candidate, wanted, plan, hosts),
                            failed(goal.actor(), candidate, failures),
                            counts(goal.actor(), goal.current().version()),
                            counts(goal.actor(), candidate),
                            now);
            act(goal, rollout, at.judge(), verdict, now);
        }
    }

    private static Replicas replicas(
            String actor, String candidate, Wanted wanted, ActorPlan plan, List<HostState> hosts) {
        int needed = wanted.versions().stream()
                .filter(version -> version.spec().version().equals(candidate))
                .mapToInt(Wanted.Version::replicas)
                .sum();
        int ready =
                hosts.stream().mapToInt(host -> host.ready(actor, candidate)).sum();
        boolean starting = hosts.stream()
                .flatMap(host -> host.replicas().stream())
                .anyMatch(replica -> replica.state() == State.STARTING
                        && replica.actor().equals(actor)
                        && replica.version().equals(candidate));
        return new Replicas(ready, needed, !starting && plan.isShortOfSlots(candidate));
    }

    private static Failed failed(String actor, String version, Failures failures) {
        return new Failed(
                failures.count(actor, version), failures.hadServed(actor, version), failures.reason(actor, version));
    }

    private VersionCounts counts(String actor, String version) {
        Ended ended = actors.ended(actor, version);
        return ended == null
                ? VersionCounts.NONE
                : new VersionCounts(ended.answered(), ended.failed(), ended.turnedAway(), runs(ended));
    }

    private static Map<VersionCounts.Size, VersionCounts.Runs> runs(Ended ended) {
        Map<VersionCounts.Size, VersionCounts.Runs> runs = new HashMap<>();
        ended.runs()
                .forEach((size, some) -> runs.put(
                        new VersionCounts.Size(size.method(), size.rows()),
                        new VersionCounts.Runs(some.batches(), some.nanos())));
        return runs;
    }

    private void act(ActorGoal goal, Rollout rollout, RolloutJudge judge, Verdict verdict, long now) {
        String evidence = judge.isProven(rollout) ? "" : ", though it has had too few to be judged by";
        if (verdict instanceof Verdict.Advance next) {
            write(
                    goal,
                    "advance",
                    next.weight() + " % of the queries go to it from now on" + evidence,
                    now,
                    current -> current.rollout()
                            .map(still ->
                                    current.withRollout(Optional.of(still.withWeight(next.weight(), still.held()))))
                            .orElse(current));
        } else if (verdict instanceof Verdict.Promote) {
            write(goal, "promote", judge.proof(rollout), now, ActorGoal::promoted);
        } else if (verdict instanceof Verdict.RollBack back) {
            log.warn("Version {} of {} goes back: {}", rollout.candidate().version(), goal.actor(), back.reason());
            suspended.put(goal.actor(), new Suspended(rollout, back.reason()));
            goBack(goal, back.reason(), now);
        }
    }

    private void goBack(ActorGoal goal, String reason, long now) {
        write(goal, "rollback", reason, now, current -> current.withRollout(Optional.empty()));
    }

    /** Those whose candidate was found bad: it gets nothing from then on, even while that cannot be written. */
    Set<String> suspended() {
        return Set.copyOf(suspended.keySet());
    }

    /** Forgets all other actors: who controls them meanwhile knows better, when they come back. */
    void keep(Set<String> controlled) {
        watched.keySet().retainAll(controlled);
        suspended.keySet().retainAll(controlled);
        unwritten.keySet().retainAll(controlled);
    }

    /** Only where the rollout is still the one that was judged. */
    private void write(ActorGoal goal, String kind, String reason, long now, UnaryOperator<ActorGoal> change) {
        String actor = goal.actor();
        Unwritten before = unwritten.get(actor);
        if (before != null && !before.isDue(now)) {
            return;
        }
        Rollout judged = goal.rollout().orElseThrow();
        writing.add(actor);
        goals.change(actor, current -> current.rollout().equals(Optional.of(judged)) ? change.apply(current) : current)
                .doFinally(end -> writing.remove(actor))
                .subscribe(
                        done -> {
                            unwritten.remove(actor);
                            events.add(kind, actor, judged.candidate().version(), "", "", reason);
                        },
                        failed -> {
                            if (before == null) {
                                log.warn(
                                        "Could not write that the rollout of {} is to {}, and try again: {}",
                                        actor,
                                        kind,
                                        failed.getMessage());
                            }
                            long pause =
                                    before == null ? FIRST_PAUSE : Math.min(2 * before.pauseNanos(), LONGEST_PAUSE);
                            unwritten.put(actor, new Unwritten(pause, now));
                        },
                        () -> unwritten.remove(actor));
    }
}
