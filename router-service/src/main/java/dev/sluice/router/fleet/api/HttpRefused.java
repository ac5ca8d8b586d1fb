package dev.sluice.router.fleet.api;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** A request that is refused for what it is as HTTP, whatever it asks for. */
final class HttpRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final transient HttpHeaders headers = new HttpHeaders();

    HttpRefused(HttpStatus status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    HttpRefused header(String name, String value) {
        headers.add(name, value);
        return this;
    }

    HttpStatus status() {
        return status;
    }

    HttpHeaders headers() {
        return headers;
    }
}
