package dev.sluice.common.config;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * A management port of its own listens where the service listens, unless told otherwise. By itself it would listen on all
 * addresses, and who sets only the port does not think of that.
 */
public final class ManagementAddress implements EnvironmentPostProcessor, Ordered {

    static final String PORT = "management.server.port";
    static final String ADDRESS = "management.server.address";

    private static final String SERVICE = "server.address";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String service = environment.getProperty(SERVICE);
        // Spring refuses an address of its own for management that has no port of its own.
        if (service != null && environment.getProperty(PORT) != null && environment.getProperty(ADDRESS) == null) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("managementAddress", Map.of(ADDRESS, service)));
        }
    }

    /** After the files of settings have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
