package dev.sluice.router.fleet.api;

import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.Rendezvous;
import dev.sluice.router.dispatch.VersionTally.Ended;
import dev.sluice.router.fleet.api.ActorView.Queries;
import dev.sluice.router.fleet.api.ActorView.VersionView;
import dev.sluice.router.fleet.control.Fleet;
import dev.sluice.router.fleet.file.ActorFields;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Puts together what operators see of actors. */
final class ActorViews {

    private static final int ALL = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private final String self;
    private final BiFunction<String, String, @Nullable Ended> ended;
    private final BiPredicate<String, String> onceOnly;

    /**
     * @param self this router's node id
     * @param ended what became of the queries of an actor's version, null where none came
     * @param onceOnly whether an actor's version is known not to be idempotent
     */
    ActorViews(String self, BiFunction<String, String, @Nullable Ended> ended, BiPredicate<String, String> onceOnly) {
        this.self = self;
        this.ended = ended;
        this.onceOnly = onceOnly;
    }

    /** As it is wanted now. */
    ActorView of(Fleet fleet, String actor, List<String> warnings) {
        long revision = fleet.desired().state().revision(actor);
        return of(fleet, actor, revision, fleet.desired().goal(actor), revision > 0, warnings);
    }

    ActorView of(
            Fleet fleet,
            String actor,
            long revision,
            Optional<ActorGoal> wanted,
            boolean stored,
            List<String> warnings) {
        ActorGoal goal = wanted.orElse(null);
        return new ActorView(
                actor,
                revision,
                stored ? "store" : goal == null ? "host" : "file",
                controller(fleet, actor),
                goal == null ? null : ActorFields.of(goal),
                wanted.flatMap(ActorGoal::previous).map(ActorFields::of).orElse(null),
                wanted.flatMap(ActorGoal::rollout).map(ActorFields::of).orElse(null),
                wanted.flatMap(ActorGoal::shadow).map(ActorFields::of).orElse(null),
                fleet.desired().state().whyUnreadable(actor).orElse(null),
                fleet.view().statuses().get(actor),
                versions(fleet, actor, goal, stored ? "outgoing" : "unmanaged"),
                withShadow(goal, warnings));
    }

    /** Before the shadow's first replica announces itself, what its kind is like can be told from the version that serves. */
    private List<String> withShadow(@Nullable ActorGoal goal, List<String> warnings) {
        if (goal == null || goal.shadow().isEmpty()) {
            return warnings;
        }
        String shadow = goal.shadow().get().version().version();
        if (!onceOnly.test(goal.actor(), shadow)
                && !onceOnly.test(goal.actor(), goal.current().version())) {
            return warnings;
        }
        List<String> more = new ArrayList<>(warnings);
        more.add("The actor " + goal.actor() + " is not marked idempotent, and version " + shadow
                + " runs copies of its queries: what these do beside answering is done twice.");
        return more;
    }

    private String controller(Fleet fleet, String actor) {
        return Rendezvous.first(actor, fleet.view().routers()).orElse(self);
    }

    /** @param other the role of versions that are not wanted */
    private List<VersionView> versions(Fleet fleet, String actor, @Nullable ActorGoal goal, String other) {
        Map<String, Map<String, Integer>> replicas = new LinkedHashMap<>();
        if (goal != null) {
            goal.versions().forEach(version -> replicas.put(version.version(), none()));
        }
        fleet.replicas(actor)
                .forEach(replica -> replicas.computeIfAbsent(replica.version(), unseen -> none())
                        .merge(word(replica.state()), 1, Integer::sum));
        List<VersionView> views = new ArrayList<>();
        replicas.forEach((version, counts) -> views.add(new VersionView(
                version,
                role(goal, version, goal == null ? other : "outgoing"),
                weight(goal, version),
                counts,
                queries(ended.apply(actor, version)))));
        return views;
    }

    private static Map<String, Integer> none() {
        Map<String, Integer> counts = new TreeMap<>();
        for (State state : State.values()) {
            counts.put(word(state), 0);
        }
        return counts;
    }

    static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String role(@Nullable ActorGoal goal, String version, String other) {
        if (goal == null) {
            return other;
        }
        if (goal.current().version().equals(version)) {
            return "current";
        }
        if (isCandidate(goal, version)) {
            return "candidate";
        }
        return goal.shadow()
                        .filter(shadow -> shadow.version().version().equals(version))
                        .isPresent()
                ? "shadow"
                : other;
    }

    private static boolean isCandidate(ActorGoal goal, String version) {
        return goal.rollout()
                .filter(rollout -> rollout.candidate().version().equals(version))
                .isPresent();
    }

    private static int weight(@Nullable ActorGoal goal, String version) {
        if (goal == null) {
            return 0;
        }
        int candidate = goal.rollout().map(Rollout::weight).orElse(0);
        if (goal.current().version().equals(version)) {
            return ALL - candidate;
        }
        return isCandidate(goal, version) ? candidate : 0;
    }

    private static Queries queries(@Nullable Ended ended) {
        if (ended == null) {
            return new Queries(0, 0, 0);
        }
        double mean = ended.answered() == 0 ? 0 : ended.latencyNanos() / NANOS_PER_MILLI / ended.answered();
        return new Queries(ended.answered(), ended.failed(), Math.round(mean * 1000) / 1000.0);
    }
}
