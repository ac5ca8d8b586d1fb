package dev.sluice.host.onnx.actor;

import dev.sluice.host.onnx.settings.ModelConfig;
import dev.sluice.host.onnx.settings.ModelConfigs;
import dev.sluice.sdk.actor.Example;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model in its folder: in memory as long as somebody holds it, and then once, however many do. Loading blocks; what
 * does not is safe on event loops.
 */
public final class ModelVersion {

    /** The file in the folder of a version. */
    public static final String FILE = "model.onnx";

    private final String model;
    private final String version;
    private final Path folder;
    private final ModelContext context;
    private final Object loading = new Object();
    private volatile @Nullable LoadedModel current;
    private volatile @Nullable Described described;
    private int holds;

    private record Described(ModelDescription description, List<Example> examples) {}

    /** @param folder of the model, which has one of the version */
    public ModelVersion(String model, String version, Path folder, ModelContext context) {
        this.model = model;
        this.version = version;
        this.folder = folder;
        this.context = context;
    }

    public String model() {
        return model;
    }

    public String version() {
        return version;
    }

    /** What is known of it since it was loaded first. Never blocks. */
    public ModelDescription description() {
        return requireDescribed().description();
    }

    List<Example> examples() {
        return requireDescribed().examples();
    }

    private Described requireDescribed() {
        Described known = described;
        if (known == null) {
            throw new IllegalStateException("version " + version + " of " + model + " was not loaded yet");
        }
        return known;
    }

    /**
     * Keeps it in memory, loading it where it is not.
     *
     * @throws dev.sluice.sdk.actor.InvalidActorException where it cannot be loaded, with a sentence for the operator
     */
    public Hold hold() {
        synchronized (loading) {
            if (current == null) {
                become(load());
            }
            holds++;
        }
        return new Hold();
    }

    /** Whether somebody keeps it in memory. */
    public boolean isHeld() {
        synchronized (loading) {
            return holds > 0;
        }
    }

    private LoadedModel load() {
        ModelConfig config = ModelConfigs.in(folder, context.runtime());
        return LoadedModel.load(folder.resolve(version).resolve(FILE), config, context);
    }

    private void become(LoadedModel loaded) {
        described = new Described(ModelDescription.of(loaded), loaded.examples());
        current = loaded;
    }

    /**
     * Keeps it in memory as its files are now; batches that run end with what they began with.
     *
     * @throws dev.sluice.sdk.actor.InvalidActorException where they cannot be loaded: it goes on with what it has
     */
    public Hold renew() {
        synchronized (loading) {
            LoadedModel before = current;
            if (before == null) {
                return hold();
            }
            LoadedModel next = load();
            boolean warm = false;
            try {
                Warming.warm(next, context);
                warm = true;
            } finally {
                if (!warm) {
                    next.release();
                }
            }
            become(next);
            before.release();
            holds++;
        }
        return new Hold();
    }

    /** Keeps a version in memory until it is closed. Thread-safe. */
    public final class Hold implements AutoCloseable {

        private boolean open = true;

        /** What serves now, to be released. */
        LoadedModel current() {
            while (true) {
                LoadedModel model = current;
                if (model == null) {
                    throw new IllegalStateException("a model is used that nobody holds");
                }
                if (model.retain()) {
                    return model;
                }
                // Another one has just taken its place.
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            synchronized (loading) {
                if (!open) {
                    return;
                }
                open = false;
                LoadedModel last = current;
                if (--holds == 0 && last != null) {
                    current = null;
                    last.release();
                }
            }
        }
    }
}
