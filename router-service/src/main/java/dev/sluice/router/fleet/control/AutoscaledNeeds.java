package dev.sluice.router.fleet.control;

import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.scheduling.MethodLoad;
import dev.sluice.scheduling.scaling.Autoscaler;
import dev.sluice.scheduling.scaling.Observation;
import dev.sluice.scheduling.scaling.ScalingDecision;
import dev.sluice.scheduling.scaling.ScalingRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reckons with what this router sees of an actor's queries: a few times a second it asks the actor's schedulers what is asked of them.
 * Where an actor's queries are spread over several routers, each sees its part, and all see alike. Not thread-safe.
 */
public final class AutoscaledNeeds implements Needs {

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final class Scaled {
        private final Autoscaler autoscaler;
        private final AtomicReference<@Nullable List<MethodLoad>> answer = new AtomicReference<>();
        private Scale scale;
        private boolean asked;
        private volatile boolean asking;
        private long askedAt;
        private int wanted;

        Scaled(Scale scale, int wanted) {
            this.scale = scale;
            this.wanted = wanted;
            this.autoscaler = new Autoscaler(rules(scale));
        }
    }

    private final ActorDirectory actors;
    private final EventLog events;
    private final Map<String, Scaled> scaled = new HashMap<>();

    public AutoscaledNeeds(ActorDirectory actors, EventLog events) {
        this.actors = actors;
        this.events = events;
    }

    private static ScalingRules rules(Scale scale) {
        return new ScalingRules(
                scale.min(), scale.max(), scale.targetUtilisation(), scale.downAfter(), scale.downAfter());
    }

    @Override
    public int of(ActorGoal goal, Seen seen, long now) {
        if (goal.scale().isFixed()) {
            scaled.remove(goal.actor());
            return goal.scale().max();
        }
        Scaled actor = scaled.computeIfAbsent(
                goal.actor(), name -> new Scaled(goal.scale(), goal.scale().clamp(seen.ready() + seen.starting())));
        if (!actor.scale.equals(goal.scale())) {
            actor.scale = goal.scale();
            actor.autoscaler.follow(rules(goal.scale()));
            actor.wanted = goal.scale().clamp(actor.wanted);
        }
        ask(goal, actor, seen.routers(), now);
        List<MethodLoad> loads = actor.answer.getAndSet(null);
        if (loads != null) {
            actor.asking = false;
            decide(goal, actor, new Observation(loads, seen.ready(), seen.starting()), now);
        }
        // The first query may come to a router that does not control the actor, and nobody would hear of it.
        return seen.routers() > 1 ? Math.max(1, actor.wanted) : actor.wanted;
    }

    @Override
    public void keep(Set<String> actors) {
        scaled.keySet().retainAll(actors);
    }

    private void ask(ActorGoal goal, Scaled actor, int routers, long now) {
        if (!actor.asking && (!actor.asked || now - actor.askedAt >= PERIOD_NANOS)) {
            actor.asked = true;
            actor.asking = true;
            actor.askedAt = now;
            List<String> serving = new ArrayList<>();
            serving.add(goal.current().version());
            goal.rollout().ifPresent(rollout -> serving.add(rollout.candidate().version()));
            actors.loads(goal.actor(), serving).whenComplete((byVersion, failure) -> {
                if (failure == null) {
                    actor.answer.set(ofAllRouters(byVersion, routers));
                } else {
                    // Asked again: an actor must not be left for good at what it has.
                    actor.asking = false;
                }
            });
        }
    }

    private static List<MethodLoad> ofAllRouters(Map<String, List<MethodLoad>> byVersion, int routers) {
        List<MethodLoad> loads = new ArrayList<>();
        byVersion.forEach((version, ofVersion) -> ofVersion.forEach(load -> loads.add(new MethodLoad(
                version + "/" + load.method(),
                load.offeredQueries() * routers,
                load.offeredRows() * routers,
                load.queuedQueries() * routers,
                load.queuedRows() * routers,
                load.nanosPerRow(),
                load.sloNanos()))));
        return loads;
    }

    private void decide(ActorGoal goal, Scaled actor, Observation seen, long now) {
        ScalingDecision decision = actor.autoscaler.decide(seen, now);
        if (decision.wanted() != actor.wanted) {
            events.add("scale", goal.actor(), "", "", "", decision.reason());
        }
        actor.wanted = decision.wanted();
    }
}
