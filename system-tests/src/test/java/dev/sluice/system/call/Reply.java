package dev.sluice.system.call;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a caller got. */
public record Reply(int status, HttpHeaders headers, String body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public boolean ok() {
        return status == 200;
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    public JsonNode result() {
        return json().path("result");
    }

    /** The problem's code; empty where it was answered. */
    public String code() {
        return ok() ? "" : json().path("code").asString("");
    }

    public String detail() {
        return json().path("detail").asString("");
    }

    public String mediaType() {
        return headers.firstValue("content-type").orElse("");
    }
}
