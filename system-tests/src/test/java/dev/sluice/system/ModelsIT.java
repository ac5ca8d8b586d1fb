package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.MetricsPage;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.AddingModel;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models come, change, break and go in the folder of two hosts that share it, and callers notice nothing but that. */
class ModelsIT {

    private static final byte[] NO_MODEL = "this is no model".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path models;

    private static Site site;

    private final AddingModel folder = new AddingModel(models);

    @BeforeAll
    static void start() {
        new AddingModel(models).put("first", "1", 1);
        site = Site.start(
                "models",
                Shape.FLEET,
                BuiltPrograms.of(Places.project(), Progress.NONE),
                spec -> spec.count(Tier.HOST, 2)
                        .property(Tier.HOST, "sluice.host.models.dir", models.toString())
                        .property(Tier.HOST, "sluice.host.models.watch-interval", "200ms")
                        .property(Tier.HOST, "sluice.host.slots", "20"));
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void aModelThatLiesThereIsServedWithoutAWordFromAnyone() {
        assertThat(add("first")).isEqualTo("[2.0,3.0,4.0]");
        Reply infer = caller().call(
                        "first",
                        "{\"inputs\": [{\"name\": \"x\", \"shape\": [2, 3], \"datatype\": \"FP32\","
                                + " \"data\": [1, 2, 3, 4, 5, 6]}]}");
        assertThat(infer.result().path("model_version").asString()).isEqualTo("1");
        assertThat(infer.result().path("outputs").get(0).path("data").toString())
                .isEqualTo("[2.0,3.0,4.0,5.0,6.0,7.0]");
    }

    @Test
    void versionsComeBreakAndGoWhileCallersCall() {
        folder.put("adds", "1", 1);
        site.awaitPublished("adds");
        Load.of(4, number -> assertThat(add("adds")).isIn("[2.0,3.0,4.0]", "[6.0,7.0,8.0]", "[8.0,9.0,10.0]"))
                .pausing(Duration.ofMillis(10))
                .during(() -> {
                    folder.put("adds", "2", 5);
                    awaitAnswer("adds", "[6.0,7.0,8.0]");
                    assertThat(named("adds", "1").result().toString())
                            .as("whoever asks for the old one")
                            .isEqualTo("[2.0,3.0,4.0]");

                    folder.put("adds", "3", NO_MODEL);
                    awaitStatus("adds 3", "BROKEN: The model cannot be loaded from model.onnx");
                    assertThat(site.control(0).replicas("adds"))
                            .filteredOn(replica -> replica.version().equals("3"))
                            .isNotEmpty()
                            .allSatisfy(replica -> assertThat(replica.state() + ": " + replica.reason())
                                    .startsWith("failed: The model cannot be loaded from model.onnx"));
                    assertThat(add("adds")).isEqualTo("[6.0,7.0,8.0]");

                    folder.put("adds", "3", 7);
                    awaitAnswer("adds", "[8.0,9.0,10.0]");

                    folder.remove("adds", "3");
                    awaitAnswer("adds", "[6.0,7.0,8.0]");
                    folder.remove("adds", "1");
                    await("no host has version 1")
                            .atMost(Site.LONG)
                            .until(() -> named("adds", "1").code(), "UNAVAILABLE"::equals);
                });
        await("the replicas of what was taken away end")
                .atMost(Site.LONG)
                .untilAsserted(() -> assertThat(site.control(0).replicas("adds"))
                        .extracting(ControlPage.Replica::version)
                        .containsOnly("2"));
        site.awaitCalm();
    }

    @Test
    void aVersionWhoseFilesBreakServesAsItWasAndAsItIsOnceTheyAreWell() {
        folder.put("mended", "1", 1);
        site.awaitPublished("mended");
        awaitAnswer("mended", "[2.0,3.0,4.0]");

        folder.put("mended", "1", NO_MODEL);
        awaitStatus("mended 1", "STALE: The model cannot be loaded from model.onnx");
        assertThat(add("mended")).isEqualTo("[2.0,3.0,4.0]");
        for (ServiceProcess host : site.all(Tier.HOST)) {
            assertThat(MetricsPage.of(host.url()).sum("sluice_models", "state=\"stale\""))
                    .isEqualTo(1);
            assertThat(new Caller(host.url()).get("/actuator/health/readiness").ok())
                    .as("readiness of %s", host.name())
                    .isTrue();
        }

        folder.put("mended", "1", 7);
        awaitAnswer("mended", "[8.0,9.0,10.0]");
        awaitStatus("mended 1", "GOOD");
        folder.remove("mended", "1");
        await("no host has it")
                .atMost(Site.LONG)
                .until(() -> caller().call("mended", "[1, 2, 3]").code(), "UNAVAILABLE"::equals);
    }

    @Test
    void aModelIsDeployedUnderAnotherNameAndRolledOut() {
        folder.put("source", "1", 1);
        folder.put("source", "2", 5);
        site.awaitPublished("source");
        ControlPage control = site.control(0);
        control.done(
                "PUT",
                "actors/deployed",
                "{\"kind\": \"onnx\", \"type\": \"source\", \"version\": \"1\", \"replicas\": 2}");
        control.awaitOnly("deployed", "1", 2);
        site.awaitPublished("deployed");
        assertThat(add("deployed")).isEqualTo("[2.0,3.0,4.0]");

        Load.of(4, number -> assertThat(add("deployed")).isIn("[2.0,3.0,4.0]", "[6.0,7.0,8.0]"))
                .pausing(Duration.ofMillis(10))
                .during(() -> {
                    control.done(
                            "POST",
                            "actors/deployed/rollout",
                            "{\"version\": \"2\", \"steps\": [50, 100], \"step-time\": \"1s\"}");
                    control.awaitOnly("deployed", "2", 2);
                });
        assertThat(add("deployed")).isEqualTo("[6.0,7.0,8.0]");
        control.undeployAll();
        site.awaitCalm();
    }

    private static Caller caller() {
        return site.caller(0);
    }

    private static String add(String model) {
        Reply reply = caller().call(model, "[1, 2, 3]");
        return reply.ok() ? reply.result().toString() : reply.body();
    }

    private static Reply named(String model, String version) {
        return Caller.joined(
                caller().post(model, "{\"input\": [1, 2, 3], \"version\": \"" + version + "\"}", Site.LONG));
    }

    private static void awaitAnswer(String model, String answer) {
        await(model + " answers " + answer).atMost(Site.LONG).until(() -> add(model), answer::equals);
    }

    /** On every host. */
    private static void awaitStatus(String version, String start) {
        for (ServiceProcess host : site.all(Tier.HOST)) {
            await(version + " on " + host.name())
                    .atMost(Site.LONG)
                    .until(() -> new Caller(host.url())
                            .get("/actuator/health/readiness")
                            .json()
                            .findPath("models")
                            .path(version)
                            .asString("")
                            .startsWith(start));
        }
    }
}
