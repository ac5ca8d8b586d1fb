package dev.sluice.router.fleet.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ActorsSchemaTest {

    /** Writes the file anew where it is set. */
    private static final String WRITE = "sluice.write-schema";

    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ActorsSchema.text());

    private static Path docs(String name) {
        return Path.of("..", "docs", name);
    }

    private boolean takes(String yaml) {
        JsonNode node = new YAMLMapper().readTree(yaml);
        return schema.validate(node).isEmpty();
    }

    @Test
    void isWhatIsPublished() throws IOException {
        Path file = docs("actors.schema.json");
        if (System.getProperty(WRITE) != null) {
            Files.writeString(file, ActorsSchema.text());
        }
        assertThat(file)
                .as("./mvnw -pl router-service -am test -Dtest=ActorsSchemaTest -D" + WRITE
                        + " -Dsurefire.failIfNoSpecifiedTests=false writes it anew")
                .exists()
                .content()
                .isEqualTo(ActorsSchema.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"actors-file.md", "pipelines.md"})
    void takesTheExamplesOfThePages(String page) throws IOException {
        Matcher examples = EXAMPLE.matcher(Files.readString(docs(page)));
        int count = 0;
        for (; examples.find(); count++) {
            takesBothWays(examples.group(1));
        }
        assertThat(count).isPositive();
    }

    @Test
    void takesTheExamplePipelines() throws IOException {
        takesBothWays(Files.readString(docs("../examples/pipelines.yaml")));
    }

    private void takesBothWays(String example) {
        assertThat(ActorsFile.parse(example).problems()).as(example).isEmpty();
        assertThat(takes(example)).as(example).isTrue();
    }

    private static String file(String field) {
        return "actors:\n  model:\n    " + field + "\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "version: \"2\"",
                "version: 2",
                "kind: java",
                "type: other",
                "args:",
                "args: {a: b, c: 3, d: true, e: \"\"}",
                "pipeline: {steps: {a: {actor: x}, b: {map: $a, parallel: 2, value: 1}}, output: $b}",
                "pipeline: {steps: {a: {switch: [{when: true, actor: x}, {value: 1}], fallback: {actor: y}}}}",
                "replicas: 1",
                "replicas: 10000",
                "replicas: {min: 0, max: 1}",
                "replicas: {max: 8, target-utilisation: 1, down-after: 0s}",
                "max-batch-size: 65535",
                "max-wait: 0ms",
                "slo: 24h",
                "slo: \"1ms\"",
                "scheduler: fifo",
                "idempotent: false",
                "scheduling:",
                "scheduling: {deferral: true, hedging: true, hedge-share: 1, priority-weight: 1000, most-tenants: 1}",
                "scheduling: {hedge-share: 0.0, tenant-weights: {acme: 1e-3, other: 7}}",
                "routers: 100"
            })
    void takesWhatTheReaderTakes(String field) {
        assertThat(ActorsFile.parse(file(field)).problems()).isEmpty();
        assertThat(takes(file(field))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour: red",
                "version: a b",
                "version: [1]",
                "version:",
                "kind: cobol",
                "type: {}",
                "args: [a]",
                "args: {a: [b]}",
                "args: {a: }",
                "pipeline: []",
                "pipeline: {steps: {}}",
                "pipeline: {steps: {a-b: {actor: x}}}",
                "pipeline: {steps: {a: {actr: x}}}",
                "pipeline: {steps: {a: {split: []}}}",
                "replicas: 0",
                "replicas: 10001",
                "replicas: 1.5",
                "replicas: \"1\"",
                "replicas:",
                "replicas: {min: 1}",
                "replicas: {min: -1, max: 1}",
                "replicas: {max: 0}",
                "replicas: {max: 1, target-utilisation: 0}",
                "replicas: {max: 1, target-utilisation: 1.1}",
                "replicas: {max: 1, down-after: 60}",
                "max-batch-size: 0",
                "max-batch-size: 65536",
                "max-wait: soon",
                "slo: 1",
                "slo: -1ms",
                "scheduler: lifo",
                "idempotent: \"true\"",
                "scheduling: [hedging]",
                "scheduling: {colour: red}",
                "scheduling: {hedge-share: 1.1}",
                "scheduling: {priority-weight: 0.5}",
                "scheduling: {most-tenants: 0}",
                "scheduling: {tenant-weights: {acme: 0}}",
                "scheduling: {tenant-weights: {acme: much}}",
                "routers: 0",
                "routers: 101"
            })
    void refusesWhatTheReaderRefuses(String field) {
        assertThat(ActorsFile.parse(file(field)).problems()).isNotEmpty();
        assertThat(takes(file(field))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"actors:", "actors: {}", "actors: {a: , b.c-d_e: {}}"})
    void takesFilesOfAnyLength(String text) {
        assertThat(ActorsFile.parse(text).problems()).isEmpty();
        assertThat(takes(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "actor: {}", "actors: []", "actors: {v2: }", "actors: {a b: }", "actors: {\"\": }"})
    void refusesFilesThatAreNone(String text) {
        assertThat(ActorsFile.parse(text).problems()).isNotEmpty();
        assertThat(takes(text)).isFalse();
    }

    /** What only the reader knows: how fields go together. */
    @Test
    void leavesTheRestToTheReader() {
        for (String field :
                List.of("replicas: {min: 3, max: 2}", "slo: 25h", "scheduling: {hedging: true}\n    scheduler: fifo")) {
            assertThat(ActorsFile.parse(file(field)).problems()).isNotEmpty();
            assertThat(takes(file(field))).isTrue();
        }
    }
}
