package dev.sluice.host.sql.engine;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.host.sql.file.Parameter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * DuckDB in this process: a database file, and the files of a folder as views. What a statement may reach is settled when it is
 * opened, and locked then.
 */
public final class DuckDbSource implements Source {

    private static final Logger log = LoggerFactory.getLogger(DuckDbSource.class);
    private static final JsonMapper JSON = new JsonMapper();

    private static final long LEAST_MEMORY = 256L * 1024 * 1024;

    private final DuckDBConnection root;
    private final List<DataFile> views;

    private DuckDbSource(DuckDBConnection root, List<DataFile> views) {
        this.root = root;
        this.views = views;
    }

    /**
     * Settings of the embedded database.
     *
     * @param database a database file, opened for reading; null: none
     * @param data a folder whose files can be read; null: none
     * @param threads that work on one query; 0: one for each processor
     * @param memory the most memory, as DuckDB writes it, for instance {@code 4GB}; null: half of what the heap leaves of the machine's
     */
    public record Settings(
            @Nullable Path database,
            @Nullable Path data,
            int threads,
            @Nullable String memory) {}

    /** @throws SQLException where it cannot be opened */
    public static DuckDbSource open(Settings settings) throws SQLException {
        Properties properties = new Properties();
        // Else all of a result is in memory before its first row comes.
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        String url = "jdbc:duckdb:";
        if (settings.database() != null) {
            url += settings.database().toAbsolutePath();
            properties.setProperty("duckdb.read_only", "true");
        }
        Connection opened = DriverManager.getConnection(url, properties);
        try (Statement statement = opened.createStatement()) {
            List<DataFile> views = settings.data() == null ? List.of() : DataFile.in(settings.data());
            for (String command : restrictions(settings)) {
                statement.execute(command);
            }
            List<DataFile> readable =
                    views.stream().filter(view -> isReadable(view, opened)).toList();
            return new DuckDbSource(opened.unwrap(DuckDBConnection.class), readable);
        } catch (SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** One damaged file is no reason not to serve what reads others. */
    private static boolean isReadable(DataFile view, Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(view.createView());
            return true;
        } catch (SQLException e) {
            log.error("Left out the data {}: {}", view.path(), SqlErrors.line(e));
            return false;
        }
    }

    /** The last ones close the door: nothing can be set after them. */
    private static List<String> restrictions(Settings settings) {
        List<String> commands = new ArrayList<>();
        if (settings.threads() > 0) {
            commands.add("set threads = " + settings.threads());
        }
        commands.add("set memory_limit = " + text(settings.memory() == null ? usualMemory() : settings.memory()));
        if (settings.data() != null) {
            commands.add("set allowed_directories = ["
                    + text(settings.data().toAbsolutePath().normalize() + "/") + "]");
        }
        commands.add("set temp_directory = ''");
        commands.add("set autoinstall_known_extensions = false");
        commands.add("set autoload_known_extensions = false");
        commands.add("set allow_community_extensions = false");
        commands.add("set enable_external_access = false");
        commands.add("set lock_configuration = true");
        return commands;
    }

    /** DuckDB would take 80 % of the machine, beside a heap that is there already, and be ended by the system. */
    private static String usualMemory() {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long free = machine.getTotalMemorySize() - Runtime.getRuntime().maxMemory();
        return Math.max(LEAST_MEMORY, free / 2) + "B";
    }

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    @Override
    public Connection open() throws SQLException {
        Connection connection;
        synchronized (root) {
            connection = root.duplicate();
        }
        try (Statement statement = connection.createStatement()) {
            for (DataFile view : views) {
                statement.execute(view.createView());
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** That of any result that comes row by row, and has failed before its first. */
    @Override
    public boolean hides(SQLException failure) {
        return String.valueOf(failure.getMessage()).endsWith("Invalid result set");
    }

    @Override
    public SQLException hidden(SQLException failure, PreparedStatement again) {
        try (DuckDBChunkedResult result =
                again.unwrap(DuckDBPreparedStatement.class).query()) {
            log.debug("A query failed and goes well now; it gives {} columns.", result.columnCount());
            return failure;
        } catch (SQLException e) {
            return e;
        }
    }

    @Override
    public void check(String sql) {
        String parsed;
        synchronized (root) {
            try (PreparedStatement parse = root.prepareStatement("select json_serialize_sql(cast(? as varchar))")) {
                parse.setString(1, sql);
                try (ResultSet result = parse.executeQuery()) {
                    result.next();
                    parsed = result.getString(1);
                }
            } catch (SQLException e) {
                throw new IllegalArgumentException("The statement cannot be read: " + SqlErrors.line(e), e);
            }
        }
        ReadOnlyCheck.check(JSON.readTree(parsed));
    }

    @Override
    public String inputs(List<Parameter> parameters) {
        return Stream.concat(
                        Stream.of("unnest(cast(? as bigint[])) as query_id"),
                        parameters.stream()
                                .map(parameter -> "unnest(cast(cast(? as varchar[]) as "
                                        + parameter.type().sqlName() + "[])) as " + parameter.name()))
                .collect(Collectors.joining(", ", "select ", ""));
    }

    @Override
    public void close() {
        try {
            root.close();
        } catch (SQLException e) {
            throw new IllegalStateException("The embedded database could not be closed.", e);
        }
    }
}
