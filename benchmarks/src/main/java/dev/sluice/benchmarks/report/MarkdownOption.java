package dev.sluice.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For a bench whose tables are in a document as they are. */
public final class MarkdownOption {

    @Option(names = "--markdown", paramLabel = "FILE", description = "Also write the tables to this file, as Markdown.")
    private @Nullable Path file;

    /** Writes them where it was asked for. */
    public void write(Table... tables) throws IOException {
        if (file != null) {
            Files.writeString(
                    file,
                    List.of(tables).stream().map(Table::markdown).collect(Collectors.joining(System.lineSeparator())));
        }
    }
}
