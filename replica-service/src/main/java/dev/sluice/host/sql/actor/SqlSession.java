package dev.sluice.host.sql.actor;

import dev.sluice.host.sql.engine.Source;
import dev.sluice.host.sql.file.Parameter;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.result.Column;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replica's connection, with its statement prepared. Used by one thread, but for {@link #cancel}. */
final class SqlSession implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SqlSession.class);

    private static final int FETCH_ROWS = 1000;
    private static final int VALID_SECONDS = 2;

    private final SqlContext context;
    private final SqlFile file;
    private final Source source;
    private volatile Connection connection;
    private volatile PreparedStatement prepared;
    private volatile List<Column> columns = List.of();

    /** @throws SQLException where the database cannot be reached, or refuses the statement */
    SqlSession(SqlContext context) throws SQLException {
        this.context = context;
        this.file = context.file();
        this.source = context.source();
        connection = source.open();
        try {
            prepared = prepare();
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Of the result, as the database said when it prepared the statement. */
    List<Column> columns() {
        return columns;
    }

    SqlContext context() {
        return context;
    }

    /** The statement as the file has it, over its inputs where it reads them. */
    static String sql(SqlFile file, Source source) {
        return file.statement().readsInputs()
                ? file.statement().over(source.inputs(file.parameters()))
                : file.statement().prepared(file.parameters());
    }

    /** What is read of a run at most: with one row more for each query than it may have, it is known which has too many. */
    static long mostRows(SqlFile file) {
        return (file.limits().rows() + 1L) * file.batch();
    }

    private PreparedStatement prepare() throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql(file, source));
        ResultSetMetaData result = statement.getMetaData();
        if (result == null || result.getColumnCount() == 0) {
            statement.close();
            throw new SQLException("The statement gives no rows: write one that reads, as SELECT.");
        }
        List<Column> given = Column.of(result);
        columns = file.statement().readsInputs() ? RowsOfMany.numbered(given) : given;
        if (!connection.getAutoCommit()) {
            statement.setFetchSize(FETCH_ROWS);
        }
        return statement;
    }

    /** Puts values in the places of a statement. */
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Runs it for one query. */
    ResultSet execute(Map<String, @Nullable Object> values) throws SQLException {
        return execute(statement -> bind(statement, values));
    }

    /** Runs it once for many queries, whose numbers are their places here. */
    ResultSet execute(List<Map<String, @Nullable Object>> queries) throws SQLException {
        return execute(statement -> bind(statement, queries));
    }

    private ResultSet execute(Binding binding) throws SQLException {
        binding.bind(prepared);
        try {
            return prepared.executeQuery();
        } catch (SQLException e) {
            if (!source.hides(e)) {
                throw e;
            }
            if (prepared.isClosed()) {
                prepared = prepare();
            }
            binding.bind(prepared);
            throw source.hidden(e, prepared);
        }
    }

    private void bind(PreparedStatement statement, Map<String, @Nullable Object> values) throws SQLException {
        List<String> names = file.statement().names();
        for (int i = 0; i < names.size(); i++) {
            statement.setObject(i + 1, values.get(names.get(i)));
        }
    }

    private void bind(PreparedStatement statement, List<Map<String, @Nullable Object>> queries) throws SQLException {
        Long[] ids = new Long[queries.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (long) i;
        }
        statement.setArray(1, connection.createArrayOf("BIGINT", ids));
        List<Parameter> parameters = file.parameters();
        for (int p = 0; p < parameters.size(); p++) {
            @Nullable String[] column = new @Nullable String[ids.length];
            for (int i = 0; i < ids.length; i++) {
                column[i] = text(queries.get(i).get(parameters.get(p).name()));
            }
            statement.setArray(p + 2, connection.createArrayOf("VARCHAR", column));
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : Objects.toString(value, null);
    }

    /** After each run: nothing of it stays in the database, and nothing keeps it from what is written later. */
    void finish() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    /** After a run that failed: some drivers close the statement then. What goes wrong now is told with that. */
    void afterFailure(SQLException failure) {
        try {
            finish();
            if (prepared.isClosed()) {
                prepared = prepare();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Interrupts what runs, if anything does. Any thread. */
    void cancel() {
        try {
            prepared.cancel();
        } catch (SQLException e) {
            log.debug("A statement could not be cancelled; it may have ended.", e);
        }
    }

    /** Gives the connection up without a word to its database, which does not answer. Any thread. */
    void abort() {
        log.error("The database of the SQL actor {} does not answer; its connection is given up.", file.name());
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            log.error("A connection could not be given up.", e);
        }
    }

    /** @throws SQLException where the database is away */
    void check() throws SQLException {
        reopenIfLost();
        finish();
    }

    /** Takes a new connection where the old one is gone; returns whether it has. */
    boolean reopenIfLost() throws SQLException {
        if (connection.isValid(VALID_SECONDS)) {
            return false;
        }
        close();
        connection = source.open();
        prepared = prepare();
        return true;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("A connection could not be closed; it may be lost.", e);
        }
    }
}
