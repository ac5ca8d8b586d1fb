package dev.sluice.router.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.router.fleet.store.FleetStore.Entry;
import dev.sluice.router.testing.RedisServer;
import io.lettuce.core.ClientOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class RedisFleetStoreIT extends FleetStoreContract {

    private static final Duration NEVER = Duration.ofDays(1);

    /** What a store may take on a busy machine, at its first connection above all. */
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private static RedisServer redis;
    private static int tests;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private String prefix;
    private RedisFleetStore store;

    @BeforeAll
    static void start() {
        redis = RedisServer.started();
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @BeforeEach
    void open() {
        prefix = "test" + tests++;
        store = another(NEVER);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    /** Another router's view of the same store, which looks by itself so often. */
    private RedisFleetStore another(Duration look) {
        return another(look, PATIENT);
    }

    private RedisFleetStore another(Duration look, Duration timeout) {
        LettuceConnectionFactory connections = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", redis.port()),
                LettuceClientConfiguration.builder()
                        .clientOptions(RedisFleetStore.neverAgain(ClientOptions.builder())
                                .build())
                        .build());
        connections.afterPropertiesSet();
        connections.start();
        RedisFleetStore opening = new RedisFleetStore(connections, prefix, timeout, look);
        opening.start();
        opened.add(opening);
        opened.add(connections::destroy);
        return opening;
    }

    @Override
    FleetStore store() {
        return store;
    }

    private static BlockingQueue<Long> listening(FleetStore to) {
        BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        to.changes().subscribe(heard::add);
        return heard;
    }

    private static void mustBeAway(Mono<?> asked) {
        assertThatThrownBy(() -> get(asked))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageStartingWith("Redis, which keeps what is wanted of actors, does not do its part: ");
    }

    private void awaitBack() {
        awaitBack(store);
    }

    private static void awaitBack(FleetStore which) {
        get(Flux.defer(() -> which.load().onErrorResume(StoreUnavailable.class, away -> Mono.empty()))
                .repeatWhen(again -> again.delayElements(Duration.ofMillis(20)))
                .next());
    }

    @Test
    void isOneStoreForAllThatShareIt() {
        RedisFleetStore other = another(NEVER);
        assertThat(id(other)).isEqualTo(id(store));
        long a = write("a", "1", 0);
        assertThat(get(other.load()).entries()).isEqualTo(Map.of("a", new Entry(a, "1")));
        assertThatThrownBy(() -> get(other.write("a", "2", 0))).isInstanceOf(FleetStore.Conflict.class);
        assertThat(store.isShared()).isTrue();
        prefix = "elsewhere";
        RedisFleetStore elsewhere = another(NEVER);
        assertThat(id(elsewhere)).isNotEqualTo(id(store));
        assertThat(get(elsewhere.load()).entries()).isEmpty();
    }

    @Test
    void tellsOthersOfAChange() throws InterruptedException {
        BlockingQueue<Long> heard = listening(another(NEVER));
        hears(heard, 0);
        long last = 0;
        for (int i = 0; i < 10; i++) {
            last = write("a", "" + i, last);
            hears(heard, last);
        }
    }

    /** As another router's write whose message was lost. */
    private void writeInSilence(long revision) throws IOException {
        RedisKeys keys = new RedisKeys(prefix);
        redis.command("HSET " + keys.entries() + " a " + revision);
        redis.command("SET " + keys.revision() + " " + revision);
    }

    @Test
    void looksAgainAfterEveryNewSubscription() throws Exception {
        BlockingQueue<Long> heard = listening(store);
        hears(heard, write("a", "0", 0));
        for (int revision = 41; revision < 44; revision++) {
            writeInSilence(revision);
            redis.command("CLIENT KILL TYPE pubsub");
            hears(heard, revision);
        }
    }

    @Test
    void findsWhatNoMessageToldItOf() throws Exception {
        BlockingQueue<Long> heard = listening(another(Duration.ofMillis(100)));
        hears(heard, write("a", "1", 0));
        writeInSilence(41);
        hears(heard, 41);
        assertThat(load()).isEqualTo(Map.of("a", new Entry(41, null)));
    }

    @Test
    void keepsWhatWasAcknowledgedThroughAKill() throws Exception {
        BlockingQueue<Long> heard = listening(store);
        String id = id(store);
        long a = write("a", "1", 0);
        hears(heard, a);
        redis.kill();
        mustBeAway(store.load());
        mustBeAway(store.write("a", "2", a));
        redis.start();
        awaitBack();
        assertThat(load()).isEqualTo(Map.of("a", new Entry(a, "1")));
        assertThat(id(store)).isEqualTo(id);
        heard.clear();
        hears(heard, write("a", "3", a));
        assertThat(load().get("a").json()).isEqualTo("3");
    }

    @Test
    void tellsOfWhatWasChangedWhileItWasCutOff() throws Exception {
        BlockingQueue<Long> heard = listening(store);
        long a = write("a", "1", 0);
        hears(heard, a);
        redis.kill();
        mustBeAway(store.load());
        redis.start();
        // Else it may look in vain when it has subscribed, and not again: what it reads with is a connection of its
        // own.
        awaitBack();
        writeInSilence(41);
        // It may have subscribed again before that was written, and so not have been cut off.
        redis.command("CLIENT KILL TYPE pubsub");
        hears(heard, 41);
    }

    @Test
    void startsWithoutRedisAndHearsOfItWhenItComes() throws Exception {
        redis.kill();
        RedisFleetStore early;
        try {
            early = another(NEVER);
            mustBeAway(early.load());
        } finally {
            redis.start();
        }
        awaitBack();
        awaitBack(early);
        BlockingQueue<Long> heard = listening(early);
        hears(heard, write("a", "1", 0));
    }

    @Test
    void waitsForNoRedisThatHangs() throws Exception {
        long a = write("a", "1", 0);
        RedisFleetStore hasty = another(NEVER, Duration.ofSeconds(2));
        awaitBack(hasty);
        redis.freeze(true);
        try {
            mustBeAway(hasty.load());
            mustBeAway(hasty.write("a", "2", a));
        } finally {
            redis.freeze(false);
        }
        awaitBack();
        // Whether the write was done is not known, but it was not done twice.
        Entry now = load().get("a");
        assertThat(List.of("1", "2")).contains(now.json());
        assertThat(now.revision()).isBetween(a, a + 1);
    }

    /** It might be carried out twice, and be refused the second time. */
    @Test
    void neverSendsAWriteAgain() throws Exception {
        long a = write("a", "1", 0);
        redis.command("CLIENT PAUSE 60000 WRITE");
        CompletableFuture<Long> write = store.write("a", "2", a).toFuture();
        // Until Redis has it, or the write would be sent for the first time later.
        Mono.fromCallable(() -> redis.command("INFO clients"))
                .filter(clients -> clients.contains("blocked_clients:1"))
                .repeatWhenEmpty(again -> again.delayElements(Duration.ofMillis(20)))
                .block(LONG);
        redis.command("CLIENT KILL TYPE normal");
        redis.command("CLIENT UNPAUSE");
        assertThatThrownBy(write::join).hasCauseInstanceOf(StoreUnavailable.class);
        awaitBack();
        assertThat(load()).isEqualTo(Map.of("a", new Entry(a, "1")));
    }

    @Test
    void saysWhatRedisSays() throws IOException {
        redis.command("SET " + new RedisKeys(prefix).entries() + " nonsense");
        assertThatThrownBy(() -> get(store.load()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("WRONGTYPE");
        assertThatThrownBy(() -> write("a", "1", 0))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("WRONGTYPE");
    }

    @Test
    void isAnotherStoreOnceRedisHasForgottenIt() throws IOException {
        String id = id(store);
        write("a", "1", 0);
        redis.command("FLUSHALL");
        assertThat(id(store)).isNotEqualTo(id);
        assertThat(load()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONFIG SET maxmemory 1", "REPLICAOF 127.0.0.1 1", "CONFIG SET min-replicas-to-write 3"})
    void canBeReadWhereNothingCanBeWritten(String command) throws IOException {
        long a = write("a", "1", 0);
        String id = id(store);
        redis.command(command);
        try {
            assertThat(id(store)).isEqualTo(id);
            assertThat(load()).isEqualTo(Map.of("a", new Entry(a, "1")));
            mustBeAway(store.write("a", "2", a));
        } finally {
            redis.command("CONFIG SET maxmemory 0");
            redis.command("REPLICAOF NO ONE");
            redis.command("CONFIG SET min-replicas-to-write 0");
        }
        write("a", "3", a);
    }
}
