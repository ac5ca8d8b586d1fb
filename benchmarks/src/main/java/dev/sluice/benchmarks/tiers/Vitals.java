package dev.sluice.benchmarks.tiers;

import dev.sluice.cli.platform.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process holds on to at a moment.
 *
 * @param heapMib what is left of the heap after a full collection
 * @param directMib direct memory, in which payloads lie
 * @param residentMib pages of it that the machine holds in memory
 * @param series that it shows to Prometheus
 */
public record Vitals(double heapMib, double directMib, double residentMib, int threads, int files, int series) {

    private static final double MEBI = 1 << 20;

    /** Collects its garbage first, which stops the process for some tens of milliseconds. */
    public static Vitals of(ServiceProcess process) throws IOException {
        collect(process.pid());
        return of(MetricsPage.of(process.url()), process.residentBytes().orElse(0));
    }

    static Vitals of(MetricsPage page, long residentBytes) {
        return new Vitals(
                page.sum("jvm_memory_used_bytes", "area=\"heap\"") / MEBI,
                page.sum("sluice_memory_direct_used_bytes") / MEBI,
                residentBytes / MEBI,
                (int) page.sum("jvm_threads_live_threads"),
                (int) page.sum("process_files_open_files"),
                page.series());
    }

    /** By the JDK's own tool: a process cannot be asked to over HTTP. */
    private static void collect(long pid) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new IOException(jcmd + " is not there: run the bench with a JDK, not with a Java runtime alone.");
        }
        Process collection = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (collection.waitFor() != 0) {
                throw new IOException("jcmd " + pid + " GC.run ended with " + collection.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
