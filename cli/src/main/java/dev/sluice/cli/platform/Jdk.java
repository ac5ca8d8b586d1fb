package dev.sluice.cli.platform;

import java.nio.file.Path;

/**
 * A Java runtime.
 *
 * @param feature 17, 25: what decides which options it knows
 * @param version the whole of it, vendor included: an archive of classes fits one build of the JVM only
 */
public record Jdk(Path home, int feature, String version) {

    /** The one that runs this program. {@code ./sluice} picks the newest there is. */
    public static Jdk running() {
        String version = System.getProperty("java.vm.vendor", "") + " " + System.getProperty("java.vm.version", "");
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature(), version);
    }

    Path java() {
        return home.resolve("bin/java");
    }
}
