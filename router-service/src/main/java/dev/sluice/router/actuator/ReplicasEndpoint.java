package dev.sluice.router.actuator;

import dev.sluice.router.dispatch.RouterView;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The replicas on all hosts linked with this router. */
@Endpoint(id = "replicas")
public final class ReplicasEndpoint {

    private final RouterView view;

    public ReplicasEndpoint(RouterView view) {
        this.view = view;
    }

    @ReadOperation
    public List<RouterView.ReplicaView> replicas() {
        return view.replicas();
    }
}
