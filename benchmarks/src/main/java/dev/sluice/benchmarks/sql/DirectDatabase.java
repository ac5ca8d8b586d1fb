package dev.sluice.benchmarks.sql;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;

/** DuckDB in this process: what there is to be had at most. */
final class DirectDatabase implements AutoCloseable {

    private final SqlData data;
    private final Connection connection;
    private final SplittableRandom random = new SplittableRandom(7);

    DirectDatabase(SqlData data) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("duckdb.read_only", "true");
        this.data = data;
        this.connection = DriverManager.getConnection("jdbc:duckdb:" + data.database(), properties);
    }

    /** Queries per second, so many of them in each run, all rows read. */
    double queriesPerSecond(BenchQuery query, int batch, Duration time) throws SQLException {
        String sql = "with inputs as (select unnest(cast(? as bigint[])) as query_id,"
                + " unnest(cast(? as bigint[])) as k) " + query.together();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            long start = System.nanoTime();
            long queries = 0;
            while (System.nanoTime() - start < time.toNanos()) {
                run(statement, batch);
                queries += batch;
            }
            return queries * 1e9 / (System.nanoTime() - start);
        }
    }

    private void run(PreparedStatement statement, int batch) throws SQLException {
        Long[] ids = new Long[batch];
        Long[] keys = new Long[batch];
        for (int i = 0; i < batch; i++) {
            ids[i] = (long) i;
            keys[i] = random.nextLong(data.keys());
        }
        statement.setArray(1, connection.createArrayOf("BIGINT", ids));
        statement.setArray(2, connection.createArrayOf("BIGINT", keys));
        int rows = 0;
        try (ResultSet result = statement.executeQuery()) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                for (int i = 1; i <= columns; i++) {
                    result.getObject(i);
                }
                rows++;
            }
        }
        if (rows != batch) {
            throw new SQLException(batch + " queries had " + rows + " rows.");
        }
    }

    /** What has to come for some keys, as the served side writes it. */
    Map<Long, String> answers(BenchQuery query, int number) throws SQLException {
        Map<Long, String> answers = new HashMap<>();
        String sql = query.alone().replace(":k", "?");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            while (answers.size() < number) {
                long key = random.nextLong(data.keys());
                statement.setLong(1, key);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    answers.put(key, row(result));
                }
            }
        }
        return answers;
    }

    private static String row(ResultSet result) throws SQLException {
        StringBuilder row = new StringBuilder("[{");
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            Object value = result.getObject(i);
            row.append(i == 1 ? "" : ",")
                    .append('"')
                    .append(result.getMetaData().getColumnLabel(i))
                    .append("\":")
                    .append(value instanceof BigDecimal number ? number.toPlainString() : value);
        }
        return row.append("}]").toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
