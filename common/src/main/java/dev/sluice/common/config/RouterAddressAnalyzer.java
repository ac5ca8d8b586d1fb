package dev.sluice.common.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionException;

/** {@code 127.0.0.1:7000} is not even a URI: the setting is refused before it can say for itself what to write. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RouterAddressAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName ROUTERS = ConfigurationPropertyName.of("sluice.routers");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!ROUTERS.equals(cause.getName()) || findCause(cause, ConversionException.class) == null) {
            return null;
        }
        Object value = cause.getProperty() == null ? "" : cause.getProperty().getValue();
        return new FailureAnalysis("sluice.routers is '" + value + "'.", SluiceProperties.ROUTER_ADVICE, cause);
    }
}
