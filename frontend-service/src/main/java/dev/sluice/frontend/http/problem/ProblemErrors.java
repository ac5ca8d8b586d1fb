package dev.sluice.frontend.http.problem;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Writes every error that reaches Spring as a problem: unknown paths, wrong methods, and our own refusals. */
public final class ProblemErrors implements ErrorWebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemErrors.class);

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable cause) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(cause);
        }
        Problem problem = problem(exchange, cause);
        HttpHeaders headers = response.getHeaders();
        headers.clearContentHeaders();
        if (cause instanceof ErrorResponse refusal) {
            headers.putAll(refusal.getHeaders());
        }
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        HttpOutcomes.headers(problem, headers::set);
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        byte[] body = ProblemJson.bytes(problem);
        headers.setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static Problem problem(ServerWebExchange exchange, Throwable cause) {
        if (cause instanceof ProblemException e) {
            return e.problem();
        }
        if (cause instanceof QueryException e) {
            return Problem.of(e.failure(), null);
        }
        if (cause instanceof ErrorResponse refusal) {
            int status = refusal.getStatusCode().value();
            return Problem.of(status, detail(exchange, status, refusal.getBody().getDetail()), null);
        }
        log.error(
                "{} {} failed",
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath(),
                cause);
        return Problem.of(new Failure(ErrorCode.FAILED, "This frontend failed; its log says why."), null);
    }

    private static String detail(ServerWebExchange exchange, int status, @Nullable String said) {
        if (status == 404) {
            return "Nothing is at " + exchange.getRequest().getPath() + ".";
        }
        return said == null || said.isBlank() ? "The request was refused." : said;
    }
}
