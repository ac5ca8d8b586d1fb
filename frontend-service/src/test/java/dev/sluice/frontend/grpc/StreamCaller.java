package dev.sluice.frontend.grpc;

import static dev.sluice.common.testing.Patience.await;

import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import inference.ModelInferRequest;
import inference.ModelStreamInferResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The client's side of one stream. */
final class StreamCaller implements ClientResponseObserver<ModelInferRequest, ModelStreamInferResponse> {

    private final List<ModelStreamInferResponse> responses = new CopyOnWriteArrayList<>();
    private final boolean reads;
    private ClientCallStreamObserver<ModelInferRequest> call;
    private volatile Status end;

    private StreamCaller(boolean reads) {
        this.reads = reads;
    }

    static StreamCaller open(GRPCInferenceServiceStub stub) {
        StreamCaller caller = new StreamCaller(true);
        stub.modelStreamInfer(caller);
        return caller;
    }

    /** One that takes no answer unless it asks. */
    static StreamCaller slow(GRPCInferenceServiceStub stub) {
        StreamCaller caller = new StreamCaller(false);
        stub.modelStreamInfer(caller);
        return caller;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ModelInferRequest> stream) {
        call = stream;
        if (!reads) {
            stream.disableAutoRequestWithInitial(0);
        }
    }

    StreamCaller send(ModelInferRequest.Builder request) {
        call.onNext(request.build());
        return this;
    }

    StreamCaller halfClose() {
        call.onCompleted();
        return this;
    }

    void cancel() {
        call.cancel("The test is over.", null);
    }

    void read(int count) {
        call.request(count);
    }

    List<ModelStreamInferResponse> awaitResponses(int count) {
        await().until(() -> responses.size() >= count);
        return responses;
    }

    List<ModelStreamInferResponse> responses() {
        return responses;
    }

    Status awaitEnd() {
        await().until(() -> end != null);
        return end;
    }

    @Override
    public void onNext(ModelStreamInferResponse response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable cause) {
        end = Status.fromThrowable(cause);
    }

    @Override
    public void onCompleted() {
        end = Status.OK;
    }
}
