package dev.sluice.system.protocol;

import static org.awaitility.Awaitility.await;

import dev.sluice.system.site.Site;
import inference.GRPCInferenceServiceGrpc;
import inference.ModelInferRequest;
import inference.ModelStreamInferResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The client's side of one stream of requests. */
final class ModelStream implements StreamObserver<ModelStreamInferResponse> {

    private final List<ModelStreamInferResponse> responses = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final StreamObserver<ModelInferRequest> requests;

    private ModelStream(Channel channel) {
        requests = GRPCInferenceServiceGrpc.newStub(channel).modelStreamInfer(this);
    }

    static ModelStream open(Channel channel) {
        return new ModelStream(channel);
    }

    void send(ModelInferRequest.Builder request) {
        requests.onNext(request.build());
    }

    List<ModelStreamInferResponse> responses() {
        return responses;
    }

    Status closeAndAwaitEnd() {
        requests.onCompleted();
        return awaitEnd();
    }

    Status awaitEnd() {
        await("the stream has ended").atMost(Site.LONG).until(end::isDone);
        return end.join();
    }

    @Override
    public void onNext(ModelStreamInferResponse response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable cause) {
        end.complete(Status.fromThrowable(cause));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }
}
