package dev.sluice.router.fleet.store;

import io.lettuce.core.ClientOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * A store in Redis, which several routers share. One hash has the documents, each behind its revision: a script compares, counts
 * and writes in one step that Redis does not divide. How lasting an acknowledged write is, Redis's own settings say
 * ({@code appendonly}, {@code appendfsync}).
 */
public final class RedisFleetStore implements FleetStore, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisFleetStore.class);

    /** The new revision; where the entry has another one than was expected, that one below zero. */
    private static final RedisScript<Long> WRITE = RedisScript.of("""
            local stored = redis.call('HGET', KEYS[1], ARGV[1])
            local actual = stored and string.match(stored, '^%d+') or '0'
            if actual ~= ARGV[2] then
              return -tonumber(actual)
            end
            redis.call('INCR', KEYS[2])
            local revision = redis.call('GET', KEYS[2])
            redis.call('HSET', KEYS[1], ARGV[1], revision .. ARGV[3])
            redis.call('PUBLISH', ARGV[4], revision)
            return tonumber(revision)
            """, Long.class);

    /** The id, then each key and its entry. Writes only where there is no id yet: a Redis that is full or read-only can be read. */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> LOAD = RedisScript.of("""
            local all = redis.call('HGETALL', KEYS[1])
            local id = redis.call('GET', KEYS[2])
            if not id then
              redis.call('SET', KEYS[2], ARGV[1])
              id = ARGV[1]
            end
            table.insert(all, 1, id)
            return all
            """, List.class);

    private static final RedisScript<Long> RENEW = RedisScript.of("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then
              return 0
            end
            redis.call('SET', KEYS[1], ARGV[2])
            redis.call('PUBLISH', ARGV[3], redis.call('GET', KEYS[2]) or '0')
            return 1
            """, Long.class);

    /** Between the revision and the document; where it is missing, so is the document. */
    private static final char MARK = '\n';

    /** What fails after nobody waits for it any more would be logged as a fault of the program. */
    private static final Context UNHEARD = Context.of("reactor.onErrorDropped.local", (Consumer<Throwable>)
            late -> log.debug("Redis failed after it was given up.", late));

    private final ReactiveStringRedisTemplate redis;
    private final RedisKeys keys;
    private final Duration timeout;
    private final ChangeSignals changes = new ChangeSignals();
    private final RedisChanges watched;

    /**
     * Opens no connection before it is used or started.
     *
     * @param prefix of all keys, and of the channel
     * @param timeout after which Redis is taken for away
     * @param look how often it is looked whether a change was missed
     */
    public RedisFleetStore(ReactiveRedisConnectionFactory connections, String prefix, Duration timeout, Duration look) {
        this.redis = new ReactiveStringRedisTemplate(connections);
        this.keys = new RedisKeys(prefix);
        this.timeout = timeout;
        this.watched = new RedisChanges(connections, keys.channel(), revision(), look, changes);
        changes.changed(0);
    }

    /**
     * What the client of Redis must not do: send a command again after a break of its connection, of which nobody knows whether it
     * was carried out, or keep one for when Redis is back.
     */
    public static ClientOptions.Builder neverAgain(ClientOptions.Builder options) {
        return options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
    }

    /** Listens for changes from now on, until it is closed. */
    public void start() {
        watched.start();
    }

    @Override
    public Mono<Content> load() {
        List<String> fresh = List.of(StoreId.fresh());
        return guarded(redis.execute(LOAD, List.of(keys.entries(), keys.id()), fresh)
                .next()
                .map(RedisFleetStore::content));
    }

    private static Content content(List<?> all) {
        Map<String, Entry> entries = new HashMap<>();
        for (int i = 1; i < all.size(); i += 2) {
            entries.put(text(all.get(i)), entry(text(all.get(i + 1))));
        }
        return new Content(text(all.get(0)), entries);
    }

    private static String text(Object of) {
        return String.valueOf(of);
    }

    private static Entry entry(String stored) {
        int mark = stored.indexOf(MARK);
        long revision = Long.parseLong(mark < 0 ? stored : stored.substring(0, mark));
        return new Entry(revision, mark < 0 ? null : stored.substring(mark + 1));
    }

    @Override
    public Mono<Long> write(String key, @Nullable String json, long expected) {
        List<String> arguments = List.of(key, Long.toString(expected), json == null ? "" : MARK + json, keys.channel());
        return guarded(redis.execute(WRITE, List.of(keys.entries(), keys.revision()), arguments)
                        .next())
                .map(revision -> {
                    if (revision <= 0) {
                        throw new Conflict(key, expected, -revision);
                    }
                    return revision;
                })
                .doOnNext(changes::changed);
    }

    @Override
    public Mono<Void> renew(String id) {
        List<String> arguments = List.of(id, StoreId.renewed(id), keys.channel());
        return guarded(redis.execute(RENEW, List.of(keys.id(), keys.revision()), arguments)
                        .next())
                .then();
    }

    private Mono<Long> revision() {
        return guarded(
                redis.opsForValue().get(keys.revision()).map(Long::parseLong).defaultIfEmpty(0L));
    }

    /** The client connects on the thread that asks first, and blocks that. */
    private <T> Mono<T> guarded(Mono<T> answer) {
        return answer.subscribeOn(Schedulers.boundedElastic())
                .timeout(timeout)
                .onErrorMap(failure -> new StoreUnavailable(
                        "Redis, which keeps what is wanted of actors, does not do its part: " + reason(failure) + ".",
                        failure))
                .contextWrite(UNHEARD);
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
    }

    @Override
    public Flux<Long> changes() {
        return changes.flux();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void close() {
        watched.close();
    }
}
