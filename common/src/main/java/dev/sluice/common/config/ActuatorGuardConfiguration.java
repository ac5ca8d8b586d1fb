package dev.sluice.common.config;

import dev.sluice.common.http.BearerSecret;
import dev.sluice.common.management.ActuatorGuard;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/** Guards Actuator where there is a secret for it, at the service's port or at one of its own. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@Conditional(SecretCondition.class)
@EnableConfigurationProperties(ManagementProperties.class)
public class ActuatorGuardConfiguration {

    @Bean
    ActuatorGuard actuatorGuard(Environment environment, ManagementProperties management) {
        SluiceProperties sluice = Binder.get(environment).bindOrCreate("sluice", SluiceProperties.class);
        List<BearerSecret> secrets = Stream.of(sluice.clusterSecret(), management.secret())
                .filter(secret -> !secret.isEmpty())
                .map(BearerSecret::new)
                .toList();
        return new ActuatorGuard(secrets, base(environment), management.open());
    }

    /** Within its server, whose own base path no filter sees. */
    private static String base(Environment environment) {
        String base = environment.getProperty("management.endpoints.web.base-path", "/actuator");
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
