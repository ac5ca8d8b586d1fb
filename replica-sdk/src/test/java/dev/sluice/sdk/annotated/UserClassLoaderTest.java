package dev.sluice.sdk.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.Failure;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.actor.BatchSink;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class UserClassLoaderTest {

    private final ClassLoader hosts = new ClassLoader("host", null) {};
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @Actor(value = "loader", idempotent = true)
    static class Loader implements AutoCloseable {
        static final List<ClassLoader> seen = new ArrayList<>();

        Loader() {
            see();
        }

        long call(long input) {
            see();
            return input;
        }

        @BatchedInput
        Mono<long[]> later(long[] inputs) {
            see();
            return Mono.delay(Duration.ofMillis(1))
                    .map(tick -> inputs)
                    .filter(all -> all.length < 2)
                    .switchIfEmpty(Mono.error(new IllegalStateException("too many")));
        }

        Mono<Long> never(long input) {
            return Mono.<Long>never().doOnCancel(Loader::see);
        }

        Flux<Long> stream(long input) {
            return Flux.<Long>never().doOnCancel(Loader::see);
        }

        @Override
        public void close() {
            see();
        }

        private static synchronized void see() {
            seen.add(Thread.currentThread().getContextClassLoader());
        }
    }

    @BeforeEach
    void amongTheHostsClasses() {
        Loader.seen.clear();
        Thread.currentThread().setContextClassLoader(hosts);
    }

    @AfterEach
    void leave() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void userCodeSeesItsOwnLoaderWhereverItIsCalledAndTheThreadGetsItsBack() {
        try (TestReplica replica = new TestReplica(Loader.class)) {
            replica.run("1").await();
            assertThat(replica.run("later", new String[] {"1", "2"}).outcomes()).containsExactly("1", "2");
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(hosts);
        }

        assertThat(Loader.seen).hasSize(6).containsOnly(Loader.class.getClassLoader());
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(hosts);
    }

    @Test
    void userCodeSeesItsOwnLoaderWhenItIsCancelled() {
        try (TestReplica replica = new TestReplica(Loader.class)) {
            Loader.seen.clear();
            replica.run("never", new String[] {"1"});
            replica.running().dispose();
            assertThat(Loader.seen).containsExactly(Loader.class.getClassLoader());

            CancellingSink sink = new CancellingSink();
            replica.run("stream", sink, "1");
            sink.stream.cancel();
            assertThat(Loader.seen).hasSize(2).containsOnly(Loader.class.getClassLoader());
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(hosts);
        }
    }

    /** Keeps the stream of its one query. */
    private static final class CancellingSink implements BatchSink {
        private Subscription stream;

        @Override
        public void streaming(int index, Subscription given) {
            stream = given;
        }

        @Override
        public void result(int index, ByteBuf body, String mediaType) {
            body.release();
        }

        @Override
        public void item(int index, ByteBuf body, String mediaType) {
            body.release();
        }

        @Override
        public void complete(int index) {}

        @Override
        public void fail(int index, Failure failure) {}
    }
}
