package dev.sluice.common.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Shows a refused setting as two sentences instead of a stack trace. Before Boot's own analyzers, which know of no action. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingRefusedAnalyzer extends AbstractFailureAnalyzer<SettingRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingRefused cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
