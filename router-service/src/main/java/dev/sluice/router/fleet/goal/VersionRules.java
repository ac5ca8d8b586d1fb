package dev.sluice.router.fleet.goal;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.common.config.ActorLimits;
import dev.sluice.common.config.Problem;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.pipeline.plan.PipelineReader;
import java.time.Duration;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a version of an actor may be. What only its class can tell, its host refuses. */
final class VersionRules {

    private VersionRules() {}

    static void check(VersionSpec version, Consumer<Problem> problems) {
        ActorNames.versionProblem(version.version())
                .ifPresent(why -> problems.accept(new Problem("version", "is '" + version.version() + "'", why)));
        if (!ActorKinds.ALL.contains(version.kind())) {
            problems.accept(new Problem(
                    "kind",
                    "is '" + version.kind() + "'",
                    "Write one of: " + String.join(", ", new TreeSet<>(ActorKinds.ALL)) + "."));
        } else if (version.kind().equals(ActorKinds.PIPELINE)) {
            checkPipeline(version, problems);
        } else {
            ActorNames.actorProblem(version.type())
                    .ifPresent(why -> problems.accept(new Problem("type", "is '" + version.type() + "'", why)));
        }
        if (!version.kind().equals(ActorKinds.PIPELINE) && version.args().containsKey(ActorKinds.PIPELINE)) {
            problems.accept(new Problem(
                    ActorKinds.PIPELINE,
                    "is set, and the kind is " + version.kind(),
                    "Write 'kind: " + ActorKinds.PIPELINE + "', or take one of them away."));
        }
        if (version.args().containsKey("")) {
            problems.accept(new Problem("args", "has an argument without a name", "Give it one, or take it away."));
        }
        check(version.settings(), problems);
    }

    private static void checkPipeline(VersionSpec version, Consumer<Problem> problems) {
        String definition = version.args().get(ActorKinds.PIPELINE);
        if (definition == null) {
            problems.accept(new Problem(
                    ActorKinds.PIPELINE,
                    "is missing",
                    "Write 'steps:' below it, and below that the steps; docs/pipelines.md describes them."));
        } else {
            PipelineReader.read(definition).problems().forEach(problems);
        }
        if (version.args().size() > 1) {
            problems.accept(new Problem("args", "is set, and a pipeline takes none", "Take it away."));
        }
    }

    private static void check(VersionSettings settings, Consumer<Problem> problems) {
        ActorLimits limits = new ActorLimits(problems);
        settings.sloMillis().ifPresent(slo -> limits.slo(Duration.ofMillis(slo), Times.text(slo)));
        settings.scheduler().ifPresent(limits::scheduler);
        settings.maxBatchSize().ifPresent(limits::maxBatchSize);
        settings.maxWaitMillis().ifPresent(wait -> limits.maxWait(Duration.ofMillis(wait), Times.text(wait)));
        settings.scheduling().ifPresent(asked -> limits.scheduling(asked, settings.scheduler(), settings.idempotent()));
        long slo = settings.sloMillis().orElse(Long.MAX_VALUE);
        settings.maxWaitMillis()
                .filter(wait -> wait >= slo)
                .ifPresent(wait -> problems.accept(new Problem(
                        "max-wait",
                        "is " + Times.text(wait) + ", and queries that name no SLO have " + Times.text(slo)
                                + ", so they would expire while they wait",
                        "Lower max-wait, or raise slo.")));
    }
}
