package dev.sluice.host.folder;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class FolderWatchTest {

    private static final class Watch extends FolderWatch {
        Watch(BooleanSupplier look) {
            super("things", look, Duration.ofMillis(1));
        }
    }

    /** A host that is ready while nothing is known of what it is to serve would get queries that it refuses. */
    @Test
    void hasNotLookedWhereTheFolderCouldNotBeRead() throws InterruptedException {
        AtomicBoolean readable = new AtomicBoolean();
        CountDownLatch looks = new CountDownLatch(3);
        Watch watch = new Watch(() -> {
            looks.countDown();
            return readable.get();
        });
        watch.start();
        looks.await();
        assertThat(watch.looked()).isFalse();

        readable.set(true);
        await().until(watch::looked);
        readable.set(false);
        assertThat(watch.ended(Duration.ofSeconds(60))).isTrue();
        assertThat(watch.looked()).as("what serves goes on").isTrue();
    }
}
