package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.MetricsPage;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pipelines of the actors file, and some that come and go, over the three tiers. */
class PipelineIT {

    /** The pipelines' own SLOs are for users' machines; where too little is left, what is optional is left out. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private static final Path PICTURES = Places.project().resolve("examples/pictures");

    private static final List<String> SERVED =
            List.of("adder", "vadder", "digits", "slow", "file-bytes", "text-line", "line-text");

    private static final String OF_MODELS = SharedModels.READ_LINE + """
              # A file: what it is.
              label: {args: {labels: LABELS}}
              kind-of-file:
                pipeline:
                  steps:
                    bytes: {actor: file-bytes}
                    scores: {actor: magika, input: $bytes}
                    kind: {actor: label, input: $scores.target_label}
            """;

    private static final Optional<SharedModels> MODELS = SharedModels.find();

    @TempDir
    private static Path folder;

    private static Site site;

    @BeforeAll
    static void start() throws IOException {
        String file = Files.readString(Places.project().resolve("examples/pipelines.yaml"));
        String ofModels = MODELS.map(models -> OF_MODELS.replace(
                        "LABELS", models.folder().resolve("magika/labels.txt").toString()))
                .orElse("");
        Path actors = Files.writeString(folder.resolve("actors.yaml"), file + ofModels);
        site = Site.start(
                "pipelines",
                Shape.FLEET,
                BuiltPrograms.of(Places.project(), Progress.NONE),
                spec -> spec(spec, actors));
        for (String actor : List.of(
                "ticket",
                "digits-sum",
                "digit-by-two",
                "vote",
                "slow",
                "digits",
                "handwriting",
                "base64",
                "cleaner",
                "customers",
                "ticket-kinds")) {
            site.awaitPublished(actor);
        }
    }

    private static PlatformSpec spec(PlatformSpec bare, Path actors) {
        PlatformSpec spec = bare.sqlExamples()
                .count(Tier.HOST, 1)
                .property(Tier.HOST, "sluice.host.slots", "40")
                .property(Tier.ROUTER, "sluice.fleet.actors-file", actors.toString());
        for (String actor : SERVED) {
            spec = spec.property(Tier.HOST, "sluice.actors." + actor + ".replicas", actor.equals("slow") ? "2" : "1");
        }
        return MODELS.isEmpty()
                ? spec
                : spec.property(
                        Tier.HOST,
                        "sluice.host.models.dir",
                        MODELS.get().folder().toString());
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        site.awaitCalm();
    }

    private static Caller caller() {
        return site.caller(0);
    }

    private static String result(String pipeline, String input) {
        Reply reply = caller().call(pipeline, input, PATIENT);
        return reply.ok() ? reply.result().toString() : reply.body();
    }

    @Test
    void aTicketIsDecided() {
        String text = "My <b>invoice</b> is wrong: charged twice! http://example.org/42";
        assertThat(result("ticket", "{\"text\": \"" + text + "\", \"customer\": 2}"))
                .isEqualTo("{\"queue\":\"billing\",\"hours\":2,\"known\":true}");
        assertThat(result("ticket", "{\"text\": \"hello\", \"customer\": 99999999}"))
                .as("of a customer whom nobody knows")
                .isEqualTo("{\"queue\":\"people\",\"hours\":24,\"known\":false}");
    }

    @Test
    void manyTicketsAtOnceShareTheBatchesOfTheirSteps() {
        double before = batches("cleaner");
        double lookups = batches("customers");
        List<Integer> customers =
                IntStream.rangeClosed(1, 200).boxed().collect(Collectors.toCollection(ArrayList::new));
        await("whoever is refused in the rush asks again, as Retry-After says")
                .atMost(Site.LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> refused(customers).isEmpty());
        await("every step is counted")
                .atMost(Site.LONG)
                .until(() -> MetricsPage.of(site.router(0).url())
                                .sum(
                                        "sluice_pipeline_step_duration_seconds_count",
                                        "actor=\"ticket\"",
                                        "step=\"kind\"",
                                        "outcome=\"answered\"")
                        >= 200);
        assertThat(batches("cleaner") - before).isPositive().isLessThan(200);
        assertThat(batches("customers") - lookups).isPositive().isLessThan(200);
    }

    /** Asks for all at once, and takes away those who are answered. */
    private static List<Integer> refused(List<Integer> customers) {
        List<CompletableFuture<Reply>> replies = customers.stream()
                .map(customer -> caller().callLater(
                                "ticket", "{\"text\": \"parcel lost\", \"customer\": " + customer + "}", PATIENT))
                .toList();
        List<Integer> refused = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            Reply reply = Caller.joined(replies.get(i));
            if (reply.status() == 503) {
                assertThat(reply.code()).as(reply.body()).isIn("OVERLOADED", "UNMEETABLE");
                refused.add(customers.get(i));
            } else {
                assertThat(reply.body()).contains("\"queue\":\"delivery\"");
            }
        }
        customers.retainAll(refused);
        return refused;
    }

    private static double batches(String actor) {
        return MetricsPage.of(site.router(0).url()).sum("sluice_batch_size_count", "actor=\"" + actor + "\"");
    }

    @Test
    void aDigitIsReadByTwoModels() throws IOException {
        double before = batches("handwriting");
        byte[] seven = Files.readAllBytes(PICTURES.resolve("digit-7.png"));
        String input = '"' + Base64.getEncoder().encodeToString(seven) + '"';
        assertThat(result("digit-by-two", input)).startsWith("{\"label\":\"7\",\"probability\":0.9");
        await("the other one was asked too").atMost(Site.LONG).until(() -> batches("handwriting") > before);
    }

    @Test
    void digitsOfSeveralPicturesAreAdded() throws IOException {
        List<Path> pictures;
        try (var files = Files.list(PICTURES)) {
            pictures = files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .limit(3)
                    .toList();
        }
        int sum = 0;
        List<String> all = new ArrayList<>();
        for (Path picture : pictures) {
            byte[] bytes = Files.readAllBytes(picture);
            all.add('"' + Base64.getEncoder().encodeToString(bytes) + '"');
            HttpResponse<byte[]> digit = caller().bytes("digits", BodyPublishers.ofByteArray(bytes));
            for (int i = 0; i < 10; i++) {
                // Of the first ones the router learns that they take long.
                caller().bytes("digits", BodyPublishers.ofByteArray(bytes));
            }
            sum += Integer.parseInt(new String(digit.body(), StandardCharsets.UTF_8).strip());
        }
        assertThat(result("digits-sum", "{\"pictures\": [" + String.join(", ", all) + "]}"))
                .isEqualTo(Integer.toString(sum));
        Reply broken = caller().call("digits-sum", "{\"pictures\": [\"" + "AAAA" + "\"]}");
        assertThat(broken.code()).isEqualTo("FAILED");
        assertThat(broken.detail()).contains("Step 'read'").contains("not a picture");
    }

    @Test
    void severalActorsVoteAndOneThatIsAwayIsNotMissed() {
        Reply one = caller().call("adder", "5");
        Reply other = caller().call("vadder", "5");
        double mean = (one.result().asDouble() + other.result().asDouble()) / 2;
        assertThat(caller().call("vote", "5").result().asDouble()).isEqualTo(mean);
    }

    @Test
    void aPictureGoesInAndALineOfTextComesOut() throws IOException {
        assumeTrue(MODELS.isPresent(), SharedModels.ABSENT);
        SharedModels models = MODELS.get();
        site.awaitPublished("ppocr-rec");
        site.awaitPublished("text-line");
        for (String file : models.cases("ppocr-rec").propertyNames()) {
            HttpResponse<byte[]> read = caller().bytes("read-line", BodyPublishers.ofFile(models.file(file)));
            assertThat(new String(read.body(), StandardCharsets.UTF_8))
                    .isEqualTo(models.cases("ppocr-rec").path(file).path("read").toString());
        }
    }

    @Test
    void aFileGoesInAndItsLabelComesOut() throws IOException {
        assumeTrue(MODELS.isPresent(), SharedModels.ABSENT);
        SharedModels models = MODELS.get();
        site.awaitPublished("magika");
        site.awaitPublished("label");
        for (String file : models.cases("magika").propertyNames()) {
            HttpResponse<byte[]> kind = caller().bytes("kind-of-file", BodyPublishers.ofFile(models.file(file)));
            assertThat(new String(kind.body(), StandardCharsets.UTF_8))
                    .contains("\"label\":"
                            + models.cases("magika").path(file).path("label").toString());
        }
    }

    @Test
    void onePastItsTimeStopsAtOnceAndFreesWhatRunsForIt() {
        ControlPage control = site.control(0);
        control.done(
                "PUT",
                "actors/late",
                "{\"pipeline\": {\"steps\": {\"a\": {\"actor\": \"slow\", \"input\": \"first\"},"
                        + " \"b\": {\"actor\": \"slow\", \"input\": \"second + 0 * $a\"}}}}");
        site.awaitPublished("late");
        for (int i = 0; i < 5; i++) {
            assertThat(result("late", "{\"first\": 400, \"second\": 400}")).isEqualTo("400");
        }
        // Of those that seem hopeless one goes on each second, to find out.
        await("one is stopped before its time is over").atMost(Site.LONG).untilAsserted(() -> {
            List<CompletableFuture<Reply>> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                both.add(caller().callLater("late", "{\"first\": 60000, \"second\": 400}", Duration.ofMillis(900)));
            }
            List<Reply> replies = Caller.all(both);
            assertThat(replies).extracting(Reply::code).containsOnly("EXPIRED");
            assertThat(replies)
                    .extracting(Reply::detail)
                    .anySatisfy(detail -> assertThat(detail)
                            .contains("The steps that were left would have taken longer than the SLO allows."));
        });
        assertThat(result("slow", "1"))
                .as("of a replica that would else sleep for a minute")
                .isEqualTo("1");
        control.done("DELETE", "actors/late", "");
    }

    @Test
    void aPipelineIsRolledOutAndTakenAway() {
        ControlPage control = site.control(0);
        control.done("PUT", "actors/doubled", "{\"pipeline\": {\"steps\": {\"a\": {\"value\": \"2 * $\"}}}}");
        site.awaitPublished("doubled");
        assertThat(result("doubled", "21")).isEqualTo("42");
        control.done(
                "PUT",
                "actors/doubled",
                "{\"version\": \"2\", \"pipeline\": {\"steps\": {\"a\": {\"value\": \"20 * $\"}}}}");
        await("version 2 answers").atMost(Site.LONG).until(() -> result("doubled", "21"), "420"::equals);
        control.done("DELETE", "actors/doubled", "");
        await("it is gone")
                .atMost(Site.LONG)
                .until(() -> caller().call("doubled", "21").code(), "NOT_FOUND"::equals);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a': {'actor': 'x', 'input': '$b'}, 'b': {'actor': 'x', 'input': '$a'}} | steps.a waits for itself: a needs b needs a",
                "{'a': {'actor': 'x'}, 'b': {'actor': 'x', 'input': '$c'}} | steps.b.input refers to $c, which is no step",
                "{'a': {'actor': 'x'}, 'b': {'actor': 'x', 'input': '$a'}, 'c': {'actor': 'x', 'when': 'false', 'input': '$b'}} | steps.c.when is false",
                "{'a': {'actor': 'x', 'input': '$sum('}} | steps.a.input is no JSONata",
                "{'a': {'actor': ['x']}} | steps.a.actor",
                "[] | steps",
            })
    void aDefinitionThatIsNoneIsRefusedWithThePlace(String steps, String said) {
        refused("{\"pipeline\": {\"steps\": " + steps.replace('\'', '"') + "}}", said);
    }

    private static void refused(String body, String said) {
        Reply reply = site.control(0).send("PUT", "actors/refused", body);
        assertThat(reply.status()).as(reply.body()).isIn(400, 413);
        assertThat(reply.body()).contains(said);
        assertThat(site.control(0).get("actors/refused").status()).isEqualTo(404);
    }

    @Test
    void aDefinitionThatIsTooLargeIsRefused() {
        String steps = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"s" + i + "\": {\"actor\": \"x\"}")
                .collect(Collectors.joining(", "));
        refused("{\"pipeline\": {\"steps\": {" + steps + "}}}", "pipeline");
        refused("{\"pipeline\": " + "{\"a\": ".repeat(5_000) + "1" + "}".repeat(5_000) + "}", "");
        refused("{\"pipeline\": {\"steps\": {\"a\": {\"value\": \"" + "(".repeat(9_000) + "\"}}}}", "steps.a.value");
    }

    @Test
    void inputThatExpressionsCannotReadIsRefused() {
        Reply none = Caller.joined(caller().post("ticket", "{\"input\": {\"text\": ", Site.LONG));
        assertThat(none.code()).isEqualTo("INVALID_INPUT");
        Reply deep = caller().call("ticket", "[".repeat(5_000) + "]".repeat(5_000));
        assertThat(deep.code()).isEqualTo("INVALID_INPUT");
        Reply wrong = caller().call("ticket", "{\"text\": {\"a\": 1}}", PATIENT);
        assertThat(wrong.code()).isEqualTo("INVALID_INPUT");
        assertThat(wrong.detail()).contains("Step 'clean' (cleaner)");
        HttpResponse<byte[]> binary = caller().bytes("ticket", BodyPublishers.ofByteArray(new byte[] {0, 1, 2}));
        assertThat(binary.statusCode()).isEqualTo(400);
        assertThat(new String(binary.body(), StandardCharsets.UTF_8))
                .contains("INVALID_INPUT")
                .contains("The input is application/octet-stream, which no expression can read.");
        assertThat(result("ticket", "{\"text\": \"parcel lost\"}")).contains("delivery");
    }
}
