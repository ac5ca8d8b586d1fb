package dev.sluice.system.registry;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The API of a cluster, played by fabric8's mock server, with the headless Service of the routers in it. */
public final class KubernetesApi implements AutoCloseable {

    public static final String NAMESPACE = "serving";
    public static final String SERVICE = "sluice-router";

    private static final String PORT_NAME = "link";

    /** Of the mock, which would tell of each request. Kept here, since a logger that nobody keeps forgets its level. */
    private static final Logger MOCK = Logger.getLogger(MockWebServer.class.getName());

    private final KubernetesAnswers answers = new KubernetesAnswers();
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), answers, false);
    private final KubernetesClient client;

    private KubernetesApi() {
        MOCK.setLevel(Level.WARNING);
        server.init();
        client = server.createClient();
        client.resource(service()).create();
    }

    public static KubernetesApi start() {
        return new KubernetesApi();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /**
     * What the cluster knows of the routers' pods from now on: none is ready. All have one port, as pods of one template do, and so
     * are one subset of the endpoints; the client refuses more.
     */
    public void routers(int port, String... addresses) {
        Endpoints endpoints = new EndpointsBuilder()
                .withNewMetadata()
                .withName(SERVICE)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withSubsets(addresses.length == 0 ? List.of() : List.of(subset(port, addresses)))
                .build();
        client.resource(endpoints).createOr(existing -> existing.update());
    }

    private static Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(SERVICE)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .addNewPort()
                .withName("management")
                .withPort(9100)
                .endPort()
                .addNewPort()
                .withName(PORT_NAME)
                .withPort(7000)
                .endPort()
                .endSpec()
                .build();
    }

    private static EndpointSubset subset(int port, String... addresses) {
        return new EndpointSubsetBuilder()
                .withNotReadyAddresses(
                        Arrays.stream(addresses).map(KubernetesApi::address).toList())
                .addNewPort()
                .withName("management")
                .withPort(9100)
                .endPort()
                .addNewPort()
                .withName(PORT_NAME)
                .withPort(port)
                .endPort()
                .build();
    }

    private static EndpointAddress address(String ip) {
        return new EndpointAddressBuilder()
                .withIp(ip)
                .withNewTargetRef()
                .withKind("Pod")
                .withName("router-at-" + ip)
                .withUid("uid-of-" + ip)
                .endTargetRef()
                .build();
    }

    /** Everybody is answered with this code, until the next call; 200: as the cluster is. */
    public void answersWith(int code) {
        answers.refuseWith(code);
    }

    /** How often somebody was refused since the last {@link #answersWith}. */
    public int refused() {
        return answers.refused();
    }

    /** What was asked for, as a rule of a Role has it: the plural of the resource, or the path where it is none of the namespace. */
    public Set<String> asked() {
        return answers.asked();
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
