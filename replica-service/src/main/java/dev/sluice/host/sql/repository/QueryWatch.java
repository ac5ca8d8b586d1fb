package dev.sluice.host.sql.repository;

import dev.sluice.host.sql.file.FoundFile;
import dev.sluice.host.sql.file.SqlFolder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at the folder of SQL actors again and again, on a thread of its own, from when the host has started. */
public final class QueryWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(QueryWatch.class);

    private final QueryRepository repository;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "sluice-sql");
        watch.setDaemon(true);
        return watch;
    });
    private volatile boolean running;
    private volatile boolean looked;

    /**
     * @param served where they go
     * @param interval between two looks
     */
    public QueryWatch(SqlFolder folder, QueryFactory factory, ServedQueries served, Duration interval) {
        this.repository = new QueryRepository(folder, factory, served);
        this.interval = interval;
    }

    /** Whether everything that lay there at the start is served, or found broken. */
    boolean looked() {
        return looked;
    }

    public Map<FoundFile.Id, QueryStatus> statuses() {
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
            log.error("A fault while the folder of SQL actors was looked at.", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdown();
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
