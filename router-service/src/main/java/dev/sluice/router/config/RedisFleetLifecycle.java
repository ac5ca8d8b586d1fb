package dev.sluice.router.config;

import dev.sluice.router.fleet.store.RedisFleetStore;
import org.springframework.context.SmartLifecycle;

/** Listens to Redis while its client is there: that starts before, and stops after. */
final class RedisFleetLifecycle implements SmartLifecycle {

    static final int AFTER_THE_CLIENT = 1;

    private final RedisFleetStore store;
    private volatile boolean running;

    RedisFleetLifecycle(RedisFleetStore store) {
        this.store = store;
    }

    @Override
    public void start() {
        store.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        store.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AFTER_THE_CLIENT;
    }
}
