package dev.sluice.host.onnx.repository;

import dev.sluice.host.onnx.actor.ModelVersion;
import dev.sluice.host.onnx.repository.ModelRepository.RepositoryListener;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.config.ActorSettings;
import dev.sluice.sdk.host.Host;
import dev.sluice.sdk.host.HostedActor;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what lies in the folder to the host: as offers for routers, and served at once where nobody has to ask. */
public final class ServedModels implements RepositoryListener {

    private static final Logger log = LoggerFactory.getLogger(ServedModels.class);

    private record Served(HostedActor actor, ModelVersion.Hold hold) {}

    private final OnnxModels models;
    private final Host host;
    private final ActorSettings settings;
    private final boolean serves;
    private final Map<FoundVersion, Served> served = new HashMap<>();
    private final Map<FoundVersion, HostedActor> broken = new HashMap<>();

    /** @param serves whether each version is served without being asked for */
    public ServedModels(OnnxModels models, Host host, ActorSettings settings, boolean serves) {
        this.models = models;
        this.host = host;
        this.settings = settings;
        this.serves = serves;
    }

    @Override
    public void came(ModelVersion version) {
        models.add(version);
        if (serves) {
            HostedActor actor = hosted(models.type(version));
            served.put(new FoundVersion(version.model(), version.version()), new Served(actor, version.hold()));
            host.serve(actor);
        }
        host.offersChanged();
    }

    @Override
    public void isBroken(FoundVersion version, String reason) {
        if (serves) {
            HostedActor actor = new HostedActor(new BrokenModel(version, reason), 1, Map.of());
            broken.put(version, actor);
            host.serve(actor);
        }
    }

    @Override
    public void gone(FoundVersion version) {
        models.remove(version);
        HostedActor failed = broken.remove(version);
        if (failed != null) {
            host.withdraw(failed);
        }
        Served ended = served.remove(version);
        if (ended != null) {
            host.withdraw(ended.actor());
            ended.hold().close();
        }
        host.offersChanged();
    }

    /** Lets go of everything, so that it leaves memory with the replicas that run it. The host is not told: it has stopped. */
    void close() {
        served.values().forEach(each -> each.hold().close());
        served.clear();
    }

    /** Settings that make no sense for a model are no reason not to serve it. */
    private HostedActor hosted(ActorType type) {
        try {
            return settings.over(type);
        } catch (IllegalArgumentException e) {
            log.error("The settings of {} are left aside: {}", type.descriptor().name(), e.getMessage());
            return new HostedActor(type, 1, Map.of());
        }
    }
}
