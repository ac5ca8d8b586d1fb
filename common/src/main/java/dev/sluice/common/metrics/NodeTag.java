package dev.sluice.common.metrics;

import dev.sluice.common.link.Identity;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * The tag {@code node} on all meters of a process: who it is in logs and in the answers of routers. Who scrapes it knows an
 * address, which tells nobody in which log to look.
 */
public final class NodeTag {

    private NodeTag() {}

    public static MeterFilter of(Identity process) {
        return MeterFilter.commonTags(Tags.of("node", process.nodeId()));
    }
}
