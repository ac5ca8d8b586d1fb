package dev.sluice.frontend.rpc;

import java.time.Duration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** A gRPC server's life within that of the frontend: as the web server, it stops after the grace in which all is still answered. */
public final class GrpcLifecycle extends GrpcServerLifecycle {

    /** @param grace how long calls in flight may take once the server has stopped to listen */
    public GrpcLifecycle(GrpcServerFactory factory, Duration grace, ApplicationEventPublisher events) {
        super(factory, grace, events);
    }

    /** Beside the web server's own stop, not before it: the wait for calls is not to add up. */
    @Override
    public void stop(Runnable callback) {
        Thread stopping = new Thread(
                () -> {
                    stop();
                    callback.run();
                },
                "grpc-stop");
        stopping.start();
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }
}
