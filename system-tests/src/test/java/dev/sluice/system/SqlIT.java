package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.MetricsPage;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.SqlFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A folder of SQL files, served by a stock host behind a router and a frontend. */
class SqlIT {

    private static final String ARROW = "application/vnd.apache.arrow.stream";

    /** So many rows that no tier would have room for all of them in the time that they take. */
    private static final long MANY = 10_000_000;

    private static final String HEAVY = "select sum(a.range * b.range) as s from range(:n) a, range(:n) b";

    @TempDir
    private static Path folder;

    private static SqlFiles files;
    private static Site site;

    @BeforeAll
    static void start() {
        files = SqlFiles.in(folder)
                .put(
                        "orders-of.sql",
                        "-- @param customer bigint",
                        "-- @param most integer = 2",
                        "select id, amount from orders where customer = :customer order by id limit :most")
                .put(
                        "named.sql",
                        "-- @param text varchar",
                        "select :text as text, (select count(*) from orders) as orders")
                .put(
                        "worth.sql",
                        "-- @param customer bigint",
                        "select query_id, count(*) as orders, sum(amount) as worth",
                        "from inputs join orders using (customer) group by query_id")
                .put("numbers.sql", "-- @param n bigint", "select range as i from range(:n)")
                .put("heavy.sql", "-- @param n bigint", HEAVY)
                // For a second test: nothing that the router learnt by the first is to matter.
                .put("heavy-too.sql", "-- @param n bigint", HEAVY)
                .put("writes.sql", "drop table orders")
                .put("copies.sql", "copy (select 1) to '" + folder.resolve("data/out.csv") + "'")
                .put("spies.sql", "select * from read_csv('" + folder.resolve("secret.csv") + "')")
                .put("versioned/1.sql", "select 1 as n");
        site = Site.start(
                "sql",
                Shape.FLEET,
                BuiltPrograms.of(Places.project(), Progress.NONE),
                spec -> spec.count(Tier.HOST, 1)
                        .property(
                                Tier.HOST,
                                "sluice.host.sql.dir",
                                files.queries().toString())
                        .property(
                                Tier.HOST,
                                "sluice.host.sql.data-dir",
                                files.data().toString())
                        .property(Tier.HOST, "sluice.host.sql.watch-interval", "200ms")
                        .property(Tier.HOST, "sluice.host.slots", "20"));
        for (String actor : List.of("orders-of", "named", "worth", "numbers", "heavy", "heavy-too", "versioned")) {
            site.awaitPublished(actor);
        }
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    private static Caller caller() {
        return site.caller(0);
    }

    private static String result(String target, String input) {
        Reply reply = caller().call(target, input);
        return reply.ok() ? reply.result().toString() : reply.body();
    }

    @Test
    void looksUpRowsByParameters() {
        assertThat(result("orders-of", "{\"customer\": 3}"))
                .isEqualTo("[{\"id\":3,\"amount\":3.5},{\"id\":53,\"amount\":53.5}]");
        assertThat(result("orders-of/columns", "{\"customer\": 3, \"most\": 1}"))
                .isEqualTo("{\"id\":[3],\"amount\":[3.5]}");
        assertThat(result("orders-of", "{\"customer\": -1}")).isEqualTo("[]");
    }

    @Test
    void whateverACallerSendsIsAValue() {
        for (String text :
                List.of("'; drop view orders; --", "\" or 1=1", "x') union select password from secret --")) {
            String input = "{\"text\": " + quoted(text) + "}";
            Reply reply = caller().call("named", input);
            assertThat(reply.ok()).as(reply.body()).isTrue();
            JsonNode row = reply.result().get(0);
            assertThat(row.get("text").asString()).isEqualTo(text);
            assertThat(row.get("orders").asInt()).isEqualTo(2000);
        }
        assertThat(caller().call("named", "{\"text\": \"\\u0000\"}").code())
                .as("which not every database has")
                .isEqualTo("INVALID_INPUT");
    }

    private static String quoted(String text) {
        return tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(text);
    }

    @Test
    void refusesInputsThatAreNoneWithASentence() {
        String deep = "[".repeat(400) + "]".repeat(400);
        for (String bad : List.of(
                "{}",
                "{\"customer\": \"1; drop view orders\"}",
                "{\"customer\": 1.5}",
                "{\"customer\": \"NaN\"}",
                "{\"customer\": 9223372036854775808}",
                "{\"customer\": null}",
                "{\"customer\": 1, \"other\": 2}",
                "{\"customer\": " + deep + "}",
                "[1]",
                "7",
                deep)) {
            Reply reply = caller().call("orders-of", bad);
            assertThat(reply.code()).as(bad.length() > 60 ? "deep" : bad).isEqualTo("INVALID_INPUT");
            assertThat(reply.detail()).contains("customer: bigint");
        }
        HttpResponse<byte[]> notJson =
                caller().bytes("orders-of", HttpRequest.BodyPublishers.ofByteArray(new byte[] {(byte) 0xFF, 0, 1}));
        assertThat(notJson.statusCode()).isEqualTo(400);
    }

    @Test
    void runsManyTogetherAndABadOneFailsAlone() {
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        double runsBefore = runs("worth");
        Load.of(16, number -> {
                    int customer = number * 3;
                    if (number % 8 == 5) {
                        Reply bad = caller().call("worth", "{\"customer\": \"one\"}");
                        assertThat(bad.code()).isEqualTo("INVALID_INPUT");
                        refused.incrementAndGet();
                    } else {
                        assertThat(result("worth", "{\"customer\": " + customer + "}"))
                                .isEqualTo(SqlFiles.worth(customer));
                        answered.incrementAndGet();
                    }
                })
                .during(() -> await().atMost(Site.LONG).until(() -> answered.get() > 300 && refused.get() > 20));
        assertThat(runs("worth") - runsBefore)
                .as("runs of %s queries", answered.get() + refused.get())
                .isLessThan((answered.get() + refused.get()) / 2.0);
        site.awaitCalm();
    }

    private static double runs(String actor) {
        return MetricsPage.of(site.host(0).url()).sum("sluice_batch_size_count", "actor=\"" + actor + "\"");
    }

    @Test
    void filesThatWriteOrReadElsewhereAreNotServedAndAllAreTold() {
        awaitStatus("writes 1", "BROKEN: The statement is refused");
        awaitStatus("copies 1", "BROKEN: ");
        awaitStatus("spies 1", "BROKEN: ");
        assertThat(status("spies 1"))
                .startsWith("BROKEN: ")
                .contains("Permission")
                .doesNotContain("swordfish");
        for (String actor : List.of("writes", "copies", "spies")) {
            assertThat(caller().call(actor, "{}").code()).as(actor).isEqualTo("UNAVAILABLE");
            assertThat(site.control(0).replicas(actor)).isNotEmpty().allSatisfy(replica -> {
                assertThat(replica.state()).isEqualTo("failed");
                assertThat(replica.reason()).isNotEmpty();
            });
        }
        assertThat(files.data().resolve("out.csv")).doesNotExist();
        assertThat(new Caller(site.host(0).url())
                        .get("/actuator/health/readiness")
                        .ok())
                .as("ready all the same")
                .isTrue();
    }

    @Test
    void aQueryWhoseTimeIsOverIsInterruptedAndItsReplicaServesOn() {
        // Nothing is known of it yet, so nobody could say before that the time will not do.
        Reply expired = caller().call("heavy", "{\"n\": 100000000}", Duration.ofSeconds(1));
        assertThat(expired.code()).as(expired.body()).isEqualTo("EXPIRED");
        site.awaitCalm();
        // There is one replica: it could not answer while the database was still at the other, which takes days.
        await().atMost(Site.LONG).until(() -> servesSmall("heavy"));
    }

    /** Once the router believes again that there is time: what it learnt is that such queries take long. */
    private static boolean servesSmall(String actor) {
        Reply reply = caller().call(actor, "{\"n\": 10}");
        assertThat(reply.ok() ? "" : reply.code()).isIn("", "OVERLOADED", "UNMEETABLE");
        return reply.ok() && reply.result().toString().equals("[{\"s\":2025}]");
    }

    @Test
    void aCallerWhoLeavesInterruptsTheDatabase() {
        CompletableFuture<Reply> leaving =
                caller().callLater("heavy-too", "{\"n\": 100000000}", Duration.ofMinutes(10));
        await().atMost(Site.LONG)
                .until(() -> site.frontendPages().get(0).ledger().inFlight() == 1);
        leaving.cancel(true);
        await().atMost(Site.LONG).until(() -> servesSmall("heavy-too"));
        site.awaitCalm();
    }

    @Test
    void resultsOfAnySizeComeAsArrowHoweverSlowlyTheyAreRead() throws Exception {
        Reply refused = caller().call("numbers", "{\"n\": 10001}");
        assertThat(refused.code()).isEqualTo("TOO_LARGE");
        assertThat(refused.detail()).contains("Accept: " + ARROW);

        HttpResponse<InputStream> response = arrow("numbers", "{\"input\": {\"n\": " + MANY + "}, \"slo_ms\": 90000}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(ARROW);
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(response.body(), allocator)) {
            long rows = 0;
            while (reader.loadNextBatch()) {
                BigIntVector numbers =
                        (BigIntVector) reader.getVectorSchemaRoot().getVector("i");
                assertThat(numbers.get(0)).isEqualTo(rows);
                if (rows == 0) {
                    // The stream has to wait for its reader; others do not.
                    for (int i = 0; i < 200; i++) {
                        assertThat(result("orders-of", "{\"customer\": 3, \"most\": 1}"))
                                .isEqualTo("[{\"id\":3,\"amount\":3.5}]");
                    }
                }
                rows += numbers.getValueCount();
            }
            assertThat(rows).isEqualTo(MANY);
        }
        site.awaitCalm();
    }

    @Test
    void aReaderOfArrowWhoLeavesEndsItsQuery() throws Exception {
        HttpResponse<InputStream> response =
                arrow("numbers/arrow", "{\"input\": {\"n\": 1000000000000}, \"slo_ms\": 60000}");
        assertThat(response.body().readNBytes(1_000_000)).hasSize(1_000_000);
        response.body().close();
        site.awaitCalm();
        assertThat(result("numbers", "{\"n\": 1}")).isEqualTo("[{\"i\":0}]");
    }

    private static HttpResponse<InputStream> arrow(String target, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(caller().frontend().resolve("/" + target))
                .header("Content-Type", "application/json")
                .header("Accept", ARROW)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void versionsComeChangeBreakAndGoWhileCallersCall() {
        List<String> seen = new ArrayList<>(List.of("[{\"n\":1}]", "[{\"n\":2}]", "[{\"n\":22}]", "[{\"n\":3}]"));
        Load.of(4, number -> assertThat(result("versioned", "{}")).isIn(seen))
                .pausing(Duration.ofMillis(10))
                .during(() -> {
                    files.put("versioned/2.sql", "select 2 as n");
                    awaitAnswer("[{\"n\":2}]");
                    assertThat(Caller.joined(caller().post(
                                                    "versioned", "{\"input\": {}, \"version\": \"1\"}", Site.LONG))
                                    .result()
                                    .toString())
                            .isEqualTo("[{\"n\":1}]");

                    files.put("versioned/3.sql", "select n from nowhere");
                    awaitStatus("versioned 3", "BROKEN: ");
                    assertThat(result("versioned", "{}")).isEqualTo("[{\"n\":2}]");

                    files.put("versioned/2.sql", "insert into orders values (1)");
                    awaitStatus("versioned 2", "STALE: The statement is refused");
                    assertThat(result("versioned", "{}")).isEqualTo("[{\"n\":2}]");
                    files.put("versioned/2.sql", "-- It has a description now.", "select 22 as n");
                    awaitAnswer("[{\"n\":22}]");
                    awaitStatus("versioned 2", "GOOD");

                    files.put("versioned/3.sql", "select 3 as n");
                    awaitAnswer("[{\"n\":3}]");
                    files.remove("versioned/3.sql");
                    awaitAnswer("[{\"n\":22}]");
                });
        await("the replica of what was taken away ends")
                .atMost(Site.LONG)
                .untilAsserted(() -> assertThat(site.control(0).replicas("versioned"))
                        .extracting(ControlPage.Replica::version)
                        .containsOnly("1", "2"));
        site.awaitCalm();
    }

    private static void awaitAnswer(String answer) {
        await(answer).atMost(Site.LONG).until(() -> result("versioned", "{}"), answer::equals);
    }

    private static void awaitStatus(String version, String start) {
        await(version + " " + start)
                .atMost(Site.LONG)
                .until(() -> status(version).startsWith(start));
    }

    private static String status(String version) {
        return new Caller(site.host(0).url())
                .get("/actuator/health/readiness")
                .json()
                .findPath("queries")
                .path(version)
                .asString("");
    }
}
