package dev.sluice.host.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.host.sql.actor.SqlActorType;
import dev.sluice.host.sql.engine.JdbcSource;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.file.SqlFolder;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL actors over a real PostgreSQL. */
@Timeout(300)
class PostgresIT {

    private static final String READ_ONLY = "25006";

    private static final ScheduledExecutorService TIMERS = Executors.newSingleThreadScheduledExecutor();
    private static PostgresServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.started();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders as select i as id, i % 10 as customer, 'order ' || i as name,"
                    + " i * 1.5 as amount, timestamptz '2026-01-02 03:04:05+00' as at from generate_series(0, 999) i");
            statement.execute("create sequence numbers");
            statement.execute("create role reader login");
            // More than it should have, so that what is refused is refused by the source.
            statement.execute("grant all on all tables in schema public to reader");
            statement.execute("grant all on all sequences in schema public to reader");
            statement.execute("grant create on schema public to reader");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        TIMERS.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    private static Connection connect() throws Exception {
        return DriverManager.getConnection(server.url(), "postgres", "");
    }

    private ActorKit serve(String... lines) throws Exception {
        Files.writeString(folder.resolve("q.sql"), String.join("\n", lines) + "\n");
        List<String> broken = new ArrayList<>();
        List<SqlFile> files =
                new SqlFolder(folder, new SqlFile.Limits(10_000, 1_000_000, null)).read((name, why) -> broken.add(why));
        assertThat(broken).isEmpty();
        return ActorKit.of(new SqlActorType(files.get(0), source(), PooledByteBufAllocator.DEFAULT, TIMERS))
                .start();
    }

    private static JdbcSource source() {
        return source("reader");
    }

    private static JdbcSource source(String name) {
        Properties user = new Properties();
        user.setProperty("user", name);
        return new JdbcSource("shop", server.url(), user);
    }

    private static long orders() throws Exception {
        return count("select count(*) from orders");
    }

    private static long count(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void refusesAUserWhoCouldReadFilesOfTheServer() {
        assertThatThrownBy(() -> source("postgres").open().close())
                .isInstanceOf(SQLException.class)
                .hasMessage("The user 'postgres' of the source 'shop' may reach files or programs of the database's"
                        + " server, and so could a query: set one that may read tables and nothing else"
                        + " (sluice.host.sql.sources.shop.user).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select pg_read_file('/etc/passwd')",
                "select pg_ls_dir('/')",
                "select lo_import('/etc/passwd')",
                "select pg_reload_conf()"
            })
    void reachesNoFilesOfTheServer(String sql) {
        assertThat(catchThrowable(() -> {
                    try (ActorKit actor = serve(sql)) {
                        actor.call(Map.of());
                    }
                }))
                .hasMessageContaining("permission denied");
    }

    @Test
    void answersQueriesWithParametersOfEveryType() throws Exception {
        try (ActorKit orders = serve(
                "-- @param customer bigint",
                "-- @param least decimal(9, 2) = 0",
                "-- @param name varchar = null",
                "select id, name, amount, at from orders where customer = :customer and amount >= :least"
                        + " and name = coalesce(:name, name) order by id limit 2")) {
            assertThat(orders.call(Map.of("customer", 7)).toString())
                    .isEqualTo("[{\"id\":7,\"name\":\"order 7\",\"amount\":10.5,\"at\":\"2026-01-02T03:04:05Z\"},"
                            + "{\"id\":17,\"name\":\"order 17\",\"amount\":25.5,\"at\":\"2026-01-02T03:04:05Z\"}]");
            assertThat(orders.call(Map.of("customer", 7, "name", "'; drop table orders; --")))
                    .isEmpty();
            assertThat(orders.call(Map.of("customer", 7, "least", 1490.25))).hasSize(1);
        }
        try (ActorKit types = serve(
                "-- @param a boolean",
                "-- @param b integer",
                "-- @param d double",
                "-- @param g date",
                "-- @param h timestamp",
                "select :a as a, :b as b, :d as d, :g as g, :h as h, array[1, 2] as i, null::text as j")) {
            assertThat(types.call(Map.of("a", true, "b", -1, "d", 0.5, "g", "2026-02-28", "h", "2026-02-28T12:00:00"))
                            .toString())
                    .isEqualTo("[{\"a\":true,\"b\":-1,\"d\":0.5,\"g\":\"2026-02-28\",\"h\":\"2026-02-28T12:00\","
                            + "\"i\":[1,2],\"j\":null}]");
        }
    }

    @Test
    void runsABatchAtOnce() throws Exception {
        try (ActorKit sums = serve(
                "-- @param customer bigint",
                "-- @param day date = \"2026-01-01\"",
                "select query_id, count(*) as n, min(day) as day from inputs join orders using (customer)"
                        + " group by query_id")) {
            List<Reply> replies = sums.replies(
                    "call", List.of(Map.of("customer", 1), Map.of("customer", "x"), Map.of("customer", 77)));
            assertThat(replies.get(0).value().toString()).isEqualTo("[{\"n\":100,\"day\":\"2026-01-01\"}]");
            assertThat(replies.get(1).failure().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(replies.get(2).value()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table orders",
                "insert into orders (id) values (1) returning id",
                "with gone as (delete from orders returning id) select * from gone",
                "create temp table t as select 1",
                "select nextval('numbers')",
                "select set_config('transaction_read_only', 'off', false)",
                "explain analyze delete from orders",
                "copy orders to '/tmp/sluice-orders'",
                "begin"
            })
    void refusesWhatWrites(String sql) throws Exception {
        assertThat(catchThrowable(() -> {
                    try (ActorKit actor = serve(sql)) {
                        actor.call(Map.of());
                    }
                }))
                .hasMessageFindingMatch("The statement is refused: it begins with|in a read-only transaction"
                        + "|transaction read-write mode must be set before any query");
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("select count(*), (select last_value from numbers) from orders")) {
            result.next();
            assertThat(result.getLong(1)).isEqualTo(1000);
            assertThat(result.getLong(2)).isEqualTo(1);
        }
        assertThat(Path.of("/tmp/sluice-orders")).doesNotExist();
    }

    /** Past the reading of files, which refuses it first. */
    @Test
    void writesNothingForAStatementThatLeavesItsTransaction() throws Exception {
        JdbcSource source = source();
        String sql = "select 1 as a; commit; delete from orders; select 1 as c";
        try (Connection connection = source.open();
                Statement statement = connection.createStatement()) {
            assertThat(catchThrowableOfType(SQLException.class, () -> statement.execute(sql))
                            .getSQLState())
                    .isEqualTo(READ_ONLY);
        }
        for (String refused :
                List.of("commit", "set transaction read write", "/* a */ -- b\n(delete from orders)", "")) {
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> source.check(refused)))
                    .as(refused)
                    .hasMessageContaining("begins with SELECT, WITH, VALUES or TABLE");
        }
        for (String taken :
                List.of("select 1", "/* a */ -- b\n((values (1)))", "TABLE orders", "with a as (select 1)")) {
            source.check(taken);
        }
        assertThat(orders()).isEqualTo(1000);
    }

    @Test
    void failsAloneWhatItsFormatCannotHaveAndLeavesNoTransactionOpen() throws Exception {
        try (ActorKit numbers = serve(
                "-- @param x varchar",
                "select query_id, cast(x as numeric) as n, cast(x as numeric(9, 2)) as m from inputs")) {
            List<Map<String, String>> inputs = List.of(Map.of("x", "NaN"), Map.of("x", "1.5"));
            List<Reply> rows = numbers.replies("rows", inputs);
            assertThat(rows.get(0).value().toString()).isEqualTo("[{\"n\":\"NaN\",\"m\":\"NaN\"}]");
            assertThat(rows.get(1).value().toString()).isEqualTo("[{\"n\":1.5,\"m\":1.5}]");
            List<Reply> arrow = numbers.replies("arrow", inputs);
            assertThat(arrow.get(0).failure().orElseThrow().message())
                    .contains("The column m has a decimal that is NaN");
            assertThat(arrow.get(1).failure()).isEmpty();
        }
        try (ActorKit none = serve("select 'NaN'::numeric(9, 2) as n")) {
            assertThat(catchThrowable(() -> none.stream("arrow", Map.of()).blockLast()))
                    .hasMessageContaining("The column n has a decimal that is NaN");
            assertThat(count("select count(*) from pg_stat_activity where state like 'idle in transaction%'"))
                    .isZero();
        }
    }

    @Test
    void interruptsAQueryThatTakesLongerThanItsFileAllowsAndGoesOn() throws Exception {
        try (ActorKit sleeps = serve(
                "-- @param seconds double", "-- @timeout 3s", "select 1 as n, pg_sleep(:seconds)::text as slept")) {
            QueryException expired =
                    catchThrowableOfType(QueryException.class, () -> sleeps.call(Map.of("seconds", 600)));
            assertThat(expired.failure().code()).isEqualTo(ErrorCode.EXPIRED);
            assertThat(sleeps.call(Map.of("seconds", 0)).get(0).get("n").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void takesANewConnectionWhereTheDatabaseWasRestarted() throws Exception {
        try (ActorKit one = serve("select 1 as n")) {
            assertThat(one.call(Map.of())).hasSize(1);
            server.stop();
            assertThat(catchThrowableOfType(QueryException.class, () -> one.call(Map.of()))
                            .failure()
                            .code())
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            server.start();
            assertThat(one.call(Map.of())).hasSize(1);
        }
    }
}
