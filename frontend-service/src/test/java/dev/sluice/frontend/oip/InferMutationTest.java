package dev.sluice.frontend.oip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.RawHttp.Response;
import dev.sluice.frontend.http.envelope.JsonTexts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid requests with something wrong: each is answered, by a result or in the form of an error, and none ends the connection. */
@ExtendWith(LeakGuard.class)
class InferMutationTest {

    private static final List<String> PATHS = List.of(
            "/v2/models/adds/infer",
            "/v2/models/texts/versions/3/infer",
            "/v2/models/binary/infer",
            "/v2/models/echo/generate",
            "/v2/models/ticks/generate_stream");

    @RegisterExtension
    final OipFrontend frontend = new OipFrontend();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void areAnswered(int seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 250; round++) {
            Response response = one(random);
            assertThat(response.status()).isIn(200, 400, 404, 405, 413);
            if (response.status() != 200) {
                refused++;
                OipFrontend.error(response, response.status());
            }
        }
        assertThat(refused).isBetween(50, 249);
        assertThat(frontend.infer("adds", OipFrontend.REQUEST).status()).isEqualTo(200);
    }

    private Response one(Random random) {
        String path = PATHS.get(random.nextInt(PATHS.size()));
        boolean generate = path.contains("generate");
        String json = generate
                ? "{\"text_input\": " + random.nextInt(5) + ", \"parameters\": " + parameters(random) + "}"
                : "{\"id\": " + JsonTexts.value(random, 0) + ", \"parameters\": " + parameters(random)
                        + ", \"inputs\": [" + JsonTexts.value(random, 3) + "]}";
        byte[] body = (json + (generate ? "" : "12345678")).getBytes(StandardCharsets.UTF_8);
        byte[] sent = random.nextInt(3) == 0 ? body : JsonTexts.damage(random, body);
        int length =
                random.nextInt(4) == 0 ? random.nextInt(body.length + 4) : json.getBytes(StandardCharsets.UTF_8).length;
        String where = random.nextInt(10) == 0 ? path.replace('m', (char) ('a' + random.nextInt(26))) : path;
        return generate
                ? frontend.http().post(where, sent)
                : frontend.http().post(where, sent, "Inference-Header-Content-Length: " + length);
    }

    private static String parameters(Random random) {
        return random.nextBoolean()
                ? "{\"timeout\": " + (random.nextInt(1_000) - 100) + ", \"priority\": " + random.nextInt(300) + "}"
                : "{\"x\": " + JsonTexts.value(random, 2) + "}";
    }
}
