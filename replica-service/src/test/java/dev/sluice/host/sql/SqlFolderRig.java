package dev.sluice.host.sql;

import dev.sluice.host.sql.actor.SqlActorType;
import dev.sluice.host.sql.engine.DuckDbSource;
import dev.sluice.host.sql.engine.Source;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.file.SqlFolder;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A folder of SQL actors over a small database, and a folder of data beside a secret that no query may reach. */
final class SqlFolderRig implements AutoCloseable {

    private final Path folder;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Source source;
    final List<String> broken = new ArrayList<>();

    private SqlFolderRig(Path folder, Source source) {
        this.folder = folder;
        this.source = source;
    }

    static SqlFolderRig in(Path folder) throws IOException, SQLException {
        Files.createDirectories(folder.resolve("data/sub"));
        Files.createDirectories(folder.resolve("sql"));
        Files.writeString(folder.resolve("secret.csv"), "password\nswordfish\n");
        Files.writeString(folder.resolve("data/cities.csv"), "id,name\n1,Bonn\n2,Ulm\n");
        Files.writeString(folder.resolve("data/notes.json"), "[{\"id\": 1, \"tags\": [\"a\", \"b\"]}]");
        Path database = folder.resolve("shop.db");
        try (Connection writer = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = writer.createStatement()) {
            statement.execute("create table orders as select range as id, range % 10 as customer,"
                    + " 'order ' || range as name, (range * 1.5)::double as amount,"
                    + " date '2026-01-01' + cast(range % 28 as integer) as day from range(1000)");
            statement.execute("create sequence numbers");
            statement.execute("copy (select range as reading from range(3)) to '"
                    + folder.resolve("data/readings.parquet") + "'");
        }
        Files.createDirectories(folder.resolve("data/parts/year=2026"));
        Files.copy(folder.resolve("data/readings.parquet"), folder.resolve("data/parts/year=2026/0.parquet"));
        Files.writeString(folder.resolve("data/damaged.parquet"), "no Parquet");
        return new SqlFolderRig(
                folder, DuckDbSource.open(new DuckDbSource.Settings(database, folder.resolve("data"), 1, "500MB")));
    }

    Path folder() {
        return folder;
    }

    Source source() {
        return source;
    }

    Path database() {
        return folder.resolve("shop.db");
    }

    /** The actor of a file with this content. */
    SqlActorType actor(String... lines) throws IOException {
        return actor(source, lines);
    }

    /** As well, over another database. */
    SqlActorType actor(Source source, String... lines) throws IOException {
        Files.writeString(folder.resolve("sql/q.sql"), String.join("\n", lines) + "\n");
        broken.clear();
        List<SqlFile> files = new SqlFolder(folder.resolve("sql"), new SqlFile.Limits(10_000, 1_000_000, null))
                .read((name, why) -> broken.add(why));
        if (files.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", broken));
        }
        return new SqlActorType(files.get(0), source, PooledByteBufAllocator.DEFAULT, timers);
    }

    @Override
    public void close() {
        timers.shutdownNow();
        source.close();
    }
}
