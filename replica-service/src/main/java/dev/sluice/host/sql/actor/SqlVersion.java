package dev.sluice.host.sql.actor;

import dev.sluice.host.sql.engine.Source;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.result.Column;
import dev.sluice.host.sql.tensor.SqlModel;
import io.netty.buffer.ByteBufAllocator;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** One version of an actor as its file is at the moment: replicas take a changed file over with their next run. Thread-safe. */
public final class SqlVersion {

    private final ByteBufAllocator allocator;
    private final ScheduledExecutorService timers;
    private volatile SqlContext current;
    private volatile List<Column> columns = List.of();

    /**
     * @param source that the file names
     * @param allocator of results
     * @param timers tell when a run has lasted too long
     * @throws IllegalArgumentException with a sentence, where the statement is not one that can be served
     */
    public SqlVersion(SqlFile file, Source source, ByteBufAllocator allocator, ScheduledExecutorService timers) {
        this.allocator = allocator;
        this.timers = timers;
        this.current = checked(file, source);
    }

    private SqlContext checked(SqlFile file, Source source) {
        source.check(SqlSession.sql(file, source));
        return new SqlContext(file, source, new QueryReader(file), new SqlModel(file, allocator), allocator, timers);
    }

    /** What it is now. */
    public SqlFile file() {
        return current.file();
    }

    SqlContext current() {
        return current;
    }

    /**
     * Prepares it in its database, as a replica would.
     *
     * @throws SQLException where that does not go
     */
    public void tryOut() throws SQLException {
        learn(new SqlSession(current));
    }

    private void learn(SqlSession session) {
        columns = session.columns();
        session.close();
    }

    /** Of the result; none until a database has prepared the statement. */
    List<Column> columns() {
        return columns;
    }

    /** A replica has the statement prepared. */
    void prepared(SqlSession session) {
        columns = session.columns();
    }

    /**
     * Takes a changed file over, if it can be served: it is as it was where that throws.
     *
     * @throws IllegalArgumentException as the constructor does
     * @throws SQLException as {@link #tryOut} does
     */
    public void change(SqlFile file, Source source) throws SQLException {
        SqlContext next = checked(file, source);
        learn(new SqlSession(next));
        current = next;
    }
}
