package dev.sluice.host.onnx.repository;

import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.host.onnx.actor.ModelContext;
import dev.sluice.host.onnx.actor.ModelVersion;
import dev.sluice.host.onnx.actor.OnnxActorType;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.host.ActorKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The models that routers may ask for. Thread-safe; nothing here loads anything. */
public final class OnnxModels implements ActorKind {

    private final ConcurrentMap<String, Map<String, ModelVersion>> models = new ConcurrentHashMap<>();
    private final ModelContext context;

    public OnnxModels(ModelContext context) {
        this.context = context;
    }

    void add(ModelVersion version) {
        models.merge(version.model(), Map.of(version.version(), version), (before, one) -> {
            Map<String, ModelVersion> more = new TreeMap<>(before);
            more.putAll(one);
            return more;
        });
    }

    void remove(FoundVersion version) {
        models.computeIfPresent(version.model(), (model, before) -> {
            Map<String, ModelVersion> less = new TreeMap<>(before);
            less.remove(version.version());
            return less.isEmpty() ? null : less;
        });
    }

    /** A version as an actor of the name of its model. */
    ActorType type(ModelVersion version) {
        return new OnnxActorType(version.model(), version.version(), version, context);
    }

    @Override
    public String kind() {
        return ActorKinds.ONNX;
    }

    @Override
    public List<String> types() {
        return models.keySet().stream().sorted().toList();
    }

    @Override
    public ActorType type(String actor, VersionSpec version) {
        Map<String, ModelVersion> versions = models.get(version.type());
        if (versions == null) {
            throw new IllegalArgumentException(
                    "This host has no model '" + version.type() + "'; it has " + types() + ".");
        }
        String wanted = version.args().getOrDefault(OnnxActorType.MODEL_VERSION, version.version());
        ModelVersion found = versions.get(wanted);
        if (found == null) {
            throw new IllegalArgumentException("The model '" + version.type() + "' has no version '" + wanted
                    + "' on this host; it has " + versions.keySet() + ". Name one of these, or set the argument "
                    + OnnxActorType.MODEL_VERSION + ".");
        }
        return new OnnxActorType(actor, version.version(), found, context);
    }
}
