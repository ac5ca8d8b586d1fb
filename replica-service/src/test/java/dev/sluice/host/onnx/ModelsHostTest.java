package dev.sluice.host.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.link.Link;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.Replica;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.common.testing.LinkServer;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.host.HostApplication;
import dev.sluice.host.onnx.testing.Graph;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The stock host with a folder of models, and a router that the test plays. */
@Timeout(300)
class ModelsHostTest {

    private final LinkServer router = LinkServer.start();

    @TempDir
    private Path models;

    private ConfigurableApplicationContext host;
    private Link link;

    @BeforeEach
    void start() throws Exception {
        Graph.adding(1).writeTo(models, "adds", "1");
        host = new SpringApplicationBuilder(HostApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--sluice.node-id=host-7",
                        "--sluice.link.lease=2m",
                        "--sluice.host.models.dir=" + models,
                        "--sluice.host.models.watch-interval=50ms",
                        "--sluice.routers=" + router.address());
        link = router.link();
    }

    @AfterEach
    void stop() {
        host.close();
        router.close();
    }

    @Test
    void servesTheFolderAndWhatComesIntoIt() throws Exception {
        Announcement first = announced(said -> ready(said, "1"));
        assertThat(first.actors())
                .extracting(actor -> actor.name() + " " + actor.version())
                .contains("adds 1");
        assertThat(first.placing().orElseThrow().offers()).contains(new Offer(ActorKinds.ONNX, "adds"));
        assertThat(answer(replica(first, "1"), "[1,2,3]")).isEqualTo("[2.0,3.0,4.0]");

        Graph.adding(5).writeTo(models, "adds", "2");
        Announcement second = announced(said -> ready(said, "2"));
        assertThat(answer(replica(second, "2"), "[1,2,3]")).isEqualTo("[6.0,7.0,8.0]");
        assertThat(answer(replica(second, "1"), "[1,2,3]")).isEqualTo("[2.0,3.0,4.0]");

        Files.delete(models.resolve("adds/1/model.onnx"));
        announced(said ->
                said.replicas().stream().noneMatch(each -> each.version().equals("1"))
                        && said.actors().stream()
                                .noneMatch(actor -> actor.name().equals("adds")
                                        && actor.version().equals("1")));
    }

    @Test
    void tellsWhyAVersionIsBrokenAndServesTheOther() throws Exception {
        announced(said -> ready(said, "1"));
        Files.createDirectories(models.resolve("adds/2"));
        Files.writeString(models.resolve("adds/2/model.onnx"), "no model");
        Announcement broken =
                announced(said -> said.replicas().stream().anyMatch(each -> each.state() == State.FAILED));
        assertThat(broken.replicas())
                .filteredOn(each -> each.version().equals("2"))
                .singleElement()
                .satisfies(each -> assertThat(each.reason()).startsWith("The model cannot be loaded from model.onnx"));
        assertThat(answer(replica(broken, "1"), "[1,2,3]")).isEqualTo("[2.0,3.0,4.0]");
        assertThat(get("/actuator/prometheus"))
                .contains("sluice_models{node=\"host-7\",state=\"broken\"} 1.0")
                .contains("sluice_models{node=\"host-7\",state=\"good\"} 1.0")
                .contains("sluice_model_loads_total{node=\"host-7\",outcome=\"broken\"} 1.0")
                .contains("sluice_model_sessions{node=\"host-7\"} 1.0");
        assertThat(get("/actuator/health/readiness"))
                .contains("\"sluiceModels\"")
                .contains("\"adds 1\":\"GOOD\"")
                .contains("BROKEN: The model cannot be loaded");
    }

    @Test
    void runsWhatARouterPlacesInPlaceOfItsOwn() throws Exception {
        announced(said -> ready(said, "1"));
        VersionSpec one = version("1", Map.of());
        VersionSpec missing = version("3", Map.of());
        link.send(new Frame.Place(MembershipJson.write(new Placement(
                "store", 1, "adds", List.of(one, missing), List.of(new Placement.Wanted("p-1", "1")), List.of()))));
        Announcement placed = announced(said ->
                said.replicas().stream().allMatch(each -> each.id().equals("p-1") && each.state() == State.READY));
        assertThat(placed.placing().orElseThrow().rejected())
                .extracting(Announcement.Rejected::reason)
                .containsExactly(
                        "The model 'adds' has no version '3' on this host; it has [1]. Name one of these, or set the"
                                + " argument model-version.");
        assertThat(answer("p-1", "[1,2,3]")).isEqualTo("[2.0,3.0,4.0]");

        Graph.adding(7).writeTo(models, "adds", "3");
        Announcement known =
                announced(said -> said.placing().orElseThrow().rejected().isEmpty());
        assertThat(known.replicas())
                .as("which replicas there are is for routers to say")
                .hasSize(1);
        VersionSpec third = version("live", Map.of("model-version", "3"));
        link.send(new Frame.Place(MembershipJson.write(new Placement(
                "store", 2, "adds", List.of(third), List.of(new Placement.Wanted("p-2", "live")), List.of()))));
        announced(said ->
                said.replicas().stream().anyMatch(each -> each.id().equals("p-2") && each.state() == State.READY));
        assertThat(answer("p-2", "[1,2,3]")).isEqualTo("[8.0,9.0,10.0]");
    }

    private static VersionSpec version(String version, Map<String, String> args) {
        return new VersionSpec(version, ActorKinds.ONNX, "adds", args, VersionSettings.UNSET);
    }

    private static boolean ready(Announcement said, String version) {
        return said.replicas().stream().anyMatch(each -> each.version().equals(version) && each.state() == State.READY);
    }

    private static String replica(Announcement said, String version) {
        return said.replicas().stream()
                .filter(each -> each.version().equals(version))
                .map(Replica::id)
                .findFirst()
                .orElseThrow();
    }

    private Announcement announced(Predicate<Announcement> holds) throws Exception {
        Announcement said;
        do {
            said = MembershipJson.read(router.next(Frame.Announce.class).json(), Announcement.class);
        } while (!holds.test(said));
        return said;
    }

    private String answer(String replica, String input) throws Exception {
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer();
        new Meta("application/json", "id", "").encode(data);
        int metaLength = data.readableBytes();
        data.writeCharSequence(input, StandardCharsets.UTF_8);
        List<BatchItem> items = new ArrayList<>();
        items.add(new BatchItem(1, Duration.ofMinutes(10).toNanos(), metaLength, data));
        link.send(new BatchFrame(1, false, replica, "call", items));
        ResultFrame result = router.next(ResultFrame.class);
        String text = result.body().toString(StandardCharsets.UTF_8);
        result.release();
        router.next(Frame.Done.class);
        return text;
    }

    private String get(String path) throws IOException, InterruptedException {
        String port = host.getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
