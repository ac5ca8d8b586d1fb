package dev.sluice.host.onnx.repository;

import dev.sluice.host.onnx.actor.ModelContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at the folder of models again and again, on a thread of its own, from when the host has started. */
public final class ModelWatch implements SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ModelWatch.class);

    private static final int LAST_LOAD_SECONDS = 10;

    private final ModelRepository repository;
    private final ServedModels served;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "sluice-models");
        watch.setDaemon(true);
        return watch;
    });
    private volatile boolean running;
    private volatile boolean looked;

    /**
     * @param folder of models
     * @param served where they go
     * @param interval between two looks
     */
    public ModelWatch(Path folder, ModelContext context, ServedModels served, LoadCounter loads, Duration interval) {
        this.repository = new ModelRepository(new ModelFolder(folder), context, served, loads);
        this.served = served;
        this.interval = interval;
    }

    /** Whether everything that lay there at the start was loaded, or found broken. */
    boolean looked() {
        return looked;
    }

    /** How each version stands. Any thread. */
    public Map<FoundVersion, ModelStatus> statuses() {
        return repository.statuses();
    }

    @Override
    public void start() {
        running = true;
        thread.scheduleWithFixedDelay(this::look, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        try {
            repository.look();
            looked = true;
        } catch (RuntimeException | Error e) { // thrown on, it would end the watch
            log.error("A fault while the folder of models was looked at.", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdown();
    }

    /** After the host has stopped. A model that is still being loaded is left to the end of the process. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(LAST_LOAD_SECONDS, TimeUnit.SECONDS)) {
                served.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the host has started, and so before it stops. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
