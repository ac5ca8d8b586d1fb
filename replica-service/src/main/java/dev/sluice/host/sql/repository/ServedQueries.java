package dev.sluice.host.sql.repository;

import dev.sluice.host.sql.actor.SqlActorType;
import dev.sluice.host.sql.actor.SqlVersion;
import dev.sluice.host.sql.file.FoundFile;
import dev.sluice.sdk.config.ActorSettings;
import dev.sluice.sdk.host.Host;
import dev.sluice.sdk.host.HostedActor;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what lies in the folder to the host: as offers for routers, and served at once where nobody has to ask. */
public final class ServedQueries implements QueryRepository.Listener {

    private static final Logger log = LoggerFactory.getLogger(ServedQueries.class);

    private final SqlActors actors;
    private final Host host;
    private final ActorSettings settings;
    private final boolean serves;
    private final Map<FoundFile.Id, HostedActor> served = new HashMap<>();

    /** @param serves whether each version is served without being asked for */
    public ServedQueries(SqlActors actors, Host host, ActorSettings settings, boolean serves) {
        this.actors = actors;
        this.host = host;
        this.settings = settings;
        this.serves = serves;
    }

    @Override
    public void came(SqlVersion version) {
        actors.add(version);
        serve(id(version), hosted(version));
        host.offersChanged();
    }

    /** Replicas see by themselves what they run; what routers know of it, they are told. */
    @Override
    public void changed(SqlVersion version) {
        HostedActor before = served.get(id(version));
        HostedActor now = hosted(version);
        if (before != null && !before.type().descriptor().equals(now.type().descriptor())) {
            host.withdraw(before);
            serve(id(version), now);
        }
    }

    @Override
    public void isBroken(FoundFile.Id id, String reason) {
        actors.isBroken(id, reason);
        serve(id, new HostedActor(new BrokenQuery(id, reason), 1, Map.of()));
    }

    @Override
    public void gone(FoundFile.Id id) {
        actors.remove(id);
        HostedActor ended = served.remove(id);
        if (ended != null) {
            host.withdraw(ended);
        }
        host.offersChanged();
    }

    private void serve(FoundFile.Id id, HostedActor actor) {
        if (serves) {
            served.put(id, actor);
            host.serve(actor);
        }
    }

    private static FoundFile.Id id(SqlVersion version) {
        return new FoundFile.Id(version.file().name(), version.file().version());
    }

    /** Settings that make no sense for an actor are no reason not to serve it. */
    private HostedActor hosted(SqlVersion version) {
        SqlActorType type = new SqlActorType(version);
        try {
            return settings.over(type);
        } catch (IllegalArgumentException e) {
            log.error("The settings of {} are left aside: {}", type.descriptor().name(), e.getMessage());
            return new HostedActor(type, 1, Map.of());
        }
    }
}
