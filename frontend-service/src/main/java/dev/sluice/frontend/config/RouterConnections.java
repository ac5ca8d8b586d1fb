package dev.sluice.frontend.config;

import dev.sluice.common.link.LinkConnector;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Links to the routers while the frontend runs: up before the web server takes queries, down after it has ended them. */
final class RouterConnections implements SmartLifecycle {

    private final List<LinkConnector> connectors;
    private volatile boolean running;

    RouterConnections(List<LinkConnector> connectors) {
        this.connectors = List.copyOf(connectors);
    }

    @Override
    public void start() {
        running = true;
        connectors.forEach(LinkConnector::start);
    }

    @Override
    public void stop() {
        running = false;
        connectors.forEach(LinkConnector::dispose);
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
