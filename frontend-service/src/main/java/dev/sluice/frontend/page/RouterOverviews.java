package dev.sluice.frontend.page;

import dev.sluice.common.link.LinkTransport;
import io.netty.channel.ChannelOption;
import io.netty.util.NetUtil;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks over the control API, which is where links go, and proves the cluster secret. */
public final class RouterOverviews implements Overviews {

    private static final String PATH = "/control/v1/overview?after=";

    /** A router with a thousand replicas says less. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** Never two requests to one router at once; another connection is there for when one was just lost. */
    private static final int CONNECTIONS = 2;

    private static final Duration IDLE = Duration.ofSeconds(20);

    private final HttpClient client;
    private final LinkTransport transport;
    private final String clusterSecret;
    private final Duration patience;

    /** @param clusterSecret empty where the platform has none */
    public RouterOverviews(LoopResources loops, LinkTransport transport, String clusterSecret, Duration patience) {
        this.transport = transport;
        this.clusterSecret = clusterSecret;
        this.patience = patience;
        client = HttpClient.create(ConnectionProvider.builder("page")
                        .maxConnections(CONNECTIONS)
                        .maxIdleTime(IDLE)
                        .build())
                .runOn(loops)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis());
    }

    @Override
    public Mono<ObjectNode> of(InetSocketAddress router, long after) {
        return Mono.defer(() -> http().get()
                        .uri(transport.scheme() + "://" + NetUtil.toSocketAddressString(router) + PATH + after)
                        .retrieve()
                        .bodyToMono(byte[].class))
                .timeout(patience)
                // Off the event loops, which have queries to serve.
                .publishOn(Schedulers.parallel())
                .map(RouterOverviews::read)
                .onErrorMap(failure -> new RouterSilent(why(failure)));
    }

    /** Made each time, since certificates may have been renewed; connections are kept beside it. */
    private WebClient http() {
        WebClient.Builder builder = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(transport.http1(client)))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MOST_BYTES));
        return clusterSecret.isEmpty()
                ? builder.build()
                : builder.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + clusterSecret)
                        .build();
    }

    private static ObjectNode read(byte[] body) {
        JsonNode read = JsonMapper.shared().readTree(body);
        if (read instanceof ObjectNode overview) {
            return overview;
        }
        throw new RouterSilent("It answers something else than what it sees.");
    }

    private String why(Throwable failure) {
        if (failure instanceof RouterSilent silent) {
            return silent.why();
        }
        if (failure instanceof TimeoutException) {
            return "It did not answer within " + patience.toMillis() + " ms.";
        }
        if (failure instanceof WebClientResponseException refused) {
            return refusal(refused.getStatusCode());
        }
        if (failure instanceof WebClientRequestException lost) {
            return lost.getCause() instanceof ConnectException
                    ? "It cannot be reached."
                    : "The connection to it was lost.";
        }
        return failure instanceof JacksonException
                ? "It answers something else than what it sees."
                : "It could not be asked (" + failure.getClass().getSimpleName() + ").";
    }

    private static String refusal(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> "It has another cluster secret than this frontend (sluice.cluster-secret).";
            case 404 -> "It is older than this page, and does not tell what it sees.";
            case 503 -> "It does not know yet, or cannot read, what is wanted of actors.";
            default -> "It answered with the status " + status.value() + ".";
        };
    }
}
