package dev.sluice.sdk.config;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.actor.SchedulerNames;
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
import org.jspecify.annotations.Nullable;

/** An actor with what configuration says of it laid over what its class says. */
record ConfiguredActor(ActorType type, ActorDescriptor descriptor) implements ActorType {

    private static final int LARGEST_BATCH = 65_535;
    private static final Duration SHORTEST_SLO = Duration.ofMillis(1);
    private static final Duration LONGEST_SLO = Duration.ofHours(24);

    /** @throws SettingRefused where the settings make no sense for this actor */
    static ConfiguredActor of(ActorType type, ActorProperties settings) {
        ActorDescriptor given = type.descriptor();
        String scheduler = settings.scheduler() == null ? given.scheduler() : settings.scheduler();
        require(
                SchedulerNames.ALL.contains(scheduler),
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
        require(
                slo.compareTo(SHORTEST_SLO) >= 0 && slo.compareTo(LONGEST_SLO) <= 0,
                given.name(),
                "slo",
                slo,
                "Write a duration from 1ms to " + LONGEST_SLO.toHours() + "h.");
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
                method.outputType());
    }

    private static void require(boolean holds, String actor, String key, @Nullable Object value, String action) {
        if (!holds) {
            throw new SettingRefused("sluice.actors." + actor + "." + key + " is " + value + ".", action);
        }
    }

    @Override
    public List<Example> examples() {
        return type.examples();
    }

    @Override
    public ActorInstance create(Map<String, String> args) {
        return type.create(args);
    }
}
