package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.actuator.PipelinesEndpoint;
import dev.sluice.router.pipeline.Pipelines;
import dev.sluice.router.pipeline.Pipelines.Declared;
import dev.sluice.router.pipeline.run.PipelineMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A router that runs pipelines over hosts of one actor each, with two replicas. */
final class PipelineRig {

    final RouterFixture router;
    final List<String> steps = new ArrayList<>();
    /** What passes with each step that ends. */
    Duration stepTakes = Duration.ZERO;

    /** What goes wrong in the router when a step ends. */
    @Nullable Error fault;

    final FakeFrontend frontend;
    private final Pipelines pipelines;
    private final Map<String, FakeHost> hosts = new LinkedHashMap<>();
    private final Set<Declared> declared = new LinkedHashSet<>();

    PipelineRig(String... actors) {
        this(new RouterFixture(), actors);
    }

    PipelineRig(RouterFixture router, String... actors) {
        this.router = router;
        this.frontend = router.frontend("frontend");
        for (String name : actors) {
            ActorDescriptor actor = Actors.idempotent(Actors.once(name, "1", Actors.method("call", 4, 0)));
            FakeHost host = router.host("host-" + name);
            hosts.put(name, host.runs(actor, name + "-0", name + "-1"));
        }
        pipelines = new Pipelines(router.actors, router.links.calls(), router.time.newShard(), any -> counting());
    }

    private PipelineMetrics counting() {
        return new PipelineMetrics() {
            @Override
            public void stepEnded(String step, @Nullable ErrorCode code, long durationNanos) {
                steps.add(step + (code == null ? "" : " " + code));
                router.time.pass(stepTakes.toNanos());
                if (fault != null) {
                    throw fault;
                }
            }

            @Override
            public void forget() {
                steps.add("forgotten");
            }

            @Override
            public void stepSkipped(String step) {
                steps.add(step + " skipped");
            }
        };
    }

    FakeHost host(String actor) {
        FakeHost host = hosts.get(actor);
        if (host == null) {
            throw new IllegalArgumentException(actor);
        }
        return host;
    }

    /** @param json the definition, with ' for " */
    PipelineRig pipeline(String name, String json) {
        VersionSpec version = new VersionSpec(
                "1",
                ActorKinds.PIPELINE,
                name,
                Map.of(ActorKinds.PIPELINE, json.replace('\'', '"')),
                VersionSettings.UNSET);
        declared.add(new Declared(name, version));
        if (pipelines.follow(declared)) {
            router.links.publish();
        }
        router.time.run();
        return this;
    }

    /** As happens all the time: what is wanted is followed, and has not changed. */
    void looksAgain() {
        if (pipelines.follow(declared)) {
            router.links.publish();
        }
        router.time.run();
    }

    /** As operators see them. */
    List<PipelinesEndpoint.PipelineView> seen() {
        return new PipelinesEndpoint(pipelines).pipelines();
    }

    void undeployAll() {
        declared.clear();
        pipelines.follow(declared);
    }

    /** What the actor is asked, in order; each is answered. */
    List<String> answers(String actor) {
        List<String> asked = new ArrayList<>();
        host(actor).batches().forEach(batch -> {
            asked.addAll(FakeHost.bodies(batch));
            host(actor).answer(batch);
        });
        return asked;
    }

    /** Lets so many milliseconds pass, one by one, and the pipelines look at the time. */
    void pass(int millis) {
        IntStream.range(0, millis).forEach(i -> {
            router.time.advance(Duration.ofMillis(1));
            pipelines.tick();
            router.time.run();
        });
    }

    long running() {
        return pipelines.running().stream()
                .mapToInt(pipeline -> pipeline.running())
                .sum();
    }
}
