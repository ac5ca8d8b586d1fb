package dev.sluice.sdk.host;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.actor.Input;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** A replica whose instance says that it cannot serve any more is replaced, by its host or by who placed it. */
@Timeout(180)
class HealthCheckTest {

    private final EventExecutor loop = new DefaultEventExecutor();
    private final ReplicaSet replicas = new ReplicaSet(
            new HostContext(loop, (name, version, method) -> new RecordingMeters(), Long.MAX_VALUE, () -> {}),
            Duration.ofHours(1));
    private final Frail frail = new Frail();

    /** The first instance of it is ill from its second check on. */
    private static final class Frail implements ActorType {
        final AtomicInteger made = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public ActorDescriptor descriptor() {
            return ScriptedActor.of("frail", ScriptedActor.ECHO).descriptor();
        }

        @Override
        public ActorInstance create(Map<String, String> args) {
            boolean ill = made.getAndIncrement() == 0;
            return new ActorInstance() {
                private int checks;

                @Override
                public Disposable run(String method, List<Input> inputs, BatchSink sink) {
                    return Disposables.disposed();
                }

                @Override
                public void check() {
                    if (ill && ++checks > 1) {
                        throw new IllegalStateException("worn out");
                    }
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (HostedReplica replica : onLoop(replicas::all)) {
            onLoop(replica::stop).get(60, TimeUnit.SECONDS);
        }
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private <T> T onLoop(Callable<T> action) {
        return loop.submit(action).syncUninterruptibly().getNow();
    }

    private List<Announcement.Replica> announced() {
        return onLoop(replicas::announced);
    }

    private void check() {
        onLoop(() -> {
            replicas.checkHealth();
            return true;
        });
    }

    @Test
    void isReplacedUnderANewId() {
        onLoop(() -> {
            replicas.add(new HostedActor(frail, 1, Map.of()));
            return true;
        });
        await().until(() -> announced().get(0).state() == State.READY);
        await().until(() -> {
            check();
            List<Announcement.Replica> now = announced();
            return now.size() == 1
                    && now.get(0).id().equals("frail-1")
                    && now.get(0).state() == State.READY;
        });
        await().until(() -> frail.closed.get() == 1);
        assertThat(frail.made).hasValue(2);
    }

    @Test
    void isLeftToWhoPlacedIt() {
        onLoop(() -> {
            replicas.place("frail@1-0", new HostedActor(frail, 0, Map.of()));
            return true;
        });
        await().until(() -> announced().get(0).state() == State.READY);
        await().until(() -> {
            check();
            return announced().get(0).state() == State.FAILED;
        });
        check();
        assertThat(announced()).singleElement().satisfies(replica -> {
            assertThat(replica.id()).isEqualTo("frail@1-0");
            assertThat(replica.reason()).contains("worn out");
        });
        assertThat(frail.made).hasValue(1);
    }
}
