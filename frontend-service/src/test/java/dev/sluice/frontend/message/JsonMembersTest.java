package dev.sluice.frontend.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonMembersTest {

    @Test
    void writesMembersInTheirOrder() {
        assertThat(text(new JsonMembers()
                        .add("success", true)
                        .add("id", "a \"b\" \n é")
                        .addIfPresent("actor", null)
                        .add("n", 7)
                        .end()))
                .isEqualTo("{\"success\": true, \"id\": \"a \\\"b\\\" \\n é\", \"n\": 7}");
        assertThat(text(new JsonMembers().end())).isEqualTo("{}");
    }

    @Test
    void leavesTheLastValueToOthers() {
        assertThat(text(new JsonMembers().upTo("result"))).isEqualTo("{\"result\": ");
        assertThat(text(new JsonMembers().add("a", 1).upTo("result"))).isEqualTo("{\"a\": 1, \"result\": ");
    }

    @Test
    void saysWhenToTryAgainWhereThatIsKnown() {
        assertThat(text(new JsonMembers()
                        .add(new Failure(ErrorCode.OVERLOADED, "Full.", 250))
                        .end()))
                .isEqualTo(
                        "{\"code\": \"OVERLOADED\", \"message\": \"Full.\", \"retryable\": true, \"retry_after_ms\": 250}");
        assertThat(text(new JsonMembers()
                        .add(new Failure(ErrorCode.LOST, "Gone."))
                        .end()))
                .isEqualTo("{\"code\": \"LOST\", \"message\": \"Gone.\", \"retryable\": false}");
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
