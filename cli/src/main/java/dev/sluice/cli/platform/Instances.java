package dev.sluice.cli.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes that a {@link PlatformSpec} asks for, with their ports and what they must know of each other. */
final class Instances {

    private Instances() {}

    static List<Instance> of(PlatformSpec spec) {
        List<Instance> bare = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            TierSpec tierSpec = spec.tier(tier);
            for (int index = 0; index < tierSpec.count(); index++) {
                int port = tierSpec.firstPort() == 0 ? Ports.free() : tierSpec.firstPort() + index;
                bare.add(new Instance(tier.word() + "-" + index, tier, port, tierSpec.jvmOptions(), Map.of()));
            }
        }
        String routers = String.join(
                ",",
                bare.stream()
                        .filter(instance -> instance.tier() == Tier.ROUTER)
                        .map(instance -> "http://127.0.0.1:" + instance.port())
                        .toList());
        return bare.stream()
                .map(instance -> introduced(instance, spec, routers))
                .toList();
    }

    /** The others of a tier follow its first; 0: each takes a free one. */
    private static int port(ExtraPort extra, Instance bare, PlatformSpec spec) {
        int first = spec.firstPort(extra);
        int index = Integer.parseInt(bare.name().substring(bare.name().lastIndexOf('-') + 1));
        return first == 0 ? Ports.free() : first + index;
    }

    private static Instance introduced(Instance bare, PlatformSpec spec, String routers) {
        Map<String, String> properties = new HashMap<>();
        properties.put("server.port", Integer.toString(bare.port()));
        properties.put("sluice.node-id", bare.name());
        if (!routers.isEmpty()) {
            properties.put("sluice.routers", routers);
        }
        if (bare.tier() == Tier.ROUTER) {
            // Each its own: only one process may have a folder.
            properties.put(
                    "sluice.fleet.dir",
                    spec.directory().resolve("fleet").resolve(bare.name()).toString());
        }
        properties.putAll(spec.tier(bare.tier()).properties());
        for (ExtraPort extra : ExtraPort.values()) {
            if (extra.tier() == bare.tier()) {
                properties.put(extra.property(), Integer.toString(port(extra, bare, spec)));
            }
        }
        properties.putAll(spec.instances().getOrDefault(bare.name(), Map.of()));
        return new Instance(bare.name(), bare.tier(), bare.port(), bare.jvmOptions(), Map.copyOf(properties));
    }
}
