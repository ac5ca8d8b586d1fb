package dev.sluice.host.onnx.repository;

import dev.sluice.host.folder.FolderWatch;
import dev.sluice.host.onnx.actor.ModelContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Watches the folder of models. */
public final class ModelWatch extends FolderWatch implements AutoCloseable {

    private static final Duration LAST_LOAD = Duration.ofSeconds(10);

    private final ModelRepository repository;
    private final ServedModels served;

    /**
     * @param folder of models
     * @param served where they go
     * @param interval between two looks
     */
    public ModelWatch(Path folder, ModelContext context, ServedModels served, LoadCounter loads, Duration interval) {
        this(new ModelRepository(new ModelFolder(folder), context, served, loads), served, interval);
    }

    private ModelWatch(ModelRepository repository, ServedModels served, Duration interval) {
        super("models", repository::look, interval);
        this.repository = repository;
        this.served = served;
    }

    /** How each version stands. Any thread. */
    public Map<FoundVersion, ModelStatus> statuses() {
        return repository.statuses();
    }

    /** After the host has stopped. A model that is still being loaded is left to the end of the process. */
    @Override
    public void close() {
        try {
            if (ended(LAST_LOAD)) {
                served.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
