package dev.sluice.router.actuator;

import dev.sluice.router.dispatch.RouterView;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The actors that this router knows. */
@Endpoint(id = "actors")
public final class ActorsEndpoint {

    private final RouterView view;

    public ActorsEndpoint(RouterView view) {
        this.view = view;
    }

    @ReadOperation
    public List<RouterView.ActorView> actors() {
        return view.actors();
    }
}
