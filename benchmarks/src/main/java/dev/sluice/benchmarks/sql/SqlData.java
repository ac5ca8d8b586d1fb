package dev.sluice.benchmarks.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A generated table in a database file, and the SQL actors over it. */
record SqlData(Path folder, long rows) implements AutoCloseable {

    static SqlData generate(SqlPlan plan) throws IOException, SQLException {
        SqlData data = new SqlData(Files.createTempDirectory("sluice-bench-sql"), plan.rows());
        Files.createDirectories(data.queries());
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + data.database());
                Statement statement = connection.createStatement()) {
            // Codes are a permutation: every key is there once, and none lies near the next.
            statement.execute("create table orders as select range as id, (range * 7368787) % " + plan.rows()
                    + " as code, (range * 2654435761) % (" + plan.rows() + " / 100) as customer,"
                    + " (range * 48271) % 10000 as cents, ((range * 48271) % 10000) / 100.0 as amount"
                    + " from range(" + plan.rows() + ")");
        }
        for (BenchQuery query : BenchQuery.ALL) {
            data.write(query.name(), query.together(), plan);
            data.write(query.name() + BenchQuery.ALONE, query.alone(), plan);
        }
        return data;
    }

    private void write(String name, String sql, SqlPlan plan) throws IOException {
        String size = sql.contains("inputs") ? "-- @max-batch-size " + plan.batch() + "\n" : "";
        Files.writeString(queries().resolve(name + ".sql"), "-- @param k bigint\n" + size + sql + "\n");
    }

    Path database() {
        return folder.resolve("orders.db");
    }

    Path queries() {
        return folder.resolve("sql");
    }

    /** Keys that are there, for both kinds of questions. */
    long keys() {
        return rows / 100;
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
