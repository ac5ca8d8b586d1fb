package dev.sluice.host.onnx.settings;

import dev.sluice.host.onnx.session.RuntimeSettings;
import dev.sluice.sdk.actor.InvalidActorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is said of a model in its folder. */
public final class ModelConfigs {

    public static final String YAML = "config.yaml";
    public static final String TRITON = "config.pbtxt";

    private static final long MOST_BYTES = 1L << 20;

    private ModelConfigs() {}

    /**
     * What {@code config.yaml} says, or where there is none {@code config.pbtxt}, or nothing.
     *
     * @param folder of the model
     * @param usual how models of this host are run
     * @throws InvalidActorException where the file is wrong, with a sentence that names the place
     */
    public static ModelConfig in(Path folder, RuntimeSettings usual) {
        Path yaml = folder.resolve(YAML);
        Path triton = folder.resolve(TRITON);
        if (Files.exists(yaml)) {
            return YamlConfig.read(YAML, text(yaml), usual);
        }
        return Files.exists(triton)
                ? TritonConfig.read(TRITON, text(triton), String.valueOf(folder.getFileName()), usual)
                : ModelConfig.of(usual);
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new InvalidActorException(
                        file.getFileName() + " has more than " + MOST_BYTES + " bytes, which no config needs.");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidActorException(file.getFileName() + " cannot be read: " + e, e);
        }
    }
}
