package dev.sluice.router;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** BlockHound watches every test of this module; this one shows that it is awake, on the threads that matter. */
class EventLoopGuardTest {

    @Test
    void catchesABlockedEventLoop() {
        LoopResources loops = LoopResources.create("guarded", 1, true);
        try {
            Mono<Void> blocked = Mono.create(sink -> loops.onServer(false).execute(() -> {
                try {
                    LockSupport.parkNanos(1);
                    sink.success();
                } catch (Throwable refused) {
                    sink.error(refused);
                }
            }));

            assertThatThrownBy(blocked::block).hasRootCauseInstanceOf(BlockingOperationError.class);
        } finally {
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block();
        }
    }
}
