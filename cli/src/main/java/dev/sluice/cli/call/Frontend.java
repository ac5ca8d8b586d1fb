package dev.sluice.cli.call;

import dev.sluice.cli.Project;
import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.platform.ProcessRecord;
import dev.sluice.cli.platform.ServiceUrl;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A frontend's HTTP side, as {@code call} uses it. */
final class Frontend {

    private static final URI USUAL = URI.create("http://127.0.0.1:" + Tier.FRONTEND.firstPort());
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI base;
    private final @Nullable String key;

    private Frontend(URI base, @Nullable String key) {
        this.base = base;
        this.key = key;
    }

    /** The named one, or else one that was started from this folder, or else the usual address. */
    static Frontend at(@Nullable String url, @Nullable String key) {
        if (url != null) {
            return new Frontend(ServiceUrl.of(url, Tier.FRONTEND), key);
        }
        Optional<ProcessRecord> ours = Project.runtime().living().stream()
                .filter(record -> record.tier() == Tier.FRONTEND)
                .findFirst();
        return new Frontend(ours.map(ProcessRecord::url).orElse(USUAL), key);
    }

    /** Whatever is wrong with the actor or its name, the call itself will say. */
    MethodFacts describe(Target target) {
        HttpRequest request = request(target.describePath())
                .header("Accept", MediaTypes.JSON)
                .timeout(CONNECT)
                .build();
        HttpResponse<InputStream> response = exchange(request);
        try (InputStream body = response.body()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return response.statusCode() == OK ? MethodFacts.of(Json.read(text), target.method()) : MethodFacts.UNKNOWN;
        } catch (IOException | JacksonException undescribed) {
            return MethodFacts.UNKNOWN;
        }
    }

    void send(Target target, Input input, Urgency urgency, boolean streaming, Answers answers) {
        HttpRequest.Builder request = request(target.callPath());
        if (urgency.patience() != null) {
            request.timeout(urgency.patience());
        }
        request.header("Accept", streaming ? MediaTypes.EVENTS : MediaTypes.JSON + ", */*;q=0.9");
        header(request, "Sluice-Version", target.version());
        if (input.json()) {
            request.header("Content-Type", MediaTypes.JSON);
            request.POST(HttpRequest.BodyPublishers.ofString(Envelope.of(input.text(), urgency)));
        } else {
            request.header("Content-Type", input.mediaType());
            header(request, "Sluice-Slo-Ms", urgency.sloMillis());
            header(request, "Sluice-Priority", urgency.priority());
            request.POST(HttpRequest.BodyPublishers.ofByteArray(input.bytes()));
        }
        HttpResponse<InputStream> response = exchange(request.build());
        String mediaType = response.headers().firstValue("Content-Type").orElse(MediaTypes.BYTES);
        try (InputStream body = response.body()) {
            if (response.statusCode() != OK) {
                answers.failure(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } else if (MediaTypes.isEvents(mediaType)) {
                answers.stream(body);
            } else if (input.json() && MediaTypes.isJson(mediaType)) {
                answers.envelope(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } else {
                answers.bare(mediaType, body);
            }
        } catch (IOException e) {
            throw new CommandFailure("The answer broke off: " + e.getMessage());
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        header(request, "Authorization", key == null ? null : "Bearer " + key);
        return request;
    }

    private HttpResponse<InputStream> exchange(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            throw new CommandFailure(
                    "No frontend answers at " + base + ": Sluice is not running. ./sluice up starts it.");
        } catch (HttpTimeoutException e) {
            throw new CommandFailure("The frontend at " + base + " did not answer in time.");
        } catch (IOException e) {
            throw new CommandFailure("The call to " + base + " broke off: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("The call was interrupted.");
        }
    }

    private static void header(HttpRequest.Builder request, String name, @Nullable Object value) {
        if (value != null) {
            request.header(name, value.toString());
        }
    }
}
