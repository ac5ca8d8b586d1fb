package dev.sluice.host.sql.engine;

import dev.sluice.host.sql.file.Parameter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Any database with a JDBC driver, in transactions that cannot write and are rolled back. */
public final class JdbcSource implements Source {

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
        this.properties = properties;
    }

    @Override
    public Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url, properties);
        try {
            connection.setReadOnly(true);
            if (connection.getMetaData().supportsTransactions()) {
                connection.setAutoCommit(false);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The database itself refuses what writes, when it is run in a transaction for reading. */
    @Override
    public void check(String sql) {}

    @Override
    public String inputs(List<Parameter> parameters) {
        if (!url.startsWith("jdbc:postgresql:")) {
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
