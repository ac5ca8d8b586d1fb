package dev.sluice.client.grpc;

import dev.sluice.client.tensor.Inference;
import dev.sluice.client.tensor.ModelInfo;
import dev.sluice.client.tensor.Tensor;
import dev.sluice.client.transport.Budget;
import dev.sluice.client.transport.Call;
import dev.sluice.client.transport.Content;
import dev.sluice.client.transport.Endpoint;
import dev.sluice.client.transport.Reading;
import dev.sluice.client.transport.Transport;
import inference.GRPCInferenceServiceGrpc;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import inference.ModelMetadataRequest;
import inference.RepositoryIndexRequest;
import inference.ServerReadyRequest;
import inference.ServerReadyResponse;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One connection for all calls. */
public final class GrpcTransport implements Transport {

    /** What a message has beside the result. */
    private static final int OVERHEAD_BYTES = 64 * 1024;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);

    private final ManagedChannel channel;
    private final GrpcFailures failures;
    private final CallHeaders headers;

    public GrpcTransport(Endpoint endpoint) {
        failures = new GrpcFailures(endpoint.toString());
        headers = new CallHeaders(endpoint.headers());
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
                .disableServiceConfigLookUp()
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        endpoint.limits().connectTimeout().toMillis())
                // Whoever went without a word is noticed; frontends permit pings every 5 s.
                .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(PING_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .maxInboundMessageSize(
                        (int) Math.min(Integer.MAX_VALUE, endpoint.limits().maxResultBytes() + (long) OVERHEAD_BYTES));
        channel = secured(builder, endpoint.security()).build();
    }

    private static NettyChannelBuilder secured(NettyChannelBuilder builder, Endpoint.Security security) {
        if (!security.tls()) {
            return builder.usePlaintext();
        }
        TrustManagerFactory trust = security.trust();
        if (trust == null) {
            return builder.useTransportSecurity();
        }
        try {
            return builder.sslContext(
                    GrpcSslContexts.forClient().trustManager(trust).build());
        } catch (SSLException e) {
            throw new IllegalArgumentException("There is no TLS with these certificates: " + e.getMessage(), e);
        }
    }

    @Override
    public Mono<Content> call(Call call, Budget budget, Content input) {
        return infer(call, budget, InferMessages.body(call, input)).map(Reading.of(InferMessages::content));
    }

    @Override
    public Flux<Content> stream(Call call, Budget budget, Content input) {
        ModelInferRequest request = InferMessages.body(call, input);
        return exchange(GRPCInferenceServiceGrpc.getModelStreamInferMethod(), failures)
                .many(() -> headers.of(call), budget, request)
                .handle((response, results) -> {
                    if (response.getErrorMessage().isEmpty()) {
                        results.next(Reading.of(InferMessages::content).apply(response.getInferResponse()));
                    } else {
                        results.error(failures.of(response));
                    }
                });
    }

    @Override
    public Mono<Inference> infer(Call call, Budget budget, List<Tensor> inputs) {
        return infer(call, budget, InferMessages.tensors(call, inputs)).map(Reading.of(InferMessages::inference));
    }

    private Mono<ModelInferResponse> infer(Call call, Budget budget, ModelInferRequest request) {
        return exchange(GRPCInferenceServiceGrpc.getModelInferMethod(), failures)
                .one(() -> headers.of(call), budget, request);
    }

    @Override
    public Mono<Boolean> ready() {
        return ask(GRPCInferenceServiceGrpc.getServerReadyMethod(), ServerReadyRequest.getDefaultInstance())
                .map(ServerReadyResponse::getReady);
    }

    @Override
    public Mono<List<String>> models() {
        return ask(GRPCInferenceServiceGrpc.getRepositoryIndexMethod(), RepositoryIndexRequest.getDefaultInstance())
                .map(Reading.of(InferMessages::names));
    }

    @Override
    public Mono<ModelInfo> model(String name, @Nullable String version) {
        ModelMetadataRequest.Builder request = ModelMetadataRequest.newBuilder().setName(name);
        if (version != null) {
            request.setVersion(version);
        }
        return ask(GRPCInferenceServiceGrpc.getModelMetadataMethod(), request.build())
                .map(Reading.of(InferMessages::model));
    }

    private <Q, A> Mono<A> ask(MethodDescriptor<Q, A> method, Q request) {
        return exchange(method, failures.ofPages()).one(headers::all, () -> null, request);
    }

    private <Q, A> Exchange<Q, A> exchange(MethodDescriptor<Q, A> method, GrpcFailures told) {
        return new Exchange<>(channel, method, told);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
