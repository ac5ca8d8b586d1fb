package dev.sluice.router.config;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where links are secured, a router's own port is, by the same bundle, and who connects has to show a certificate. So one setting
 * is enough for all processes of a platform.
 */
public final class LinkServerTls implements EnvironmentPostProcessor, Ordered {

    private static final String BUNDLE = "sluice.link.ssl.bundle";
    private static final String SERVER = "server.ssl";
    private static final String SERVER_BUNDLE = SERVER + ".bundle";
    private static final String CLIENTS = SERVER + ".client-auth";
    private static final String MANAGEMENT_PORT = "management.server.port";
    private static final String MANAGEMENT = "management.server.ssl";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String bundle = environment.getProperty(BUNDLE, "");
        if (bundle.isBlank()) {
            return;
        }
        Map<String, Object> defaults = new HashMap<>();
        if (!isSet(environment, SERVER)) {
            defaults.put(SERVER_BUNDLE, bundle);
        }
        defaults.put(CLIENTS, "need");
        if (environment.getProperty(MANAGEMENT_PORT) != null && !isSet(environment, MANAGEMENT)) {
            // It would ask for certificates too, and those who probe and scrape have none.
            defaults.put(MANAGEMENT + ".enabled", false);
        }
        environment.getPropertySources().addLast(new MapPropertySource("linkServerTls", defaults));
    }

    /** Whoever says something of it says it all. */
    private static boolean isSet(ConfigurableEnvironment environment, String prefix) {
        return Binder.get(environment)
                .bind(prefix, Bindable.mapOf(String.class, String.class))
                .isBound();
    }

    /** After the files of settings have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
