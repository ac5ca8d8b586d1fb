package dev.sluice.benchmarks.tiers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JDK's own tool asks a JVM for what it tells nobody over HTTP. */
public final class Jcmd {

    private Jcmd() {}

    /**
     * @param command as {@code GC.run}
     * @return what the JVM said
     * @throws IOException where there is no JDK, or the JVM does not answer
     */
    public static String ask(long pid, String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new IOException(jcmd + " is not there: run the bench with a JDK, not with a Java runtime alone.");
        }
        Process asking = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (asking.waitFor() != 0) {
                throw new IOException(
                        "jcmd " + pid + " " + command + " ended with " + asking.exitValue() + ": " + said);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
