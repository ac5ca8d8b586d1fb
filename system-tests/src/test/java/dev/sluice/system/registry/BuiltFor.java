package dev.sluice.system.registry;

import dev.sluice.cli.platform.Program;
import dev.sluice.cli.platform.Programs;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The services built with the client of a registry, as docs/discovery.md tells a user to, but beside the usual jars. */
public final class BuiltFor implements Programs {

    private static final Duration MOST = Duration.ofMinutes(8);
    private static final Map<String, BuiltFor> BUILT = new ConcurrentHashMap<>();

    private final String jars;

    private BuiltFor(String jars) {
        this.jars = jars;
    }

    /**
     * Built once in a run of tests.
     *
     * @param client the starter of Spring Cloud
     * @param tiers that are needed
     */
    public static BuiltFor client(String client, Tier... tiers) {
        return BUILT.computeIfAbsent(
                client + Arrays.toString(tiers),
                key -> build(client, Arrays.stream(tiers).map(BuiltFor::module).collect(Collectors.joining(","))));
    }

    private static BuiltFor build(String client, String modules) {
        Path project = Places.project();
        String jars = "target/for-" + client;
        OneProcess maven = OneProcess.start(
                "build-" + client,
                project,
                List.of(
                        project.resolve("mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-DskipTests",
                        "-Dmaven.main.skip",
                        // Else the tests of each service are compiled anew, since it has another dependency.
                        "-Dmaven.compiler.useIncrementalCompilation=false",
                        "-Dspotless.check.skip",
                        "-Ddiscovery=" + client,
                        "-Djars=" + jars,
                        "-pl",
                        modules,
                        "-am",
                        "package"));
        if (maven.awaitEnd(MOST) != 0) {
            throw new AssertionError(maven.output());
        }
        return new BuiltFor(jars);
    }

    /** The usual jar, for no registry. */
    public static Path usual(Tier tier) {
        return jar(tier, "target");
    }

    private static Path jar(Tier tier, String folder) {
        String module = module(tier);
        return Places.project().resolve(module).resolve(folder).resolve("sluice-" + module + "-exec.jar");
    }

    private static String module(Tier tier) {
        return switch (tier) {
            case FRONTEND -> "frontend-service";
            case ROUTER -> "router-service";
            case HOST -> "replica-service";
        };
    }

    @Override
    public Program of(Tier tier) {
        Path jar = jar(tier, jars);
        if (!Files.exists(jar)) {
            throw new AssertionError(jar + " was not built.");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Program(
                Places.folder("processes"),
                List.of(java, "-Xmx256m", "-XX:+UseSerialGC"),
                List.of("-jar", jar.toString()));
    }
}
