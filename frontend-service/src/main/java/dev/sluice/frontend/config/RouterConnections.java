package dev.sluice.frontend.config;

import dev.sluice.common.link.RouterLookup;
import org.springframework.context.SmartLifecycle;

/** Links to the routers while the frontend runs: up before the web server takes queries, down after it has ended them. */
final class RouterConnections implements SmartLifecycle {

    private final RouterLookup routers;
    private volatile boolean running;

    RouterConnections(RouterLookup routers) {
        this.routers = routers;
    }

    @Override
    public void start() {
        running = true;
        routers.start();
    }

    @Override
    public void stop() {
        running = false;
        routers.dispose();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
