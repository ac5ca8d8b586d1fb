package dev.sluice.client.transport;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which method of which actor is called, and how.
 *
 * @param slo how long the result is of use; null: the actor's own
 * @param priority 1 highest, 0 unset
 * @param outputs of a model; empty: all
 */
public record Call(
        String actor,
        String method,
        @Nullable String version,
        @Nullable Duration slo,
        int priority,
        @Nullable String id,
        @Nullable String tenant,
        List<String> outputs) {

    /** The method that is called where none is named. */
    public static final String DEFAULT_METHOD = "call";

    /** The name as the Open Inference Protocol has it. */
    public String model() {
        return method.equals(DEFAULT_METHOD) ? actor : actor + ":" + method;
    }

    public Call withMethod(String method) {
        return new Call(actor, method, version, slo, priority, id, tenant, outputs);
    }

    public Call withVersion(String version) {
        return new Call(actor, method, version, slo, priority, id, tenant, outputs);
    }

    public Call withSlo(Duration slo) {
        return new Call(actor, method, version, slo, priority, id, tenant, outputs);
    }

    public Call withPriority(int priority) {
        return new Call(actor, method, version, slo, priority, id, tenant, outputs);
    }

    public Call withId(String id) {
        return new Call(actor, method, version, slo, priority, id, tenant, outputs);
    }

    public Call withTenant(String tenant) {
        return new Call(actor, method, version, slo, priority, id, tenant, outputs);
    }

    public Call withOutputs(List<String> outputs) {
        return new Call(actor, method, version, slo, priority, id, tenant, outputs);
    }
}
