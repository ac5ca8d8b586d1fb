package dev.sluice.frontend.oip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.RawHttp.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests and answers with binary data behind their JSON, or without any. */
@ExtendWith(LeakGuard.class)
class BinaryInferTest {

    private static final String LENGTH = "Inference-Header-Content-Length: ";

    @RegisterExtension
    final OipFrontend frontend = new OipFrontend();

    @Test
    void handsBinaryDataOverBehindItsJson() {
        String json = "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,2],"
                + "\"parameters\":{\"binary_data_size\":8}}]}";
        assertThat(frontend.infer("adds", json + "12345678", LENGTH + json.length())
                        .status())
                .isEqualTo(200);
        assertThat(frontend.onlyCall().input()).isEqualTo(json + "12345678");
        assertThat(frontend.onlyCall().call().mediaType())
                .isEqualTo("application/octet-stream;json-length=" + json.length());
    }

    @Test
    void takesAHeaderThatCoversTheWholeBody() {
        String json = OipFrontend.REQUEST;
        assertThat(frontend.infer("adds", json, LENGTH + json.length()).status())
                .isEqualTo(200);
        assertThat(frontend.onlyCall().input()).isEqualTo(json);
    }

    @Test
    void readsNoJsonInBinaryData() {
        String json = "{\"inputs\":[]}";
        assertThat(OipFrontend.error(frontend.infer("adds", json + "1234", LENGTH + (json.length() + 2)), 400))
                .contains("JSON");
        assertThat(OipFrontend.error(frontend.infer("adds", json + "1234"), 400))
                .contains("JSON");
    }

    @Test
    void answersWithTheLengthOfTheJsonInTheHeader() {
        Response response = frontend.infer("binary", OipFrontend.REQUEST);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(response.header("Inference-Header-Content-Length")).isEqualTo("2");
        assertThat(response.body()).isEqualTo("{}abcd");
    }

    @Test
    void putsJsonBeforeTheBytesOfTheOnlyInput() {
        assertThat(frontend.infer("adds", "12345678abcdefgh", LENGTH + 0).status())
                .isEqualTo(200);
        String json = "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[2, 2],"
                + "\"parameters\":{\"binary_data_size\":16}}],\"parameters\":{\"binary_data_output\":true}}";
        assertThat(frontend.onlyCall().input()).isEqualTo(json + "12345678abcdefgh");
        assertThat(frontend.onlyCall().call().mediaType())
                .isEqualTo("application/octet-stream;json-length=" + json.length());
    }

    @Test
    void takesABodyForTheOneStringOfABytesInput() {
        assertThat(frontend.infer("texts", "héllo", LENGTH + 0).status()).isEqualTo(200);
        String input = frontend.onlyCall().input();
        assertThat(input)
                .contains("\"datatype\":\"BYTES\",\"shape\":[1, 1],\"parameters\":{\"binary_data_size\":10}")
                .endsWith("\6\0\0\0héllo");
        int json = Integer.parseInt(frontend.onlyCall().call().mediaType().split("=", 2)[1]);
        assertThat(input.getBytes(StandardCharsets.UTF_8)).hasSize(json + 10);
    }

    @Test
    void takesAModelThatNobodyDeclaredForOneOfTexts() {
        frontend.gateway().actor("any", false, call -> frontend.gateway().answer("{}"));
        frontend.infer("any", "[1, 2]", LENGTH + 0);
        assertThat(frontend.onlyCall().input())
                .startsWith("{\"inputs\":[{\"name\":\"input\",\"datatype\":\"BYTES\",\"shape\":[1],")
                .endsWith("\6\0\0\0[1, 2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adds|123|a multiple of 8 bytes, and 3 came",
                "pair|12345678|has 2 inputs",
                "open|12345678|leaves several sizes open",
                "adds|''|The body is empty"
            })
    void refusesBytesThatAreNoInput(String model, String body, String sentence) {
        assertThat(OipFrontend.error(frontend.infer(model, body, LENGTH + 0), 400))
                .contains(sentence);
        assertThat(frontend.gateway().calls()).isEmpty();
    }
}
