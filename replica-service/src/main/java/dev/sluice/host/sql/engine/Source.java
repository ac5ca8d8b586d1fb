package dev.sluice.host.sql.engine;

import dev.sluice.host.sql.file.Parameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A database that is only read. Thread-safe. */
public interface Source extends AutoCloseable {

    /**
     * A new connection, which cannot write.
     *
     * @throws SQLException where the database cannot be reached
     */
    Connection open() throws SQLException;

    /**
     * Refuses what is no query, as far as that can be told without running it.
     *
     * @param sql one statement, as it would be prepared
     * @throws IllegalArgumentException with a sentence for the author of the statement
     */
    void check(String sql);

    /**
     * The relation of many queries' inputs as a query with one array per column, the first of which is {@code query_id}.
     *
     * @throws IllegalArgumentException with a sentence, where this database has no such thing
     */
    String inputs(List<Parameter> parameters);

    /** A statement that gives no more rows than that, where this database would keep them all; else as it is. */
    default String limited(String sql, long rows) {
        return sql;
    }

    @Override
    void close();
}
