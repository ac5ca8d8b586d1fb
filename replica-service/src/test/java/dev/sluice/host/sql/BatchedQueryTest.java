package dev.sluice.host.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Files that read the relation {@code inputs}: one run for many queries, each of which gets its own rows. */
@Timeout(120)
class BatchedQueryTest {

    private static final String[] SUMS = {
        "-- @param customer bigint",
        "-- @param least double = 0",
        "-- @max-batch-size 64",
        "select query_id, count(*) as n, sum(amount) as total",
        "from inputs join orders using (customer) where amount >= least",
        "group by query_id"
    };

    @TempDir
    private Path folder;

    private SqlFolderRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = SqlFolderRig.in(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private ActorKit serve(String... lines) throws Exception {
        return ActorKit.of(rig.actor(lines)).start();
    }

    private static ErrorCode code(Reply reply) {
        return reply.failure().orElseThrow().code();
    }

    @Test
    void givesEachQueryOfABatchItsOwnRows() throws Exception {
        try (ActorKit sums = serve(SUMS)) {
            MethodDescriptor call = sums.descriptor().methods().get(0);
            assertThat(call.batched()).isTrue();
            assertThat(call.maxBatchSize()).isEqualTo(64);
            List<Map<String, Object>> inputs = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                inputs.add(Map.of("customer", i % 12, "least", i < 32 ? 0 : 1000));
            }
            List<JsonNode> together = sums.callAll(inputs);
            for (int i = 0; i < 64; i++) {
                assertThat(together.get(i)).as("%s", inputs.get(i)).isEqualTo(sums.call(inputs.get(i)));
                assertThat(together.get(i)).hasSize(i % 12 < 10 ? 1 : 0);
            }
            assertThat(together.get(3).toString()).isEqualTo("[{\"n\":100,\"total\":74700.0}]");
        }
    }

    @Test
    void failsABadInputAlone() throws Exception {
        try (ActorKit sums = serve(SUMS)) {
            List<Reply> replies = sums.replies(
                    "call",
                    List.of(
                            Map.of("customer", 1),
                            Map.of("customer", "1; drop table orders"),
                            Map.of(),
                            Map.of("customer", 2)));
            assertThat(replies.get(0).failure()).isEmpty();
            assertThat(code(replies.get(1))).isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(code(replies.get(2))).isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(replies.get(3).failure()).isEmpty();
        }
    }

    @Test
    void failsAQueryAloneThatTheDatabaseRefuses() throws Exception {
        try (ActorKit numbers =
                serve("-- @param text varchar", "select query_id, cast(text as integer) as n from inputs")) {
            List<Reply> replies = numbers.replies(
                    "call",
                    List.of(
                            Map.of("text", "1"),
                            Map.of("text", "2"),
                            Map.of("text", "three"),
                            Map.of("text", "4"),
                            Map.of("text", "5")));
            for (int i = 0; i < 5; i++) {
                if (i == 2) {
                    assertThat(code(replies.get(i))).isEqualTo(ErrorCode.FAILED);
                } else {
                    assertThat(replies.get(i).value().toString()).isEqualTo("[{\"n\":" + (i + 1) + "}]");
                }
            }
        }
    }

    @Test
    void limitsTheRowsOfEachQueryForItself() throws Exception {
        try (ActorKit ranges =
                serve("-- @param n bigint", "-- @max-rows 3", "select query_id, unnest(range(n)) as i from inputs")) {
            List<Reply> replies =
                    ranges.replies("columns", List.of(Map.of("n", 3), Map.of("n", 4), Map.of("n", 0), Map.of("n", 1)));
            assertThat(replies.get(0).value().toString()).isEqualTo("{\"i\":[0,1,2]}");
            assertThat(code(replies.get(1))).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(replies.get(2).value().toString()).isEqualTo("{\"i\":[]}");
            assertThat(replies.get(3).value().toString()).isEqualTo("{\"i\":[0]}");
        }
    }

    @Test
    void findsOutWhoseResultIsFarTooLarge() throws Exception {
        try (ActorKit ranges = serve(
                "-- @param n bigint",
                "-- @max-rows 3",
                "-- @max-batch-size 4",
                "select query_id, unnest(range(n)) as i from inputs order by query_id")) {
            List<Reply> replies = ranges.replies(
                    "columns", List.of(Map.of("n", 1_000_000), Map.of("n", 2), Map.of("n", 100), Map.of("n", 3)));
            assertThat(code(replies.get(0))).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(replies.get(1).value().toString()).isEqualTo("{\"i\":[0,1]}");
            assertThat(code(replies.get(2))).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(replies.get(3).value().toString()).isEqualTo("{\"i\":[0,1,2]}");
        }
    }

    @Test
    void refusesAResultOfTooManyBytesAloneWhileItIsRead() throws Exception {
        try (ActorKit texts = serve(
                "-- @param n bigint",
                "-- @max-bytes 64KB",
                "select query_id, repeat('x', 1000) as t, unnest(range(n)) as i from inputs order by query_id")) {
            List<Reply> replies = texts.replies(
                    "rows", List.of(Map.of("n", 9000), Map.of("n", 2), Map.of("n", 9000), Map.of("n", 60)));
            assertThat(code(replies.get(0))).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(replies.get(1).value()).hasSize(2);
            assertThat(code(replies.get(2))).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(replies.get(3).value()).hasSize(60);
        }
    }

    @Test
    void readsNoFurtherThanThereIsRoomForAResult() throws Exception {
        try (ActorKit texts = serve(
                "-- @param n bigint",
                "-- @max-rows 1000000",
                "-- @max-bytes 64KB",
                "select query_id, repeat('x', 100) as t,"
                        + " cast(case when i > 400000 then 'read on' else '1' end as integer) as i"
                        + " from (select query_id, unnest(range(n)) as i from inputs)")) {
            assertThat(code(texts.replies("rows", List.of(Map.of("n", 500_000))).get(0)))
                    .isEqualTo(ErrorCode.TOO_LARGE);
        }
    }

    @Test
    void refusesNumbersAndTimesThatTheDatabaseWouldRefuseForTheWholeBatch() throws Exception {
        try (ActorKit values = serve(
                "-- @param e decimal(9, 2) = 0",
                "-- @param g date = null",
                "-- @param h timestamp = null",
                "select query_id, e, g, h from inputs")) {
            List<Reply> replies = values.replies(
                    "rows",
                    List.of(
                            Map.of("e", 10_000_000),
                            Map.of("e", new BigDecimal("0.125")),
                            Map.of("g", "+123456789-01-01"),
                            Map.of("g", "0000-01-01"),
                            Map.of("g", "-0001-01-01"),
                            Map.of("h", "+99999-01-01T00:00:00"),
                            Map.of("e", new BigDecimal("-9999999.990"), "g", "9999-12-31")));
            for (int i = 0; i < 6; i++) {
                assertThat(code(replies.get(i))).as("%s", i).isEqualTo(ErrorCode.INVALID_INPUT);
            }
            assertThat(replies.get(6).value().toString())
                    .isEqualTo("[{\"e\":-9999999.99,\"g\":\"9999-12-31\",\"h\":null}]");
            assertThat(replies.get(0).failure().orElseThrow().message())
                    .contains("a number with at most 7 digits before the point and 2 after it");
        }
    }

    @Test
    void takesParametersOfEveryTypeAsColumns() throws Exception {
        try (ActorKit types = serve(
                "-- @param a boolean",
                "-- @param b integer",
                "-- @param c bigint",
                "-- @param d double",
                "-- @param e decimal(9, 2)",
                "-- @param f varchar = null",
                "-- @param g date",
                "-- @param h timestamp",
                "select * from inputs")) {
            Map<String, Object> input = Map.of(
                    "a",
                    true,
                    "b",
                    -1,
                    "c",
                    Long.MIN_VALUE,
                    "d",
                    1e300,
                    "e",
                    1.25,
                    "g",
                    "2026-02-28",
                    "h",
                    "2026-02-28 12:00:00");
            assertThat(types.call(input).get(0).toString())
                    .isEqualTo("{\"a\":true,\"b\":-1,\"c\":-9223372036854775808,\"d\":1.0E300,\"e\":1.25,\"f\":null,"
                            + "\"g\":\"2026-02-28\",\"h\":\"2026-02-28T12:00\"}");
        }
    }

    @Test
    void refusesRowsThatAreNobodys() throws Exception {
        assertThat(replyOf("select 1 as n from inputs")).contains("no column query_id");
        assertThat(replyOf("select query_id + 1 as query_id from inputs")).contains("a row whose query_id is 1");
        assertThat(replyOf("select null::bigint as query_id from inputs")).contains("a row whose query_id is null");
    }

    private String replyOf(String sql) throws Exception {
        try (ActorKit actor = serve(sql)) {
            return String.valueOf(catchThrowable(() -> actor.call(Map.of())).getMessage());
        }
    }
}
