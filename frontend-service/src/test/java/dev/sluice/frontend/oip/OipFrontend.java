package dev.sluice.frontend.oip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.http.RawHttp;
import dev.sluice.frontend.http.RawHttp.Response;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.FakeGateway.Seen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One frontend for all these tests, with a connection for each; nothing that a test sent is left behind. */
final class OipFrontend implements BeforeEachCallback, AfterEachCallback {

    /** A request that every frontend takes, whatever the model. */
    static final String REQUEST =
            "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,2],\"data\":[1.0,2.0]}]}";

    private record Started(TestFrontend frontend) implements AutoCloseable {
        @Override
        public void close() {
            frontend.close();
        }
    }

    private TestFrontend frontend;
    private RawHttp http;

    @Override
    public void beforeEach(ExtensionContext context) {
        frontend = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(OipFrontend.class))
                .computeIfAbsent("frontend", absent -> start(), Started.class)
                .frontend();
        gateway().forget();
        http = frontend.connect();
    }

    private static Started start() {
        TestFrontend frontend = TestFrontend.start("sluice.http.max-collected=1KB");
        FakeGateway gateway = frontend.gateway();
        gateway.model("adds", rows(DataType.FP32, -1, 2), call -> gateway.answer("{\"outputs\":[]}"));
        gateway.model("texts", rows(DataType.BYTES, -1, 1), call -> gateway.answer("{\"outputs\":[]}"));
        gateway.model("open", rows(DataType.FP32, -1, -1), call -> gateway.answer("{\"outputs\":[]}"));
        gateway.model(
                "binary",
                rows(DataType.FP32, -1, 2),
                call -> gateway.answer("{}abcd".getBytes(StandardCharsets.UTF_8), InferMedia.binary(2)));
        TensorSpec x = new TensorSpec("x", DataType.FP32, new long[] {-1, 2});
        TensorSpec y = new TensorSpec("y", DataType.INT64, new long[] {2});
        gateway.model("pair", new TensorSignature(List.of(x, y), List.of(x)), call -> gateway.answer("{}"));
        return new Started(frontend);
    }

    private static TensorSignature rows(DataType type, long... shape) {
        return new TensorSignature(
                List.of(new TensorSpec("x", type, shape)), List.of(new TensorSpec("y", type, shape)));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        http.close();
        gateway().assertReleased();
    }

    FakeGateway gateway() {
        return frontend.gateway();
    }

    RawHttp http() {
        return http;
    }

    /** After many callers that left at once. */
    void awaitEventLoops() {
        frontend.awaitEventLoops();
    }

    RawHttp connect() {
        return frontend.connect();
    }

    Response infer(String model, String body, String... headers) {
        return http.post("/v2/models/" + model + "/infer", body, headers);
    }

    Seen onlyCall() {
        assertThat(gateway().calls()).hasSize(1);
        return gateway().calls().get(0);
    }

    /** That this is an error as the protocol has it; what it says. */
    static String error(Response response, int status) {
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.body()).startsWith("{\"error\":\"").endsWith("\"}");
        return response.body();
    }
}
