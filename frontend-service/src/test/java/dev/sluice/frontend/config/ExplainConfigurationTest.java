package dev.sluice.frontend.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.link.Identity;
import dev.sluice.common.wire.Role;
import dev.sluice.frontend.explain.EndedQuery;
import dev.sluice.frontend.explain.QueryHistory;
import dev.sluice.frontend.page.QueryExplanations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainConfigurationTest {

    private static QueryExplanations ofAFailedQueryWhereItListensOn(String address) {
        QueryHistory history = new QueryHistory(8, () -> 0);
        history.ended(new EndedQuery(
                "17", "", "vadder", "", "call", "http", Outcome.FAILED, "FAILED", "no such row: 4711", 5, 9, 0, null));
        return new ExplainConfiguration()
                .queryExplanations(
                        history,
                        Identity.fresh(Role.FRONTEND, "frontend-0"),
                        new MockEnvironment().withProperty("server.address", address));
    }

    private static JsonNode json(Object known) {
        return JsonMapper.shared().valueToTree(known);
    }

    @Test
    void tellsThePageWhyAQueryFailedOnlyWhereNobodyElseReadsIt() {
        JsonNode here =
                json(ofAFailedQueryWhereItListensOn("127.0.0.1").of("17").orElseThrow());
        assertThat(here.path("message").asString()).isEqualTo("no such row: 4711");
        JsonNode wide = json(ofAFailedQueryWhereItListensOn("0.0.0.0").of("17").orElseThrow());
        assertThat(wide.path("message").isNull()).isTrue();
        assertThat(wide.path("code").asString()).isEqualTo("FAILED");
        assertThat(wide.path("spans")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"last", "slowest"})
    void listsQueriesWithoutTheirSpansAndByTheSameRule(String list) {
        JsonNode here = json(ofAFailedQueryWhereItListensOn("127.0.0.1").lists(null, 10))
                .path(list);
        assertThat(here).hasSize(1);
        assertThat(here.at("/0/message").asString()).isEqualTo("no such row: 4711");
        assertThat(here.at("/0/longest/name").asString()).isEqualTo("query");
        assertThat(here.path(0).has("spans")).isFalse();
        JsonNode wide = json(ofAFailedQueryWhereItListensOn("0.0.0.0").lists("vadder", 10))
                .path(list);
        assertThat(wide).hasSize(1);
        assertThat(wide.at("/0/id").asString()).isEqualTo("17");
        assertThat(wide.at("/0/message").isNull()).isTrue();
    }

    @Test
    void listsThoseOfOneActor() {
        JsonNode lists = json(ofAFailedQueryWhereItListensOn("127.0.0.1").lists("another", 10));
        assertThat(lists.path("last")).isEmpty();
        assertThat(lists.path("slowest")).isEmpty();
    }
}
