package dev.sluice.common.config;

import dev.sluice.common.tracing.OtlpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * Where spans go. The keys are those of Spring Boot, whose own tracing would observe each request as well, and is not there for that.
 *
 * @param endpoint of a collector's OTLP over HTTP
 * @param transport only {@code http}
 */
record OtlpProperties(
        URI endpoint,
        @DefaultValue("http") String transport,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("none") String compression,
        Map<String, String> headers) {

    static final String PREFIX = "management.opentelemetry.tracing.export.otlp";
    static final String ENDPOINT = PREFIX + ".endpoint";

    private static final String PROBABILITY = "management.tracing.sampling.probability";
    private static final double USUAL_PROBABILITY = 0.1;

    OtlpProperties {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    /** @throws SettingRefused where they say what cannot be done */
    static OtlpSettings settings(Environment environment) {
        Binder binder = Binder.get(environment);
        OtlpProperties otlp = binder.bindOrCreate(PREFIX, Bindable.of(OtlpProperties.class));
        double probability = binder.bind(PROBABILITY, Double.class).orElse(USUAL_PROBABILITY);
        if (!(probability >= 0 && probability <= 1)) {
            throw new SettingRefused(PROBABILITY + " is " + probability + ".", "Write a number between 0 and 1.");
        }
        if (!"http".equals(otlp.transport().toLowerCase(Locale.ROOT))) {
            throw new SettingRefused(
                    PREFIX + ".transport is " + otlp.transport() + ", and Sluice sends OTLP over HTTP.",
                    "Leave it out, and name the collector's HTTP port, usually 4318.");
        }
        String scheme = otlp.endpoint().getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme))
                || otlp.endpoint().getHost() == null) {
            throw new SettingRefused(
                    ENDPOINT + " is '" + otlp.endpoint() + "'.",
                    "Write it like http://127.0.0.1:4318/v1/traces, or leave it out.");
        }
        if (otlp.timeout().isNegative() || otlp.timeout().isZero()) {
            throw new SettingRefused(PREFIX + ".timeout is " + otlp.timeout() + ".", "Write it like 10s.");
        }
        String compression = otlp.compression().toLowerCase(Locale.ROOT);
        if (!compression.equals("none") && !compression.equals("gzip")) {
            throw new SettingRefused(PREFIX + ".compression is " + compression + ".", "Write none or gzip.");
        }
        return new OtlpSettings(otlp.endpoint(), otlp.timeout(), compression, otlp.headers(), probability);
    }
}
