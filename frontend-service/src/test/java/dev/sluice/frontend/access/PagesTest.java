package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.frontend.http.TestFrontend;
import inference.GRPCInferenceServiceGrpc;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import inference.ModelConfigRequest;
import inference.ModelMetadataRequest;
import inference.ModelReadyRequest;
import inference.ModelStatisticsRequest;
import inference.RepositoryIndexRequest;
import inference.RepositoryModelLoadRequest;
import inference.RepositoryModelUnloadRequest;
import inference.ServerLiveRequest;
import inference.ServerMetadataRequest;
import inference.ServerReadyRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.AsyncPutListener;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.Criteria;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told beside queries: to whom, and how much of it. */
class PagesTest {

    /** May call what begins with e. */
    private static final String KEY = "the-key-of-acme-0";

    private static final String OPERATOR = "the-key-of-operators";

    private static final String SECRET = "the-secret-of-the-cluster";

    private static TestFrontend frontend;
    private static HttpDoors http;
    private static GrpcDoors grpc;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start(
                "sluice.access.keys[0].name=acme",
                "sluice.access.keys[0].key=" + KEY,
                "sluice.access.keys[0].actors=e*",
                "sluice.access.keys[1].name=ops",
                "sluice.access.keys[1].key=" + OPERATOR,
                "sluice.access.keys[1].operator=true",
                "sluice.frontend.zmq.curve-secret-key=JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6",
                "sluice.cluster-secret=" + SECRET,
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.env.show-values=always",
                "management.endpoint.configprops.show-values=always");
        http = new HttpDoors(frontend.port());
        grpc = new GrpcDoors(frontend.grpcPort(), frontend.flightPort(), "\"input\": 1");
    }

    @AfterAll
    static void stop() {
        grpc.close();
        frontend.close();
    }

    private static HttpResponse<String> get(String path, String key) {
        HttpRequest.Builder request = http.request(path);
        if (key != null) {
            request.header("X-API-Key", key);
        }
        return HttpDoors.send(request.build());
    }

    private static HttpResponse<String> actuator(String path) {
        HttpRequest.Builder request = http.request(path).header("Authorization", "Bearer " + SECRET);
        return HttpDoors.send(request.build());
    }

    private static HttpResponse<String> post(String path, String key) {
        HttpRequest.Builder request = http.request(path);
        if (key != null) {
            request.header("X-API-Key", key);
        }
        return HttpDoors.send(request.POST(BodyPublishers.noBody()).build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/liveness",
                "/v2/health/live",
                "/v2/health/ready",
                "/ui/",
                "/ui/js/main.js",
                "/ui/css/base.css",
                "/swagger-ui/index.html"
            })
    void healthAndFilesAreForEverybody(String path) {
        assertThat(get(path, null).statusCode()).isNotIn(401, 403, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/echo",
                "/nothing",
                "/openapi.json",
                "/ui/api/now",
                "/ui/api/stream",
                "/ui/api/queries",
                "/ui/api/queries/1",
                "/ui/viewer",
                "/ui/../ui/api/now",
                "/ui/css/%2e%2e/api/now",
                "/ui/css/../../actuator/env",
                "/actuator",
                "/actuator/env",
                "/actuator/info",
                "/actuator/prometheus",
                "/actuator/health/../env",
                "/actuator/health/%2e%2e/env",
                "/%61ctuator/prometheus",
                "/actuator;x=/env",
                "/v2",
                "/v2/models",
                "/v2/models/stats",
                "/v2/models/echo",
                "/v2/models/echo/ready",
                "/v2/models/echo/config",
                "/v2/models/echo/stats",
                "/v2/models/nothing",
                "/v2/nothing",
            })
    void nobodyElseIsToldAnything(String path) {
        for (String key : new String[] {null, "the-key-of-nobody"}) {
            HttpResponse<String> response = get(path, key);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"sluice\"");
            assertThat(response.body()).doesNotContain("vadder");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/repository/index",
                "/v2/repository/models/echo/load",
                "/v2/repository/models/echo/unload",
                "/v2/models/echo/generate",
                "/v2/models/echo/generate_stream",
                "/v2/models/echo"
            })
    void norByPost(String path) {
        assertThat(post(path, null).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/openapi.json", "/v2/models"})
    void aCallerSeesWhatItMayCall(String path) {
        assertThat(get(path, KEY).body()).contains("echo", "elsewhere").doesNotContain("vadder", "ticks");
        assertThat(get(path, OPERATOR).body()).contains("echo", "vadder", "ticks");
    }

    @Test
    void aCallerIsToldOfNoOtherByAnErrorEither() {
        for (String path : List.of("/vadder", "/vadder/call", "/v2/models/vadder", "/v2/models/vadder/ready", "/x")) {
            assertThat(get(path, KEY).statusCode()).as(path).isEqualTo(403);
        }
        HttpResponse<String> unknown = get("/eccho", KEY);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("echo").doesNotContain("vadder");
        assertThat(get("/e", KEY).body()).contains("There are").doesNotContain("vadder");
    }

    @Test
    void whatConcernsAllCallersIsForOperators() {
        for (String path :
                List.of("/ui/api/now", "/ui/api/queries", "/ui/api/queries?actor=echo", "/ui/api/queries/1")) {
            assertThat(get(path, KEY).statusCode()).as(path).isEqualTo(403);
        }
        for (String path : List.of("/ui/api/now", "/ui/api/queries", "/ui/api/queries?actor=echo")) {
            assertThat(get(path, OPERATOR).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(post("/v2/repository/models/echo/load", KEY).statusCode()).isEqualTo(403);
        assertThat(post("/v2/repository/models/echo/unload", KEY).statusCode()).isEqualTo(403);
        assertThat(post("/v2/repository/models/echo/load", OPERATOR).statusCode())
                .isEqualTo(200);
        assertThat(post("/v2/repository/index", KEY).body()).contains("echo").doesNotContain("vadder");
    }

    /** So that the page asks for none of it in vain. */
    @Test
    void aCallerIsToldWhetherItIsAnOperator() {
        assertThat(get("/ui/viewer", KEY).body()).isEqualTo("{\"operator\":false}");
        assertThat(get("/ui/viewer", OPERATOR).body()).isEqualTo("{\"operator\":true}");
    }

    @Test
    void actuatorIsForWhoKnowsTheClusterSecret() {
        for (String path : List.of("/actuator", "/actuator/prometheus", "/actuator/env")) {
            assertThat(get(path, KEY).statusCode()).as(path).isEqualTo(401);
            assertThat(get(path, OPERATOR).statusCode()).as(path).isEqualTo(401);
            assertThat(actuator(path).statusCode()).as(path).isEqualTo(200);
        }
        HttpRequest.Builder callers = http.request("/echo").header("Authorization", "Bearer " + SECRET);
        assertThat(HttpDoors.send(callers.build()).statusCode())
                .as("it is no caller's")
                .isEqualTo(401);
    }

    @Test
    void actuatorIsForOperatorsWhereThereIsNoClusterSecret() {
        try (TestFrontend alone = TestFrontend.start(
                "sluice.access.keys[0].name=acme",
                "sluice.access.keys[0].key=" + KEY,
                "sluice.access.keys[1].name=ops",
                "sluice.access.keys[1].key=" + OPERATOR,
                "sluice.access.keys[1].operator=true")) {
            HttpDoors doors = new HttpDoors(alone.port());
            Map<String, Integer> expected = Map.of(KEY, 403, OPERATOR, 200, "the-key-of-nobody", 401);
            expected.forEach((key, status) -> {
                HttpRequest request = doors.request("/actuator/prometheus")
                        .header("X-API-Key", key)
                        .build();
                assertThat(HttpDoors.send(request).statusCode()).as(key).isEqualTo(status);
            });
        }
    }

    /** Also not to operators who have asked for values: these are nobody's but their holders'. */
    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/configprops", "/actuator/beans", "/actuator/conditions"})
    void noSecretIsShown(String path) {
        HttpResponse<String> shown = actuator(path);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("sluice").doesNotContain(KEY, OPERATOR, SECRET, "JTKVSB");
    }

    @Test
    void whoIsRefusedIsCounted() {
        get("/", "the-key-of-nobody");
        get("/v2/models", "the-key-of-nobody");
        assertThat(actuator("/actuator/prometheus").body())
                .containsPattern(
                        "sluice_requests_refused_total\\{code=\"unauthenticated\",.*protocol=\"http\"\\} [1-9]")
                .containsPattern(
                        "sluice_requests_refused_total\\{code=\"unauthenticated\",.*protocol=\"oip\"\\} [1-9]");
    }

    private static GRPCInferenceServiceBlockingStub stub(String key) {
        Metadata metadata = new Metadata();
        if (key != null) {
            metadata.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
        }
        return GRPCInferenceServiceGrpc.newBlockingStub(grpc.inference())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    /** It tells what the protocol is, which is no secret, and of no actor. */
    @Test
    void overGrpcReflectionIsForEverybody() {
        CompletableFuture<List<String>> services = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> asked = ServerReflectionGrpc.newStub(grpc.inference())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        services.complete(response.getListServicesResponse().getServiceList().stream()
                                .map(ServiceResponse::getName)
                                .toList());
                    }

                    @Override
                    public void onError(Throwable cause) {
                        services.completeExceptionally(cause);
                    }

                    @Override
                    public void onCompleted() {
                        services.complete(List.of());
                    }
                });
        asked.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        assertThat(services.orTimeout(60, TimeUnit.SECONDS).join())
                .containsExactlyInAnyOrder(
                        "inference.GRPCInferenceService",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection");
        asked.onCompleted();
    }

    @Test
    void overGrpcHealthIsForEverybody() {
        assertThat(stub(null).serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(stub(null)
                        .serverReady(ServerReadyRequest.getDefaultInstance())
                        .getReady())
                .isTrue();
        assertThat(HealthGrpc.newBlockingStub(grpc.inference())
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    private static void assertRefused(Consumer<GRPCInferenceServiceBlockingStub> call, String key, Status.Code code) {
        StatusRuntimeException failure =
                catchThrowableOfType(StatusRuntimeException.class, () -> call.accept(stub(key)));
        assertThat(failure).isNotNull();
        assertThat(failure.getStatus().getCode()).isEqualTo(code);
    }

    @Test
    void overGrpcNobodyElseIsToldAnything() {
        List<Consumer<GRPCInferenceServiceBlockingStub>> calls = List.of(
                stub -> stub.serverMetadata(ServerMetadataRequest.getDefaultInstance()),
                stub -> stub.modelReady(
                        ModelReadyRequest.newBuilder().setName("echo").build()),
                stub -> stub.modelMetadata(
                        ModelMetadataRequest.newBuilder().setName("echo").build()),
                stub -> stub.modelConfig(
                        ModelConfigRequest.newBuilder().setName("echo").build()),
                stub -> stub.modelStatistics(ModelStatisticsRequest.getDefaultInstance()),
                stub -> stub.repositoryIndex(RepositoryIndexRequest.getDefaultInstance()),
                stub -> stub.repositoryModelLoad(RepositoryModelLoadRequest.newBuilder()
                        .setModelName("echo")
                        .build()),
                stub -> stub.repositoryModelUnload(RepositoryModelUnloadRequest.newBuilder()
                        .setModelName("echo")
                        .build()));
        for (Consumer<GRPCInferenceServiceBlockingStub> call : calls) {
            assertRefused(call, null, Status.Code.UNAUTHENTICATED);
            assertRefused(call, "the-key-of-nobody", Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void overGrpcACallerSeesWhatItMayCall() {
        assertThat(stub(KEY)
                        .repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
                        .getModelsList())
                .isNotEmpty()
                .allMatch(model -> model.getName().startsWith("e"));
        assertRefused(
                stub -> stub.modelMetadata(
                        ModelMetadataRequest.newBuilder().setName("vadder").build()),
                KEY,
                Status.Code.PERMISSION_DENIED);
        RepositoryModelLoadRequest load =
                RepositoryModelLoadRequest.newBuilder().setModelName("echo").build();
        assertRefused(stub -> stub.repositoryModelLoad(load), KEY, Status.Code.PERMISSION_DENIED);
        assertThat(stub(OPERATOR).repositoryModelLoad(load)).isNotNull();
    }

    private static CallOption[] flightKey(String key) {
        FlightCallHeaders headers = new FlightCallHeaders();
        if (key != null) {
            headers.insert("x-api-key", key);
        }
        return new CallOption[] {new HeaderCallOption(headers)};
    }

    /** There is none: who is let in is told so. */
    private static void upload(CallOption... key) {
        try (BufferAllocator memory = new RootAllocator();
                VectorSchemaRoot nothing = VectorSchemaRoot.create(new Schema(List.of()), memory)) {
            FlightClient.ClientStreamListener call =
                    grpc.flight().startPut(FlightDescriptor.path("echo"), nothing, new AsyncPutListener(), key);
            call.completed();
            call.getResult();
        }
    }

    @Test
    void overFlightACallerSeesWhatItMayCallAndNobodyElseAnything() {
        List<Consumer<CallOption[]>> calls = List.of(
                key -> grpc.flight().listFlights(Criteria.ALL, key).forEach(flight -> {}),
                key -> grpc.flight().listActions(key).forEach(action -> {}),
                key -> grpc.flight().doAction(new Action("health"), key).forEachRemaining(result -> {}),
                key -> grpc.flight().doAction(new Action("actors"), key).forEachRemaining(result -> {}),
                key -> grpc.flight().getInfo(FlightDescriptor.path("echo"), key),
                key -> grpc.flight().getSchema(FlightDescriptor.path("echo"), key),
                PagesTest::upload);
        for (Consumer<CallOption[]> call : calls) {
            FlightRuntimeException failure =
                    catchThrowableOfType(FlightRuntimeException.class, () -> call.accept(flightKey(null)));
            assertThat(failure.status().code()).isEqualTo(FlightStatusCode.UNAUTHENTICATED);
        }
        assertThat(StreamSupport.stream(
                        grpc.flight().listFlights(Criteria.ALL, flightKey(KEY)).spliterator(), false))
                .isNotEmpty()
                .allMatch(flight -> flight.getDescriptor().getPath().get(0).startsWith("e"));
        assertThat(catchThrowableOfType(
                                FlightRuntimeException.class,
                                () -> grpc.flight().getInfo(FlightDescriptor.path("vadder"), flightKey(KEY)))
                        .status()
                        .code())
                .isEqualTo(FlightStatusCode.UNAUTHORIZED);
    }
}
