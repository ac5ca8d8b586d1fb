package dev.sluice.router.pipeline.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What a pipeline may ask, and where its definition says so.
 *
 * @param path of what has the fields of the call, {@code pipeline.steps.kind.switch[1]}
 */
public record PlacedCall(String path, Target.Call call) {

    /** All that a pipeline may ask, in the order of its steps. */
    public static List<PlacedCall> of(Pipeline pipeline) {
        List<PlacedCall> calls = new ArrayList<>();
        pipeline.steps().forEach(step -> calls.addAll(of(step)));
        return calls;
    }

    /** All that a step may ask, its fallback's too. */
    static List<PlacedCall> of(Step step) {
        List<PlacedCall> calls = new ArrayList<>();
        String path = PipelineReader.FIELD + ".steps." + step.name();
        collect(step.target(), path, calls);
        step.fallback().ifPresent(instead -> collect(instead, path + ".fallback", calls));
        return calls;
    }

    private static void collect(Target target, String path, List<PlacedCall> into) {
        if (target instanceof Target.Call call) {
            into.add(new PlacedCall(path, call));
        } else if (target instanceof Target.Choice choice) {
            for (int i = 0; i < choice.cases().size(); i++) {
                collect(choice.cases().get(i).then(), path + ".switch[" + i + "]", into);
            }
        } else if (target instanceof Target.Split split) {
            for (int i = 0; i < split.shares().size(); i++) {
                collect(split.shares().get(i).to(), path + ".split[" + i + "]", into);
            }
        } else if (target instanceof Target.Ensemble ensemble) {
            for (int i = 0; i < ensemble.members().size(); i++) {
                collect(ensemble.members().get(i).call(), path + ".ensemble[" + i + "]", into);
            }
        }
    }
}
