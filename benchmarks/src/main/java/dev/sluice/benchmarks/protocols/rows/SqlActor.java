package dev.sluice.benchmarks.protocols.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The SQL actor that makes the rows. */
public record SqlActor(Path folder) implements AutoCloseable {

    public static SqlActor write() throws IOException {
        SqlActor actor = new SqlActor(Files.createTempDirectory("sluice-bench-rows"));
        Files.writeString(actor.file(), ManyRows.SQL + "\n");
        return actor;
    }

    private Path file() {
        return folder.resolve(RowsRun.SQL_ACTOR + ".sql");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file());
        Files.deleteIfExists(folder);
    }
}
