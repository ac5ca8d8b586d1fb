package dev.sluice.frontend.config;

import dev.sluice.common.config.SluiceProperties;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.access.KnownCallers;
import dev.sluice.frontend.access.KnownCallers.Tokens;
import dev.sluice.frontend.access.Tenants;
import dev.sluice.frontend.access.key.KeyRing;
import dev.sluice.frontend.access.key.KeysFile;
import dev.sluice.frontend.access.key.KeysWatch;
import dev.sluice.frontend.access.quota.Quotas;
import dev.sluice.frontend.access.token.TokenSettings;
import dev.sluice.frontend.access.token.VerifiedTokens;
import dev.sluice.frontend.gateway.GuardedGateway;
import dev.sluice.frontend.http.caller.CallerFilter;
import dev.sluice.frontend.http.caller.DoorList;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryMetrics;
import io.github.bucket4j.TimeMeter;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Wires who may call. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {

    @Bean
    Tenants tenants(AccessProperties access) {
        return access.allTenants();
    }

    @Bean
    KeyRing keyRing(Tenants tenants) {
        return new KeyRing(tenants);
    }

    @Bean
    KeysWatch keysWatch(AccessProperties access, KeyRing ring) {
        Path path = access.file();
        if (path == null) {
            ring.replace(access.keys());
            return KeysWatch.none();
        }
        KeysFile file = new KeysFile(path, access.keys(), ring);
        file.load();
        return KeysWatch.of(file::look, access.keysFileEvery());
    }

    @Bean
    Tokens tokens(AccessProperties access, Tenants tenants) {
        TokenSettings jwt = access.jwt();
        return jwt == null ? Tokens.NONE : VerifiedTokens.of(jwt, tenants);
    }

    @Bean
    Callers callers(AccessProperties access, KeyRing keys, Tokens tokens) {
        return access.asks() ? new KnownCallers(keys, tokens) : Callers.OPEN;
    }

    @Bean
    CallerFilter callerFilter(
            Callers callers,
            QueryMetrics metrics,
            ApplicationContext context,
            SluiceProperties sluice,
            @Value("${sluice.management.secret:}") String secret,
            @Value("${management.endpoints.web.base-path:/actuator}") String actuator) {
        boolean reached = ManagementPortType.get(context.getEnvironment()) == ManagementPortType.SAME;
        boolean guarded = !sluice.clusterSecret().isEmpty() || !secret.isEmpty();
        DoorList doors = reached ? DoorList.withActuator(actuator, guarded) : DoorList.withoutActuator();
        return new CallerFilter(callers, doors, metrics, context);
    }

    /** As of all services, and these. */
    @Bean
    SanitizingFunction keys() {
        return SanitizingFunction.sanitizeValue().ifKeyContains("sluice.access.keys", "sha256");
    }

    /** What all protocols ask; the one that it guards is known to nobody else. */
    @Bean
    @Primary
    Gateway guardedGateway(@Qualifier("gateway") Gateway gateway, Tenants tenants) {
        return new GuardedGateway(gateway, new Quotas(tenants, TimeMeter.SYSTEM_NANOTIME));
    }
}
