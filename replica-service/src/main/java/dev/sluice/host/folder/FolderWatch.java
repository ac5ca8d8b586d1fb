package dev.sluice.host.folder;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at a folder again and again, on a thread of its own, from when the host has started. */
public abstract class FolderWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

    private final String what;
    private final BooleanSupplier look;
    private final Duration interval;
    private final ScheduledExecutorService thread;
    private volatile boolean running;

    /** Written by the watch's thread only. */
    private volatile boolean looked;

    /**
     * @param what lies in the folder; the thread is named after it
     * @param look one look, which blocks as long as it takes; says whether the folder could be looked at
     * @param interval between two looks
     */
    protected FolderWatch(String what, BooleanSupplier look, Duration interval) {
        this.what = what;
        this.look = look;
        this.interval = interval;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watch = new Thread(task, "sluice-" + what);
            watch.setDaemon(true);
            return watch;
        });
    }

    /** Whether everything that lay there at the start is served, or found broken. */
    public final boolean looked() {
        return looked;
    }

    @Override
    public final void start() {
        running = true;
        thread.scheduleWithFixedDelay(this::lookOnce, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void lookOnce() {
        try {
            looked = look.getAsBoolean() || looked;
        } catch (RuntimeException | Error e) { // thrown on, it would end the watch
            log.error("A fault while the folder of {} was looked at.", what, e);
        }
    }

    @Override
    public final void stop() {
        running = false;
        thread.shutdown();
    }

    /** Looks no more. @return whether the last look has ended within that time */
    protected final boolean ended(Duration patience) throws InterruptedException {
        thread.shutdown();
        return thread.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    /** After the host has started, and so before it stops. */
    @Override
    public final int getPhase() {
        return DEFAULT_PHASE;
    }
}
