package dev.sluice.frontend.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** What this frontend has measured of its queries since it started. Thread-safe. */
@FunctionalInterface
public interface OwnTraffic {

    /** Nobody measures. */
    OwnTraffic NONE = () -> new Sums(0, List.of(), List.of());

    Sums now();

    /**
     * @param inFlight queries that have no outcome yet
     * @param boundsMillis the upper bounds that latencies are counted up to, rising
     * @param versions of actors that the frontend knows, in no order; of what it has forgotten there is nothing
     */
    record Sums(long inFlight, List<Double> boundsMillis, List<OfVersion> versions) {

        public Sums {
            boundsMillis = List.copyOf(boundsMillis);
            versions = List.copyOf(versions);
        }
    }

    /**
     * All methods of one version of one actor, over all protocols.
     *
     * @param withinSlo of those that were answered
     * @param latency how many queries took up to each bound; none where none ended
     * @param latencyCount of all that were not shed
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record OfVersion(
            String actor,
            String version,
            long answered,
            long withinSlo,
            long shed,
            long failed,
            long expired,
            long cancelled,
            List<Long> latency,
            long latencyCount,
            double latencyMillis) {

        public OfVersion {
            latency = List.copyOf(latency);
        }
    }
}
