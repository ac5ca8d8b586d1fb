package dev.sluice.router.fleet.api;

import dev.sluice.common.config.Problem;
import dev.sluice.router.fleet.change.Refusal;
import dev.sluice.router.fleet.change.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Writes everything that goes wrong as an RFC 9457 problem: the one place that knows which refusal is which status. */
final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static Mono<ServerResponse> answer(ServerRequest request, Throwable failure) {
        if (failure instanceof Refused refused) {
            return answer(refused.refusal());
        }
        if (failure instanceof HttpRefused refused) {
            HttpStatus status = refused.status();
            String type = status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
            return write(status, refused.headers(), members(type, status, String.valueOf(refused.getMessage())));
        }
        log.error("{} {} failed", request.method(), request.path(), failure);
        HttpStatus status = HttpStatus.INTERNAL_SERVER_ERROR;
        return write(status, new HttpHeaders(), members("failed", status, "This router failed; its log says why."));
    }

    private static Mono<ServerResponse> answer(Refusal refusal) {
        HttpHeaders headers = new HttpHeaders();
        if (refusal instanceof Refusal.Unknown unknown) {
            Map<String, Object> members = members("not-found", HttpStatus.NOT_FOUND, unknown.sentence());
            members.put("nearest", unknown.nearest());
            return write(HttpStatus.NOT_FOUND, headers, members);
        }
        if (refusal instanceof Refusal.Invalid invalid) {
            Map<String, Object> members = members("invalid-input", HttpStatus.BAD_REQUEST, invalid.sentence());
            members.put("problems", problems(invalid.problems()));
            return write(HttpStatus.BAD_REQUEST, headers, members);
        }
        if (refusal instanceof Refusal.Stale stale) {
            Map<String, Object> members = members("stale", HttpStatus.CONFLICT, stale.sentence());
            members.put("expected", stale.expected());
            members.put("actual", stale.actual());
            return write(HttpStatus.CONFLICT, headers, members);
        }
        if (refusal instanceof Refusal.Unavailable unavailable) {
            headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(unavailable.retrySeconds()));
            HttpStatus status = HttpStatus.SERVICE_UNAVAILABLE;
            return write(status, headers, members("unavailable", status, unavailable.sentence()));
        }
        String type = refusal instanceof Refusal.NotShared ? "store-not-shared" : "contradiction";
        return write(HttpStatus.CONFLICT, headers, members(type, HttpStatus.CONFLICT, refusal.sentence()));
    }

    private static List<Map<String, String>> problems(List<Problem> problems) {
        return problems.stream()
                .map(problem -> Map.of("field", problem.field(), "problem", problem.sentence()))
                .toList();
    }

    private static Map<String, Object> members(String type, HttpStatus status, String detail) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:sluice:problem:" + type);
        members.put("title", title(type));
        members.put("status", status.value());
        members.put("detail", detail);
        return members;
    }

    private static String title(String type) {
        String words = type.replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static Mono<ServerResponse> write(HttpStatus status, HttpHeaders headers, Map<String, Object> members) {
        return ServerResponse.status(status)
                .headers(all -> all.addAll(headers))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(ControlJson.bytes(members));
    }
}
