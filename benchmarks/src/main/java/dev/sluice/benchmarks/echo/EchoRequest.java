package dev.sluice.benchmarks.echo;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The envelope of a query.
 *
 * @param sloMillis the SLO, in milliseconds; null where the caller gave none
 */
record EchoRequest(
        @Nullable JsonNode input,
        @JsonProperty("slo_ms") @Nullable Double sloMillis) {}
