package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.SharedModels;
import dev.sluice.system.site.Site;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Real models give what they are known to give over the three tiers: one by one, in mixed batches, and while new versions come. */
class SharedModelsIT {

    private static final double TOLERANCE = 1e-3;
    private static final List<String> NAMES = List.of("magika", "ppocr-rec", "silero-vad");
    private static final Duration SLO = Duration.ofSeconds(60);
    private static final int CALLERS_OF_EACH = 3;

    @TempDir
    private static Path folder;

    private static SharedModels known = new SharedModels(Path.of(""));
    private static Site site;
    private static List<String> labels = List.of();
    private static JsonNode sound = JsonMapper.shared().createArrayNode();

    @BeforeAll
    static void start() throws IOException {
        known = SharedModels.find().orElse(known);
        assumeTrue(Files.exists(known.folder().resolve("cases")), SharedModels.ABSENT);
        for (String name : NAMES) {
            put(name, "1");
        }
        Path actors = Files.writeString(folder.resolve("actors.yaml"), "actors:\n" + SharedModels.READ_LINE);
        site = Site.start(
                "shared-models",
                Shape.FLEET,
                BuiltPrograms.of(Places.project(), Progress.NONE),
                spec -> spec(spec, actors));
        NAMES.forEach(site::awaitPublished);
        List.of("read-line", "file-bytes", "sound-chunks", "line-text", "text-line")
                .forEach(site::awaitPublished);
        labels = Files.readAllLines(known.folder().resolve("magika/labels.txt"));
        sound = json(caller().bytes("sound-chunks", BodyPublishers.ofFile(known.file("speech.wav"))));
    }

    private static PlatformSpec spec(PlatformSpec bare, Path actors) {
        PlatformSpec spec = bare.count(Tier.HOST, 1)
                .property(Tier.HOST, "sluice.host.slots", "40")
                .property(Tier.HOST, "sluice.host.models.dir", folder.toString())
                .property(Tier.HOST, "sluice.host.models.watch-interval", "200ms")
                .property(Tier.ROUTER, "sluice.fleet.actors-file", actors.toString());
        for (String actor : List.of("file-bytes", "text-line", "line-text", "sound-chunks")) {
            spec = spec.property(Tier.HOST, "sluice.actors." + actor + ".replicas", "1");
        }
        return spec;
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void answersEachOfItsCasesOneByOne() {
        files().forEach(SharedModelsIT::knowsTheFile);
        lines().forEach(SharedModelsIT::readsTheLine);
        hearsSpeech();
    }

    @Test
    void answersThemInMixedBatchesWhileNewVersionsComeAndServe() {
        AtomicIntegerArray rounds = new AtomicIntegerArray(NAMES.size());
        Load.of(CALLERS_OF_EACH, number -> {
                    files().forEach(SharedModelsIT::knowsTheFile);
                    rounds.incrementAndGet(0);
                })
                .and(CALLERS_OF_EACH, number -> {
                    lines().forEach(SharedModelsIT::readsTheLine);
                    rounds.incrementAndGet(1);
                })
                .and(CALLERS_OF_EACH, number -> {
                    hearsSpeech();
                    rounds.incrementAndGet(2);
                })
                .during(() -> {
                    awaitRounds(rounds);
                    NAMES.forEach(name -> put(name, "2"));
                    NAMES.forEach(name -> await(name + " has its new version")
                            .atMost(Site.LONG)
                            .until(
                                    () -> caller().get("/" + name)
                                            .json()
                                            .path("version")
                                            .asString(""),
                                    "2"::equals));
                    awaitRounds(rounds);
                });
        site.awaitCalm();
    }

    /** All callers finish what they began before this, and once more what they began after. */
    private static void awaitRounds(AtomicIntegerArray rounds) {
        int[] before = IntStream.range(0, rounds.length()).map(rounds::get).toArray();
        await("rounds of all callers")
                .atMost(Site.LONG)
                .until(() -> IntStream.range(0, before.length)
                        .allMatch(i -> rounds.get(i) >= before[i] + 2 * CALLERS_OF_EACH));
    }

    private static void knowsTheFile(String file) {
        JsonNode bytes = json(Caller.joined(caller().bytesLater("file-bytes", BodyPublishers.ofByteArray(read(file)))));
        JsonNode scores = result(caller().call("magika", bytes.toString(), SLO)).path("target_label");
        JsonNode wanted = known.cases("magika").path(file);
        int best = IntStream.range(0, scores.size())
                .reduce((a, b) -> scores.path(b).asDouble() > scores.path(a).asDouble() ? b : a)
                .orElseThrow();
        assertThat(labels.get(best)).as(file).isEqualTo(wanted.path("label").asString());
        assertThat(scores.path(best).asDouble())
                .as(file)
                .isCloseTo(wanted.path("score").asDouble(), within(TOLERANCE));
    }

    private static void readsTheLine(String file) {
        JsonNode text = json(Caller.joined(caller().bytesLater("read-line", BodyPublishers.ofByteArray(read(file)))));
        assertThat(text.asString())
                .as(file)
                .isEqualTo(known.cases("ppocr-rec").path(file).path("read").asString());
    }

    private static void hearsSpeech() {
        JsonNode wanted = known.cases("silero-vad").path("speech.wav");
        assertThat(sound.size()).isGreaterThanOrEqualTo(wanted.size());
        JsonNode state = silence();
        for (int i = 0; i < wanted.size(); i++) {
            ObjectNode query = JsonMapper.shared().createObjectNode();
            query.putArray("input").add(sound.path(i));
            query.set("state", state);
            query.put("sr", 16_000);
            JsonNode heard = result(caller().call("silero-vad", query.toString(), SLO));
            assertThat(heard.path("output").path(0).path(0).asDouble())
                    .as("chunk %d", i)
                    .isCloseTo(wanted.path(i).asDouble(), within(TOLERANCE));
            state = heard.path("stateN");
        }
    }

    private static JsonNode silence() {
        ArrayNode state = JsonMapper.shared().createArrayNode();
        for (int i = 0; i < 2; i++) {
            ArrayNode row = state.addArray().addArray();
            for (int k = 0; k < 128; k++) {
                row.add(0.0f);
            }
        }
        return state;
    }

    private static List<String> files() {
        return List.copyOf(known.cases("magika").propertyNames());
    }

    private static List<String> lines() {
        return List.copyOf(known.cases("ppocr-rec").propertyNames());
    }

    private static JsonNode result(Reply reply) {
        assertThat(reply.ok()).as(reply.body()).isTrue();
        return reply.result();
    }

    private static JsonNode json(HttpResponse<byte[]> reply) {
        String body = new String(reply.body(), StandardCharsets.UTF_8);
        assertThat(reply.statusCode()).as(body).isEqualTo(200);
        return JsonMapper.shared().readTree(body);
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(known.file(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As one should: written beside it and moved. */
    private static void put(String model, String version) {
        try {
            Path to = Files.createDirectories(folder.resolve(model).resolve(version));
            Path part = folder.resolve(model).resolve("part");
            Files.copy(
                    known.folder().resolve(model).resolve("1/model.onnx"), part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, to.resolve("model.onnx"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Caller caller() {
        return site.caller(0);
    }
}
