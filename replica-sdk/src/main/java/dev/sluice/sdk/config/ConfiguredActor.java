package dev.sluice.sdk.config;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.config.ActorsProperties.ActorProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An actor with what configuration says of it laid over what its class says. */
record ConfiguredActor(ActorType type, ActorDescriptor descriptor) implements ActorType {

    private static final Set<String> SCHEDULERS = Set.of("fifo", "deadline");
    private static final int LARGEST_BATCH = 65_535;

    /** @throws SettingRefused where the settings make no sense for this actor */
    static ConfiguredActor of(ActorType type, ActorProperties settings) {
        ActorDescriptor given = type.descriptor();
        String scheduler = settings.scheduler() == null ? given.scheduler() : settings.scheduler();
        require(
                SCHEDULERS.contains(scheduler),
                given.name(),
                "scheduler",
                scheduler,
                "Write 'fifo' (order of arrival) or 'deadline' (the most urgent first).");
        return new ConfiguredActor(
                type,
                new ActorDescriptor(
                        given.name(),
                        given.version(),
                        given.idempotent(),
                        slo(given, settings),
                        scheduler,
                        given.description(),
                        methods(given, settings)));
    }

    private static long slo(ActorDescriptor given, ActorProperties settings) {
        Duration slo = settings.slo();
        if (slo == null) {
            return given.sloMillis();
        }
        require(slo.toMillis() > 0, given.name(), "slo", slo, "Write a duration of at least 1ms.");
        return slo.toMillis();
    }

    private static List<MethodDescriptor> methods(ActorDescriptor given, ActorProperties settings) {
        Integer size = settings.maxBatchSize();
        Duration wait = settings.maxWait();
        if (size != null || wait != null) {
            require(
                    given.methods().stream().anyMatch(MethodDescriptor::batched),
                    given.name(),
                    size == null ? "max-wait" : "max-batch-size",
                    size == null ? wait : size,
                    "None of its methods is batched: take the setting away, or put @BatchedInput on a method.");
        }
        if (size != null) {
            require(
                    size >= 1 && size <= LARGEST_BATCH,
                    given.name(),
                    "max-batch-size",
                    size,
                    "Write a number from 1 to " + LARGEST_BATCH + ".");
        }
        if (wait != null) {
            require(!wait.isNegative(), given.name(), "max-wait", wait, "Write 0 or a duration such as 5ms.");
            require(
                    wait.toMillis() < slo(given, settings),
                    given.name(),
                    "max-wait",
                    wait,
                    "It is as long as the SLO of " + slo(given, settings)
                            + " ms or longer, so that queries would expire while they wait; make it shorter.");
        }
        return given.methods().stream()
                .map(method -> method.batched() ? withSettings(method, settings) : method)
                .toList();
    }

    private static MethodDescriptor withSettings(MethodDescriptor method, ActorProperties settings) {
        return new MethodDescriptor(
                method.name(),
                true,
                settings.maxBatchSize() == null ? method.maxBatchSize() : settings.maxBatchSize(),
                settings.maxWait() == null
                        ? method.maxWaitMicros()
                        : TimeUnit.NANOSECONDS.toMicros(settings.maxWait().toNanos()),
                method.streaming(),
                method.inputType(),
                method.outputType());
    }

    private static void require(boolean holds, String actor, String key, @Nullable Object value, String action) {
        if (!holds) {
            throw new SettingRefused("sluice.actors." + actor + "." + key + " is " + value + ".", action);
        }
    }

    @Override
    public ActorInstance create(Map<String, String> args) {
        return type.create(args);
    }
}
