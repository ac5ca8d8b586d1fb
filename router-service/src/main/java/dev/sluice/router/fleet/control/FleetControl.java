package dev.sluice.router.fleet.control;

import dev.sluice.common.config.Problem;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.change.Changed;
import dev.sluice.router.fleet.change.Deployment;
import dev.sluice.router.fleet.change.Refusal;
import dev.sluice.router.fleet.change.Refused;
import dev.sluice.router.fleet.change.RolloutChange;
import dev.sluice.router.fleet.change.RolloutEnds;
import dev.sluice.router.fleet.change.Running;
import dev.sluice.router.fleet.change.ScaleChange;
import dev.sluice.router.fleet.change.ShadowChange;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.GoalRules;
import dev.sluice.router.fleet.store.FleetStore.Conflict;
import dev.sluice.router.fleet.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * What operators may do. Everything fails with {@link Refused} where it is not done, and is done at most once: who writes a change to
 * something that changed meanwhile is refused. Thread-safe.
 */
public final class FleetControl {

    private static final int STORE_RETRY_SECONDS = 5;
    private static final int FIRST_LOOK_SECONDS = 3;

    /** What becomes of a goal, given what runs. */
    private interface Change extends BiFunction<ActorGoal, Running, Changed> {}

    private final Goals goals;
    private final Supplier<FleetView> view;
    private final EventLog events;

    /** @param view what this router saw last */
    public FleetControl(Goals goals, Supplier<FleetView> view, EventLog events) {
        this.goals = goals;
        this.view = view;
        this.events = events;
    }

    /** What is wanted and what there is; as it was read last, while the store is away. */
    public Mono<Fleet> fleet() {
        return read().onErrorResume(
                        Refused.class, away -> Mono.justOrEmpty(goals.now()).switchIfEmpty(Mono.error(away)))
                .map(desired -> new Fleet(desired, view.get()));
    }

    private Mono<Desired> read() {
        return goals.read().onErrorMap(FleetControl::refusal);
    }

    private static Throwable refusal(Throwable failure) {
        if (failure instanceof Conflict conflict) {
            return new Refused(new Refusal.Stale(conflict.expected(), conflict.actual()));
        }
        return failure instanceof StoreUnavailable
                ? new Refused(new Refusal.Unavailable(String.valueOf(failure.getMessage()), STORE_RETRY_SECONDS))
                : failure;
    }

    public Mono<Written> deploy(Deployment asked, Expected expected) {
        String actor = asked.wanted().actor();
        return writable(fleet -> {
            long revision = fleet.desired().state().revision(actor);
            mustBeReadable(fleet, actor);
            expected.mustBe(revision);
            Optional<ActorGoal> before = fleet.desired().goal(actor);
            Running running = fleet.running(actor);
            Changed changed = before.isPresent() ? asked.to(before.get(), running) : asked.toNew(running);
            return put("deploy", fleet, before, changed);
        });
    }

    public Mono<Written> scale(String actor, ScaleChange asked, Expected expected) {
        return change("scale", actor, expected, "replicas.", (goal, running) -> asked.to(goal));
    }

    public Mono<Written> rollOut(String actor, RolloutChange asked, Expected expected) {
        return change("rollout", actor, expected, "rollout.", asked::to);
    }

    public Mono<Written> promote(String actor, Expected expected) {
        return change("promote", actor, expected, "", (goal, running) -> RolloutEnds.promote(goal));
    }

    public Mono<Written> rollBack(String actor, Expected expected) {
        return change("rollback", actor, expected, "", (goal, running) -> RolloutEnds.rollBack(goal));
    }

    public Mono<Written> shadow(String actor, ShadowChange asked, Expected expected) {
        return change("shadow", actor, expected, "shadow.", asked::to);
    }

    public Mono<Written> endShadow(String actor, Expected expected) {
        return change("shadow", actor, expected, "", (goal, running) -> RolloutEnds.endShadow(goal));
    }

    /** @param part of the goal that is changed, as the rules begin its fields; in what was asked for they are without */
    private Mono<Written> change(String kind, String actor, Expected expected, String part, Change change) {
        return writable(fleet -> {
            mustBeReadable(fleet, actor);
            ActorGoal before = fleet.desired().goal(actor).orElseThrow(() -> notManaged(fleet, actor));
            expected.mustBe(fleet.desired().state().revision(actor));
            Changed changed = change.apply(before, fleet.running(actor));
            mustHold(fleet, before.versions(), changed.goal(), part);
            return put(kind, fleet, Optional.of(before), changed);
        });
    }

    private static Refused notManaged(Fleet fleet, String actor) {
        return fleet.replicas(actor).findAny().isEmpty()
                ? new Refused(fleet.noActor(actor))
                : new Refused(new Refusal.Contradiction("Hosts run " + actor
                        + " by their own configuration. Deploy it first: routers then take it over."));
    }

    private static void mustBeReadable(Fleet fleet, String actor) {
        fleet.desired().state().whyUnreadable(actor).ifPresent(why -> {
            throw new Refused(new Refusal.Contradiction("This router cannot follow what is wanted of " + actor + ". "
                    + why + " Change it through the router that wrote it, or undeploy it here and deploy it anew."));
        });
    }

    private static void mustHold(Fleet fleet, List<VersionSpec> before, ActorGoal goal, String part) {
        List<Problem> all = new ArrayList<>(GoalRules.check(goal));
        // Circles that are there already are not to keep an operator from going back.
        if (!before.containsAll(goal.versions())) {
            all.addAll(fleet.circles(goal));
        }
        List<Problem> problems = all.stream()
                .map(problem -> !part.isEmpty() && problem.field().startsWith(part)
                        ? new Problem(problem.field().substring(part.length()), problem.what(), problem.action())
                        : problem)
                .toList();
        if (!problems.isEmpty()) {
            throw new Refused(new Refusal.Invalid(problems));
        }
    }

    private Mono<Written> put(String kind, Fleet fleet, Optional<ActorGoal> before, Changed changed) {
        ActorGoal goal = changed.goal();
        String actor = goal.actor();
        mustHold(fleet, before.map(ActorGoal::versions).orElse(List.of()), goal, "");
        List<String> warnings = new ArrayList<>(changed.warnings());
        warnings.addAll(fleet.warnings(goal));
        long revision = fleet.desired().state().revision(actor);
        if (before.equals(Optional.of(goal))) {
            return Mono.just(new Written(actor, revision, before, revision > 0, false, warnings));
        }
        return goals.put(goal, revision)
                .doOnNext(written -> log(kind, actor, changed.done()))
                .map(written -> new Written(actor, written, Optional.of(goal), true, before.isEmpty(), warnings));
    }

    /** An actor is to go, from wherever it runs. */
    public Mono<Written> undeploy(String actor, Expected expected) {
        return writable(fleet -> {
            long revision = fleet.desired().state().revision(actor);
            boolean gone = fleet.desired().undeployed().contains(actor);
            if (!gone && !fleet.actors().contains(actor)) {
                throw new Refused(fleet.noActor(actor));
            }
            expected.mustBe(revision);
            if (gone) {
                return Mono.just(new Written(actor, revision, Optional.empty(), true, false, List.of()));
            }
            return goals.undeploy(actor, revision)
                    .doOnNext(written -> log("undeploy", actor, "all its replicas end"))
                    .map(written -> new Written(actor, written, Optional.empty(), true, false, List.of()));
        });
    }

    /** A host is to be empty, or is to be used again; the result is the revision. */
    public Mono<Long> drain(String nodeId, boolean drained, Expected expected) {
        return writable(fleet -> {
            if (!fleet.hosts().contains(nodeId)) {
                throw new Refused(fleet.noHost(nodeId));
            }
            long revision = fleet.desired().state().hostRevision(nodeId);
            expected.mustBe(revision);
            if (fleet.desired().state().drained().contains(nodeId) == drained) {
                return Mono.just(revision);
            }
            return goals.drain(nodeId, drained, revision)
                    .doOnNext(written -> events.add(
                            drained ? "drain" : "undrain",
                            "",
                            "",
                            "",
                            nodeId,
                            drained
                                    ? "An operator wants it empty: its replicas go elsewhere."
                                    : "An operator wants it used again."));
        });
    }

    private void log(String kind, String actor, String done) {
        events.add(kind, actor, "", "", "", "An operator asked for it: " + done + ".");
    }

    /** Does it with what is wanted now, where this router may write. */
    private <T> Mono<T> writable(Function<Fleet, Mono<T>> write) {
        return read().map(desired -> new Fleet(desired, view.get()))
                .flatMap(fleet -> {
                    mustBeTheWriter(fleet);
                    return write.apply(fleet);
                })
                .onErrorMap(FleetControl::refusal);
    }

    /** A store that is not shared is known to its own router alone. */
    private static void mustBeTheWriter(Fleet fleet) {
        if (fleet.desired().isShared()) {
            return;
        }
        if (fleet.view().routers().isEmpty()) {
            throw new Refused(new Refusal.Unavailable(
                    "This router started a moment ago, and does not know yet whether it is the only one.",
                    FIRST_LOOK_SECONDS));
        }
        if (fleet.view().routers().size() > 1) {
            throw new Refused(Refusal.NotShared.of(fleet.view().routers()));
        }
    }
}
