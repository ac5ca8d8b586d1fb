package dev.sluice.router.actuator;

import dev.sluice.router.pipeline.Pipelines;
import dev.sluice.router.pipeline.plan.Pipeline;
import dev.sluice.router.pipeline.plan.Step;
import dev.sluice.router.pipeline.plan.Target;
import dev.sluice.router.pipeline.run.PipelineActor;
import java.util.Comparator;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The pipelines that this router runs. */
@Endpoint(id = "pipelines")
public final class PipelinesEndpoint {

    private final Pipelines pipelines;

    public PipelinesEndpoint(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    /**
     * One version of a pipeline.
     *
     * @param running queries that are in it
     * @param typicalMillis along its slowest path, as reckoned last; 0 before it ran
     */
    public record PipelineView(String name, String version, int running, double typicalMillis, List<StepView> steps) {}

    /**
     * One step.
     *
     * @param needs steps that end before it begins
     * @param calls what it may ask, as {@code actor} or {@code actor/method}; its fallback's too
     */
    public record StepView(String name, List<String> needs, List<String> calls, boolean optional) {}

    /** By name and version. */
    @ReadOperation
    public List<PipelineView> pipelines() {
        return pipelines.running().stream()
                .map(PipelinesEndpoint::view)
                .sorted(Comparator.comparing(PipelineView::name).thenComparing(PipelineView::version))
                .toList();
    }

    private static PipelineView view(PipelineActor actor) {
        return new PipelineView(
                actor.descriptor().name(),
                actor.descriptor().version(),
                actor.running(),
                actor.typicalNanos() / 1e6,
                actor.pipeline().steps().stream().map(PipelinesEndpoint::view).toList());
    }

    private static StepView view(Step step) {
        return new StepView(
                step.name(),
                step.needs().stream().sorted().toList(),
                Pipeline.calls(step).stream()
                        .map(PipelinesEndpoint::word)
                        .distinct()
                        .toList(),
                step.optional());
    }

    private static String word(Target.Call call) {
        return call.method().equals("call") ? call.actor() : call.actor() + "/" + call.method();
    }
}
