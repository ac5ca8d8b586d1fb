package dev.sluice.host.sql.config;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.host.sql.engine.DuckDbSource;
import dev.sluice.host.sql.file.SqlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the SQL actors of a host.
 *
 * @param dir a folder of files, as NAME.sql or NAME/VERSION.sql
 * @param serve whether every file is served at once; else routers are only told that it is there
 * @param watchInterval how often the folder is looked at
 * @param database a DuckDB database file, which is opened for reading
 * @param dataDir a folder of Parquet, CSV and JSON files, each of which is a view of its name; nothing outside of it can be read
 * @param threads of the embedded database that work on queries; 0: one for each processor
 * @param memoryLimit of the embedded database; not set: half of what the heap leaves of the machine's memory
 * @param maxRows of a result, where a file does not say
 * @param maxBytes of a result, where a file does not say
 * @param sources other databases, by the name that files call them
 */
@ConfigurationProperties("sluice.host.sql")
public record SqlProperties(
        @Nullable Path dir,
        @DefaultValue("true") boolean serve,
        @DefaultValue("2s") Duration watchInterval,
        @Nullable Path database,
        @Nullable Path dataDir,
        @DefaultValue("0") int threads,
        @Nullable DataSize memoryLimit,
        @DefaultValue("10000") int maxRows,
        @DefaultValue("8MB") DataSize maxBytes,
        @DefaultValue Map<String, SourceProperties> sources) {

    /**
     * A database with a JDBC driver.
     *
     * @param url as the driver takes it, for instance {@code jdbc:postgresql://db/shop}
     * @param user of the database, one with the right to read and no other
     * @param password of the user
     * @param properties of the driver, for instance {@code ssl}
     */
    public record SourceProperties(
            String url,
            @Nullable String user,
            @Nullable String password,
            @DefaultValue Map<String, String> properties) {}

    public SqlProperties {
        requireFolder("dir", dir, "Write a folder of .sql files, or make this one.");
        requireFolder("data-dir", dataDir, "Write a folder of Parquet, CSV or JSON files, or make this one.");
        if (database != null && !Files.isRegularFile(database)) {
            throw new SettingRefused(
                    "sluice.host.sql.database is " + database + ", which is no file.",
                    "Write a database file that DuckDB has made: it is only read here.");
        }
        if (watchInterval.isNegative() || watchInterval.isZero()) {
            throw new SettingRefused(
                    "sluice.host.sql.watch-interval is " + watchInterval + ".",
                    "Write how often the folder is looked at, for instance 2s.");
        }
        if (threads < 0) {
            throw new SettingRefused("sluice.host.sql.threads is " + threads + ".", "Write 0 or more.");
        }
        if (maxRows < 1 || maxRows == Integer.MAX_VALUE || maxBytes.toBytes() < 1) {
            throw new SettingRefused(
                    "sluice.host.sql has max-rows " + maxRows + " and max-bytes " + maxBytes + ".",
                    "Write the most that a result may have, for instance 10000 and 8MB.");
        }
    }

    private static void requireFolder(String setting, @Nullable Path folder, String action) {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new SettingRefused("sluice.host.sql." + setting + " is " + folder + ", which is no folder.", action);
        }
    }

    SqlFile.Limits limits() {
        return new SqlFile.Limits(maxRows, maxBytes.toBytes(), null);
    }

    DuckDbSource.Settings embedded() {
        return new DuckDbSource.Settings(
                database, dataDir, threads, memoryLimit == null ? null : memoryLimit.toBytes() + "B");
    }
}
