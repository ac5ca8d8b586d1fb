package dev.sluice.cli.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The usual options of a tier's JVM: small enough that four of them fit a laptop beside everything else.
 * {@code SLUICE_JAVA_OPTS} and {@code SLUICE_FRONTEND_JAVA_OPTS} (or ROUTER, HOST) in the environment add to them and win.
 */
final class JvmOptions {

    private final Jdk jdk;
    private final Map<String, String> environment;

    JvmOptions(Jdk jdk, Map<String, String> environment) {
        this.jdk = jdk;
        this.environment = environment;
    }

    List<String> of(Tier tier) {
        List<String> added = new ArrayList<>(words("SLUICE_JAVA_OPTS"));
        added.addAll(words("SLUICE_" + tier.word().toUpperCase(Locale.ROOT) + "_JAVA_OPTS"));
        List<String> options = new ArrayList<>();
        if (added.stream().noneMatch(JvmOptions::choosesCollector)) {
            options.add("-XX:+UseSerialGC");
        }
        options.addAll(memory(tier));
        options.addAll(List.of("-XX:MetaspaceSize=96m", "-Xss512k", "-XX:ReservedCodeCacheSize=64m"));
        options.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8"));
        // As seldom as this, looking for leaks costs nothing that is noticed; as often as usual, a twentieth of an
        // event loop.
        options.add("-Dio.netty.leakDetection.samplingInterval=2048");
        if (jdk.feature() >= 22) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        if (jdk.feature() >= 24) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (jdk.feature() >= 25) {
            options.add("-XX:+UseCompactObjectHeaders");
        }
        options.addAll(added);
        return options;
    }

    /**
     * A small young generation and a small start bound what a process holds in ordinary service, since the old generation
     * grows only where live objects need it; the most is there for payloads of 64 MiB.
     */
    private static List<String> memory(Tier tier) {
        List<String> most = switch (tier) {
            case FRONTEND -> List.of("-Xmx320m", "-XX:MaxDirectMemorySize=256m");
            // Queries wait in direct memory; a router holds as many bytes as the smaller of both allows.
            case ROUTER -> List.of("-Xmx256m", "-XX:MaxDirectMemorySize=256m");
            case HOST -> List.of("-Xmx384m", "-XX:MaxDirectMemorySize=320m");
        };
        List<String> memory = new ArrayList<>(List.of("-Xms128m", "-Xmn64m"));
        memory.addAll(most);
        return memory;
    }

    static boolean choosesCollector(String option) {
        return option.matches("-XX:\\+Use\\w+GC");
    }

    private List<String> words(String variable) {
        String value = environment.getOrDefault(variable, "").strip();
        return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
    }
}
