package dev.sluice.host.sql.engine;

import dev.sluice.host.sql.file.Parameter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Any database with a JDBC driver, in transactions that cannot write and are rolled back. */
public final class JdbcSource implements Source {

    private static final String NOT_AUTHORISED = "28000";

    /** Superusers count as members of every role. */
    private static final String FILES_AND_PROGRAMS =
            "select current_user, pg_has_role('pg_read_server_files', 'member')"
                    + " or pg_has_role('pg_write_server_files', 'member')"
                    + " or pg_has_role('pg_execute_server_program', 'member')";

    private static final Set<String> QUERIES = Set.of("select", "with", "values", "table");

    private final String name;
    private final String url;
    private final Properties properties;

    /**
     * @param name of the source in settings
     * @param properties of the driver, its user and password among them
     */
    public JdbcSource(String name, String url, Properties properties) {
        this.name = name;
        this.url = url;
        this.properties = new Properties();
        if (isPostgres()) {
            // Else it waits without end for a database that is cut off.
            this.properties.setProperty("tcpKeepAlive", "true");
            this.properties.setProperty("loginTimeout", "15");
            this.properties.setProperty("cancelSignalTimeout", "5");
        }
        this.properties.putAll(properties);
    }

    private boolean isPostgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    @Override
    public Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url, properties);
        try {
            connection.setReadOnly(true);
            if (isPostgres()) {
                // Else only its transactions are for reading, and what could leave one could write.
                try (Statement session = connection.createStatement()) {
                    session.execute("set default_transaction_read_only = on");
                    refuseWhoReachesFiles(session);
                }
            }
            if (connection.getMetaData().supportsTransactions()) {
                connection.setAutoCommit(false);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** A superuser's functions read files of the server and run programs there, in transactions for reading too. */
    private void refuseWhoReachesFiles(Statement session) throws SQLException {
        try (ResultSet user = session.executeQuery(FILES_AND_PROGRAMS)) {
            if (user.next() && user.getBoolean(2)) {
                throw new SQLInvalidAuthorizationSpecException(
                        "The user '" + user.getString(1) + "' of the source '" + name
                                + "' may reach files or programs of the database's server, and so could a query: set one that"
                                + " may read tables and nothing else (sluice.host.sql.sources." + name + ".user).",
                        NOT_AUTHORISED);
            }
        }
    }

    /** The database itself refuses what writes, in a transaction for reading; no statement is to end that one. */
    @Override
    public void check(String sql) {
        String word = FirstWord.of(sql);
        if (!QUERIES.contains(word)) {
            throw new IllegalArgumentException("The statement is refused: it begins with '" + word
                    + "', and what reads begins with SELECT, WITH, VALUES or TABLE.");
        }
    }

    @Override
    public String inputs(List<Parameter> parameters) {
        if (!isPostgres()) {
            throw new IllegalArgumentException(
                    "The source '" + name
                            + "' is neither DuckDB nor PostgreSQL, and only those have the relation inputs: write parameters, as :customer.");
        }
        return Stream.concat(
                        Stream.of("unnest(cast(? as bigint[])) as query_id"),
                        parameters.stream()
                                .map(parameter -> "unnest(cast(cast(? as text[]) as "
                                        + parameter.type().sqlName() + "[])) as " + parameter.name()))
                .collect(Collectors.joining(", ", "select ", ""));
    }

    @Override
    public void close() {}
}
