package dev.sluice.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstancesTest {

    private static final Path PROJECT = Path.of("/project");

    @Test
    void givesPortsFromTheFirstOfEachTierUp() {
        PlatformSpec spec = PlatformSpec.bare(PROJECT).count(Tier.FRONTEND, 2).count(Tier.ROUTER, 2);

        assertThat(Instances.of(spec))
                .extracting(Instance::name, Instance::port)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("frontend-0", 8080),
                        org.assertj.core.groups.Tuple.tuple("frontend-1", 8081),
                        org.assertj.core.groups.Tuple.tuple("router-0", 7000),
                        org.assertj.core.groups.Tuple.tuple("router-1", 7001),
                        org.assertj.core.groups.Tuple.tuple("host-0", 7100),
                        org.assertj.core.groups.Tuple.tuple("host-1", 7101));
    }

    @Test
    void tellsEveryProcessItsNameItsPortAndTheRouters() {
        List<Instance> instances = Instances.of(PlatformSpec.bare(PROJECT).count(Tier.ROUTER, 2));

        assertThat(instances.get(0).arguments())
                .containsExactly(
                        "--server.port=8080",
                        "--sluice.frontend.flight.port=8815",
                        "--sluice.frontend.grpc.port=8001",
                        "--sluice.frontend.zmq.port=5555",
                        "--sluice.node-id=frontend-0",
                        "--sluice.routers=http://127.0.0.1:7000,http://127.0.0.1:7001");
    }

    @ParameterizedTest
    @EnumSource
    void givesEachFrontendExtraPorts(ExtraPort extra) {
        PlatformSpec two = PlatformSpec.bare(PROJECT).count(Tier.FRONTEND, 2);
        int first = extra.first();

        assertThat(ports(two, extra)).containsExactly(first, first + 1);
        assertThat(ports(two.firstPort(extra, 9001), extra)).containsExactly(9001, 9002);
        assertThat(ports(two.freePorts(), extra)).doesNotHaveDuplicates().doesNotContain(0, first);
        assertThat(Instances.of(two).get(2).port(extra)).isEmpty();
    }

    private static List<Integer> ports(PlatformSpec spec, ExtraPort extra) {
        return Instances.of(spec).stream()
                .filter(instance -> instance.tier() == Tier.FRONTEND)
                .map(instance -> instance.port(extra).orElseThrow())
                .toList();
    }

    @Test
    void givesEachRouterAFolderOfItsOwn() {
        assertThat(Instances.of(PlatformSpec.bare(PROJECT).count(Tier.ROUTER, 2)))
                .extracting(instance -> instance.properties().getOrDefault("sluice.fleet.dir", ""))
                .containsExactly("", "/project/.sluice/fleet/router-0", "/project/.sluice/fleet/router-1", "", "");
    }

    @Test
    void letsOneProcessDifferFromItsTier() {
        PlatformSpec spec = PlatformSpec.bare(PROJECT)
                .property(Tier.HOST, "sluice.host.slots", "8")
                .property("host-1", "sluice.host.slots", "2");

        assertThat(Instances.of(spec))
                .filteredOn(instance -> instance.tier() == Tier.HOST)
                .extracting(instance -> instance.properties().get("sluice.host.slots"))
                .containsExactly("8", "2");
    }

    @Test
    void runsTheActorsThatThereIsOneOfOnTheFirstHostOnly() {
        assertThat(Instances.of(PlatformSpec.demo(PROJECT).count(Tier.HOST, 3)))
                .filteredOn(instance -> instance.tier() == Tier.HOST)
                .extracting(instance -> instance.properties().get("spring.config.additional-location"))
                .containsExactly(
                        "file:///project/conf/demo-actors.yaml",
                        "file:///project/conf/demo-actors.yaml,file:///project/conf/demo-actors-other-hosts.yaml",
                        "file:///project/conf/demo-actors.yaml,file:///project/conf/demo-actors-other-hosts.yaml");
    }

    @Test
    void neverGivesAFreePortTwice() {
        PlatformSpec spec = PlatformSpec.bare(PROJECT).freePorts().count(Tier.HOST, 50);

        assertThat(Instances.of(spec))
                .extracting(Instance::port)
                .doesNotHaveDuplicates()
                .doesNotContain(0);
    }

    @Test
    void refusesCountsAndPortsThatCannotBe() {
        PlatformSpec spec = PlatformSpec.bare(PROJECT);

        assertThatThrownBy(() -> spec.count(Tier.HOST, -1)).isInstanceOf(PlatformException.class);
        assertThatThrownBy(() -> spec.firstPort(Tier.HOST, 65_535)).hasMessageContaining("65535");
    }

    @Test
    void offersTheDemoActorsWithoutStartingAny() throws IOException {
        assertThat(Instances.of(PlatformSpec.offering(PROJECT)))
                .filteredOn(instance -> instance.tier() == Tier.HOST)
                .extracting(instance -> instance.properties().get("spring.config.additional-location"))
                .containsOnly("file:///project/conf/demo-actors-offered.yaml");
        Path conf = Path.of("..", "conf");
        assertThat(Files.readString(conf.resolve("demo-actors-offered.yaml")).replaceAll("(?m)^#.*\\n", ""))
                .isEqualTo(Files.readString(conf.resolve("demo-actors.yaml"))
                        .replaceAll("(?m)^#.*\\n", "")
                        .replace("replicas: 1", "replicas: 0"));
    }
}
