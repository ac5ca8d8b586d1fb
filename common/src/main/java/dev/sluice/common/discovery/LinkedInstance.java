package dev.sluice.common.discovery;

import dev.sluice.common.wire.Role;
import java.util.Map;
import org.springframework.cloud.client.DefaultServiceInstance;

/** An instance of a tier as this process knows it by itself. Of a peer that nobody connects to, the port is 0. */
final class LinkedInstance extends DefaultServiceInstance {

    private LinkedInstance(Role tier, String nodeId, String host, int port) {
        super(
                nodeId,
                SluiceDiscoveryClient.serviceId(tier),
                host,
                port,
                false,
                Map.of(InstanceMetadata.NODE_ID, nodeId));
    }

    static LinkedInstance at(Role tier, String nodeId, String host, int port) {
        return new LinkedInstance(tier, nodeId, host, port);
    }

    /** A node id is the host's name and the port, where it was not chosen otherwise. */
    static LinkedInstance named(Role tier, String nodeId) {
        int colon = nodeId.lastIndexOf(':');
        String port = nodeId.substring(colon + 1);
        return colon > 0 && port.matches("\\d{1,5}")
                ? at(tier, nodeId, nodeId.substring(0, colon), Integer.parseInt(port))
                : at(tier, nodeId, nodeId, 0);
    }
}
