package dev.sluice.frontend.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.link.Identity;
import dev.sluice.common.wire.Role;
import dev.sluice.frontend.explain.EndedQuery;
import dev.sluice.frontend.explain.QueryHistory;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainConfigurationTest {

    private static JsonNode failedQueryWhereItListensOn(String address) {
        QueryHistory history = new QueryHistory(8, () -> 0);
        history.ended(new EndedQuery(
                "17", "", "vadder", "", "call", "http", Outcome.FAILED, "FAILED", "no such row: 4711", 5, 9, 0, null));
        Object known = new ExplainConfiguration()
                .queryExplanations(
                        history,
                        Identity.fresh(Role.FRONTEND, "frontend-0"),
                        new MockEnvironment().withProperty("server.address", address))
                .of("17")
                .orElseThrow();
        return JsonMapper.shared().valueToTree(known);
    }

    @Test
    void tellsThePageWhyAQueryFailedOnlyWhereNobodyElseReadsIt() {
        assertThat(failedQueryWhereItListensOn("127.0.0.1").path("message").asString())
                .isEqualTo("no such row: 4711");
        JsonNode wide = failedQueryWhereItListensOn("0.0.0.0");
        assertThat(wide.path("message").isNull()).isTrue();
        assertThat(wide.path("code").asString()).isEqualTo("FAILED");
        assertThat(wide.path("spans")).isNotEmpty();
    }
}
