package dev.sluice.host.sql.config;

import dev.sluice.host.sql.actor.SqlActorType;
import dev.sluice.sdk.config.ActorSettings;
import dev.sluice.sdk.host.Host;
import dev.sluice.sdk.host.HostedActor;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/** Brings the SQL actors of the folder to the host, where nobody has to ask for them. */
final class ServedQueries implements InitializingBean {

    private static final Logger log = LoggerFactory.getLogger(ServedQueries.class);

    private final SqlActors actors;
    private final Host host;
    private final ActorSettings settings;
    private final boolean serves;

    ServedQueries(SqlActors actors, Host host, ActorSettings settings, boolean serves) {
        this.actors = actors;
        this.host = host;
        this.settings = settings;
        this.serves = serves;
    }

    @Override
    public void afterPropertiesSet() {
        if (serves) {
            actors.newest().forEach(type -> host.serve(hosted(type)));
        }
    }

    /** Settings that make no sense for an actor are no reason not to serve it. */
    private HostedActor hosted(SqlActorType type) {
        try {
            return settings.over(type);
        } catch (IllegalArgumentException e) {
            log.error("The settings of {} are left aside: {}", type.descriptor().name(), e.getMessage());
            return new HostedActor(type, 1, Map.of());
        }
    }
}
