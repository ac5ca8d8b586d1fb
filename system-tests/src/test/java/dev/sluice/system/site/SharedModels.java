package dev.sluice.system.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real models with known answers, in the folder that SLUICE_MODELS_DIR names: some may be shared only where they are. */
public record SharedModels(Path folder) {

    /** For an actors file, below {@code actors}: a picture of a line of text goes in, the text comes out. */
    public static final String READ_LINE = """

              # A picture of a line of text: the text.
              read-line:
                slo: 30s
                pipeline:
                  steps:
                    planes: {actor: text-line}
                    about: {actor: ppocr-rec, method: metadata}
                    read: {actor: ppocr-rec, input: $planes}
                    text:
                      actor: line-text
                      input: '{"probabilities": $read.`softmax_11.tmp_0`, "alphabet": $about.metadata.character}'
            """;

    public static final String ABSENT = "SLUICE_MODELS_DIR names no folder of models with cases.";

    /** Empty where there are none. */
    public static Optional<SharedModels> find() {
        return Optional.ofNullable(System.getenv("SLUICE_MODELS_DIR"))
                .map(Path::of)
                .filter(folder -> Files.exists(folder.resolve("cases/cases.json")))
                .map(SharedModels::new);
    }

    /** What the model is known to give, by file. */
    public JsonNode cases(String model) {
        return JsonMapper.shared()
                .readTree(folder.resolve("cases/cases.json").toFile())
                .path(model);
    }

    public Path file(String name) {
        return folder.resolve("cases/files").resolve(name);
    }
}
