package dev.sluice.frontend.oip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.RawHttp.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakGuard.class)
class CompressedInferTest {

    @RegisterExtension
    final OipFrontend frontend = new OipFrontend();

    private static byte[] packed(String encoding, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                encoding.equals("deflate") ? new DeflaterOutputStream(bytes) : new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Response post(String encoding, byte[] body, String... more) {
        String[] headers = Arrays.copyOf(more, more.length + 1);
        headers[more.length] = "Content-Encoding: " + encoding;
        return frontend.http().post("/v2/models/adds/infer", body, headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "deflate"})
    void unpacksABodyBeforeItReadsIt(String encoding) throws IOException {
        String json = "{\"inputs\":[]}";
        Response response =
                post(encoding, packed(encoding, json + "1234"), "Inference-Header-Content-Length: " + json.length());
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(frontend.onlyCall().input()).isEqualTo(json + "1234");
        assertThat(frontend.onlyCall().call().charge()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537, 300_000})
    void unpacksALargeBodyInFull(int size) throws IOException {
        String sent = "{\"inputs\":[]" + " ".repeat(size - 13) + "}";
        frontend.gateway()
                .actor(
                        "echoes",
                        false,
                        call -> frontend.gateway()
                                .answer(
                                        call.body()
                                                .toString(StandardCharsets.UTF_8)
                                                .getBytes(StandardCharsets.UTF_8),
                                        "application/json"));
        Response response =
                frontend.http().post("/v2/models/echoes/infer", packed("gzip", sent), "Content-Encoding: gzip");
        assertThat(response.body().equals(sent)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void refusesWhatIsNotPackedSo(String encoding) throws IOException {
        assertThat(OipFrontend.error(post(encoding, "{\"inputs\":[]}".getBytes(StandardCharsets.UTF_8)), 400))
                .contains("Content-Encoding " + encoding);
        byte[] whole = packed(encoding, OipFrontend.REQUEST);
        assertThat(OipFrontend.error(post(encoding, Arrays.copyOf(whole, whole.length / 2)), 400))
                .contains("Content-Encoding " + encoding);
        assertThat(OipFrontend.error(post(encoding, packed(encoding, "")), 400)).contains("empty");
        assertThat(OipFrontend.error(post(encoding, new byte[0]), 400)).isNotEmpty();
        assertThat(frontend.gateway().calls()).isEmpty();
    }

    @Test
    void refusesFewBytesThatBecomeTooMany() throws IOException {
        frontend.gateway().maxPayloadBytes(100_000);
        byte[] bomb = packed("gzip", "{\"inputs\":[" + " ".repeat(50_000_000) + "]}");
        assertThat(bomb.length).isLessThan(100_000);
        assertThat(OipFrontend.error(post("gzip", bomb), 413)).contains("100000 bytes", "once it is unpacked");
    }

    @Test
    void countsWhatItUnpacks() throws IOException {
        frontend.gateway().maxRetainedBytes(200_000);
        byte[] large = packed("gzip", "{\"inputs\":[" + " ".repeat(1_000_000) + "]}");
        assertThat(OipFrontend.error(post("gzip", large), 503)).contains("sluice.frontend.max-retained");
    }

    /** Each is 20 bytes and nothing when it is unpacked. */
    @Test
    void refusesEndlessEmptyMembers() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        byte[] empty = packed("gzip", "");
        for (int i = 0; i < 50_000; i++) {
            members.writeBytes(empty);
        }
        assertThat(OipFrontend.error(post("gzip", members.toByteArray()), 400)).contains("empty members");
        assertThat(post("gzip", packed("gzip", "{\"inputs\":[]}")).status()).isEqualTo(200);
    }

    @Test
    void unpacksMembersOneBehindTheOther() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (String part : List.of("", "{\"inputs\"", "", "", ":[]}", "")) {
            members.writeBytes(packed("gzip", part));
        }
        assertThat(post("gzip", members.toByteArray()).status()).isEqualTo(200);
        assertThat(frontend.onlyCall().input()).isEqualTo("{\"inputs\":[]}");
    }
}
