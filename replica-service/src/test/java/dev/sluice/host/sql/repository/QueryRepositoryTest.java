package dev.sluice.host.sql.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.host.sql.actor.SqlActorType;
import dev.sluice.host.sql.actor.SqlVersion;
import dev.sluice.host.sql.engine.DuckDbSource;
import dev.sluice.host.sql.engine.Source;
import dev.sluice.host.sql.file.FoundFile;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.file.SqlFolder;
import dev.sluice.host.sql.metrics.QueryMeters;
import dev.sluice.sdk.test.ActorKit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of files that come, change, break and go. */
@Timeout(60)
class QueryRepositoryTest {

    @TempDir
    private Path folder;

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final List<String> events = new ArrayList<>();
    private DuckDbSource duck;
    private boolean away;
    private SqlVersion last;
    private QueryRepository repository;

    @BeforeEach
    void open() throws SQLException {
        duck = DuckDbSource.open(new DuckDbSource.Settings(null, null, 1, "200MB"));
        repository = new QueryRepository(
                new SqlFolder(folder, new SqlFile.Limits(100, 10_000, null)),
                new QueryFactory(name -> new Leaving(), PooledByteBufAllocator.DEFAULT, timers),
                new QueryRepository.Listener() {
                    @Override
                    public void came(SqlVersion version) {
                        last = version;
                        events.add("came " + version.file().name() + " "
                                + version.file().version());
                    }

                    @Override
                    public void changed(SqlVersion version) {
                        events.add("changed " + version.file().name());
                    }

                    @Override
                    public void isBroken(FoundFile.Id id, String reason) {
                        events.add("broken " + id.actor() + ": " + reason);
                    }

                    @Override
                    public void gone(FoundFile.Id id) {
                        events.add("gone " + id.actor() + " " + id.version());
                    }
                });
    }

    @AfterEach
    void close() {
        duck.close();
        timers.shutdownNow();
    }

    /** A database that is not always there. */
    private final class Leaving implements Source {
        @Override
        public Connection open() throws SQLException {
            if (away) {
                throw new SQLException("The database is away.");
            }
            return duck.open();
        }

        @Override
        public void check(String sql) {
            duck.check(sql);
        }

        @Override
        public String inputs(List<dev.sluice.host.sql.file.Parameter> parameters) {
            return duck.inputs(parameters);
        }

        @Override
        public void close() {}
    }

    private void write(String file, String... lines) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Path part = Files.writeString(folder.resolve("part"), String.join("\n", lines));
        Files.move(part, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** As often as it takes until something that rests is seen. */
    private List<String> look() {
        events.clear();
        repository.look();
        repository.look();
        return List.copyOf(events);
    }

    private String state(String actor, String version) {
        return String.valueOf(repository.statuses().get(new FoundFile.Id(actor, version)));
    }

    @Test
    void servesWhatLiesThereAtOnceAndWhatComesOnceItRests() throws IOException {
        write("one.sql", "select 1 as n");
        repository.look();
        assertThat(events).containsExactly("came one 1");
        write("two/1.sql", "select 2 as n");
        write("two/2.sql", "select 22 as n");
        events.clear();
        repository.look();
        assertThat(events).isEmpty();
        repository.look();
        assertThat(events).containsExactly("came two 1", "came two 2");
        assertThat(look()).isEmpty();
    }

    @Test
    void replicasTakeAChangedFileOver() throws IOException {
        write("one.sql", "select 1 as n");
        look();
        try (ActorKit one = ActorKit.of(new SqlActorType(last)).start()) {
            assertThat(one.call(Map.of()).toString()).isEqualTo("[{\"n\":1}]");
            write("one.sql", "-- @param n bigint", "select :n as n");
            assertThat(look()).containsExactly("changed one");
            assertThat(one.call(Map.of("n", 2)).toString()).isEqualTo("[{\"n\":2}]");

            write("one.sql", "drop table x");
            assertThat(look()).isEmpty();
            assertThat(state("one", "1")).startsWith("STALE: The statement is refused");
            assertThat(one.call(Map.of("n", 3)).toString()).isEqualTo("[{\"n\":3}]");

            write("one.sql", "select n from nowhere");
            assertThat(look()).isEmpty();
            assertThat(state("one", "1")).startsWith("STALE: ").contains("nowhere");
            assertThat(one.call(Map.of("n", 4)).toString()).isEqualTo("[{\"n\":4}]");

            write("one.sql", "select query_id, 5 as n from inputs");
            assertThat(look()).containsExactly("changed one");
            assertThat(state("one", "1")).isEqualTo("GOOD");
            assertThat(one.call(Map.of()).toString()).isEqualTo("[{\"n\":5}]");

            Files.delete(folder.resolve("one.sql"));
            assertThat(look()).containsExactly("gone one 1");
            assertThat(one.call(Map.of()).toString())
                    .as("a replica that a router placed goes on")
                    .isEqualTo("[{\"n\":5}]");
            write("one.sql", "select 6 as n");
            assertThat(look()).containsExactly("came one 1");
            assertThat(one.call(Map.of()).toString()).isEqualTo("[{\"n\":6}]");
        }
    }

    @Test
    void tellsOfABrokenFileOnceAndServesItWhenItIsMended() throws IOException {
        write("one.sql", "-- @param n number", "select :n");
        assertThat(look()).singleElement().asString().startsWith("broken one: ").contains("one.sql:1:");
        assertThat(state("one", "1")).startsWith("BROKEN: ");
        assertThat(look()).isEmpty();
        write("one.sql", "select 1; select 2");
        assertThat(look()).hasSize(2).first().isEqualTo("gone one 1");
        write("one.sql", "select 1 as n");
        assertThat(look()).containsExactly("gone one 1", "came one 1");
    }

    @Test
    void countsFilesByHowTheyStand() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        QueryMeters.of(repository::statuses, registry);
        write("one.sql", "select 1 as n");
        write("two.sql", "drop table x");
        look();
        assertThat(count(registry, "good")).isEqualTo(1);
        assertThat(count(registry, "broken")).isEqualTo(1);
        write("one.sql", "select 1; select 2");
        look();
        assertThat(count(registry, "good")).isZero();
        assertThat(count(registry, "stale")).isEqualTo(1);
    }

    private static double count(SimpleMeterRegistry registry, String state) {
        return registry.get("sluice.sql.files").tag("state", state).gauge().value();
    }

    @Test
    void triesAgainWhatFailedForItsDatabase() throws IOException {
        away = true;
        write("one.sql", "select 1 as n");
        assertThat(look()).containsExactly("broken one: The database is away.");
        away = false;
        repository.look();
        assertThat(events).containsExactly("broken one: The database is away.", "gone one 1", "came one 1");
    }

    @Test
    void leavesOutWhatCannotBeAnActorAndHiddenFiles() throws IOException {
        write("not a name.sql", "select 1");
        write(".hidden.sql", "select 1");
        write("readme.txt", "select 1");
        write("one.sql", "select 1 as n");
        write("one/1.sql", "select 2 as n");
        assertThat(look()).containsExactly("came one 1");
    }

    @Test
    void tellsRoutersWhyTheyCannotHaveABrokenOne() throws IOException {
        SqlActors actors = new SqlActors();
        actors.isBroken(new FoundFile.Id("one", "1"), "it drops tables");
        VersionSpec spec = new VersionSpec("1", "sql", "one", Map.of(), VersionSettings.UNSET);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> actors.type("one", spec)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The version 1 of the SQL actor one cannot be served: it drops tables");
    }

    @Test
    void neverServesAnotherVersionThanTheOneAskedForWhereThereAreVersions() throws IOException {
        write("one/1.sql", "select 1 as n");
        look();
        SqlActors actors = new SqlActors();
        actors.add(last);
        assertThat(refusal(actors, "2")).hasMessageContaining("has no version '2' on this host; it has [1]");
        actors.isBroken(new FoundFile.Id("one", "2"), "it drops tables");
        assertThat(refusal(actors, "2"))
                .hasMessage("The version 2 of the SQL actor one cannot be served: it drops tables");
        assertThat(refusal(actors, "1")).isNull();

        write("two.sql", "select 2 as n");
        look();
        actors.add(last);
        VersionSpec any = new VersionSpec("7", "sql", "two", Map.of(), VersionSettings.UNSET);
        assertThat(actors.type("two", any))
                .as("a file in no folder serves as any version")
                .isNotNull();
    }

    private static Throwable refusal(SqlActors actors, String version) {
        VersionSpec spec = new VersionSpec(version, "sql", "one", Map.of(), VersionSettings.UNSET);
        return org.assertj.core.api.Assertions.catchThrowable(() -> actors.type("one", spec));
    }
}
