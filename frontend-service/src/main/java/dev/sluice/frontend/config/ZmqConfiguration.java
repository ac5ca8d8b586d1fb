package dev.sluice.frontend.config;

import dev.sluice.common.config.BindRule;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.config.SluiceProperties;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.zmq.Served;
import dev.sluice.frontend.zmq.ZmqServer;
import dev.sluice.frontend.zmq.ZmqSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires ZeroMQ, unless it is turned off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "sluice.frontend.zmq.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ZmqSettings.class, SluiceProperties.class})
class ZmqConfiguration {

    /** @throws SettingRefused where it would listen beyond loopback without a secret */
    @Bean(destroyMethod = "stop")
    ZmqServer zmqServer(
            Gateway gateway,
            Callers callers,
            QueryMetrics metrics,
            ZmqSettings settings,
            ObjectProvider<FrontendDrain> drain,
            ZmqListener listener) {
        return new ZmqServer(new Served(gateway, callers, metrics), settings, listener.address(), drain::getObject);
    }

    @Bean
    ZmqListener zmqListener(
            ZmqSettings settings, ServerProperties server, SluiceProperties sluice, AccessProperties access) {
        InetAddress address = settings.address() != null ? settings.address() : server.getAddress();
        BindRule.check(address, sluice.clusterSecret(), "sluice.frontend.zmq.address");
        AccessRule.check(address, access, "sluice.frontend.zmq.address");
        return new ZmqListener(address == null ? everywhere() : address);
    }

    /** Where ZeroMQ listens. */
    record ZmqListener(InetAddress address) {}

    private static InetAddress everywhere() {
        try {
            return InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
