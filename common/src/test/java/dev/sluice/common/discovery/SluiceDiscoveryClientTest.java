package dev.sluice.common.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkedPeers;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.ServiceInstance;

class SluiceDiscoveryClientTest {

    private final List<Link> links = new ArrayList<>();
    private final Set<String> named = new TreeSet<>();
    private boolean registry;

    private final LinkedPeers peers = new LinkedPeers() {
        @Override
        public Collection<Link> links() {
            return links;
        }

        @Override
        public Set<String> namedRouters() {
            return named;
        }
    };

    private final SluiceDiscoveryClient client = new SluiceDiscoveryClient(() -> Stream.of(peers), () -> registry);

    @Test
    void saysWhereTheLinkedRoutersAre() {
        links.add(new FakeLink(Role.ROUTER, "router-1"));
        links.add(new FakeLink(Role.ROUTER, "router-0"));
        assertThat(instances("sluice-router"))
                .extracting(ServiceInstance::getInstanceId)
                .containsExactly("router-0", "router-1");
        ServiceInstance first = instances("sluice-router").get(0);
        assertThat(first.getServiceId()).isEqualTo("sluice-router");
        assertThat(first.getUri()).hasToString("http://127.0.0.1:7000");
        assertThat(first.getMetadata()).containsEntry("sluice-node-id", "router-0");
    }

    @Test
    void givesPeersThatConnectThemselvesNoPort() {
        links.add(new FakeLink(Role.HOST, "host-0"));
        links.add(new FakeLink(Role.FRONTEND, "frontend-0"));
        assertThat(instances("sluice-host")).singleElement().satisfies(host -> {
            assertThat(host.getHost()).isEqualTo("127.0.0.1");
            assertThat(host.getPort()).isZero();
        });
        assertThat(instances("sluice-frontend")).hasSize(1);
        assertThat(instances("sluice-router")).isEmpty();
    }

    @Test
    void listsRoutersThatItOnlyHeardOfByTheirNodeIds() {
        links.add(new FakeLink(Role.ROUTER, "router-0"));
        named.addAll(List.of("router-0", "machine:7000", "chosen"));
        assertThat(instances("sluice-router"))
                .extracting(instance -> instance.getInstanceId() + " " + instance.getHost() + " " + instance.getPort())
                .containsExactly("chosen chosen 0", "machine:7000 machine 7000", "router-0 127.0.0.1 7000");
    }

    @Test
    void listsTheTiersThatItKnowsSomebodyOf() {
        links.add(new FakeLink(Role.HOST, "host-0"));
        assertThat(client.getServices().collectList().block()).containsExactly("sluice-host");
        links.clear();
        assertThat(client.getServices().collectList().block()).isEmpty();
    }

    @Test
    void knowsOfNothingElse() {
        links.add(new FakeLink(Role.ROUTER, "router-0"));
        assertThat(instances("payments")).isEmpty();
    }

    @Test
    void leavesTheWordToARegistry() {
        links.add(new FakeLink(Role.ROUTER, "router-0"));
        registry = true;
        assertThat(instances("sluice-router")).isEmpty();
        assertThat(client.getServices().collectList().block()).isEmpty();
    }

    private List<ServiceInstance> instances(String service) {
        List<ServiceInstance> instances =
                client.getInstances(service).collectList().block();
        assertThat(instances).isNotNull();
        return instances;
    }
}
