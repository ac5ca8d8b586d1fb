package dev.sluice.frontend.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.FakeModels;
import dev.sluice.frontend.query.QueryCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Flux;

/** One frontend for all these tests, with a client for each; nothing that a test sent is left behind, on neither side. */
final class FlightFrontend implements BeforeEachCallback, AfterEachCallback {

    private record Started(TestFrontend frontend) implements AutoCloseable {
        @Override
        public void close() {
            frontend.close();
        }
    }

    private TestFrontend frontend;
    private BufferAllocator memory;
    private FlightClient client;

    @Override
    public void beforeEach(ExtensionContext context) {
        frontend = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(FlightFrontend.class))
                .computeIfAbsent("frontend", absent -> start(), Started.class)
                .frontend();
        gateway().forget();
        memory = new RootAllocator();
        client = FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", frontend.flightPort()))
                .build();
    }

    private static Started start() {
        TestFrontend frontend = TestFrontend.start();
        FakeGateway gateway = frontend.gateway();
        model(gateway, "adds", spec("x", DataType.INT64, -1), spec("y", DataType.INT64, -1), FakeModels::plusOne);
        model(gateway, "pairs", spec("x", DataType.FP32, -1, 2), spec("y", DataType.FP32, -1, 2), tensor -> tensor);
        model(gateway, "shouts", spec("x", DataType.BYTES, -1), spec("y", DataType.BYTES, -1), tensor -> tensor);
        gateway.actor("arrow", false, call -> Flux.just(copied(call)));
        return new Started(frontend);
    }

    static TensorSpec spec(String name, DataType type, long... shape) {
        return new TensorSpec(name, type, shape);
    }

    private static void model(
            FakeGateway gateway, String name, TensorSpec in, TensorSpec out, UnaryOperator<Tensor> change) {
        gateway.model(
                name,
                new TensorSignature(List.of(in), List.of(out)),
                call -> FakeModels.answer(
                        gateway, call, in, tensor -> FakeModels.named(out.name(), change.apply(tensor))));
    }

    /** The body back. */
    static Answer copied(QueryCall call) {
        return new Answer(call.body().copy(), call.mediaType());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        client.close();
        assertThat(memory.getAllocatedMemory()).as("what the client holds").isZero();
        memory.close();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(gateway().unreleased()).isEmpty();
            assertThat(gateway().retained().held()).isZero();
        });
    }

    FakeGateway gateway() {
        return frontend.gateway();
    }

    FlightClient client() {
        return client;
    }

    BufferAllocator memory() {
        return memory;
    }

    int port() {
        return frontend.flightPort();
    }

    static FlightDescriptor path(String... path) {
        return FlightDescriptor.path(path);
    }

    static FlightDescriptor command(String json) {
        return FlightDescriptor.command(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends batches of one schema and reads all answers, each as its first column is printed; the batches are closed. */
    List<List<String>> exchange(FlightDescriptor descriptor, VectorSchemaRoot... batches) {
        return exchange(descriptor, new CallOption[0], batches);
    }

    @SuppressWarnings("try") // no test is interrupted
    List<List<String>> exchange(FlightDescriptor descriptor, CallOption[] options, VectorSchemaRoot... batches) {
        List<List<String>> seen = new ArrayList<>();
        exchange(descriptor, options, seen, batches);
        return seen;
    }

    /** @param seen what was read, also where the call fails in the end */
    @SuppressWarnings("try") // no test is interrupted
    void exchange(
            FlightDescriptor descriptor, CallOption[] options, List<List<String>> seen, VectorSchemaRoot... batches) {
        try (FlightClient.ExchangeReaderWriter call = client.doExchange(descriptor, options);
                VectorSchemaRoot root = VectorSchemaRoot.create(batches[0].getSchema(), memory)) {
            call.getWriter().start(root);
            VectorLoader loader = new VectorLoader(root);
            for (VectorSchemaRoot batch : batches) {
                try (ArrowRecordBatch unloaded = new VectorUnloader(batch).getRecordBatch()) {
                    loader.load(unloaded);
                }
                call.getWriter().putNext();
            }
            call.getWriter().completed();
            read(call.getReader(), seen);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            for (VectorSchemaRoot batch : batches) {
                batch.close();
            }
        }
    }

    static List<List<String>> read(FlightStream stream) {
        List<List<String>> all = new ArrayList<>();
        read(stream, all);
        return all;
    }

    private static void read(FlightStream stream, List<List<String>> all) {
        while (stream.next()) {
            all.add(Batches.values(stream.getRoot()));
        }
    }

    static FlightRuntimeException failure(ThrowingCallable call) {
        FlightRuntimeException failure = catchThrowableOfType(FlightRuntimeException.class, call);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }
}
