package dev.sluice.frontend.oip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.RawHttp.Response;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose body is JSON, and what they ask of this frontend. */
@ExtendWith(LeakGuard.class)
class InferTest {

    @RegisterExtension
    final OipFrontend frontend = new OipFrontend();

    @Test
    void handsTheRequestOverAsItIs() {
        Response response = frontend.infer("adds", OipFrontend.REQUEST);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.headers()).doesNotContainKey("inference-header-content-length");
        assertThat(response.body()).isEqualTo("{\"outputs\":[]}");
        QueryCall call = frontend.onlyCall().call();
        assertThat(frontend.onlyCall().input()).isEqualTo(OipFrontend.REQUEST);
        assertThat(call.mediaType()).isEqualTo("application/octet-stream;json-length=" + OipFrontend.REQUEST.length());
        assertThat(call.actor()).isEqualTo("adds");
        assertThat(call.method()).isEqualTo("call");
        assertThat(call.version()).isNull();
        assertThat(call.budgetNanos()).isZero();
        assertThat(call.priority()).isZero();
        assertThat(call.protocol()).isEqualTo(Protocol.OIP);
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/models/vadder/infer, call, ",
        "/v2/models/vadder/infer/, call, ",
        "/v2/models/vadder/infer?x=/y, call, ",
        "/v2/models/%76adder/infer, call, ",
        "/v2/models/vadder:call/infer, call, ",
        "/v2/models/vadder:other/infer, other, ",
        "/v2/models/vadder%3Aother/infer, other, ",
        "/v2/models/vadder/versions/2/infer, call, 2",
        "/v2/models/vadder:other/versions/v-1.2/infer, other, v-1.2",
        "http://localhost/v2/models/vadder/infer, call, "
    })
    void findsMethodAndVersionInThePath(String path, String method, String version) {
        frontend.gateway().actor("vadder", false, call -> frontend.gateway().answer("{}"));
        assertThat(frontend.http().post(path, OipFrontend.REQUEST).status()).isEqualTo(200);
        assertThat(frontend.onlyCall().call().method()).isEqualTo(method);
        assertThat(frontend.onlyCall().call().version()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({
        "{\"timeout\": 1500}, 1500000, 0",
        "{\"timeout\": 0}, 0, 0",
        "{\"priority\": 2}, 0, 2",
        "'{\"timeout\": 1, \"priority\": 255, \"x\": {\"y\": [1]}}', 1000, 255",
        "'{\"sequence_id\": 0, \"sequence_start\": false}', 0, 0",
        "'{\"sequence_id\": \"\"}', 0, 0",
        "null, 0, 0"
    })
    void takesTimeoutAndPriorityFromTheParameters(String parameters, long nanos, int priority) {
        frontend.infer("adds", "{\"parameters\":" + parameters + ",\"inputs\":[]}");
        assertThat(frontend.onlyCall().call().budgetNanos()).isEqualTo(nanos);
        assertThat(frontend.onlyCall().call().priority()).isEqualTo(priority);
    }

    @ParameterizedTest
    @ValueSource(strings = {"86400000001", "999999999999999999", "99999999999999999999999999"})
    void takesATimeoutOfMoreThanADayForADay(String micros) {
        frontend.infer("adds", "{\"parameters\":{\"timeout\":" + micros + "},\"inputs\":[]}");
        assertThat(frontend.onlyCall().call().budgetNanos()).isEqualTo(TimeUnit.DAYS.toNanos(1));
    }

    @Test
    void letsTheParametersGoBeforeTheHeaders() {
        String body = "{\"parameters\":{\"timeout\":7000},\"inputs\":[]}";
        frontend.infer("adds", body, "Sluice-Slo-Ms: 9", "Sluice-Priority: 4", "Sluice-Tenant: acme");
        QueryCall call = frontend.onlyCall().call();
        assertThat(call.budgetNanos()).isEqualTo(7_000_000);
        assertThat(call.priority()).isEqualTo(4);
        assertThat(call.tenant()).isEqualTo("acme");
    }

    @Test
    void takesTheIdOfTheRequestForThatOfTheQuery() {
        Response response = frontend.infer("adds", "{\"id\":\"q-7\",\"inputs\":[]}", "Sluice-Id: head");
        assertThat(response.header("Sluice-Id")).isEqualTo("q-7");
        assertThat(frontend.onlyCall().call().id()).isEqualTo("q-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"an id with spaces\"", "\"\"", "null", "\"é\""})
    void givesTheQueryAnIdWhereThatOfTheRequestIsGoodForNoHeader(String id) {
        Response response = frontend.infer("adds", "{\"id\":" + id + ",\"inputs\":[]}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Sluice-Id")).matches("[0-9a-f]{24}");
    }

    @Test
    void readsALargeRequestElsewhereAndInFull() {
        String body = "{\"inputs\":[{\"data\":[" + "1.5,".repeat(200_000) + "2]}],\"id\":\"large\"}";
        assertThat(frontend.infer("adds", body).status()).isEqualTo(200);
        assertThat(frontend.onlyCall().call().id()).isEqualTo("large");
        assertThat(frontend.infer("adds", body + "x").status()).isEqualTo(400);
    }

    @Test
    void answersManyRequestsOnOneConnection() {
        for (int i = 0; i < 100; i++) {
            assertThat(frontend.infer("adds", OipFrontend.REQUEST).body()).isEqualTo("{\"outputs\":[]}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "3"})
    void saysThatAHostAnsweredWithALengthThatIsNone(String length) {
        String mediaType = "application/octet-stream;json-length=" + length;
        frontend.gateway().actor("odd", false, call -> frontend.gateway().answer(new byte[] {'{', '}'}, mediaType));
        assertThat(OipFrontend.error(frontend.infer("odd", OipFrontend.REQUEST), 500))
                .contains(mediaType, "no response of this protocol");
        frontend.gateway().assertReleased();
    }

    @Test
    void saysThatAHostAnsweredWithSomethingElse() {
        assertThat(OipFrontend.error(frontend.infer("picture", OipFrontend.REQUEST), 500))
                .contains("image/png", "no response of this protocol");
    }
}
