package dev.sluice.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The demo actors on every host. Those whose meaning depends on there being one of them, such as {@code counter}, run on
 * the first host only: a second settings file takes them away from the others.
 */
final class DemoActors {

    private DemoActors() {}

    static PlatformSpec addTo(PlatformSpec spec) {
        String everywhere = settings(spec, "demo-actors.yaml");
        String notFirst = settings(spec, "demo-actors-other-hosts.yaml");
        return offered(spec, everywhere + "," + notFirst)
                .property("host-0", "spring.config.additional-location", everywhere);
    }

    /** Without a single replica. */
    static PlatformSpec offeredBy(PlatformSpec spec) {
        return offered(spec, settings(spec, "demo-actors-offered.yaml"));
    }

    private static PlatformSpec offered(PlatformSpec spec, String settings) {
        return spec.property(
                        Tier.HOST,
                        "sluice.host.actors-dir",
                        jars(spec.project()).toString())
                .property(Tier.HOST, "spring.config.additional-location", settings);
    }

    private static String settings(PlatformSpec spec, String file) {
        return spec.project().resolve("conf").resolve(file).toUri().toString();
    }

    /** A folder with a copy of the built jar, so that a build beside running hosts does not pull it from under them. */
    private static Path jars(Path project) {
        Path built = project.resolve("examples/actors/target/sluice-example-actors.jar");
        if (!Files.exists(built)) {
            return built.resolveSibling("");
        }
        Path folder = project.resolve(".sluice/apps/actors-" + Fingerprint.ofJar(built));
        Path copy = folder.resolve(built.getFileName());
        if (!Files.exists(copy)) {
            try {
                Files.createDirectories(folder);
                Path draft = Files.createTempFile(folder, "actors", ".draft");
                Files.copy(built, draft, StandardCopyOption.REPLACE_EXISTING);
                Files.move(draft, copy, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new PlatformException("Cannot write to " + folder + ": " + e.getMessage());
            }
        }
        return folder;
    }
}
