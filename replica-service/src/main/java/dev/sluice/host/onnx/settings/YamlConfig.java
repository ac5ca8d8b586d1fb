package dev.sluice.host.onnx.settings;

import dev.sluice.common.config.ActorLimits;
import dev.sluice.host.onnx.session.RuntimeSettings;
import dev.sluice.host.onnx.session.RuntimeSettings.Optimisation;
import dev.sluice.host.onnx.settings.TensorConfig.Pad;
import dev.sluice.sdk.actor.InvalidActorException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@code config.yaml}. */
final class YamlConfig {

    private static final Set<String> FIELDS = Set.of(
            "description",
            "max-batch-size",
            "batching",
            "threads",
            "provider",
            "optimisation",
            "spinning",
            "allow-nan",
            "inputs",
            "outputs");
    private static final int MOST_THREADS = 1_024;

    private YamlConfig() {}

    /** @throws InvalidActorException with a sentence that names the place of what is wrong */
    static ModelConfig read(String name, String text, RuntimeSettings usual) {
        ConfigFields config = ConfigFields.of(name, parse(name, text), FIELDS);
        return new ModelConfig(
                config.text("description"),
                config.whole("max-batch-size", 1, ActorLimits.LARGEST_BATCH),
                config.truth("batching"),
                Optional.empty(),
                runtime(config, usual),
                config.truth("allow-nan").orElse(false),
                tensors(config.in("inputs", Set.of()), Set.of("batch-dimension", "pad", "sample-shape")),
                tensors(config.in("outputs", Set.of()), Set.of("batch-dimension")));
    }

    private static Object parse(String name, String text) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (MarkedYAMLException e) {
            throw new InvalidActorException(
                    name + ":" + (e.getProblemMark().getLine() + 1) + " is no YAML: " + e.getProblem() + ".", e);
        } catch (YAMLException e) {
            throw new InvalidActorException(name + " is no YAML: " + e.getMessage(), e);
        }
    }

    private static RuntimeSettings runtime(ConfigFields config, RuntimeSettings usual) {
        ConfigFields threads = config.in("threads", Set.of("intra", "inter", "batch"));
        return new RuntimeSettings(
                threads.whole("intra", 0, MOST_THREADS).orElse(usual.intraThreads()),
                threads.whole("inter", 1, MOST_THREADS).orElse(usual.interThreads()),
                threads.whole("batch", 0, MOST_THREADS).orElse(usual.batchThreads()),
                config.text("provider").orElse(usual.provider()).toLowerCase(Locale.ROOT),
                config.text("optimisation")
                        .map(text -> optimisation(config, text))
                        .orElse(usual.optimisation()),
                config.truth("spinning").orElse(usual.spinning()));
    }

    private static Optimisation optimisation(ConfigFields config, String text) {
        return Arrays.stream(Optimisation.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> config.wrong("optimisation", "none, basic, extended or all"));
    }

    private static Map<String, TensorConfig> tensors(ConfigFields all, Set<String> known) {
        Map<String, TensorConfig> tensors = new LinkedHashMap<>();
        for (String name : all.names()) {
            ConfigFields tensor = all.in(name, known);
            tensors.put(
                    name,
                    new TensorConfig(
                            tensor.whole("batch-dimension", 0, 15),
                            pad(tensor.in("pad", Set.of("dimension", "value"))),
                            tensor.sizes("sample-shape"),
                            Optional.empty(),
                            Optional.empty()));
        }
        return tensors;
    }

    private static Optional<Pad> pad(ConfigFields pad) {
        return pad.whole("dimension", 0, 15)
                .map(dimension -> new Pad(dimension, pad.number("value").orElse(0.0)));
    }
}
