package dev.sluice.router.fleet.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Scale;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActorsFileTest {

    @TempDir
    private Path folder;

    private static List<ActorGoal> goals(String text) {
        ActorsFile file = ActorsFile.parse(text);
        assertThat(file.problems()).isEmpty();
        return file.goals();
    }

    private static List<String> sentences(String text) {
        return ActorsFile.parse(text).problems().stream()
                .map(problem -> problem.sentence("a.yaml"))
                .toList();
    }

    /** Of one field of the actor {@code model}, in line 3. */
    private static List<String> ofField(String text) {
        return sentences("actors:\n  model:\n    " + text + "\n");
    }

    @Test
    void readsAPipelineAndNamesTheLinesOfItsErrors() {
        ActorGoal goal = goals("""
                actors:
                  ticket:
                    pipeline:
                      steps:
                        clean: {actor: cleaner}
                        decide: {actor: decider, input: '{"text": $clean}', optional: true}
                """).get(0);
        assertThat(goal.current().kind()).isEqualTo("pipeline");
        assertThat(goal.current().args())
                .containsEntry(
                        "pipeline",
                        "{\"steps\":{\"clean\":{\"actor\":\"cleaner\"},\"decide\":{\"actor\":\"decider\","
                                + "\"input\":\"{\\\"text\\\": $clean}\",\"optional\":true}}}");
        assertThat(sentences("""
                actors:
                  ticket:
                    pipeline:
                      steps:
                        clean: {actor: cleaner}
                        decide:
                          switch:
                          - when: $clen
                            actor: decider
                          - {actor: 7up, when: "("}
                """))
                .containsExactly(
                        "a.yaml:10: actors.ticket.pipeline.steps.decide.switch[1].when is no JSONata: Expected \")\" before end of expression, at character 1. See"
                                + " https://docs.jsonata.org, and put an expression with a colon in quotes.");
        assertThat(sentences("actors:\n  p:\n    kind: pipeline\n"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:2: actors.p.pipeline is missing. ");
        assertThat(sentences("actors:\n  p:\n    kind: java\n    pipeline: {steps: {a: {actor: x}}}\n"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:4: actors.p.pipeline is set, and the kind is java. ");
    }

    @Test
    void namesPipelinesThatCallThemselves() {
        assertThat(sentences("""
                actors:
                  p:
                    pipeline:
                      steps:
                        one: {actor: p}
                  a:
                    pipeline:
                      steps:
                        first: {actor: x}
                        then:
                          switch:
                          - {actor: b, when: $first}
                  b:
                    pipeline: {steps: {back: {ensemble: [{actor: x}, {actor: a}]}}}
                  outer:
                    pipeline: {steps: {one: {actor: a}}}
                """))
                .containsExactly(
                        "a.yaml:5: actors.p.pipeline.steps.one comes back to the pipeline itself: p calls p. Let one of"
                                + " them call something else.",
                        "a.yaml:12: actors.a.pipeline.steps.then.switch[0] comes back to the pipeline itself: a calls b"
                                + " calls a. Let one of them call something else.",
                        "a.yaml:14: actors.b.pipeline.steps.back.ensemble[1] comes back to the pipeline itself: b calls"
                                + " a calls b. Let one of them call something else.");
    }

    @Test
    void readsOnlySoManyPartsOfAPipelineHoweverTheyMultiply() {
        StringBuilder text =
                new StringBuilder("actors:\n  p:\n    pipeline:\n      steps:\n        s0: &s0 [x, x, x, x]\n");
        for (int i = 1; i <= 10; i++) {
            text.append("        s" + i + ": &s" + i + " [" + ("*s" + (i - 1) + ", ").repeat(4) + "x]\n");
        }
        assertThat(sentences(text.toString()))
                .filteredOn(sentence -> sentence.contains("part 50001"))
                .singleElement()
                .asString()
                .endsWith(
                        "of the definition, and there may be 50000. Divide it into several pipelines; what an alias (*)"
                                + " stands for counts each time.");
    }

    @Test
    void readsEveryField() {
        List<ActorGoal> goals = goals("""
                actors:
                  model:
                    version: "2"
                    kind: java
                    type: classifier
                    args: {alpha: 4ms, beta: 3, gamma: no, delta: ""}
                    replicas: {min: 0, max: 8, target-utilisation: 0.8, down-after: 90s}
                    max-batch-size: 28
                    max-wait: 0ms
                    slo: 200ms
                    scheduler: deadline
                    idempotent: true
                    scheduling:
                      hedging: true
                      hedge-share: 0.02
                      deferral: false
                      tenant-weights: {acme: 3}
                      priority-weight: 2
                      most-tenants: 16
                    routers: 2
                """);
        ActorScheduling scheduling = new ActorScheduling(
                Optional.of(false),
                Optional.of(true),
                Optional.of(0.02),
                Map.of("acme", 3.0),
                Optional.of(2.0),
                Optional.of(16));
        VersionSettings settings = new VersionSettings(
                Optional.of(200L),
                Optional.of("deadline"),
                Optional.of(28),
                Optional.of(0L),
                Optional.of(true),
                Optional.of(scheduling));
        Map<String, String> args = Map.of("alpha", "4ms", "beta", "3", "gamma", "no", "delta", "");
        assertThat(goals)
                .containsExactly(new ActorGoal(
                        "model",
                        new VersionSpec("2", "java", "classifier", args, settings),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new Scale(0, 8, 0.8, Duration.ofSeconds(90)),
                        2));
    }

    @Test
    void takesAnActorOfWhichNothingIsSaid() {
        VersionSpec usual = new VersionSpec("1", "java", "model", Map.of(), VersionSettings.UNSET);
        ActorGoal expected = ActorGoal.of("model", usual, Scale.fixed(1));
        assertThat(goals("actors:\n  model:\n")).containsExactly(expected);
        assertThat(goals("actors: {model: {}}")).containsExactly(expected);
        assertThat(goals("{\"actors\": {\"model\": {\"args\": null}}}")).containsExactly(expected);
        assertThat(goals("\uFEFFactors:\r\n  model:\r\n    args:\r\n")).containsExactly(expected);
    }

    @Test
    void keepsTheOrderOfTheFile() {
        assertThat(goals("actors: {zeta: , alpha: , \"7\": }"))
                .extracting(ActorGoal::actor)
                .containsExactly("zeta", "alpha", "7");
        assertThat(goals("actors:")).isEmpty();
        assertThat(goals("actors: {}")).isEmpty();
    }

    @Test
    void takesWhatIsWrittenAndNotWhatYamlMakesOfIt() {
        assertThat(goals("actors: {model: {version: 1.10}}").get(0).current().version())
                .isEqualTo("1.10");
        assertThat(goals("actors: {no: {version: 0x10}}").get(0).current().version())
                .isEqualTo("0x10");
    }

    @Test
    void readsNumbersOfReplicas() {
        assertThat(goals("actors: {model: {replicas: 3}}").get(0).scale()).isEqualTo(Scale.fixed(3));
        assertThat(goals("actors: {model: {replicas: {max: 3}}}").get(0).scale())
                .isEqualTo(Scale.between(1, 3));
    }

    @Test
    void readsAnchors() {
        assertThat(goals("actors: {a: &usual {slo: 1s}, b: *usual}"))
                .extracting(goal -> goal.current().settings().sloMillis())
                .containsExactly(Optional.of(1_000L), Optional.of(1_000L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slo: 200                 | slo is 200. Write a duration with its unit, such as 250ms, 10s, 5m or 1h.",
                "slo: fast                | slo is fast. Write a duration with its unit, such as 250ms, 10s, 5m or 1h.",
                "slo: -1ms                | slo is -1ms. Write a duration with its unit, such as 250ms, 10s, 5m or 1h.",
                "slo: 0ms                 | slo is 0s. Write a duration from 1ms to 24h.",
                "slo: 999999999999h       | slo is 999999999999h. Write a duration from 1ms to 24h.",
                "slo:                     | slo is empty. Write a duration with its unit, such as 250ms, 10s, 5m or 1h.",
                "slo: [1s]                | slo is a list. Write a duration with its unit, such as 250ms, 10s, 5m or 1h.",
                "replicas: two            | replicas is two. Write a whole number from 1 to 10000.",
                "replicas: 1.5            | replicas is 1.5. Write a whole number from 1 to 10000.",
                "replicas: \"2\"          | replicas is \"2\". Write it without the quotes.",
                "replicas: 010            | replicas is 010. Write a whole number from 1 to 10000.",
                "replicas: 99999999999    | replicas is 99999999999. Write a whole number from 1 to 10000.",
                "replicas: 10001          | replicas is 10001. Write a number from 1 to 10000.",
                "replicas: {min: 1}       | replicas.max is missing. Write it: it has no default.",
                "replicas: {min: -1, max: 2} | replicas.min is -1. Write a number from 0 to 10000.",
                "replicas: {max: 2, target-utilisation: .nan} | replicas.target-utilisation is .nan. Write a number, such as 0.7.",
                "replicas: {max: 2, target-utilisation: 1.5} | replicas.target-utilisation is 1.5. Write a number above 0 and at most 1, such as 0.7.",
                "replicas: {max: 2, down-after: 25h} | replicas.down-after is 25h. Write a duration from 0s to 24h.",
                "max-batch-size: 0        | max-batch-size is 0. Write a number from 1 to 65535.",
                "idempotent: yes          | idempotent is yes. Write true or false.",
                "scheduler: lifo          | scheduler is lifo. Write 'fifo' (order of arrival) or 'deadline' (the most urgent first).",
                "kind: cobol              | kind is 'cobol'. Write one of: java, onnx, pipeline, sql.",
                "routers: 0               | routers is 0. Write a number from 1 to 100.",
                "version: {a: b}          | version is a mapping. Write a text.",
                "args: 5                  | args is 5. Write arguments below it, indented, such as 'increment: 3'.",
                "args: {a: {b: c}}        | args.a is a mapping. Write a text.",
                "args: {a: }              | args.a is empty. Write a text.",
                "args: {\"\": x}          | args has an argument without a name. Give it one, or take it away.",
                "args: {[a]: x}           | args has a key that is no text. Write a name.",
                "args: {a: x, a: y}       | args.a is there twice, first in line 3. Take one of them away.",
                "scheduling: {hedge-share: 2} | scheduling.hedge-share is 2.0. Write a number from 0 to 1, such as 0.02.",
                "scheduling: {tenant-weights: {acme: 0}} | scheduling.tenant-weights.acme is 0.0. Write a number above 0; 1 is usual.",
                "scheduling: {hedgeing: true} | scheduling.hedgeing is unknown. Did you mean hedging?",
                "maxBatchSize: 2          | maxBatchSize is unknown. Did you mean max-batch-size?",
                "replcas: 2               | replcas is unknown. Did you mean replicas?",
            })
    void saysOfEachErrorWhereItIsAndWhatToWrite(String field, String sentence) {
        assertThat(ofField(field)).containsExactly("a.yaml:3: actors.model." + sentence);
    }

    @Test
    void namesTheFieldsWhereNoneIsNear() {
        assertThat(ofField("colour: red"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:3: actors.model.colour is unknown. Write one of: version, kind, type, args,");
    }

    @Test
    void refusesNamesThatActorsCannotHave() {
        assertThat(sentences("actors:\n  v2:\n  a b:\n  \"\":\n"))
                .hasSize(3)
                .satisfiesExactly(
                        reserved -> assertThat(reserved)
                                .startsWith("a.yaml:2: actors.v2 is no name for an actor. ")
                                .contains("reserved"),
                        blank -> assertThat(blank)
                                .startsWith("a.yaml:3: actors.a b is no name for an actor. ")
                                .contains("letters, digits"),
                        empty -> assertThat(empty).startsWith("a.yaml:4: actors. is no name for an actor. "));
        assertThat(ofField("version: a b"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:3: actors.model.version is 'a b'. A version consists of letters");
        assertThat(ofField("type: a b"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:3: actors.model.type is 'a b'. ");
    }

    @Test
    void tellsOfAllErrorsInTheOrderOfTheirLines() {
        assertThat(sentences("""
                actors:
                  model:
                    replicas:
                      min: 5
                      max: 2
                    slo: 10ms
                    max-wait: 20ms
                    scheduler: fifo
                    scheduling: {hedging: true}
                    idempotent: false
                  other:
                    replicas: 0
                  model: {}
                actor: 7
                """))
                .satisfiesExactly(
                        scale -> assertThat(scale)
                                .isEqualTo(
                                        "a.yaml:4: actors.model.replicas.min is 5, which is more than replicas.max, 2."
                                                + " Lower the first or raise the second."),
                        wait -> assertThat(wait).startsWith("a.yaml:7: actors.model.max-wait is 20ms, and queries"),
                        asked -> assertThat(asked).startsWith("a.yaml:9: actors.model.scheduling is set, and"),
                        hedging ->
                                assertThat(hedging).startsWith("a.yaml:9: actors.model.scheduling.hedging is true. "),
                        none -> assertThat(none).startsWith("a.yaml:12: actors.other.replicas is 0. Write 1 or more"),
                        twice -> assertThat(twice)
                                .isEqualTo("a.yaml:13: actors.model is there twice, first in line 2."
                                        + " Take one of them away."),
                        unknown -> assertThat(unknown).isEqualTo("a.yaml:14: actor is unknown. Did you mean actors?"));
    }

    @Test
    void tellsOfEveryTab() {
        assertThat(sentences("actors:\n\tmodel:\n\t\tslo: 1s\n  other:\n"))
                .containsExactly(
                        "a.yaml:2: The file has a tab where the line is indented. Write spaces: YAML wants them.",
                        "a.yaml:3: The file has a tab where the line is indented. Write spaces: YAML wants them.");
        assertThat(sentences("actors:\n  model:\n    slo: \t@1s\n"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:3: The file ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                          | 1 | The file is empty. Write 'actors:'",
                "'# nothing'                 | 1 | The file is empty. Write 'actors:'",
                "'model: {}'                 | 1 | model is unknown. Write one of: actors.",
                "'- model'                   | 1 | The file is a list. Write fields below it, indented: actors.",
                "'actors'                    | 1 | The file is actors. Write fields below it, indented: actors.",
                "'actors: [model]'           | 1 | actors is a list. Write the names of actors below it",
                "'actors: {model: 3}'        | 1 | actors.model is 3. Write fields below it, indented: version,",
                "'actors: {model: {slo: 1s'  | 1 | The file is not YAML: ",
                "'actors: \"model'           | 1 | The file is not YAML: ",
                "'actors: *model'            | 1 | The file is not YAML: ",
            })
    void refusesWhatIsNoActorsFile(String text, int line, String sentence) {
        assertThat(sentences(text)).first().asString().startsWith("a.yaml:" + line + ": " + sentence);
    }

    @Test
    void saysWhereTheTextIsBroken() {
        assertThat(sentences("actors:\n  model:\n    slo: 1s\n   kind: java\n"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:4: The file is not YAML: ");
        assertThat(sentences("actors:\n---\nactors:\n"))
                .containsExactly(
                        "a.yaml:2: The file has a second document. Take the line --- away: one file is one document.");
        assertThat(sentences("actors:\n  a\u0007b:\n"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:2: The file has the character U+0007");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000})
    void survivesWhatIsMeantToHurt(int depth) {
        assertThat(sentences("actors: " + "[".repeat(depth) + "]".repeat(depth)))
                .singleElement()
                .asString()
                .startsWith("a.yaml:1: ");
        assertThat(sentences("actors: &a {model: {args: *a}}")).isNotEmpty();
        String name = "x".repeat(100 * depth);
        assertThat(sentences("actors:\n  " + "y".repeat(10) + ": {slo: " + name + "}"))
                .allSatisfy(sentence -> assertThat(sentence).hasSizeLessThan(300));
    }

    @Test
    void stopsTheStartWithEverythingThatIsWrong() throws Exception {
        Path file = Files.writeString(folder.resolve("actors.yaml"), "actors:\n  a: {slo: 0s}\n  b: {slo: 25h}\n");
        SettingRefused refused = catchThrowableOfType(SettingRefused.class, () -> ActorsFile.read(file));
        assertThat(refused)
                .hasMessageContaining(file + ":2: actors.a.slo is 0s. ")
                .hasMessageContaining(file + ":3: actors.b.slo is 25h. ");
        assertThat(refused.action()).contains(file.toString());
        Files.writeString(file, "actors:\n  a: {slo: 1s}\n");
        assertThat(ActorsFile.read(file).goals()).hasSize(1);
    }

    @Test
    void stopsTheStartWhereTheFileCannotBeRead() throws Exception {
        assertThatThrownBy(() -> ActorsFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("none.yaml is not there");
        assertThatThrownBy(() -> ActorsFile.read(folder))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("cannot be read");
        Path latin = Files.write(
                folder.resolve("latin.yaml"), "actors:\n  # f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ActorsFile.read(latin))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("latin.yaml:2: The file is not text in UTF-8");
    }
}
