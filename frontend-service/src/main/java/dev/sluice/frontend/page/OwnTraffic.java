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
     * @param actors those that the frontend knows, in no order
     */
    record Sums(long inFlight, List<Double> boundsMillis, List<OfActor> actors) {

        public Sums {
            boundsMillis = List.copyOf(boundsMillis);
            actors = List.copyOf(actors);
        }
    }

    /**
     * @param withinSlo of those that were answered
     * @param latency how many queries took up to each bound; none where none ended
     * @param latencyCount of all that were not shed
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record OfActor(
            String actor,
            long answered,
            long withinSlo,
            long shed,
            long failed,
            long expired,
            long cancelled,
            List<Long> latency,
            long latencyCount,
            double latencyMillis) {

        public OfActor {
            latency = List.copyOf(latency);
        }
    }
}
