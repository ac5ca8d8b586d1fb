package dev.sluice.host.onnx.repository;

import dev.sluice.host.onnx.actor.ModelContext;
import dev.sluice.host.onnx.actor.ModelDescription;
import dev.sluice.host.onnx.actor.ModelVersion;
import dev.sluice.sdk.actor.InvalidActorException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of models in a folder, brought to what lies there whenever it is looked at: new ones are loaded, changed ones loaded
 * again, and those that are gone forgotten. Looked at by one thread; what it tells is safe for others.
 */
final class ModelRepository {

    private static final Logger log = LoggerFactory.getLogger(ModelRepository.class);

    private final ModelFolder folder;
    private final ModelContext context;
    private final RepositoryListener listener;
    private final LoadCounter loads;
    private final Map<FoundVersion, Entry> entries = new LinkedHashMap<>();

    /** What was taken away: replicas that routers placed may still run it, and take over what comes under its name. */
    private final Map<FoundVersion, ModelVersion> taken = new HashMap<>();

    private Map<FoundVersion, String> seen = Map.of();
    private boolean looked;
    private volatile Map<FoundVersion, ModelStatus> statuses = Map.of();

    /** One version, in memory as long as it is served here. */
    private record Entry(String fingerprint, @Nullable ModelVersion version, ModelStatus status) {}

    ModelRepository(ModelFolder folder, ModelContext context, RepositoryListener listener, LoadCounter loads) {
        this.folder = folder;
        this.context = context;
        this.listener = listener;
        this.loads = loads;
    }

    /** Told what became of versions, on the thread that looks. */
    interface RepositoryListener {

        /** It can be run from now on, and is held until {@link #gone}. */
        void came(ModelVersion version);

        void isBroken(FoundVersion version, String reason);

        void gone(FoundVersion version);
    }

    /** How each version stands. Any thread. */
    Map<FoundVersion, ModelStatus> statuses() {
        return statuses;
    }

    /**
     * Looks at the folder. What changes while it is copied is left until it rests: it has to look the same twice, but for the first
     * time, when a host starts.
     *
     * @return whether it could be read
     */
    boolean look() {
        Map<FoundVersion, String> found;
        try {
            found = folder.look();
        } catch (IOException e) {
            log.warn("The folder of models cannot be read; what serves goes on: {}", e.toString());
            return false;
        }
        Set<FoundVersion> gone = new HashSet<>(entries.keySet());
        gone.removeAll(found.keySet());
        gone.forEach(this::forget);
        taken.values().removeIf(version -> !version.isHeld());
        found.forEach((version, fingerprint) -> {
            Entry known = entries.get(version);
            boolean rests = !looked || fingerprint.equals(seen.get(version));
            if (rests && (known == null || !known.fingerprint().equals(fingerprint))) {
                bring(version, fingerprint, known);
                publish();
            }
        });
        seen = found;
        looked = true;
        publish();
        return true;
    }

    private void forget(FoundVersion version) {
        Entry entry = entries.remove(version);
        if (entry != null && entry.version() != null) {
            taken.put(version, entry.version());
        }
        log.info("The {} is gone from the folder and is not served any more.", version);
        listener.gone(version);
    }

    private void bring(FoundVersion found, String fingerprint, @Nullable Entry known) {
        ModelVersion version = known == null ? null : known.version();
        boolean again = version != null;
        try {
            if (version != null) {
                renew(version, found);
            } else {
                version = taken.getOrDefault(found, made(found));
                load(version, found, known != null);
                taken.remove(found);
            }
            loads.loaded(true);
            entries.put(found, new Entry(fingerprint, version, ModelStatus.GOOD));
        } catch (RuntimeException | Error e) { // no library for this machine, no memory: other models may do
            loads.loaded(false);
            String reason = e instanceof InvalidActorException ? String.valueOf(e.getMessage()) : e.toString();
            broken(found, fingerprint, again ? version : null, reason);
        }
    }

    private ModelVersion made(FoundVersion found) {
        return new ModelVersion(found.model(), found.version(), folder.of(found.model()), context);
    }

    private void renew(ModelVersion version, FoundVersion found) {
        ModelDescription before = version.description();
        ModelVersion.Hold hold = version.renew();
        try {
            log.info("The {} has changed and serves as it is now.", found);
            if (!version.description().equals(before)) {
                // What others know of it is not so any more.
                listener.gone(found);
                listener.came(version);
            }
        } finally {
            hold.close();
        }
    }

    private void load(ModelVersion version, FoundVersion found, boolean wasBroken) {
        ModelVersion.Hold hold = version.renew();
        try {
            if (wasBroken) {
                listener.gone(found);
            }
            log.info("The {} can be served: {}.", found, version.description().text());
            // Whoever serves it holds it before it is let go here.
            listener.came(version);
        } finally {
            hold.close();
        }
    }

    private void broken(FoundVersion found, String fingerprint, @Nullable ModelVersion before, String reason) {
        if (before != null) {
            log.error("The {} has changed and cannot be loaded; it serves as it was: {}", found, reason);
            entries.put(found, new Entry(fingerprint, before, new ModelStatus(ModelStatus.State.STALE, reason)));
            return;
        }
        log.error("The {} cannot be loaded: {}", found, reason);
        boolean known = entries.containsKey(found);
        entries.put(found, new Entry(fingerprint, null, new ModelStatus(ModelStatus.State.BROKEN, reason)));
        if (known) {
            listener.gone(found);
        }
        listener.isBroken(found, reason);
    }

    private void publish() {
        Map<FoundVersion, ModelStatus> now = new LinkedHashMap<>();
        entries.forEach((version, entry) -> now.put(version, entry.status()));
        statuses = Map.copyOf(now);
    }

    /** Forgets all. */
    void close() {
        Set<FoundVersion> all = new HashSet<>(entries.keySet());
        all.forEach(version -> {
            entries.remove(version);
            listener.gone(version);
        });
    }
}
