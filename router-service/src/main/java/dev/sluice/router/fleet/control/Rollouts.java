package dev.sluice.router.fleet.control;

import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.dispatch.VersionTally.Ended;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.plan.Failures;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.Wanted;
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
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads the rollouts of the actors that this router controls. Looked at by one thread; what it writes comes back later. */
public final class Rollouts {

    private static final Logger log = LoggerFactory.getLogger(Rollouts.class);

    private record Watched(String candidate, RolloutJudge judge) {}

    private final ActorDirectory actors;
    private final GoalWriter goals;
    private final EventLog events;
    private final Duration startPatience;
    private final Map<String, Watched> watched = new HashMap<>();
    private final Set<String> writing = ConcurrentHashMap.newKeySet();

    /** @param startPatience how long a candidate's replicas may take to be ready */
    public Rollouts(ActorDirectory actors, GoalWriter goals, EventLog events, Duration startPatience) {
        this.actors = actors;
        this.goals = goals;
        this.events = events;
        this.startPatience = startPatience;
    }

    void look(ActorGoal goal, Wanted wanted, List<HostState> hosts, Failures failures, long now) {
        Optional<Rollout> under = goal.rollout();
        if (under.isEmpty()) {
            watched.remove(goal.actor());
        } else if (!writing.contains(goal.actor())) {
            Rollout rollout = under.get();
            String candidate = rollout.candidate().version();
            Watched at = watched.get(goal.actor());
            if (at == null || !at.candidate().equals(candidate)) {
                at = new Watched(candidate, new RolloutJudge(startPatience.toNanos()));
                watched.put(goal.actor(), at);
            }
            act(
                    goal,
                    rollout,
                    at.judge()
                            .judge(
                                    rollout,
                                    isReady(goal.actor(), candidate, wanted, hosts),
                                    failures.count(goal.actor(), candidate),
                                    failures.reason(goal.actor(), candidate),
                                    counts(goal.actor(), goal.current().version()),
                                    counts(goal.actor(), candidate),
                                    now));
        }
    }

    private static boolean isReady(String actor, String candidate, Wanted wanted, List<HostState> hosts) {
        int needed = wanted.versions().stream()
                .filter(version -> version.spec().version().equals(candidate))
                .mapToInt(Wanted.Version::replicas)
                .sum();
        return hosts.stream().mapToInt(host -> host.ready(actor, candidate)).sum() >= needed;
    }

    private VersionCounts counts(String actor, String version) {
        Ended ended = actors.ended(actor, version);
        return ended == null
                ? VersionCounts.NONE
                : new VersionCounts(ended.answered(), ended.failed(), ended.latencyNanos());
    }

    private void act(ActorGoal goal, Rollout rollout, Verdict verdict) {
        if (verdict instanceof Verdict.Advance next) {
            write(
                    goal,
                    "advance",
                    next.weight() + " % of the queries go to it from now on",
                    current -> current.rollout()
                            .map(still ->
                                    current.withRollout(Optional.of(still.withWeight(next.weight(), still.held()))))
                            .orElse(current));
        } else if (verdict instanceof Verdict.Promote) {
            write(goal, "promote", "it has proved itself with all queries", ActorGoal::promoted);
        } else if (verdict instanceof Verdict.RollBack back) {
            log.warn("Version {} of {} goes back: {}", rollout.candidate().version(), goal.actor(), back.reason());
            write(goal, "rollback", back.reason(), current -> current.withRollout(Optional.empty()));
        }
    }

    /** Only where the rollout is still the one that was judged. */
    private void write(ActorGoal goal, String kind, String reason, UnaryOperator<ActorGoal> change) {
        Rollout judged = goal.rollout().orElseThrow();
        writing.add(goal.actor());
        goals.change(
                        goal.actor(),
                        current -> current.rollout().equals(Optional.of(judged)) ? change.apply(current) : current)
                .doFinally(end -> writing.remove(goal.actor()))
                .subscribe(
                        done -> events.add(
                                kind, goal.actor(), judged.candidate().version(), "", "", reason),
                        failed -> log.warn(
                                "Could not write that the rollout of {} is to {}, and try again: {}",
                                goal.actor(),
                                kind,
                                failed.getMessage()));
    }
}
