package dev.sluice.frontend.oip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.RawHttp.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/** Requests that become no query. */
@ExtendWith(LeakGuard.class)
class BadInferTest {

    @RegisterExtension
    final OipFrontend frontend = new OipFrontend();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|The body is empty",
                "[]|must be a JSON object",
                "\"x\"|must be a JSON object",
                "{}|no array of inputs",
                "{\"inputs\": 1}|no array of inputs",
                "{\"inputs\": {}}|no array of inputs",
                "{\"inputs\": null}|no array of inputs",
                "{\"inputs\": [|not valid JSON",
                "{\"inputs\": [],}|not valid JSON",
                "{\"inputs\": []} {}|something follows its end",
                "{\"inputs\": [], \"inputs\": []}|the member inputs twice",
                "{\"inputs\": [], \"parameters\": {}, \"parameters\": {}}|the member parameters twice",
                "{\"inputs\": [], \"id\": 7}|id must be a string",
                "{\"inputs\": [], \"id\": {}}|id must be a string",
                "{\"inputs\": [], \"parameters\": 1}|parameters must be an object",
                "{\"inputs\": [], \"parameters\": {\"timeout\": -1}}|timeout must be greater than 0",
                "{\"inputs\": [], \"parameters\": {\"timeout\": 1.5}}|timeout must be a whole number",
                "{\"inputs\": [], \"parameters\": {\"timeout\": \"1\"}}|timeout must be a whole number",
                "{\"inputs\": [], \"parameters\": {\"priority\": 256}}|priority must be between 0 (unset) and 255",
                "{\"inputs\": [], \"parameters\": {\"priority\": -1}}|priority must be between",
                "{\"inputs\": [], \"parameters\": {\"sequence_id\": 4}}|no sequences",
                "{\"inputs\": [], \"parameters\": {\"sequence_id\": \"a\"}}|no sequences"
            })
    void refusesABadBody(String body, String sentence) {
        assertThat(OipFrontend.error(frontend.infer("adds", body), 400)).contains(sentence);
        assertThat(frontend.gateway().calls()).isEmpty();
    }

    @Test
    void namesTheCodeInAHeaderSinceTheBodyHasNoPlaceForIt() {
        assertThat(frontend.infer("nothing", OipFrontend.REQUEST).header("Sluice-Code"))
                .isEqualTo("NOT_FOUND");
        assertThat(frontend.infer("adds", "{}").header("Sluice-Code")).isEqualTo("INVALID_INPUT");
    }

    @Test
    void refusesNestingThatWouldExhaustAStack() {
        String deep = "{\"inputs\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(OipFrontend.error(frontend.infer("adds", deep), 400)).contains("exceeds a limit");
    }

    @Test
    void refusesAnotherEncodingThanUtf8() {
        byte[] wide = OipFrontend.REQUEST.getBytes(StandardCharsets.UTF_16BE);
        assertThat(OipFrontend.error(frontend.http().post("/v2/models/adds/infer", wide), 400))
                .contains("not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Inference-Header-Content-Length: x|must be the number of bytes",
                "Inference-Header-Content-Length: -1|must be the number of bytes",
                "Inference-Header-Content-Length: 99999999999|must be the number of bytes",
                "Inference-Header-Content-Length: 9999|is 9999, and the whole body has",
                "Sluice-Id: a b|Sluice-Id must be",
                "Sluice-Tenant: a b|Sluice-Tenant must be",
                "Sluice-Slo-Ms: 0|Sluice-Slo-Ms must be greater than 0"
            })
    void refusesABadHeader(String header, String sentence) {
        assertThat(OipFrontend.error(frontend.infer("adds", OipFrontend.REQUEST, header), 400))
                .contains(sentence);
        assertThat(frontend.gateway().calls()).isEmpty();
    }

    @Test
    void refusesAnEncodingThatItDoesNotKnow() {
        assertThat(OipFrontend.error(frontend.infer("adds", OipFrontend.REQUEST, "Content-Encoding: br"), 415))
                .contains("br is not supported; send gzip, deflate");
    }

    @Test
    void namesWhatIsNotThere() {
        assertThat(OipFrontend.error(frontend.infer("vader", OipFrontend.REQUEST), 404))
                .contains("There is no actor vader. Did you mean vadder?");
        assertThat(OipFrontend.error(frontend.infer("vadder:nix", OipFrontend.REQUEST), 404))
                .contains("has no method nix; it has call, other");
        assertThat(OipFrontend.error(frontend.infer("vadder/versions/a%20b", OipFrontend.REQUEST), 400))
                .contains("is not a version's name");
        assertThat(OipFrontend.error(frontend.infer("vad%zz", OipFrontend.REQUEST), 400))
                .contains("two hexadecimal digits");
    }

    @Test
    void sendsAStreamingModelToWhereStreamsAre() {
        assertThat(OipFrontend.error(frontend.infer("ticks", OipFrontend.REQUEST), 400))
                .contains("generate_stream", "ModelStreamInfer");
    }

    @Test
    void isUnavailableUntilTheCatalogueIsThere() {
        frontend.gateway().ready(false);
        Response response = frontend.infer("adds", OipFrontend.REQUEST);
        assertThat(OipFrontend.error(response, 503)).contains("try again");
        assertThat(response.header("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_INPUT, 400, ''", "UNAUTHENTICATED, 401, ''", "FORBIDDEN, 403, ''", "NOT_FOUND, 404, ''",
                "TOO_LARGE, 413, ''",
        "QUOTA, 429, 2", "OVERLOADED, 503, 2", "UNMEETABLE, 503, 2", "EXPIRED, 504, ''", "UNAVAILABLE, 503, 2",
        "LOST, 500, ''", "FAILED, 500, ''"
    })
    void mapsEveryOutcome(String code, int status, String retryAfter) {
        frontend.gateway()
                .actor(
                        "ends",
                        false,
                        call -> Flux.error(
                                new QueryException(new Failure(ErrorCode.valueOf(code), "It is \"planned\".", 1_001))));
        Response response = frontend.infer("ends", OipFrontend.REQUEST);
        assertThat(OipFrontend.error(response, status)).isEqualTo("{\"error\":\"It is \\\"planned\\\".\"}");
        assertThat(response.header("Retry-After")).isEqualTo(retryAfter);
        assertThat(response.header("Sluice-Id")).hasSize(24);
    }
}
