package dev.sluice.frontend.grpc;

import static dev.sluice.common.testing.Patience.await;
import static dev.sluice.frontend.grpc.GrpcFrontend.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import inference.InferParameter;
import inference.ModelInferRequest;
import inference.ModelStreamInferResponse;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

/** ModelStreamInfer. */
@ExtendWith(LeakGuard.class)
class GrpcStreamTest {

    @RegisterExtension
    final GrpcFrontend frontend = new GrpcFrontend();

    private static List<String> ids(List<ModelStreamInferResponse> responses) {
        return responses.stream()
                .map(response -> response.getInferResponse().getId())
                .toList();
    }

    private static List<String> bytes(List<ModelStreamInferResponse> responses) {
        return responses.stream()
                .map(response ->
                        response.getInferResponse().getRawOutputContents(0).toStringUtf8())
                .toList();
    }

    @Test
    void answersEachRequestWithItsId() {
        StreamCaller caller = StreamCaller.open(frontend.async());
        for (int i = 0; i < 300; i++) {
            caller.send(request("adds", "").setId("r" + i));
        }
        assertThat(ids(caller.awaitResponses(300)))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 300).mapToObj(i -> "r" + i).toList());
        assertThat(caller.halfClose().awaitEnd().isOk()).isTrue();
    }

    @Test
    void saysInAMessageWhatWentWrongAndGoesOn() {
        StreamCaller caller = StreamCaller.open(frontend.async())
                .send(request("nothing", "").setId("bad"))
                .send(request("empty", "").setId("none"))
                .send(request("prose", "").setId("text"))
                .halfClose();
        assertThat(caller.awaitEnd().isOk()).isTrue();
        assertThat(caller.responses())
                .extracting(response -> response.getInferResponse().getId() + ": " + response.getErrorMessage())
                .anyMatch(text -> text.startsWith("bad: There is no actor nothing"))
                .anyMatch(text -> text.startsWith("text: The model answered with text/plain"))
                .anyMatch(text -> text.equals("none: The query ended without a result."))
                .hasSize(3);
    }

    @Test
    void givesAllAnswersOfAStreamingModel() {
        StreamCaller caller = StreamCaller.open(frontend.async())
                .send(request("streams", "").setId("s"))
                .halfClose();
        assertThat(caller.awaitEnd().isOk()).isTrue();
        assertThat(bytes(caller.responses())).containsExactly("part 1", "part 2", "part 3");
        assertThat(ids(caller.responses())).containsOnly("s");
    }

    @Test
    void tellsOfTheEndOfARequestWhereThatIsAskedFor() {
        InferParameter truth = InferParameter.newBuilder().setBoolParam(true).build();
        ModelInferRequest.Builder asking =
                request("streams", "").putParameters("triton_enable_empty_final_response", truth);
        StreamCaller caller =
                StreamCaller.open(frontend.async()).send(asking.setId("s")).halfClose();
        assertThat(caller.awaitEnd().isOk()).isTrue();
        assertThat(caller.responses())
                .extracting(response -> response.getInferResponse()
                        .getParametersOrThrow("triton_final_response")
                        .getBoolParam())
                .containsExactly(false, false, false, true);
        assertThat(caller.responses().get(3).getInferResponse().getOutputsCount())
                .isZero();
    }

    @Test
    void cancelsAllQueriesOfACallerThatGoes() {
        StreamCaller caller = StreamCaller.open(frontend.async());
        for (int i = 0; i < 10; i++) {
            caller.send(request("never", ""));
        }
        await().until(() -> frontend.gateway().calls().size() == 10);
        caller.cancel();
        await().until(() -> frontend.gateway().cancelledCalls() == 10);
    }

    @Test
    void takesUpNoMoreRequestsAtOnceThanItsWindow() {
        StreamCaller caller = StreamCaller.open(frontend.async());
        for (int i = 0; i < InferStream.WINDOW; i++) {
            caller.send(request("never", ""));
        }
        caller.send(request("adds", "").setId("behind"));
        await().until(() -> frontend.gateway().calls().size() == InferStream.WINDOW);
        // what ends makes room for one more
        StreamCaller other =
                StreamCaller.open(frontend.async()).send(request("adds", "").setId("other"));
        assertThat(ids(other.awaitResponses(1))).containsExactly("other");
        assertThat(frontend.gateway().calls()).hasSize(InferStream.WINDOW + 1);
        assertThat(caller.responses()).isEmpty();
        caller.cancel();
        other.cancel();
    }

    @Test
    void asksForNoMoreRequestsOfACallerThatDoesNotRead() {
        String answer = "x".repeat(10_000);
        frontend.gateway().actor("large", false, call -> GrpcFrontend.answer(frontend.gateway(), answer));
        int all = 10 * InferStream.WINDOW;
        StreamCaller caller = StreamCaller.slow(frontend.async());
        for (int i = 0; i < all; i++) {
            caller.send(request("large", ""));
        }
        await().until(() -> frontend.gateway().calls().size() >= InferStream.WINDOW);
        // Whatever would have been asked for by now has been answered, and others have as well.
        for (int i = 0; i < 20; i++) {
            StreamCaller other =
                    StreamCaller.open(frontend.async()).send(request("adds", "").setId("other"));
            assertThat(ids(other.awaitResponses(1))).containsExactly("other");
            other.cancel();
        }
        assertThat(frontend.gateway().calls().size() - 20).isLessThan(4 * InferStream.WINDOW);
        caller.read(all);
        assertThat(caller.awaitResponses(all)).hasSize(all);
        caller.cancel();
    }

    @Test
    void isHeldBackByACallerThatReadsSlowly() {
        String part = "x".repeat(10_000);
        AtomicLong given = new AtomicLong();
        frontend.gateway()
                .actor(
                        "endless",
                        true,
                        call -> Flux.generate(sink -> {
                                    given.incrementAndGet();
                                    sink.next(part);
                                })
                                .concatMap(text -> GrpcFrontend.answer(frontend.gateway(), (String) text), 1));
        StreamCaller caller = StreamCaller.slow(frontend.async()).send(request("endless", ""));
        await().until(() -> given.get() > 0);
        // Its answers are asked for one by one, and only while the connection takes them: about as much as one window
        // of it.
        await().during(Duration.ofMillis(300)).until(() -> given.get() < 1_000);
        long before = given.get();
        caller.read(500);
        caller.awaitResponses(500);
        await().until(() -> given.get() > before);
        caller.cancel();
    }

    @Test
    void endsWithoutARequest() {
        assertThat(StreamCaller.open(frontend.async()).halfClose().awaitEnd().getCode())
                .isEqualTo(Status.Code.OK);
    }
}
