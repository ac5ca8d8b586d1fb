package dev.sluice.frontend.flight.command;

import arrow.flight.protocol.FlightDescriptor;
import arrow.flight.protocol.FlightDescriptor.DescriptorType;
import dev.sluice.frontend.query.QueryOptions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a descriptor or a ticket asks for.
 *
 * @param actor its name
 * @param method null where none is named
 * @param version null for that of the call
 * @param input null where there is none
 * @param options of the query
 */
public record FlightCommand(
        String actor,
        @Nullable String method,
        @Nullable String version,
        @Nullable JsonNode input,
        BatchOptions options) {

    private static final Set<String> MEMBERS =
            Set.of("actor", "method", "version", "input", "slo_ms", "priority", "id");

    /**
     * Of a path, {@code [actor]} or {@code [actor, method]}, or a command, which is as a ticket.
     *
     * @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} for what is none
     */
    public static FlightCommand of(FlightDescriptor descriptor) {
        if (descriptor.getType() == DescriptorType.CMD) {
            return of(descriptor.getCmd().toByteArray(), "command");
        }
        List<String> path = descriptor.getPathList();
        if (descriptor.getType() != DescriptorType.PATH || path.isEmpty() || path.size() > 2) {
            throw QueryOptions.invalid(
                    "The descriptor must be a path of an actor and, if not call, its method, or a command such as"
                            + " {\"actor\": \"echo\"}.");
        }
        return new FlightCommand(
                path.get(0), path.size() == 2 ? path.get(1) : null, null, null, BatchOptions.of(new byte[0]));
    }

    /** Likewise of a ticket. */
    public static FlightCommand ofTicket(byte[] ticket) {
        return of(ticket, "ticket");
    }

    private static FlightCommand of(byte[] bytes, String what) {
        JsonObject object = JsonObject.read(bytes, what, MEMBERS);
        String actor = object.text("actor");
        if (actor == null) {
            throw QueryOptions.invalid(
                    "The " + what + " names no actor: {\"actor\": \"echo\"} would be one that does.");
        }
        String version = object.text("version");
        return new FlightCommand(
                actor,
                object.text("method"),
                version == null ? null : QueryOptions.version(version, "version"),
                object.value("input"),
                BatchOptions.of(object));
    }

    /** What redeems this command, as bytes that people can read. */
    public byte[] ticket() {
        ObjectNode ticket = JsonObject.MAPPER.createObjectNode().put("actor", actor);
        if (method != null) {
            ticket.put("method", method);
        }
        if (version != null) {
            ticket.put("version", version);
        }
        if (input != null) {
            ticket.set("input", input);
        }
        if (options.sloNanos() > 0) {
            ticket.put("slo_ms", options.sloNanos() / 1e6);
        }
        if (options.priority() > 0) {
            ticket.put("priority", options.priority());
        }
        if (options.id() != null) {
            ticket.put("id", options.id());
        }
        return JsonObject.MAPPER.writeValueAsBytes(ticket);
    }

    /** What the query is asked with; an object without members where nothing is given. */
    public byte[] body() {
        return JsonObject.MAPPER.writeValueAsBytes(input == null ? JsonObject.MAPPER.createObjectNode() : input);
    }
}
