package dev.sluice.cli.fleet;

import dev.sluice.cli.Project;
import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.platform.ClusterSecret;
import dev.sluice.cli.platform.ProcessRecord;
import dev.sluice.cli.platform.ServiceUrl;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The control API of a platform's routers. What any of them can do, the first does that is there. */
final class Control {

    private static final URI USUAL = URI.create("http://127.0.0.1:" + Tier.ROUTER.firstPort());
    private static final String ROOT = "/control/v1";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final List<URI> routers;
    private final @Nullable String secret;

    /** @param secret of the platform; null where it has none */
    Control(List<URI> routers, @Nullable String secret) {
        this.routers = List.copyOf(routers);
        this.secret = secret;
    }

    /** Of the named router, or else of those that were started from this folder, or else of the usual address. */
    static Control at(@Nullable String url) {
        String secret = ClusterSecret.given();
        if (url != null) {
            return new Control(List.of(ServiceUrl.of(url, Tier.ROUTER)), secret);
        }
        List<URI> ours = Project.runtime().living().stream()
                .filter(record -> record.tier() == Tier.ROUTER)
                .map(ProcessRecord::url)
                .toList();
        return new Control(ours.isEmpty() ? List.of(USUAL) : ours, secret);
    }

    /** One for each router. */
    List<Control> each() {
        return routers.stream()
                .map(router -> new Control(List.of(router), secret))
                .toList();
    }

    /** The actors as this one router sees them; none where it does not answer. */
    List<JsonNode> actors() {
        try {
            List<JsonNode> actors = new ArrayList<>();
            get("/actors").json().path("actors").forEach(actors::add);
            return actors;
        } catch (CommandFailure saysNothing) {
            return List.of();
        }
    }

    static String path(String first, String name, String... more) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        StringBuilder path = new StringBuilder("/").append(first).append('/').append(encoded);
        for (String part : more) {
            path.append('/').append(part);
        }
        return path.toString();
    }

    Reply get(String path) {
        return send("GET", path, null, "");
    }

    /** Null where there is nothing of that name. */
    @Nullable Reply find(String path) {
        HttpResponse<InputStream> response = exchange("GET", path, null, "", "application/json");
        String text = text(response);
        return response.statusCode() == NOT_FOUND && isOurs(text) ? null : reply(response, text);
    }

    private static boolean isOurs(String problem) {
        return problem.contains("urn:sluice:problem:not-found") && problem.contains("\"nearest\"");
    }

    /**
     * @param body null where there is none
     * @param ifMatch the ETag that the write is meant for; empty where it is for whatever holds
     */
    Reply send(String method, String path, @Nullable String body, String ifMatch) {
        HttpResponse<InputStream> response = exchange(method, path, body, ifMatch, "application/json");
        return reply(response, text(response));
    }

    private static Reply reply(HttpResponse<InputStream> response, String text) {
        if (response.statusCode() / 100 != 2) {
            throw refusal(response.statusCode(), text);
        }
        try {
            Json.read(text);
        } catch (JacksonException e) {
            throw new CommandFailure("The answer of " + response.uri() + " is not JSON: is that a router?");
        }
        return new Reply(text, response.headers().firstValue("ETag").orElse(""));
    }

    /** Server-sent events, for as long as the router is there. */
    InputStream stream(String path) {
        HttpResponse<InputStream> response = exchange("GET", path, null, "", "text/event-stream");
        if (response.statusCode() / 100 != 2) {
            throw refusal(response.statusCode(), text(response));
        }
        return response.body();
    }

    private HttpResponse<InputStream> exchange(
            String method, String path, @Nullable String body, String ifMatch, String accept) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Accept", accept)
                .timeout(MOST)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!ifMatch.isEmpty()) {
            request.header("If-Match", ifMatch);
        }
        if (secret != null && !secret.isEmpty()) {
            request.header("Authorization", "Bearer " + secret);
        }
        for (URI router : routers) {
            try {
                return client.send(
                        request.copy().uri(router.resolve(ROOT + path)).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
            } catch (ConnectException nobodyThere) {
                // Another may be.
            } catch (HttpTimeoutException e) {
                throw new CommandFailure("The router at " + router + " did not answer in time.");
            } catch (IOException e) {
                throw new CommandFailure("The call to " + router + " broke off: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailure("The call was interrupted.");
            }
        }
        throw new CommandFailure(
                "No router answers at " + routers.get(0) + ": Sluice is not running. ./sluice up starts it.");
    }

    private static String text(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure("The answer broke off: " + e.getMessage());
        }
    }

    /** In the router's own words; of input that is wrong, a line for each field. */
    private static CommandFailure refusal(int status, String text) {
        if (status == UNAUTHORIZED) {
            return ClusterSecret.wanted();
        }
        try {
            JsonNode problem = Json.read(text);
            List<String> lines = problem.path("problems")
                    .valueStream()
                    .map(each -> each.path("problem").asString(""))
                    .toList();
            String detail = problem.path("detail").asString("");
            if (!detail.isEmpty()) {
                return new CommandFailure(lines.isEmpty() ? detail : String.join(System.lineSeparator(), lines));
            }
        } catch (JacksonException notOurs) {
            // said below
        }
        return new CommandFailure("The answer was HTTP status " + status + ": is that a router?");
    }
}
