package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.Tier;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.error.SluiceException;
import dev.sluice.frontend.access.Door;
import dev.sluice.frontend.access.GrpcDoors;
import dev.sluice.frontend.access.HttpDoors;
import dev.sluice.frontend.access.TokenIssuer;
import dev.sluice.frontend.access.ZmqDoors;
import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A frontend that asks who calls, in front of the platform: each way in is tried without, with too little, and with enough. */
@ExtendWith(Sites.class)
class AccessIT {

    private static final String KEY = "the-key-of-acme-0";
    private static final String SLOW = "the-key-of-slow-0";
    private static final String OPERATOR = "the-key-of-operators";

    private static final String KEYS = """
            keys:
              - {name: nightly, tenant: acme, key: %s, actors: [vadd*, numbers]}
              - {name: slow, key: %s}
              - {name: ops, key: %s, operator: true}
            """.formatted(KEY, SLOW, OPERATOR);

    @TempDir
    Path folder;

    private final int port = Places.freePorts(4);

    private OneProcess frontend(Site site, TokenIssuer issuer) throws IOException {
        Files.writeString(folder.resolve("keys.yaml"), KEYS);
        return OneProcess.service(
                "frontend-that-asks",
                Tier.FRONTEND,
                "sluice.node-id=frontend-that-asks",
                "server.port=" + port,
                "sluice.frontend.grpc.port=" + (port + 1),
                "sluice.frontend.flight.port=" + (port + 2),
                "sluice.frontend.zmq.port=" + (port + 3),
                "sluice.routers=" + site.router(0).url(),
                "sluice.cluster-secret=" + Site.SECRET,
                "sluice.access.keys-file=" + folder.resolve("keys.yaml"),
                "sluice.access.keys-file-every=100ms",
                "sluice.access.tenants.slow.queries-per-second=0.001",
                "sluice.access.jwt.issuer-uri=" + issuer.uri(),
                "sluice.access.jwt.audiences=" + TokenIssuer.AUDIENCE);
    }

    private HttpResponse<String> get(String path, String key) {
        return send(key == null ? request(path) : request(path).header("X-API-Key", key));
    }

    private HttpResponse<String> actuator(String path) {
        return send(request(path).header("Authorization", "Bearer " + Site.SECRET));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachWayInAsksWhoCalls(@On(Shape.SPOKEN) Site site) throws IOException {
        try (TokenIssuer issuer = TokenIssuer.start();
                OneProcess frontend = frontend(site, issuer);
                GrpcDoors grpc = new GrpcDoors(port + 1, port + 2, "\"input\": {\"most\": 1}")) {
            await().atMost(Site.LONG)
                    .ignoreExceptions()
                    .until(() -> get("/v2/health/ready", null).statusCode() == 200
                            && get("/vadder", OPERATOR).statusCode() == 200
                            && get("/numbers", OPERATOR).statusCode() == 200);
            List<Door> doors = Stream.of(
                            new HttpDoors(port).all(), grpc.all(), new ZmqDoors("tcp://127.0.0.1:" + (port + 3)).all())
                    .flatMap(List::stream)
                    .toList();
            assertThat(doors).hasSizeGreaterThan(14).allSatisfy(door -> {
                String actor = actor(door);
                assertThat(door.ask(null, actor)).isEqualTo("UNAUTHENTICATED");
                assertThat(door.ask("the-key-of-nobody", actor)).isEqualTo("UNAUTHENTICATED");
                assertThat(door.askAs(null, "acme", actor)).isEqualTo("UNAUTHENTICATED");
                assertThat(door.ask(issuer.expired("acme"), actor)).isEqualTo("UNAUTHENTICATED");
                assertThat(door.ask(issuer.forged("acme"), actor)).isEqualTo("UNAUTHENTICATED");
                assertThat(door.ask(issuer.unsigned("acme"), actor)).isEqualTo("UNAUTHENTICATED");
                assertThat(door.ask(KEY, "noop")).isEqualTo("FORBIDDEN");
                assertThat(door.ask(KEY, actor)).isEqualTo(Door.SERVED);
                assertThat(door.ask(issuer.token("umbrella"), actor)).isEqualTo(Door.SERVED);
            });
            overTheirQuota(doors);
            theClientShowsAKey();
            noKeyIsTold(frontend);
            aKeyThatIsTakenBackIsGoodNoLonger();
        }
    }

    /** One that answers what this door asks. */
    private static String actor(Door door) {
        return door.name().equals(GrpcDoors.DOWNLOAD) ? "numbers" : "vadder";
    }

    private static void overTheirQuota(List<Door> doors) {
        Door first = doors.get(0);
        assertThat(first.ask(SLOW, "vadder")).isEqualTo(Door.SERVED);
        assertThat(doors)
                .allSatisfy(door -> assertThat(door.ask(SLOW, actor(door))).isEqualTo("QUOTA"));
    }

    private void theClientShowsAKey() {
        for (String uri : List.of("http://127.0.0.1:" + port, "grpc://127.0.0.1:" + (port + 1))) {
            try (SluiceClient known =
                            SluiceClient.builder(uri).credentials(() -> KEY).build();
                    SluiceClient unknown = SluiceClient.connect(uri)) {
                assertThat(known.call("vadder", 41, Long.class)).isGreaterThan(41);
                assertThatThrownBy(() -> unknown.call("vadder", 41, Long.class))
                        .isInstanceOf(SluiceException.class)
                        .hasMessageContaining("Authorization");
            }
        }
    }

    private void noKeyIsTold(OneProcess frontend) {
        String metrics = actuator("/actuator/prometheus").body();
        assertThat(metrics)
                .contains("sluice_requests_refused_total{code=\"unauthenticated\"")
                .contains("code=\"quota\"")
                .doesNotContain(KEY);
        assertThat(get("/ui/api/now", KEY).statusCode()).isEqualTo(403);
        assertThat(get("/ui/api/now", OPERATOR).body()).contains("vadder").doesNotContain(KEY);
        assertThat(get("/actuator/queries", OPERATOR).statusCode()).isEqualTo(401);
        assertThat(actuator("/actuator/queries").body()).contains("vadder").doesNotContain(KEY);
        assertThat(frontend.output()).doesNotContain(KEY, SLOW, OPERATOR, "eyJ");
    }

    private void aKeyThatIsTakenBackIsGoodNoLonger() throws IOException {
        assertThat(get("/vadder", KEY).statusCode()).isEqualTo(200);
        Files.writeString(folder.resolve("keys.yaml"), KEYS.replace(KEY, "another-key-of-acme"));
        await().atMost(Site.LONG)
                .until(() -> get("/vadder", KEY).statusCode() == 401
                        && get("/vadder", "another-key-of-acme").statusCode() == 200);
    }
}
