package dev.sluice.benchmarks.tiers;

import dev.sluice.cli.platform.ServiceProcess;
import java.io.IOException;

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
        Jcmd.ask(process.pid(), "GC.run");
        return of(MetricsPage.of(process.url()), process.residentBytes().orElse(0));
    }

    static Vitals of(MetricsPage page, long residentBytes) {
        return new Vitals(
                page.required("jvm_memory_used_bytes", "area=\"heap\"") / MEBI,
                page.required("sluice_memory_direct_used_bytes") / MEBI,
                residentBytes / MEBI,
                (int) page.required("jvm_threads_live_threads"),
                (int) page.required("process_files_open_files"),
                page.series());
    }
}
