package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import java.util.List;
import java.util.stream.Stream;

/** Actors as hosts announce them. */
final class Actors {

    private Actors() {}

    static ActorDescriptor once(String name, String version, MethodDescriptor... methods) {
        return new ActorDescriptor(name, version, false, 1000, "fifo", "", List.of(methods));
    }

    /** One method {@code call}, batches of four, no wait, not idempotent. */
    static ActorDescriptor counter() {
        return once("counter", "1", method("call", 4, 0));
    }

    /** As {@link #counter}, but idempotent. */
    static ActorDescriptor echo() {
        return idempotent(once("echo", "1", method("call", 4, 0)));
    }

    static ActorDescriptor idempotent(ActorDescriptor actor) {
        return new ActorDescriptor(
                actor.name(),
                actor.version(),
                true,
                actor.sloMillis(),
                actor.scheduler(),
                actor.description(),
                actor.methods());
    }

    static ActorDescriptor scheduled(ActorDescriptor actor, String scheduler) {
        return new ActorDescriptor(
                actor.name(),
                actor.version(),
                actor.idempotent(),
                actor.sloMillis(),
                scheduler,
                actor.description(),
                actor.methods());
    }

    static ActorDescriptor with(ActorDescriptor actor, MethodDescriptor method) {
        return new ActorDescriptor(
                actor.name(),
                actor.version(),
                actor.idempotent(),
                actor.sloMillis(),
                actor.scheduler(),
                actor.description(),
                Stream.concat(actor.methods().stream(), Stream.of(method)).toList());
    }

    static MethodDescriptor method(String name, int maxBatchSize, long maxWaitMicros) {
        return new MethodDescriptor(name, true, maxBatchSize, maxWaitMicros, false, "String", "String");
    }
}
