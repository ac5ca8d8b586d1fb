package dev.sluice.cli.platform;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One process as planned.
 *
 * @param name {@code frontend-0}: also its node id
 * @param jvmOptions beyond the usual ones
 * @param properties Spring properties, the port and the node id among them
 */
record Instance(String name, Tier tier, int port, List<String> jvmOptions, Map<String, String> properties) {

    /** This port of it; empty where its tier has none. */
    OptionalInt port(ExtraPort extra) {
        String port = properties.get(extra.property());
        return port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
    }

    /** The properties as arguments of the process, in a stable order. */
    List<String> arguments() {
        return properties.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toList();
    }
}
