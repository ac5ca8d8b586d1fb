package dev.sluice.router.pipeline;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.dispatch.ActorCalls;
import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.pipeline.plan.Pipeline;
import dev.sluice.router.pipeline.plan.PipelineReader;
import dev.sluice.router.pipeline.plan.Target;
import dev.sluice.router.pipeline.run.PipelineActor;
import dev.sluice.router.pipeline.run.PipelineMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipelines that this router runs. One thread follows what is wanted; what runs may be read by others. */
public final class Pipelines {

    private static final Logger log = LoggerFactory.getLogger(Pipelines.class);
    private static final long USUAL_SLO_MILLIS = 30_000;
    private static final String ANY = "any";

    /** One version of one pipeline that is wanted. */
    public record Declared(String actor, VersionSpec version) {}

    private final ActorDirectory actors;
    private final ActorCalls calls;
    private final Executor threads;
    private final Function<ActorDescriptor, PipelineMetrics> metrics;
    private volatile Map<Declared, PipelineActor> running = Map.of();
    private Set<Declared> seen = Set.of();

    /** @param threads run expressions, and only those */
    public Pipelines(
            ActorDirectory actors,
            ActorCalls calls,
            Executor threads,
            Function<ActorDescriptor, PipelineMetrics> metrics) {
        this.actors = actors;
        this.calls = calls;
        this.threads = threads;
        this.metrics = metrics;
    }

    /**
     * These are wanted from now on, and no others.
     *
     * @return whether that is something new
     */
    public boolean follow(Set<Declared> wanted) {
        if (wanted.equals(seen)) {
            return false;
        }
        Map<Declared, PipelineActor> next = new HashMap<>();
        for (Declared declared : wanted) {
            PipelineActor known = running.get(declared);
            Optional<PipelineActor> actor = known == null ? made(declared) : Optional.of(known);
            actor.ifPresent(pipeline -> next.put(declared, pipeline));
        }
        seen = Set.copyOf(wanted);
        running = Map.copyOf(next);
        return actors.compose(next.values());
    }

    private Optional<PipelineActor> made(Declared declared) {
        VersionSpec version = declared.version();
        PipelineReader.Result read = PipelineReader.read(version.args().getOrDefault(ActorKinds.PIPELINE, ""));
        read.problems()
                .forEach(problem -> log.error(
                        "The pipeline '{}' of version {} is not served: {}",
                        declared.actor(),
                        version.version(),
                        problem.sentence()));
        read.pipeline()
                .ifPresent(pipeline -> unknown(pipeline)
                        .forEach(call -> log.warn(
                                "The pipeline '{}' calls {}.{}, which is not here yet; until it is, its step fails.",
                                declared.actor(),
                                call.actor(),
                                call.method())));
        return read.pipeline().map(pipeline -> {
            ActorDescriptor descriptor = descriptor(declared, pipeline);
            return new PipelineActor(descriptor, pipeline, calls, threads, metrics.apply(descriptor));
        });
    }

    /** What a pipeline calls that nobody has announced. Actors come and go, so this may change. */
    public List<Target.Call> unknown(Pipeline pipeline) {
        List<Target.Call> unknown = new ArrayList<>();
        pipeline.steps()
                .forEach(step -> Pipeline.calls(step).stream()
                        .filter(call -> !calls.knows(call.actor(), call.method(), call.version()))
                        .forEach(unknown::add));
        return unknown;
    }

    private static ActorDescriptor descriptor(Declared declared, Pipeline pipeline) {
        VersionSpec version = declared.version();
        Set<String> asked = new LinkedHashSet<>();
        pipeline.steps().forEach(step -> Pipeline.calls(step).forEach(call -> asked.add(call.actor())));
        return new ActorDescriptor(
                declared.actor(),
                version.version(),
                version.settings().idempotent().orElse(false),
                version.settings().sloMillis().orElse(USUAL_SLO_MILLIS),
                SchedulerNames.DEADLINE,
                "A pipeline of " + String.join(", ", asked) + ".",
                List.of(new MethodDescriptor(MethodDescriptor.DEFAULT_NAME, false, 1, 0, false, ANY, ANY)));
    }

    /** To be called often: stops the runs that can no longer make it. */
    public void tick() {
        running.values().forEach(PipelineActor::tick);
    }

    /** Those that run here. */
    public List<PipelineActor> running() {
        return List.copyOf(running.values());
    }
}
