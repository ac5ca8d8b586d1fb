package dev.sluice.client;

import dev.sluice.client.grpc.GrpcTransport;
import dev.sluice.client.http.HttpTransport;
import dev.sluice.client.transport.Endpoint;
import dev.sluice.client.transport.Endpoint.Limits;
import dev.sluice.client.transport.Endpoint.Security;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What there is to set of a client. */
public final class SluiceClientBuilder {

    private final Address address;
    private @Nullable Duration slo;
    private @Nullable String tenant;
    private RetryPolicy retry = RetryPolicy.NONE;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration maxWait = Duration.ofMinutes(5);
    private Duration maxSilence = Duration.ofMinutes(1);
    private Supplier<Map<String, String>> headers = Map::of;
    private @Nullable Supplier<String> credentials;
    private int maxConnections = 256;
    private int maxResultBytes = 64 * 1024 * 1024;
    private @Nullable TrustManagerFactory trust;
    private JsonMapper json = new JsonMapper();

    SluiceClientBuilder(String uri) {
        address = Address.of(uri);
    }

    /** What the URI says. */
    private record Address(boolean grpc, boolean tls, String host, int port) {

        private static final String EXAMPLES = "http://127.0.0.1:8080 or grpc://127.0.0.1:8001";

        static Address of(String text) {
            URI uri = parsed(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            String path = uri.getPath() == null ? "" : uri.getPath();
            if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null || path.length() > 1) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no address of a frontend: it is a host and a port, as " + EXAMPLES + ".");
            }
            String host = uri.getHost();
            return switch (scheme) {
                case "http" -> new Address(false, false, host, port(uri, 80));
                case "https" -> new Address(false, true, host, port(uri, 443));
                case "grpc" -> new Address(true, false, host, port(uri, 8001));
                case "grpcs" -> new Address(true, true, host, port(uri, 443));
                default ->
                    throw new IllegalArgumentException("\"" + text + "\" begins with none of http://, https://, grpc://"
                            + " and grpcs://; write for instance " + EXAMPLES + ".");
            };
        }

        private static URI parsed(String text) {
            try {
                return URI.create(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no URI; write for instance " + EXAMPLES + ".", e);
            }
        }

        private static int port(URI uri, int usual) {
            return uri.getPort() < 0 ? usual : uri.getPort();
        }
    }

    /** Of calls that name none; otherwise they have the actor's own. */
    public SluiceClientBuilder slo(Duration usual) {
        slo = ActorCalls.checked(usual);
        return this;
    }

    /** Of calls that name none. */
    public SluiceClientBuilder tenant(String usual) {
        tenant = ActorCalls.token("tenant", usual);
        return this;
    }

    /** Of calls that name none; otherwise a call is sent once. */
    public SluiceClientBuilder retry(RetryPolicy usual) {
        retry = usual;
        return this;
    }

    /** 5 s; what is asked whether it is ready, and has not answered by then, is not. */
    public SluiceClientBuilder connectTimeout(Duration most) {
        connectTimeout = positive("connectTimeout", most);
        return this;
    }

    /** How long a call without an SLO, and a question about models, waits for an answer: 5 minutes. */
    public SluiceClientBuilder maxWait(Duration most) {
        maxWait = positive("maxWait", most);
        return this;
    }

    /**
     * How long nothing may come on a stream over HTTP before it is {@code LOST}: a minute, four of the heartbeats that frontends send
     * on a quiet one ({@code sluice.http.stream-heartbeat}).
     */
    public SluiceClientBuilder maxSilence(Duration most) {
        maxSilence = positive("maxSilence", most);
        return this;
    }

    /**
     * What each request says beside its own, such as {@code traceparent}; gRPC has it as metadata. It is asked
     * for with every attempt, on the thread that subscribes or, of a retry, on another, and must not block.
     */
    public SluiceClientBuilder headers(Supplier<Map<String, String>> each) {
        headers = each;
        return this;
    }

    /**
     * The API key or token that frontends know the caller by, as {@code Authorization: Bearer}. It is asked for with every attempt, as
     * {@link #headers} are, so that a token may be replaced before it expires.
     */
    public SluiceClientBuilder credentials(Supplier<String> keyOrToken) {
        credentials = keyOrToken;
        return this;
    }

    /** Of HTTP, each of which has one query at a time: 256. Further calls wait for one, within their SLO. gRPC has one for all. */
    public SluiceClientBuilder maxConnections(int most) {
        maxConnections = positive("maxConnections", most);
        return this;
    }

    /** That a result may have: 64 MiB. */
    public SluiceClientBuilder maxResultBytes(int most) {
        maxResultBytes = positive("maxResultBytes", most);
        return this;
    }

    /** Whom to trust with {@code https} and {@code grpcs}: whom the JDK does. */
    public SluiceClientBuilder trust(TrustManagerFactory certificates) {
        trust = certificates;
        return this;
    }

    /** Writes inputs and reads results. */
    public SluiceClientBuilder json(JsonMapper mapper) {
        json = mapper;
        return this;
    }

    public SluiceClient build() {
        Endpoint endpoint = new Endpoint(
                address.host(),
                address.port(),
                new Security(address.tls(), trust),
                new Limits(maxConnections, maxResultBytes, connectTimeout, maxSilence),
                shown());
        return new SluiceClient(new Session(
                address.grpc() ? new GrpcTransport(endpoint) : new HttpTransport(endpoint),
                new Attempts(maxWait),
                new JsonCodec(json),
                new Session.Defaults(slo, tenant, retry, connectTimeout)));
    }

    private Supplier<Map<String, String>> shown() {
        Supplier<String> secret = credentials;
        Supplier<Map<String, String>> others = headers;
        if (secret == null) {
            return others;
        }
        return () -> {
            Map<String, String> all = new HashMap<>(others.get());
            all.put("authorization", "Bearer " + secret.get());
            return all;
        };
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than nothing; it is " + value + ".");
        }
        return value;
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1; it is " + value + ".");
        }
        return value;
    }
}
