package dev.sluice.host.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.common.link.Link;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.testing.LinkServer;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.host.HostApplication;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The stock host with a folder of SQL actors, and a router that the test plays. */
@Timeout(300)
class SqlHostTest {

    private static final String ENDLESS =
            "-- @param n bigint\n" + "select sum(a.range * b.range) as s from range(:n) a, range(:n) b";

    @TempDir
    private Path folder;

    private ConfigurableApplicationContext start(LinkServer router, String... settings) {
        return new SpringApplicationBuilder(HostApplication.class)
                .properties("sluice.routers=" + router.address())
                .run(args(settings));
    }

    private String[] args(String... settings) {
        List<String> args = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--sluice.node-id=host-8",
                "--sluice.link.lease=2m",
                "--sluice.host.actors-dir=" + folder,
                "--sluice.host.sql.dir=" + folder));
        args.addAll(List.of(settings));
        return args.toArray(String[]::new);
    }

    private static BatchFrame query(long exchange, String replica, String input) {
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer();
        new Meta("application/json", "id", "").encode(data);
        int metaLength = data.readableBytes();
        data.writeCharSequence(input, StandardCharsets.UTF_8);
        return new BatchFrame(
                exchange,
                false,
                replica,
                "call",
                List.of(new BatchItem(exchange, Duration.ofMinutes(10).toNanos(), metaLength, data)));
    }

    private static Announcement ready(LinkServer router, int replicas) throws Exception {
        return announced(
                router,
                said -> said.replicas().size() == replicas
                        && said.replicas().stream().allMatch(replica -> replica.state() == State.READY));
    }

    private static Announcement announced(LinkServer router, Predicate<Announcement> isIt) throws Exception {
        while (true) {
            Announcement said =
                    MembershipJson.read(router.next(Frame.Announce.class).json(), Announcement.class);
            if (isIt.test(said)) {
                return said;
            }
        }
    }

    private static List<String> states(Announcement said) {
        return said.replicas().stream()
                .map(replica -> replica.actor() + " " + replica.version() + " " + replica.state())
                .sorted()
                .toList();
    }

    @Test
    void servesItsFilesAtOnceOffersThemToRoutersAndSaysWhatIsBroken() throws Exception {
        Files.writeString(folder.resolve("seven.sql"), "-- Seven.\nselect 7 as n");
        Files.writeString(folder.resolve("broken.sql"), "/* not */ drop table x");
        Files.createDirectories(folder.resolve("eight"));
        Files.writeString(folder.resolve("eight/9.sql"), "select 8 as n");
        Files.writeString(folder.resolve("eight/10.sql"), "select 8.5 as n");
        try (LinkServer router = LinkServer.start();
                ConfigurableApplicationContext host = start(router, "--sluice.actors.seven.replicas=2")) {
            Link link = router.link();
            List<String> all =
                    List.of("broken 1 FAILED", "eight 10 READY", "eight 9 READY", "seven 1 READY", "seven 1 READY");
            Announcement said = announced(router, one -> states(one).equals(all));
            assertThat(said.placing().orElseThrow().offers())
                    .containsExactlyInAnyOrder(new Offer("sql", "seven"), new Offer("sql", "eight"));
            assertThat(said.actors())
                    .extracting(actor -> actor.name() + " " + actor.version())
                    .containsExactlyInAnyOrder("seven 1", "eight 9", "eight 10", "broken 1");
            assertThat(said.replicas())
                    .filteredOn(replica -> replica.state() == State.FAILED)
                    .allSatisfy(replica -> assertThat(replica.reason()).contains("The statement is refused"));
            link.send(query(1, "seven-0", "{}"));
            ResultFrame result = router.next(ResultFrame.class);
            assertThat(result.body().toString(StandardCharsets.UTF_8)).isEqualTo("[{\"n\":7}]");
            result.release();
            assertThat(host.isActive()).isTrue();
        }
    }

    @Test
    void tellsRoutersOfAFileThatHasChangedWhileItServes() throws Exception {
        Files.writeString(folder.resolve("one.sql"), "-- One.\nselect 1 as n");
        try (LinkServer router = LinkServer.start();
                ConfigurableApplicationContext host = start(router, "--sluice.host.sql.watch-interval=50ms")) {
            Link link = router.link();
            ready(router, 1);
            Files.writeString(folder.resolve("one.sql"), "-- As many.\n-- @param n bigint\nselect :n as n");
            Announcement said = announced(
                    router,
                    one -> states(one).equals(List.of("one 1 READY"))
                            && one.actors().get(0).description().equals("As many."));
            assertThat(said.actors()).hasSize(1);
            link.send(query(1, said.replicas().get(0).id(), "{\"n\": 5}"));
            ResultFrame result = router.next(ResultFrame.class);
            assertThat(result.body().toString(StandardCharsets.UTF_8)).isEqualTo("[{\"n\":5}]");
            result.release();
            assertThat(host.isActive()).isTrue();
        }
    }

    @Test
    void interruptsTheDatabaseWhenItsCallerIsGone() throws Exception {
        Files.writeString(folder.resolve("endless.sql"), ENDLESS);
        try (LinkServer router = LinkServer.start();
                ConfigurableApplicationContext host = start(router)) {
            Link link = router.link();
            ready(router, 1);
            link.send(query(1, "endless-0", "{\"n\": 100000000}"));
            assertThat(router.next(Frame.Started.class).batch()).isEqualTo(1);
            link.send(new Frame.Cancel(1));
            assertThat(router.next(Frame.Done.class).batch()).isEqualTo(1);
            link.send(query(2, "endless-0", "{\"n\": 2}"));
            ResultFrame result = router.next(ResultFrame.class);
            assertThat(result.body().toString(StandardCharsets.UTF_8)).isEqualTo("[{\"s\":1}]");
            result.release();
            assertThat(host.isActive()).isTrue();
        }
    }

    @Test
    void stopsTheStartWhereASettingMakesNoSense() throws Exception {
        try (LinkServer router = LinkServer.start()) {
            for (String setting : List.of(
                    "--sluice.host.sql.database=" + folder.resolve("none.db"),
                    "--sluice.host.sql.data-dir=" + folder.resolve("none"),
                    "--sluice.host.sql.threads=-1",
                    "--sluice.host.sql.watch-interval=0s",
                    "--sluice.host.sql.max-rows=0")) {
                assertThat(catchThrowable(() -> start(router, setting).close()))
                        .as(setting)
                        .isNotNull();
            }
        }
    }
}
