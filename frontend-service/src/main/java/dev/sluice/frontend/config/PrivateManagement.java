package dev.sluice.frontend.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether Actuator is for operators alone: it has a port of its own, or nobody but this machine reaches the frontend. Else callers
 * would be shown the queries of others.
 */
final class PrivateManagement implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        String management = environment.getProperty("management.server.port", "");
        return !management.isEmpty() && !management.equals(environment.getProperty("server.port"))
                || isLoopback(environment.getProperty("server.address", ""));
    }

    private static boolean isLoopback(String address) {
        try {
            return !address.isEmpty() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
