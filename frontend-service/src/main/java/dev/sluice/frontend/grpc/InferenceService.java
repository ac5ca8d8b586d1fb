package dev.sluice.frontend.grpc;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.rpc.CallInfo;
import dev.sluice.frontend.rpc.GrpcOutcomes;
import inference.GRPCInferenceServiceGrpc;
import inference.ModelConfigRequest;
import inference.ModelConfigResponse;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import inference.ModelMetadataRequest;
import inference.ModelMetadataResponse;
import inference.ModelReadyRequest;
import inference.ModelReadyResponse;
import inference.ModelStatisticsRequest;
import inference.ModelStatisticsResponse;
import inference.ModelStreamInferResponse;
import inference.RepositoryIndexRequest;
import inference.RepositoryIndexResponse;
import inference.RepositoryModelLoadRequest;
import inference.RepositoryModelLoadResponse;
import inference.RepositoryModelUnloadRequest;
import inference.RepositoryModelUnloadResponse;
import inference.ServerLiveRequest;
import inference.ServerLiveResponse;
import inference.ServerMetadataRequest;
import inference.ServerMetadataResponse;
import inference.ServerReadyRequest;
import inference.ServerReadyResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The methods of the protocol's service. */
final class InferenceService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {

    private final ModelDirectory models;
    private final QueryRequests requests;
    private final FrontendDrain drain;
    private final Executor executor;

    InferenceService(ModelDirectory models, QueryRequests requests, FrontendDrain drain, Executor executor) {
        this.models = models;
        this.requests = requests;
        this.drain = drain;
        this.executor = executor;
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        ServerCallStreamObserver<ModelInferResponse> caller = (ServerCallStreamObserver<ModelInferResponse>) observer;
        CallInfo info = CallInfo.current();
        QueryLabel label = requests.label(request, info);
        UnaryInfer infer = new UnaryInfer(AnswerForm.of(request), label, info, caller);
        caller.setOnCancelHandler(infer::cancel);
        try {
            requests.ask(request, label, info, false).answers().subscribe(infer);
        } catch (RuntimeException e) {
            infer.onError(e);
        }
    }

    @Override
    public StreamObserver<ModelInferRequest> modelStreamInfer(StreamObserver<ModelStreamInferResponse> observer) {
        return new InferStream(
                (ServerCallStreamObserver<ModelStreamInferResponse>) observer,
                requests,
                CallInfo.current(),
                drain,
                executor);
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> caller) {
        answer(caller, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> caller) {
        answer(
                caller,
                () -> ServerReadyResponse.newBuilder()
                        .setReady(models.isReady())
                        .build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> caller) {
        answer(
                caller,
                () -> ModelReadyResponse.newBuilder().setReady(isReady(request)).build());
    }

    private boolean isReady(ModelReadyRequest request) {
        try {
            models.describe(request.getName(), request.getVersion());
            return models.isReady();
        } catch (QueryException e) {
            if (e.failure().code() == ErrorCode.NOT_FOUND || e.failure().code() == ErrorCode.UNAVAILABLE) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> caller) {
        answer(caller, models::server);
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> caller) {
        answer(caller, () -> ModelMessages.metadata(models.describe(request.getName(), request.getVersion())));
    }

    @Override
    public void modelConfig(ModelConfigRequest request, StreamObserver<ModelConfigResponse> caller) {
        answer(
                caller,
                () -> ModelConfigResponse.newBuilder()
                        .setConfig(ModelMessages.config(models.describe(request.getName(), request.getVersion())))
                        .build());
    }

    @Override
    public void modelStatistics(ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> caller) {
        answer(caller, () -> models.statistics(request.getName(), request.getVersion()));
    }

    @Override
    public void repositoryIndex(RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> caller) {
        answer(caller, models::index);
    }

    @Override
    public void repositoryModelLoad(
            RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> caller) {
        answer(caller, () -> {
            models.repository().load(request.getModelName(), request.getParametersCount() > 0);
            return RepositoryModelLoadResponse.getDefaultInstance();
        });
    }

    @Override
    public void repositoryModelUnload(
            RepositoryModelUnloadRequest request, StreamObserver<RepositoryModelUnloadResponse> caller) {
        answer(caller, () -> {
            models.repository().unload(request.getModelName());
            return RepositoryModelUnloadResponse.getDefaultInstance();
        });
    }

    private static <A> void answer(StreamObserver<A> caller, Supplier<A> answer) {
        A message;
        try {
            message = answer.get();
        } catch (RuntimeException e) {
            caller.onError(GrpcOutcomes.exception(GrpcOutcomes.failure(e)));
            return;
        }
        caller.onNext(message);
        caller.onCompleted();
    }
}
