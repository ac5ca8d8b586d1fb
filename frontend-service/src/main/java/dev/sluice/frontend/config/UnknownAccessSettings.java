package dev.sluice.frontend.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names settings of access that there are none of. Before Boot's own analyzer, which shows their values too: one may be a key. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownAccessSettings extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    private static final ConfigurationPropertyName ACCESS = ConfigurationPropertyName.of("sluice.access");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        List<String> unknown = cause.getUnboundProperties().stream()
                .map(property -> property.getName())
                .filter(ACCESS::isAncestorOf)
                .map(ConfigurationPropertyName::toString)
                .sorted()
                .toList();
        return unknown.isEmpty()
                ? null
                : new FailureAnalysis(
                        "There is no setting " + String.join(", ", unknown) + ".",
                        "Correct the spelling, or take it out: docs/security.md lists what there is. A tenant's name with other"
                                + " characters than letters, digits and hyphens stands in brackets: \"[acme.eu]\".",
                        cause);
    }
}
