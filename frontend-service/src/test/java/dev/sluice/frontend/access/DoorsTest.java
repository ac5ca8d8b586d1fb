package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.FakeGateway.Seen;
import dev.sluice.frontend.query.FakeModels;
import dev.sluice.frontend.query.QueryCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** The same rules hold at every door: each is tried without, and with what is not enough. */
class DoorsTest {

    /** May call echo alone. */
    static final String KEY = "the-key-of-acme-0";
    /** Of a tenant that may ask once and not again soon. */
    static final String SLOW = "the-key-of-slow-0";

    private static final byte[] ARROW = arrow();

    private static TokenIssuer issuer;
    private static TestFrontend frontend;
    private static GrpcDoors grpc;

    @BeforeAll
    static void start() {
        issuer = TokenIssuer.start();
        frontend = TestFrontend.start(
                "sluice.access.keys[0].name=nightly",
                "sluice.access.keys[0].tenant=acme",
                "sluice.access.keys[0].key=" + KEY,
                "sluice.access.keys[0].actors=echo,vadder",
                "sluice.access.keys[1].name=slow",
                "sluice.access.keys[1].key=" + SLOW,
                "sluice.access.tenants.acme.actors=e*",
                "sluice.access.tenants.slow.queries-per-second=0.001",
                "sluice.access.tenants.umbrella.actors=e*",
                "sluice.access.jwt.issuer-uri=" + issuer.uri(),
                "sluice.access.jwt.audiences=" + TokenIssuer.AUDIENCE);
        grpc = new GrpcDoors(frontend.grpcPort(), frontend.flightPort(), "\"method\": \"other\", \"input\": 1");
        gateway().change("echo", DoorsTest::asEachDoorTakesIt);
    }

    /** Numbers back as they came, and {@code other} an Arrow stream. */
    private static Flux<Answer> asEachDoorTakesIt(QueryCall call, Flux<Answer> usual) {
        if (InferMedia.isRequest(call.mediaType())) {
            return FakeModels.answer(
                    gateway(),
                    call,
                    new TensorSpec("input", DataType.INT64, new long[] {-1}),
                    tensor -> FakeModels.named("output", tensor));
        }
        return call.method().equals("other") ? gateway().answer(ARROW, "application/vnd.apache.arrow.stream") : usual;
    }

    private static byte[] arrow() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferAllocator memory = new RootAllocator();
                BigIntVector numbers = new BigIntVector("n", memory);
                VectorSchemaRoot root = VectorSchemaRoot.of(numbers);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
            numbers.allocateNew(1);
            numbers.set(0, 1);
            root.setRowCount(1);
            writer.start();
            writer.writeBatch();
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @AfterAll
    static void stop() {
        grpc.close();
        frontend.close();
        issuer.close();
    }

    static List<Door> doors() {
        return AllDoors.of(frontend, grpc);
    }

    @BeforeEach
    void forget() {
        gateway().forget();
    }

    @AfterEach
    void nothingIsLeft() {
        gateway().assertReleased();
    }

    private static FakeGateway gateway() {
        return frontend.gateway();
    }

    private static void assertServedFor(String tenant) {
        assertThat(gateway().calls()).as("queries that went on").hasSize(1);
        assertThat(gateway().calls().get(0).call().tenant()).isEqualTo(tenant);
        gateway().forget();
    }

    private static void assertNothingWentOn() {
        assertThat(gateway().calls()).extracting(Seen::input).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("doors")
    void whoShowsNothingOrAWrongKeyDoesNotGetIn(Door door) {
        for (String actor : List.of("echo", "elsewhere", "nothing")) {
            assertThat(door.ask(null, actor)).isEqualTo("UNAUTHENTICATED");
        }
        for (String key : List.of("the-key-of-nobody", KEY + "x", KEY.substring(1), "a.b.c", "..", "nightly")) {
            assertThat(door.ask(key, "echo")).as(key).isEqualTo("UNAUTHENTICATED");
        }
        assertNothingWentOn();
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aKeyIsGoodForItsActorsOnlyWhetherThereAreOthersOrNot(Door door) {
        assertThat(door.ask(KEY, "echo")).isEqualTo(Door.SERVED);
        assertServedFor("acme");

        assertThat(door.ask(KEY, "vadder")).as("not its tenant's").isEqualTo("FORBIDDEN");
        assertThat(door.ask(KEY, "empty")).as("not its own").isEqualTo("FORBIDDEN");
        assertThat(door.ask(KEY, "nothing")).isEqualTo("FORBIDDEN");
        assertNothingWentOn();
    }

    @ParameterizedTest
    @MethodSource("doors")
    void nobodyIsBelievedWhichTenantItIs(Door door) {
        assertThat(door.askAs(null, "umbrella", "echo")).isEqualTo("UNAUTHENTICATED");
        assertNothingWentOn();
        assertThat(door.askAs(KEY, "umbrella", "echo")).isEqualTo(Door.SERVED);
        assertServedFor("acme");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void whoIsOverItsQuotaIsToldSo(Door door) {
        // Each door's first query may be the one that the burst allows.
        door.ask(SLOW, "echo");
        gateway().assertReleased();
        gateway().forget();

        assertThat(door.ask(SLOW, "echo")).isEqualTo("QUOTA");
        assertNothingWentOn();
        assertThat(door.ask(KEY, "echo")).as("others are not").isEqualTo(Door.SERVED);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aTokenSaysWhoseItIs(Door door) {
        String token = issuer.token("umbrella");
        for (int i = 0; i < 2; i++) {
            assertThat(door.ask(token, "echo")).isEqualTo(Door.SERVED);
            assertServedFor("umbrella");
        }
        assertThat(door.ask(token, "vadder")).isEqualTo("FORBIDDEN");
        assertNothingWentOn();
    }

    /** The few threads on which tokens are verified are for that alone. */
    @Test
    void whatWaitedForATokenGoesOnWhereItsConnectionIsServed() {
        for (String path : List.of("/", "/openapi.json", "/v2/models")) {
            HttpDoors http = new HttpDoors(frontend.port());
            // A token that nobody has seen.
            String token = issuer.token("umbrella", claims -> claims.jwtID(path));
            assertThat(HttpDoors.send(http.request(path)
                                    .header("Authorization", "Bearer " + token)
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway().catalogueThread()).as(path).contains("-http-");
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aTokenThatIsNotGoodDoesNotGetIn(Door door) {
        Map<String, Supplier<String>> bad = Map.of(
                "has expired", () -> issuer.expired("acme"),
                "never expires", () -> issuer.token("acme", claims -> claims.expirationTime(null)),
                "is of another issuer", () -> issuer.token("acme", claims -> claims.issuer("http://127.0.0.1:1")),
                "is for another service", () -> issuer.token("acme", claims -> claims.audience("payroll")),
                "names no tenant", () -> issuer.token("acme", claims -> claims.claim("tenant", null)),
                "is not signed", () -> issuer.unsigned("acme"),
                "is signed by another key", () -> issuer.forged("acme"),
                "is signed with what is public", () -> issuer.signedWithThePublicKey("acme"));
        bad.forEach((what, token) -> assertThat(door.ask(token.get(), "echo"))
                .as("a token that " + what)
                .isEqualTo("UNAUTHENTICATED"));
        assertNothingWentOn();
    }
}
