package dev.sluice.router.fleet.store;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.SubscriptionListener;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.ReactiveRedisMessageListenerContainer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Hears of changes in Redis. A message may be lost, with its connection or without: so it looks after every new subscription, and
 * now and then.
 */
final class RedisChanges implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisChanges.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long UNKNOWN = -1;

    private final ReactiveRedisConnectionFactory connections;
    private final ChannelTopic channel;
    private final Mono<Long> revision;
    private final Duration look;
    private final ChangeSignals changes;
    private volatile Disposable watching = Disposables.disposed();
    private volatile long seen = UNKNOWN;
    private volatile boolean away;

    RedisChanges(
            ReactiveRedisConnectionFactory connections,
            String channel,
            Mono<Long> revision,
            Duration look,
            ChangeSignals changes) {
        this.connections = connections;
        this.channel = new ChannelTopic(channel);
        this.revision = revision;
        this.look = look;
        this.changes = changes;
    }

    void start() {
        Disposable looks = Flux.interval(Duration.ZERO, look)
                .onBackpressureDrop()
                .concatMap(now -> lookNow(), 1)
                .subscribe();
        Disposable messages = Flux.defer(this::messages)
                .subscribeOn(Schedulers.boundedElastic())
                .repeat()
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true))
                .subscribe(this::heard);
        watching = Disposables.composite(looks, messages);
    }

    private Mono<Long> lookNow() {
        return revision.doOnNext(this::saw).onErrorResume(this::lost);
    }

    private Flux<Long> messages() {
        return Flux.using(
                () -> new ReactiveRedisMessageListenerContainer(connections),
                container -> container
                        .receive(List.of(channel), new Subscribed())
                        .map(message -> Long.parseLong(message.getMessage())),
                // Not destroy(), which waits for an answer: perhaps on the very thread that has to read it.
                container -> container.destroyLater().onErrorComplete().subscribe());
    }

    private void heard(long now) {
        seen = now;
        changes.changed(now);
    }

    private void saw(long now) {
        if (away) {
            away = false;
            log.info("Redis is there again.");
        }
        if (now != seen) {
            heard(now);
        }
    }

    private Mono<Long> lost(Throwable failure) {
        if (!away) {
            away = true;
            log.warn("{} The router goes on with what it knows of actors.", failure.getMessage());
        }
        return Mono.empty();
    }

    @Override
    public void close() {
        watching.dispose();
    }

    /** Told by the client also when it has subscribed again by itself, on a new connection. */
    private final class Subscribed implements SubscriptionListener {
        @Override
        public void onChannelSubscribed(byte[] name, long count) {
            seen = UNKNOWN;
            lookNow().subscribe();
        }
    }
}
