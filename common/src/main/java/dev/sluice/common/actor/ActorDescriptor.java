package dev.sluice.common.actor;

import java.util.List;
import java.util.Optional;

/**
 * What the tiers know of an actor: announced by hosts, kept by routers, pushed to frontends in the catalogue.
 *
 * @param name the published name, the first segment of its path
 * @param version the version of the code or model
 * @param idempotent whether a query may be run again when it is not known if it ran
 * @param sloMillis the SLO of queries that name none, in milliseconds
 * @param scheduler one of {@link SchedulerNames}
 * @param description one line for people; may be empty
 * @param methods the servable methods, the default one first
 * @param scheduling what it asks for of its scheduler; empty where it asks for nothing, and from hosts that are older than that
 */
public record ActorDescriptor(
        String name,
        String version,
        boolean idempotent,
        long sloMillis,
        String scheduler,
        String description,
        List<MethodDescriptor> methods,
        Optional<ActorScheduling> scheduling) {

    public ActorDescriptor {
        methods = List.copyOf(methods);
    }

    /** An actor that asks for nothing of its scheduler. */
    public ActorDescriptor(
            String name,
            String version,
            boolean idempotent,
            long sloMillis,
            String scheduler,
            String description,
            List<MethodDescriptor> methods) {
        this(name, version, idempotent, sloMillis, scheduler, description, methods, Optional.empty());
    }

    public Optional<MethodDescriptor> method(String methodName) {
        for (MethodDescriptor method : methods) {
            if (method.name().equals(methodName)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
