package dev.sluice.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.benchmarks.fuzz.Door.Wrong;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryAnswersTest {

    private static final String JSON = "Content-Type: application/json";
    private static final HttpRequestText VADDER = post("/vadder", "{\"input\": 10}", JSON);
    private static final HttpRequestText TICKS = post("/ticks", "{\"input\": 2}", JSON);

    @Test
    void takesRightResults() throws Wrong {
        judge(VADDER, reply("application/json", "{\"success\": true, \"actor\": \"vadder\", \"result\": 11}"));
        judge(TICKS, reply("application/json", "{\"success\": true, \"actor\": \"ticks\", \"result\": [1, 2]}"));
        judge(TICKS, reply("text/event-stream", "data: 1\n\ndata: 2\n\nevent: end\ndata: {}\n\n"));
        judge(post("/echo", "ab", "Content-Type: a/b"), reply("a/b", "ab"));
    }

    @Test
    void refusesWrongOnes() {
        refuses(VADDER, reply("application/json", "{\"success\": true, \"actor\": \"vadder\", \"result\": 12}"));
        refuses(VADDER, reply("application/json", "{\"success\": true, \"actor\": \"adder\", \"result\": 11}"));
        refuses(VADDER, reply("application/json", "{\"success\": false, \"actor\": \"vadder\", \"result\": 11}"));
        refuses(VADDER, new Reply(202, Map.of("sluice-id", "q"), new byte[0]));
        refuses(TICKS, reply("text/event-stream", "data: 1\n\n"));
        refuses(post("/echo", "ab", "Content-Type: a/b"), reply("a/b", "a"));
    }

    @Test
    void excusesWhatWasAskedFor() {
        assertThat(QueryDoor.excuses(VADDER)).isEmpty();
        assertThat(QueryDoor.excuses(TICKS)).containsExactly("FAILED");
        assertThat(QueryDoor.excuses(post("/vadder", "{\"input\": 10, \"slo_ms\": 2000}", JSON)))
                .isEmpty();
        assertThat(QueryDoor.excuses(post("/vadder", "{\"input\": 10, \"slo_ms\": 2}", JSON)))
                .containsExactlyInAnyOrder("EXPIRED", "UNMEETABLE", "OVERLOADED");
        assertThat(QueryDoor.excuses(post("/echo", "a", "Sluice-Slo-Ms: 0")))
                .containsExactlyInAnyOrder("EXPIRED", "UNMEETABLE", "OVERLOADED");
    }

    private static HttpRequestText post(String path, String body, String... headers) {
        return HttpRequestText.of("POST", path, body, headers);
    }

    private static Reply reply(String type, String body) {
        return new Reply(200, Map.of("content-type", type, "sluice-id", "q"), Changes.utf8(body));
    }

    private static void judge(HttpRequestText sent, Reply reply) throws Wrong {
        QueryAnswers.mustBeRight(sent, sent, reply);
    }

    private static void refuses(HttpRequestText sent, Reply reply) {
        assertThatThrownBy(() -> judge(sent, reply)).isInstanceOf(Wrong.class);
    }
}
