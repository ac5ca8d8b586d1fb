package dev.sluice.client.http;

import dev.sluice.client.tensor.Inference;
import dev.sluice.client.tensor.ModelInfo;
import dev.sluice.client.tensor.Tensor;
import dev.sluice.client.transport.Budget;
import dev.sluice.client.transport.Call;
import dev.sluice.client.transport.Content;
import dev.sluice.client.transport.Endpoint;
import dev.sluice.client.transport.Reading;
import dev.sluice.client.transport.Transport;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

/** HTTP/1.1: a connection has one query at a time, so that giving one up ends a connection and nothing else. */
public final class HttpTransport implements Transport {

    /** Less than frontends let an idle connection live, which is two minutes: what is sent as it closes is lost. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private static final String EVENTS = "text/event-stream";

    private final ConnectionProvider pool;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final HttpClient http;

    /** Outside the pool: whether a frontend serves has nothing to do with how many queries there are. */
    private final HttpClient alone;

    private final HttpFailures failures;
    private final int maxResultBytes;
    private final Duration maxSilence;
    private final Supplier<Map<String, String>> each;

    public HttpTransport(Endpoint endpoint) {
        maxSilence = endpoint.limits().maxSilence();
        each = endpoint.headers();
        maxResultBytes = endpoint.limits().maxResultBytes();
        failures = new HttpFailures(endpoint.toString());
        pool = ConnectionProvider.builder("sluice-client")
                .maxConnections(endpoint.limits().maxConnections())
                // Whoever waits for a connection waits for its deadline.
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(Duration.ofDays(1))
                .maxIdleTime(IDLE)
                .evictInBackground(IDLE)
                .lifo()
                .build();
        http = client(HttpClient.create(pool), endpoint);
        alone = client(HttpClient.newConnection(), endpoint);
    }

    private HttpClient client(HttpClient plain, Endpoint endpoint) {
        HttpClient addressed = plain.host(endpoint.host())
                .port(endpoint.port())
                .channelGroup(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        endpoint.limits().connectTimeout().toMillis())
                // It would send a query again that may have been started.
                .disableRetry(true);
        return secured(addressed, endpoint.security());
    }

    private static HttpClient secured(HttpClient plain, Endpoint.Security security) {
        if (!security.tls()) {
            return plain;
        }
        TrustManagerFactory trust = security.trust();
        if (trust == null) {
            return plain.secure();
        }
        SslProvider.GenericSslContextSpec<?> context =
                Http11SslContextSpec.forClient().configure(builder -> builder.trustManager(trust));
        return plain.secure(spec -> spec.sslContext(context));
    }

    @Override
    public Mono<Content> call(Call call, Budget budget, Content input) {
        return Flux.from(exchange(
                        call,
                        budget,
                        "/" + path(call),
                        request(input),
                        (response, body) -> whole(body)
                                .map(Reading.of(bytes -> input.isJson()
                                        ? Envelope.result(bytes)
                                        : Content.of(bytes, mediaType(response))))))
                .singleOrEmpty();
    }

    @Override
    public Flux<Content> stream(Call call, Budget budget, Content input) {
        Request request = request(input).header(HttpHeaderNames.ACCEPT.toString(), EVENTS);
        return exchange(call, budget, "/" + path(call), request, (response, body) -> {
            EventReader events = new EventReader(failures, maxResultBytes);
            return new Silence(maxSilence)
                    .limit(body.asByteArray())
                    .concatMap(events::read, 1)
                    .concatWith(Mono.defer(events::end));
        });
    }

    @Override
    public Mono<Inference> infer(Call call, Budget budget, List<Tensor> inputs) {
        InferRequest request = InferRequest.of(call, inputs);
        Request body = new Request(request.body(), "application/octet-stream")
                .header(InferRequest.LENGTH, Integer.toString(request.jsonLength()));
        return Flux.from(exchange(
                        call,
                        budget,
                        "/v2/models/" + segment(call.model()) + "/infer",
                        body,
                        (response, bytes) -> whole(bytes)
                                .map(Reading.of(all -> InferResponse.read(
                                        all, response.responseHeaders().get(InferRequest.LENGTH))))))
                .singleOrEmpty();
    }

    @Override
    public Mono<Boolean> ready() {
        return Mono.defer(() -> alone.headers(headers -> each.get().forEach(headers::set))
                .get()
                .uri("/v2/health/ready")
                .response()
                .map(response -> response.status().code() == 200)
                .onErrorMap(cause -> failures.ofPages().broken(cause, true)));
    }

    @Override
    public Mono<List<String>> models() {
        return page("/v2/models", (response, body) -> whole(body).map(Reading.of(Pages::models)))
                .single();
    }

    @Override
    public Mono<ModelInfo> model(String name, @Nullable String version) {
        String path = "/v2/models/" + segment(name) + (version == null ? "" : "/versions/" + segment(version));
        return page(path, (response, body) -> whole(body).map(Reading.of(Pages::model)))
                .single();
    }

    private <T> Flux<T> page(String path, BiFunction<HttpClientResponse, ByteBufFlux, ? extends Publisher<T>> read) {
        return Flux.defer(() -> http.headers(headers -> each.get().forEach(headers::set))
                .get()
                .uri(path)
                .<T>response((response, body) -> checked(response, body, read, failures.ofPages()))
                .onErrorMap(cause -> failures.ofPages().broken(cause, true)));
    }

    /** What is sent, and as what. */
    private record Request(List<ByteBuffer> body, String mediaType, List<String> headers) {

        Request(List<ByteBuffer> body, String mediaType) {
            this(body, mediaType, List.of());
        }

        Request header(String name, String value) {
            return new Request(body, mediaType, List.of(name, value));
        }
    }

    private static Request request(Content input) {
        return input.isJson()
                ? new Request(Envelope.around(input), Content.JSON)
                : new Request(List.of(input.data()), input.mediaType());
    }

    private <T> Flux<T> exchange(
            Call call,
            Budget budget,
            String uri,
            Request request,
            BiFunction<HttpClientResponse, ByteBufFlux, ? extends Publisher<T>> read) {
        return Flux.defer(() -> {
            Outgoing query = new Outgoing(budget, request.body());
            return http.headers(headers -> write(headers, call, request))
                    .request(HttpMethod.POST)
                    .uri(uri)
                    .send(query::write)
                    .<T>response((response, body) -> {
                        query.answered(response);
                        return checked(response, body, read, failures);
                    })
                    .onErrorMap(cause -> failures.broken(cause, query.written()).of(query.id()));
        });
    }

    private <T> Publisher<T> checked(
            HttpClientResponse response,
            ByteBufFlux body,
            BiFunction<HttpClientResponse, ByteBufFlux, ? extends Publisher<T>> read,
            HttpFailures told) {
        return response.status().code() == 200
                ? read.apply(response, body)
                : whole(body).defaultIfEmpty(new byte[0]).flatMap(bytes -> Mono.error(told.of(response, bytes)));
    }

    private void write(HttpHeaders headers, Call call, Request request) {
        each.get().forEach(headers::set);
        headers.set(HttpHeaderNames.CONTENT_TYPE, request.mediaType())
                .set(
                        HttpHeaderNames.CONTENT_LENGTH,
                        request.body().stream().mapToLong(ByteBuffer::remaining).sum());
        for (int i = 0; i < request.headers().size(); i += 2) {
            headers.set(request.headers().get(i), request.headers().get(i + 1));
        }
        set(headers, "Sluice-Priority", call.priority() == 0 ? null : Integer.toString(call.priority()));
        set(headers, "Sluice-Version", call.version());
        set(headers, "Sluice-Id", call.id());
        set(headers, "Sluice-Tenant", call.tenant());
    }

    private static void set(HttpHeaders headers, String name, @Nullable String value) {
        if (value != null) {
            headers.set(name, value);
        }
    }

    private static String path(Call call) {
        return call.method().equals(Call.DEFAULT_METHOD)
                ? segment(call.actor())
                : segment(call.actor()) + "/" + segment(call.method());
    }

    private static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }

    private static String mediaType(HttpClientResponse response) {
        String type = response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE);
        return type == null ? "application/octet-stream" : type;
    }

    private Mono<byte[]> whole(ByteBufFlux body) {
        return body.asByteArray()
                .collect(() -> new Gathered(maxResultBytes), Gathered::add)
                .map(Gathered::toByteArray);
    }

    @Override
    public void close() {
        connections.close();
        pool.dispose();
    }
}
