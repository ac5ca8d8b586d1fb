package dev.sluice.router.fleet.file;

import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.fleet.goal.Shadow;
import dev.sluice.router.fleet.goal.Times;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What is wanted, in the fields of the actors file: what {@link ActorBodies} reads. Fields that are not set are left out. */
public final class ActorFields {

    private ActorFields() {}

    /** Of the version that serves, its scale and its routers. */
    public static Map<String, Object> of(ActorGoal goal) {
        Map<String, Object> fields = of(goal.current());
        fields.put("replicas", replicas(goal.scale()));
        fields.put("routers", goal.routers());
        return fields;
    }

    public static Map<String, Object> of(VersionSpec version) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", version.version());
        fields.put("kind", version.kind());
        fields.put("type", version.type());
        Map<String, String> args = new TreeMap<>(version.args());
        String pipeline = version.kind().equals(ActorKinds.PIPELINE) ? args.remove(ActorKinds.PIPELINE) : null;
        if (pipeline != null) {
            fields.put(ActorKinds.PIPELINE, tree(pipeline));
        }
        if (!args.isEmpty()) {
            fields.put("args", args);
        }
        VersionSettings settings = version.settings();
        settings.sloMillis().ifPresent(slo -> fields.put("slo", Times.text(Duration.ofMillis(slo))));
        settings.scheduler().ifPresent(scheduler -> fields.put("scheduler", scheduler));
        settings.maxBatchSize().ifPresent(size -> fields.put("max-batch-size", size));
        settings.maxWaitMillis().ifPresent(wait -> fields.put("max-wait", Times.text(Duration.ofMillis(wait))));
        settings.idempotent().ifPresent(idempotent -> fields.put("idempotent", idempotent));
        settings.scheduling().ifPresent(asked -> fields.put("scheduling", of(asked)));
        return fields;
    }

    /** As it is where it is no JSON: goals that cannot be followed are shown too. */
    private static Object tree(String definition) {
        try {
            return JsonMapper.shared().readTree(definition);
        } catch (JacksonException e) {
            return definition;
        }
    }

    private static Map<String, Object> of(ActorScheduling asked) {
        Map<String, Object> fields = new LinkedHashMap<>();
        asked.deferral().ifPresent(deferral -> fields.put("deferral", deferral));
        asked.hedging().ifPresent(hedging -> fields.put("hedging", hedging));
        asked.hedgeShare().ifPresent(share -> fields.put("hedge-share", share));
        if (!asked.tenantWeights().isEmpty()) {
            fields.put("tenant-weights", new TreeMap<>(asked.tenantWeights()));
        }
        asked.priorityWeight().ifPresent(weight -> fields.put("priority-weight", weight));
        asked.mostTenants().ifPresent(most -> fields.put("most-tenants", most));
        return fields;
    }

    private static Object replicas(Scale scale) {
        boolean usual = scale.targetUtilisation() == Scale.USUAL_UTILISATION
                && scale.downAfter().equals(Scale.USUAL_DOWN_AFTER);
        if (scale.isFixed() && usual) {
            return scale.max();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("min", scale.min());
        fields.put("max", scale.max());
        fields.put("target-utilisation", scale.targetUtilisation());
        fields.put("down-after", Times.text(scale.downAfter()));
        return fields;
    }

    public static Map<String, Object> of(Rollout rollout) {
        Map<String, Object> fields = of(rollout.candidate());
        fields.put(RolloutShape.WEIGHT.name(), rollout.weight());
        fields.put(RolloutShape.HELD.name(), rollout.held());
        fields.put(RolloutShape.STEPS.name(), rollout.steps());
        fields.put(RolloutShape.STEP_TIME.name(), Times.text(rollout.stepTime()));
        fields.put(RolloutShape.ERROR_MARGIN.name(), rollout.limits().errorMargin());
        fields.put(RolloutShape.LATENCY_MARGIN.name(), rollout.limits().latencyMargin());
        fields.put(RolloutShape.LEAST_QUERIES.name(), rollout.limits().leastQueries());
        return fields;
    }

    public static Map<String, Object> of(Shadow shadow) {
        Map<String, Object> fields = of(shadow.version());
        fields.put(ShadowShape.PERCENT.name(), shadow.percent());
        fields.put(ShadowShape.REPLICAS.name(), shadow.replicas());
        return fields;
    }
}
