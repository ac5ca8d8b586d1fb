package dev.sluice.frontend.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of a frontend's way to the routers.
 *
 * @param maxRetained the most bytes that all queries in flight may hold together
 */
@ConfigurationProperties("sluice.frontend")
public record GatewayProperties(@DefaultValue("160MB") DataSize maxRetained) {}
