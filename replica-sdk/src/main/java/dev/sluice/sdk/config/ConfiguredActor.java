package dev.sluice.sdk.config;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.common.config.ActorLimits;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.Example;
import dev.sluice.sdk.config.ActorsProperties.ActorProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An actor with what configuration says of it laid over what its class says. */
record ConfiguredActor(ActorType type, ActorDescriptor descriptor) implements ActorType {

    /** @throws SettingRefused where the settings make no sense for this actor */
    static ConfiguredActor of(ActorType type, ActorProperties settings) {
        ActorDescriptor given = type.descriptor();
        String scheduler = settings.scheduler() == null ? given.scheduler() : settings.scheduler();
        limits(given).scheduler(scheduler);
        return new ConfiguredActor(
                type,
                new ActorDescriptor(
                        given.name(),
                        given.version(),
                        given.idempotent(),
                        slo(given, settings),
                        scheduler,
                        given.description(),
                        methods(given, settings),
                        settings.scheduling() == null
                                ? given.scheduling()
                                : Optional.of(ConfiguredScheduling.of(given, scheduler, settings.scheduling()))));
    }

    /** Whether a wait is set that the actor's scheduler does not look at. */
    boolean waitsForNothing() {
        return !descriptor.scheduler().equals(SchedulerNames.FIFO)
                && descriptor.methods().stream().anyMatch(method -> method.maxWaitMicros() > 0);
    }

    private static long slo(ActorDescriptor given, ActorProperties settings) {
        Duration slo = settings.slo();
        if (slo == null) {
            return given.sloMillis();
        }
        limits(given).slo(slo, slo.toString());
        return slo.toMillis();
    }

    private static List<MethodDescriptor> methods(ActorDescriptor given, ActorProperties settings) {
        Integer size = settings.maxBatchSize();
        Duration wait = settings.maxWait();
        if ((size != null || wait != null) && given.methods().stream().noneMatch(MethodDescriptor::batched)) {
            throw new SettingRefused(
                    "sluice.actors." + given.name()
                            + (size == null ? ".max-wait is " + wait : ".max-batch-size is " + size) + ".",
                    "None of its methods is batched: take the setting away, or put @BatchedInput on a method.");
        }
        if (size != null) {
            limits(given).maxBatchSize(size);
        }
        if (wait != null) {
            limits(given).maxWait(wait, wait.toString());
        }
        long slo = slo(given, settings);
        List<MethodDescriptor> methods = given.methods().stream()
                .map(method -> method.batched() ? withSettings(method, settings) : method)
                .toList();
        if (wait != null || settings.slo() != null) {
            methods.forEach(method -> requireTime(given.name(), method, slo));
        }
        return methods;
    }

    /** Whichever of the two was set: a batch that waits for as long as its queries may take answers none of them. */
    private static void requireTime(String actor, MethodDescriptor method, long sloMillis) {
        if (method.maxWaitMicros() >= TimeUnit.MILLISECONDS.toMicros(sloMillis)) {
            throw new SettingRefused(
                    "The batches of " + actor + "." + method.name() + " may wait for " + method.maxWaitMicros()
                            + " us, and queries that name no SLO have " + sloMillis
                            + " ms, so they would expire while they"
                            + " wait.",
                    "Lower sluice.actors." + actor + ".max-wait, or raise sluice.actors." + actor + ".slo.");
        }
    }

    private static MethodDescriptor withSettings(MethodDescriptor method, ActorProperties settings) {
        return new MethodDescriptor(
                method.name(),
                true,
                settings.maxBatchSize() == null ? method.maxBatchSize() : settings.maxBatchSize(),
                settings.maxWait() == null ? method.maxWaitMicros() : TimeUnit.MICROSECONDS.convert(settings.maxWait()),
                method.streaming(),
                method.inputType(),
                method.outputType(),
                method.tensors());
    }

    private static ActorLimits limits(ActorDescriptor actor) {
        return ActorLimits.refusing("sluice.actors." + actor.name());
    }

    @Override
    public List<Example> examples() {
        return type.examples();
    }

    @Override
    public ActorInstance create(Map<String, String> args) {
        return type.create(args, descriptor);
    }
}
