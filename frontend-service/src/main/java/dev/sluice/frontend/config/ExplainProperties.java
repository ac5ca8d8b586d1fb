package dev.sluice.frontend.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is kept to explain where the time of queries went.
 *
 * @param last how many of the last queries are kept
 */
@Validated
@ConfigurationProperties("sluice.frontend.explain")
public record ExplainProperties(
        @DefaultValue("1024") @Min(1) @Max(65_536) int last) {}
