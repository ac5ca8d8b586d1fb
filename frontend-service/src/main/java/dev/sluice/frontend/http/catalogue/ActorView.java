package dev.sluice.frontend.http.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import java.util.List;

/** An actor as the catalogue shows it. */
record ActorView(
        String name,
        String version,
        String description,
        String path,
        boolean idempotent,
        @JsonProperty("slo_ms") long sloMillis,
        String scheduler,
        List<MethodView> methods) {

    static ActorView of(ActorDescriptor actor) {
        String path = "/" + PathSegments.encoded(actor.name());
        return new ActorView(
                actor.name(),
                actor.version(),
                actor.description(),
                path,
                actor.idempotent(),
                actor.sloMillis(),
                actor.scheduler(),
                actor.methods().stream()
                        .map(method -> MethodView.of(path, method))
                        .toList());
    }

    /** A method as the catalogue shows it; {@code path} is where to post its input. */
    record MethodView(
            String name,
            String path,
            String input,
            String output,
            boolean batched,
            @JsonProperty("max_batch_size") int maxBatchSize,
            @JsonProperty("max_wait_ms") double maxWaitMillis,
            boolean streaming) {

        static MethodView of(String actorPath, MethodDescriptor method) {
            return new MethodView(
                    method.name(),
                    PathSegments.of(actorPath, method),
                    method.inputType(),
                    method.outputType(),
                    method.batched(),
                    method.maxBatchSize(),
                    method.maxWaitMicros() / 1000.0,
                    method.streaming());
        }
    }
}
