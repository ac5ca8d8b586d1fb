package dev.sluice.common.link;

import dev.sluice.common.wire.Role;
import java.security.SecureRandom;

/**
 * One incarnation of one process.
 *
 * @param role what the process is
 * @param nodeId stable over restarts, unique among the processes of one role
 * @param incarnation drawn at the start of the process
 */
public record Identity(Role role, String nodeId, long incarnation) {

    /** A new life of this node. */
    public static Identity fresh(Role role, String nodeId) {
        return new Identity(role, nodeId, new SecureRandom().nextLong());
    }

    @Override
    public String toString() {
        return nodeId + "#" + Long.toHexString(incarnation);
    }
}
