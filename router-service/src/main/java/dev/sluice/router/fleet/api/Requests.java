package dev.sluice.router.fleet.api;

import dev.sluice.router.fleet.change.Refusal;
import dev.sluice.router.fleet.change.Refused;
import dev.sluice.router.fleet.control.Expected;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What requests say. */
final class Requests {

    /** No actor needs more, and who sends more is not read on. */
    static final int MOST_BYTES = 1 << 20;

    /** A body of this size is there long before; for one that never ends nobody waits. */
    static final Duration BODY_PATIENCE = Duration.ofSeconds(30);

    /** As RFC 9110 has it: strong, for a weak one says nothing of what exactly was seen. */
    private static final Pattern ETAG = Pattern.compile("\"([0-9]{1,18})\"");

    private Requests() {}

    /** The revision that the request means to change; fails with {@link Refused} where it cannot be told. */
    static Expected expected(ServerRequest request) {
        List<String> given = request.headers().header("If-Match");
        if (given.isEmpty() || given.equals(List.of("*"))) {
            return Expected.ANY;
        }
        Matcher etag = ETAG.matcher(given.get(0).trim());
        if (given.size() > 1 || !etag.matches()) {
            throw new Refused(new Refusal.Invalid(
                    "If-Match",
                    "is " + shortened(String.join(", ", given)),
                    "Write the ETag of an answer as it was, such as \"12\" with its quotes, or leave the header out."));
        }
        return Expected.of(Long.parseLong(etag.group(1)));
    }

    static Mono<JsonNode> json(ServerRequest request) {
        mustBeJson(request);
        return bytes(request).map(ControlJson::read);
    }

    private static void mustBeJson(ServerRequest request) {
        MediaType type;
        try {
            type = request.headers().contentType().orElse(null);
        } catch (InvalidMediaTypeException e) {
            type = MediaType.ALL;
        }
        boolean json = type != null
                && (type.isCompatibleWith(MediaType.APPLICATION_JSON)
                        || type.getSubtype().endsWith("+json"))
                && type.isConcrete();
        if (!json) {
            throw new HttpRefused(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "The body is to be JSON, and the header Content-Type has to say so: application/json.");
        }
    }

    private static Mono<byte[]> bytes(ServerRequest request) {
        if (request.headers().contentLength().orElse(0) > MOST_BYTES) {
            return Mono.error(tooLarge());
        }
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), MOST_BYTES)
                .map(Requests::taken)
                .defaultIfEmpty(new byte[0])
                .timeout(BODY_PATIENCE, Mono.error(Requests::tooLate))
                .onErrorMap(DataBufferLimitException.class, e -> tooLarge());
    }

    private static byte[] taken(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static HttpRefused tooLate() {
        return new HttpRefused(
                HttpStatus.REQUEST_TIMEOUT,
                "The body did not come to its end within " + BODY_PATIENCE.toSeconds()
                        + " s: send as many bytes as Content-Length says.");
    }

    private static HttpRefused tooLarge() {
        return new HttpRefused(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than 1 MiB, which is the most here.");
    }

    /** A whole number in the query part; 0 where there is none. */
    static long number(ServerRequest request, String name) {
        String text = request.queryParam(name).orElse("0");
        if (!text.matches("[0-9]{1,18}")) {
            throw new Refused(new Refusal.Invalid(name, "is " + shortened(text), "Write a whole number, 0 or more."));
        }
        return Long.parseLong(text);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
