package dev.sluice.common.config;

import java.util.stream.Stream;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there is a secret that Actuator takes: that of the cluster, or one of its own. */
final class SecretCondition implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Stream.of("sluice.cluster-secret", "sluice.management.secret")
                .anyMatch(secret ->
                        !context.getEnvironment().getProperty(secret, "").isEmpty());
    }
}
