package dev.sluice.frontend.grpc;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the frontend speaks gRPC, on the address of {@code server.address}.
 *
 * @param enabled whether it does
 * @param port where; 0: any free one
 */
@Validated
@ConfigurationProperties("sluice.frontend.grpc")
public record GrpcSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("8001") @Min(0) @Max(65535) int port) {}
