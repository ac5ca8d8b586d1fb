package dev.sluice.host.sql.engine;

import dev.sluice.host.sql.file.Parameter;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

    /** Whether the driver does not say in this why a run failed, and would of another. */
    default boolean hides(SQLException failure) {
        return false;
    }

    /**
     * Why a run failed.
     *
     * @param failure that {@link #hides} it
     * @param again the statement, ready to be run once more
     * @return the failure as it is where that run goes well
     */
    default SQLException hidden(SQLException failure, PreparedStatement again) {
        return failure;
    }

    @Override
    void close();
}
