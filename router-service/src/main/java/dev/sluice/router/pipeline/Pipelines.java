package dev.sluice.router.pipeline;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.common.tensor.TextModel;
import dev.sluice.router.dispatch.ActorCalls;
import dev.sluice.router.dispatch.ActorDirectory;
import dev.sluice.router.pipeline.plan.Pipeline;
import dev.sluice.router.pipeline.plan.PipelineReader;
import dev.sluice.router.pipeline.plan.PlacedCall;
import dev.sluice.router.pipeline.run.PipelineActor;
import dev.sluice.router.pipeline.run.PipelineMetrics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipelines that this router runs. One thread follows what is wanted; what runs may be read by others. */
public final class Pipelines {

    private static final Logger log = LoggerFactory.getLogger(Pipelines.class);
    private static final long USUAL_SLO_MILLIS = 30_000;
    private static final String ANY = "any";

    /** As many as a line of a catalogue bears; the definition has them all. */
    private static final int MOST_NAMED = 5;

    /** One version of one pipeline that is wanted. */
    public record Declared(String actor, VersionSpec version) {}

    private final ActorDirectory actors;
    private final ActorCalls calls;
    private final Executor threads;
    private final Function<ActorDescriptor, PipelineMetrics> metrics;
    private volatile Map<Declared, PipelineActor> running = Map.of();

    /** Wanted no more, with runs that are under way. */
    private volatile List<PipelineActor> retired = List.of();

    private Set<Declared> seen = Set.of();

    /** Those that hosts have replicas of, under the same name and version: queries go to these. */
    private Set<Declared> hidden = Set.of();

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
     * These are wanted from now on, and no others. To be called often: what hosts ran under the same name may be gone by now.
     *
     * @return whether that is something new
     */
    public boolean follow(Set<Declared> wanted) {
        forgetWhatHasEnded();
        if (wanted.equals(seen) && hidden.isEmpty()) {
            return false;
        }
        if (!wanted.equals(seen)) {
            replace(wanted);
        }
        boolean changed = actors.compose(running.values());
        tellHidden();
        return changed;
    }

    private void forgetWhatHasEnded() {
        List<PipelineActor> before = retired;
        retired = before.stream().filter(pipeline -> pipeline.running() > 0).toList();
        before.stream()
                .filter(pipeline -> !retired.contains(pipeline) && !isThereAgain(pipeline.descriptor()))
                .forEach(PipelineActor::forget);
    }

    /** Changed under the same version, it counts on where it was. */
    private boolean isThereAgain(ActorDescriptor gone) {
        return Stream.concat(running.values().stream(), retired.stream())
                .map(PipelineActor::descriptor)
                .anyMatch(other ->
                        other.name().equals(gone.name()) && other.version().equals(gone.version()));
    }

    private void replace(Set<Declared> wanted) {
        Map<Declared, PipelineActor> next = new HashMap<>();
        for (Declared declared : wanted) {
            PipelineActor known = running.get(declared);
            Optional<PipelineActor> actor = known == null ? made(declared) : Optional.of(known);
            actor.ifPresent(pipeline -> next.put(declared, pipeline));
        }
        Stream<PipelineActor> gone = running.entrySet().stream()
                .filter(entry -> !next.containsKey(entry.getKey()))
                .map(Map.Entry::getValue);
        // First: who ticks meanwhile is to see each of them in one of both.
        retired = Stream.concat(retired.stream(), gone).toList();
        seen = Set.copyOf(wanted);
        running = Map.copyOf(next);
    }

    private void tellHidden() {
        Set<Declared> now = new HashSet<>();
        running.forEach((declared, pipeline) -> {
            if (!actors.isComposed(pipeline)) {
                now.add(declared);
            }
        });
        now.stream()
                .filter(declared -> !hidden.contains(declared))
                .forEach(declared -> log.warn(
                        "The pipeline '{}' of version {} is not served yet: hosts have replicas of that name and version,"
                                + " and get its queries until they are gone.",
                        declared.actor(),
                        declared.version().version()));
        hidden.stream()
                .filter(declared -> running.containsKey(declared) && !now.contains(declared))
                .forEach(declared -> log.info(
                        "The pipeline '{}' of version {} is served now.",
                        declared.actor(),
                        declared.version().version()));
        hidden = Set.copyOf(now);
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
                        .forEach(placed -> log.warn(
                                "The pipeline '{}' calls {}.{}{} at {}, which is not here yet; until it is, its step"
                                        + " fails.",
                                declared.actor(),
                                placed.call().actor(),
                                placed.call().method(),
                                placed.call().version().isEmpty()
                                        ? ""
                                        : " of version " + placed.call().version(),
                                placed.path())));
        return read.pipeline().map(pipeline -> {
            ActorDescriptor descriptor = descriptor(declared, pipeline);
            return new PipelineActor(descriptor, pipeline, calls, threads, metrics.apply(descriptor));
        });
    }

    /** What a pipeline calls that nobody has announced. Actors come and go, so this may change. */
    private List<PlacedCall> unknown(Pipeline pipeline) {
        return PlacedCall.of(pipeline).stream()
                .filter(placed -> !calls.knows(
                        placed.call().actor(),
                        placed.call().method(),
                        placed.call().version()))
                .toList();
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
                described(asked),
                List.of(new MethodDescriptor(
                        MethodDescriptor.DEFAULT_NAME,
                        false,
                        1,
                        0,
                        false,
                        ANY,
                        ANY,
                        Optional.of(TextModel.SIGNATURE))));
    }

    private static String described(Set<String> asked) {
        if (asked.isEmpty()) {
            return "A pipeline that asks nobody.";
        }
        String named = String.join(", ", asked.stream().limit(MOST_NAMED).toList());
        int more = asked.size() - MOST_NAMED;
        return "A pipeline of " + named + (more > 0 ? " and " + more + " more" : "") + ".";
    }

    /** To be called often: stops the runs that can no longer make it. */
    public void tick() {
        // In this order: those that retire in between are ticked twice rather than never.
        running.values().forEach(PipelineActor::tick);
        retired.forEach(PipelineActor::tick);
    }

    /** Those that run here. */
    public List<PipelineActor> running() {
        return List.copyOf(running.values());
    }
}
