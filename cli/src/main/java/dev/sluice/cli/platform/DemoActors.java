package dev.sluice.cli.platform;

import java.nio.file.Path;

/**
 * The demo actors on every host. Those whose meaning depends on there being one of them, such as {@code counter}, run on
 * the first host only: a second settings file takes them away from the others.
 */
final class DemoActors {

    private DemoActors() {}

    static PlatformSpec addTo(PlatformSpec spec) {
        Path conf = spec.project().resolve("conf");
        String everywhere = conf.resolve("demo-actors.yaml").toUri().toString();
        String notFirst = conf.resolve("demo-actors-other-hosts.yaml").toUri().toString();
        return spec.property(
                        Tier.HOST,
                        "sluice.host.actors-dir",
                        spec.project().resolve("examples/actors/target").toString())
                .property(Tier.HOST, "spring.config.additional-location", everywhere + "," + notFirst)
                .property("host-0", "spring.config.additional-location", everywhere);
    }
}
