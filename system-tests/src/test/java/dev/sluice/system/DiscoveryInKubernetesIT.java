package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Program;
import dev.sluice.cli.platform.Programs;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.RouterPage;
import dev.sluice.system.registry.BuiltFor;
import dev.sluice.system.registry.KubernetesApi;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Frontends and hosts find routers by asking the API of a cluster for the endpoints of a Service, and need it for nothing else. */
class DiscoveryInKubernetesIT {

    private static final String FIRST = "127.0.0.1";

    /** Of loopback too: as in a cluster, routers have one port and an address each. */
    private static final String SECOND = "127.0.0.2";

    @Test
    void findsTheRoutersOfTheServiceAndOutlivesTheApi() throws IOException {
        try (KubernetesApi api = KubernetesApi.start();
                Site site = site(api);
                OneProcess second = second(site)) {
            int port = site.router(0).port();
            awaitLinked(site, 1);
            await("the second listens")
                    .atMost(Site.LONG)
                    .until(() -> second.output().contains("Started RouterApplication"));

            api.routers(port, FIRST, SECOND);
            awaitFound(site, FIRST, SECOND);
            awaitLinked(site, 2);
            awaitHost(URI.create("http://" + SECOND + ":" + port));
            assertThat(site.caller(0).call("vadder", "1").ok()).isTrue();

            api.routers(port, SECOND);
            awaitFound(site, SECOND);
            api.routers(port, FIRST, SECOND);
            awaitFound(site, FIRST, SECOND);

            for (int code : new int[] {403, 500}) {
                api.answersWith(code);
                await("it is asked, and refuses with " + code).atMost(Site.LONG).until(() -> api.refused() >= 8);
                breaksALinkAndMakesItAnew(site);
                api.answersWith(200);
            }
            // No pod at all: as likely a mistake in a selector as the truth.
            api.routers(port);
            awaitMissed(site);
            breaksALinkAndMakesItAnew(site);

            api.routers(port, FIRST);
            awaitFound(site, FIRST);
            assertThat(api.asked()).as("what the Role of the chart allows").isSubsetOf("services", "endpoints", "pods");
            assertThat(site.caller(0).call("vadder", "1").ok()).isTrue();
            site.awaitCalm();
        }
    }

    private static BuiltFor built() {
        return BuiltFor.client("spring-cloud-starter-kubernetes-client-all", Tier.values());
    }

    private static Site site(KubernetesApi api) throws IOException {
        Path kubeconfig = kubeconfig(api.url());
        // In a pod there is no such file: the API is found by its environment.
        Programs programs = tier -> knowing(kubeconfig, built().of(tier));
        return Site.start("found-in-kubernetes", Shape.FOUND, programs, bare -> {
            api.routers(bare.tier(Tier.ROUTER).firstPort(), FIRST);
            PlatformSpec spec = bare.count(Tier.ROUTER, 1).property(Tier.ROUTER, "spring.main.cloud-platform", "none");
            for (Tier tier : List.of(Tier.FRONTEND, Tier.HOST)) {
                spec = spec.property(tier, "spring.main.cloud-platform", "kubernetes")
                        .property(tier, "spring.cloud.kubernetes.client.namespace", KubernetesApi.NAMESPACE)
                        .property(tier, "spring.cloud.kubernetes.discovery.primary-port-name", "link")
                        .property(tier, "sluice.discovery.service-id", KubernetesApi.SERVICE)
                        // Nobody is there: who is linked was found.
                        .property(tier, "sluice.routers", "http://127.0.0.1:1");
            }
            return spec;
        });
    }

    private static OneProcess second(Site site) {
        return OneProcess.service(
                "second-router",
                built().of(Tier.ROUTER),
                "server.address=" + SECOND,
                "server.port=" + site.router(0).port(),
                "sluice.node-id=second",
                "sluice.cluster-secret=" + Site.SECRET,
                "sluice.fleet.dir=" + site.folder().resolve("fleet-of-second"),
                "spring.main.cloud-platform=none");
    }

    private static Path kubeconfig(URI api) throws IOException {
        return Files.writeString(Places.folder("processes").resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts: [{name: test, context: {cluster: test, user: test}}]
                clusters: [{name: test, cluster: {server: "%s"}}]
                users: [{name: test, user: {token: test}}]
                """.formatted(api));
    }

    private static Program knowing(Path kubeconfig, Program program) {
        List<String> command = new ArrayList<>(List.of("env", "KUBECONFIG=" + kubeconfig));
        command.addAll(program.executable());
        return new Program(program.directory(), command, program.main());
    }

    /** A router that stands still for longer than a lease loses its links; who linked with it knows where it was. */
    private static void breaksALinkAndMakesItAnew(Site site) {
        site.router(0).pause();
        awaitLinked(site, 1);
        site.router(0).resume();
        awaitLinked(site, 2);
        awaitHost(site.router(0).url());
    }

    private static void awaitLinked(Site site, int routers) {
        await(routers + " routers are linked")
                .atMost(Site.LONG)
                .ignoreExceptions()
                .until(() -> site.frontendPages().get(0).linkedRouters() == routers);
    }

    private static void awaitHost(URI router) {
        RouterPage page = new RouterPage(router);
        await("the host is linked with " + router)
                .atMost(Site.LONG)
                .ignoreExceptions()
                .until(() -> page.readyHosts().contains("host-0"));
    }

    private static void awaitFound(Site site, String... addresses) {
        String found = Arrays.stream(addresses)
                .map(address -> "http://" + address + ":" + site.router(0).port())
                .collect(Collectors.joining(", ", "are [", "]"));
        await("both know that they " + found).atMost(Site.LONG).until(() -> bothSaidLast(site, found));
    }

    private static void awaitMissed(Site site) {
        await("both miss them").atMost(Site.LONG).until(() -> bothSaidLast(site, "the links that there are go on"));
    }

    private static boolean bothSaidLast(Site site, String words) throws IOException {
        return last(site.frontend(0).log()).contains(words)
                && last(site.host(0).log()).contains(words);
    }

    /** What the log of whoever looks said last of the service. */
    private static String last(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" the service " + KubernetesApi.SERVICE))
                    .reduce("", (before, after) -> after);
        }
    }
}
