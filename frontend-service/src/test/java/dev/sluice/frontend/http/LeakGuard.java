package dev.sluice.frontend.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class in which any buffer was lost, by Netty's own count. */
public final class LeakGuard implements BeforeAllCallback, AfterAllCallback {

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final int LOOKS = 5;

    static {
        // Who took a buffer and who let go of it is told of one that is lost; each look at its bytes would cost more
        // than the tests.
        System.setProperty("io.netty.leakDetection.acquireAndReleaseOnly", "true");
    }

    private ResourceLeakDetector.Level usual = ResourceLeakDetector.getLevel();

    @Override
    public void beforeAll(ExtensionContext context) {
        usual = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + ": " + records));
        // What others lost before is not this class's fault.
        look();
        LEAKS.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        for (int round = 0; round < LOOKS; round++) {
            look();
        }
        ResourceLeakDetector.setLevel(usual);
        assertThat(LEAKS).isEmpty();
    }

    private static void look() {
        System.gc();
        System.runFinalization();
        // a leak is reported when the next buffer is made
        ByteBufAllocator.DEFAULT.directBuffer(16).release();
    }
}
