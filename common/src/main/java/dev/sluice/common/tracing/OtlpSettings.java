package dev.sluice.common.tracing;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where spans go, and how many.
 *
 * @param endpoint of the collector, for instance {@code http://127.0.0.1:4318/v1/traces}
 * @param timeout of one request
 * @param compression {@code none} or {@code gzip}
 * @param headers of each request
 * @param probability with which a query is recorded whose caller does not say whether it is
 */
public record OtlpSettings(
        URI endpoint, Duration timeout, String compression, Map<String, String> headers, double probability) {}
