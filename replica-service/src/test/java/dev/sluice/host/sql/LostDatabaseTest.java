package dev.sluice.host.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.host.sql.actor.SqlActorType;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of actors whose database is away, or does not answer. */
@Timeout(120)
class LostDatabaseTest {

    @TempDir
    private Path folder;

    private SqlFolderRig rig;
    private FaultySource source;

    @BeforeEach
    void start() throws Exception {
        rig = SqlFolderRig.in(folder);
        source = new FaultySource(rig.source());
    }

    @AfterEach
    void stop() {
        source.heard.countDown();
        rig.close();
    }

    private SqlActorType actor(String... lines) throws Exception {
        return rig.actor(source, lines);
    }

    private static ErrorCode code(ActorKit actor, Object input) {
        return catchThrowableOfType(QueryException.class, () -> actor.call(input))
                .failure()
                .code();
    }

    @Test
    void startsOnceItsDatabaseIsThere() throws Exception {
        source.away = true;
        SqlActorType one = actor("select 1 as n");
        CompletableFuture<ActorKit> starts =
                CompletableFuture.supplyAsync(() -> ActorKit.of(one).start());
        source.opened.acquire(2);
        source.away = false;
        try (ActorKit kit = starts.get()) {
            assertThat(kit.call(Map.of())).hasSize(1);
        }
    }

    @Test
    void isUnavailableWhileItsDatabaseIsAway() throws Exception {
        try (ActorKit one = ActorKit.of(actor("-- @param n bigint", "select query_id, n from inputs"))
                .start()) {
            source.away = true;
            source.opened.drainPermits();
            List<Reply> replies =
                    one.replies("rows", List.of(Map.of("n", 1), Map.of("n", 2), Map.of("n", 3), Map.of("n", 4)));
            assertThat(replies)
                    .allSatisfy(reply ->
                            assertThat(reply.failure().orElseThrow().code()).isEqualTo(ErrorCode.UNAVAILABLE));
            assertThat(source.opened.availablePermits())
                    .as("no halves of it are tried")
                    .isEqualTo(1);
            source.away = false;
            assertThat(one.call(Map.of("n", 1))).hasSize(1);
        }
    }

    @Test
    void saysThatItCannotServeWithoutItsDatabase() throws Exception {
        try (ActorInstance one = actor("select 1 as n").create(Map.of())) {
            one.check();
            source.away = true;
            assertThat(catchThrowable(one::check)).hasMessageContaining("There is nobody");
            source.away = false;
            one.check();
        }
    }

    @Test
    void runsAgainWhatAnInterruptOfTheRunBeforeHasHit() throws Exception {
        try (ActorKit one = ActorKit.of(actor("select 1 as n")).start()) {
            source.interruptedLate = true;
            assertThat(one.call(Map.of())).hasSize(1);
        }
    }

    @Test
    void givesAConnectionUpThatHearsNoInterruptAndHoldsUpNoOtherActor() throws Exception {
        try (ActorKit one =
                        ActorKit.of(actor("-- @timeout 3s", "select 1 as n")).start();
                ActorKit endless = ActorKit.of(rig.actor(
                                "-- @param n bigint",
                                "-- @timeout 100ms",
                                "select sum(a.range * b.range) as s from range(:n) a, range(:n) b"))
                        .start()) {
            source.deaf = true;
            CompletableFuture<ErrorCode> hangs = CompletableFuture.supplyAsync(() -> code(one, Map.of()));
            source.cancels.acquire();
            assertThat(code(endless, Map.of("n", 1_000_000))).isEqualTo(ErrorCode.EXPIRED);
            source.heard.countDown();
            assertThat(hangs.get()).isEqualTo(ErrorCode.EXPIRED);
            source.deaf = false;
            assertThat(one.call(Map.of())).hasSize(1);
        }
    }
}
