package dev.sluice.router.actuator;

import dev.sluice.router.dispatch.RouterView;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** What waits in this router, by actor and method. */
@Endpoint(id = "queues")
public final class QueuesEndpoint {

    private final RouterView view;

    public QueuesEndpoint(RouterView view) {
        this.view = view;
    }

    @ReadOperation
    public List<RouterView.QueueView> queues() {
        return view.queues();
    }

    /** What the schedulers of an actor's versions have learnt: batch times, classes, shares, what was turned away and why. */
    @ReadOperation
    public List<RouterView.SchedulingView> scheduling(@Selector String actor) {
        return view.scheduling(actor);
    }
}
