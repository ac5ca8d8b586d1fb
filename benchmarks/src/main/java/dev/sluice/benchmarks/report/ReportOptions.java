package dev.sluice.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every bench has, and what they mean. Progress goes to standard error, results to standard output. */
public final class ReportOptions {

    @Option(
            names = "--quick",
            description = "A smoke run: at most 30 s and no bar, where a bench does not say otherwise.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the result to this file, as JSON.")
    private @Nullable Path json;

    public boolean quick() {
        return quick;
    }

    public void progress(String line) {
        System.err.println(line);
    }

    /**
     * Prints a result, and writes it where {@code --json} says.
     *
     * @return the exit code: 0 where every bar holds, else 1
     */
    public int publish(String table, Report report) throws IOException {
        System.out.println();
        System.out.print(table);
        System.out.println();
        report.bars()
                .forEach(bar -> System.out.printf(
                        "%-4s %s: %s, has to be %s%n",
                        bar.holds() ? "ok" : "FAIL", bar.name(), Table.decimals(bar.value(), 3), bar.bar()));
        report.notes().forEach(System.out::println);
        System.out.println("machine: " + report.machine());
        if (json != null) {
            report.writeTo(json);
        }
        return report.holds() ? 0 : 1;
    }
}
