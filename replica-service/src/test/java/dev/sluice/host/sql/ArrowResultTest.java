package dev.sluice.host.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

/** Results as Arrow, read by Arrow's own reader. */
@Timeout(120)
class ArrowResultTest {

    private static final String ARROW = "application/vnd.apache.arrow.stream";

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

    /** What is in the stream: a line for each column with its type, and the number of rows. */
    private static String read(Content content) throws Exception {
        assertThat(content.mediaType()).isEqualTo(ARROW);
        StringBuilder text = new StringBuilder();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(content.bytes()), allocator)) {
            int rows = 0;
            while (reader.loadNextBatch()) {
                List<FieldVector> vectors = reader.getVectorSchemaRoot().getFieldVectors();
                if (rows == 0) {
                    for (FieldVector vector : vectors) {
                        text.append(vector.getField().getName())
                                .append(' ')
                                .append(vector.getField().getType())
                                .append(" = ")
                                .append(vector.getObject(0))
                                .append('\n');
                    }
                }
                rows += reader.getVectorSchemaRoot().getRowCount();
            }
            return text.append(rows).append(" rows").toString();
        }
    }

    /** All pieces of the stream. */
    private static Content arrow(ActorKit actor, String method, Map<String, ?> input) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (JsonNode piece : actor.stream(method, input).toIterable()) {
            assertThat(piece.binaryValue()).hasSizeLessThanOrEqualTo(64 * 1024);
            all.write(piece.binaryValue());
        }
        return new Content(all.toByteArray(), ARROW);
    }

    @Test
    void writesEveryTypeInArrow() throws Exception {
        try (ActorKit types = ActorKit.of(rig.actor("select true as a, 1::tinyint as b, 9223372036854775807 as c,"
                        + " 1.5::float as d, 2.5::double as e, 12.50::decimal(9,2) as f, date '2026-01-02' as g,"
                        + " timestamp '2026-01-02 03:04:05.6' as h, timestamptz '2026-01-02 03:04:05+00' as i,"
                        + " [1, null] as k, {'x': 1} as l, sum(7::bigint) as m, null as n, 'ü' as o"))
                .start()) {
            assertThat(read(arrow(types, "arrow", Map.of()))).isEqualTo("""
                    a Bool = true
                    b Int(32, true) = 1
                    c Int(64, true) = 9223372036854775807
                    d FloatingPoint(SINGLE) = 1.5
                    e FloatingPoint(DOUBLE) = 2.5
                    f Decimal(9, 2, 128) = 12.50
                    g Date(DAY) = 20455
                    h Timestamp(MICROSECOND, null) = 2026-01-02T03:04:05.600
                    i Timestamp(MICROSECOND, UTC) = 1767323045000000
                    k Utf8 = [1,null]
                    l Utf8 = {"x":1}
                    m Decimal(38, 0, 128) = 7
                    n Utf8 = null
                    o Utf8 = ü
                    1 rows""");
        }
    }

    @Test
    void writesNothingWhereANumberIsNull() throws Exception {
        String every = "case when range = 1 then null else ";
        try (ActorKit numbers = ActorKit.of(rig.actor("select " + every + "range end as i64, " + every
                        + "range::integer end as i32, " + every + "range / 2 end as f64, " + every
                        + "(range / 2)::float end as f32, " + every + "range = 0 end as bit, " + every
                        + "range::utinyint end as small, " + every + "(range + 4294967293)::uinteger end as u32"
                        + " from range(3)"))
                .start()) {
            assertThat(columns(arrow(numbers, "arrow", Map.of())))
                    .isEqualTo(List.of(
                            "i64 [0, null, 2]",
                            "i32 [0, null, 2]",
                            "f64 [0.0, null, 1.0]",
                            "f32 [0.0, null, 1.0]",
                            "bit [true, null, false]",
                            "small [0, null, 2]",
                            "u32 [4294967293, null, 4294967295]"));
        }
    }

    /** The values of a stream of one record batch. */
    private static List<String> columns(Content content) throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(content.bytes()), allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            return reader.getVectorSchemaRoot().getFieldVectors().stream()
                    .map(vector -> vector.getName() + " "
                            + IntStream.range(0, vector.getValueCount())
                                    .mapToObj(vector::getObject)
                                    .toList())
                    .toList();
        }
    }

    @Test
    void writesManyRowsInSeveralRecordBatchesAndNoneInNone() throws Exception {
        try (ActorKit numbers = ActorKit.of(
                        rig.actor("-- @param n bigint", "-- @format arrow", "select range as i from range(:n)"))
                .start()) {
            assertThat(numbers.descriptor().method("call").orElseThrow().outputType())
                    .isEqualTo(ARROW);
            assertThat(read(arrow(numbers, "call", Map.of("n", 10_000)))).isEqualTo("i Int(64, true) = 0\n10000 rows");
            assertThat(read(arrow(numbers, "arrow", Map.of("n", 0)))).isEqualTo("0 rows");
        }
    }

    @Test
    void streamsWhatIsFarBeyondTheLimitsOfOtherFormats() throws Exception {
        try (ActorKit numbers = ActorKit.of(rig.actor(
                        "-- @param n bigint",
                        "-- @max-rows 10",
                        "-- @max-bytes 1KB",
                        "select range as i from range(:n)"))
                .start()) {
            assertThat(read(arrow(numbers, "arrow", Map.of("n", 2_000_000))))
                    .isEqualTo("i Int(64, true) = 0\n2000000 rows");
            QueryException refused =
                    catchThrowableOfType(QueryException.class, () -> numbers.call("columns", Map.of("n", 11)));
            assertThat(refused.failure().code()).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(refused).hasMessageContaining("Accept: " + ARROW);
        }
    }

    @Test
    void makesNoMoreThanIsAskedForAndStopsWhenNobodyWaits() throws Exception {
        try (ActorKit numbers = ActorKit.of(
                        rig.actor("-- @param n bigint", "select range as i, repeat('x', 100) as t from range(:n)"))
                .start()) {
            // Far more than any machine has room for.
            StepVerifier.create(numbers.stream("arrow", Map.of("n", 1L << 50)), 3)
                    .expectNextCount(3)
                    .thenRequest(2)
                    .expectNextCount(2)
                    .thenCancel()
                    .verify(Duration.ofSeconds(60));
            assertThat(numbers.call("columns", Map.of("n", 1)).get("i").toString())
                    .isEqualTo("[0]");
        }
    }

    @Test
    void failsAStreamWhoseQueryFailsOnTheWay() throws Exception {
        try (ActorKit numbers = ActorKit.of(rig.actor(
                        "-- @param n bigint",
                        "select cast(case when range < :n then 'x' || range else '7' end as varchar)"
                                + " as t, cast(case when range < :n then '1' else 'one' end as integer) as i"
                                + " from range(1000000)"))
                .start()) {
            StepVerifier.create(numbers.stream("arrow", Map.of("n", 500_000)))
                    .thenConsumeWhile(piece -> true)
                    .expectErrorSatisfies(thrown -> assertThat(
                                    ((QueryException) thrown).failure().code())
                            .isEqualTo(ErrorCode.FAILED))
                    .verify(Duration.ofSeconds(60));
            StepVerifier.create(numbers.stream("arrow", Map.of("n", "many")))
                    .expectErrorSatisfies(thrown -> assertThat(
                                    ((QueryException) thrown).failure().code())
                            .isEqualTo(ErrorCode.INVALID_INPUT))
                    .verify(Duration.ofSeconds(60));
        }
    }

    @Test
    void endsAStreamThatTakesLongerThanItsFileAllowsAlsoWhileItsCallerIsSlow() throws Exception {
        try (ActorKit numbers = ActorKit.of(
                        rig.actor("-- @param n bigint", "-- @timeout 3s", "select range as i from range(:n)"))
                .start()) {
            StepVerifier.create(numbers.stream("arrow", Map.of("n", 1L << 50)), 1)
                    .expectNextCount(1)
                    .expectErrorSatisfies(thrown -> assertThat(
                                    ((QueryException) thrown).failure().code())
                            .isEqualTo(ErrorCode.EXPIRED))
                    .verify(Duration.ofSeconds(60));
        }
    }

    @Test
    void givesAResultWholeThatIsSmallInArrow() throws Exception {
        try (ActorKit flags = ActorKit.of(rig.actor(
                        "-- @param n bigint",
                        "-- @max-bytes 1KB",
                        "select query_id, unnest(range(n)) % 2 = 0 as even from inputs"))
                .start()) {
            List<Reply> replies = flags.replies("arrow", List.of(Map.of("n", 500), Map.of("n", 9000)));
            assertThat(read(replies.get(0).content())).endsWith("500 rows");
            assertThat(replies.get(1).failure().orElseThrow().code()).isEqualTo(ErrorCode.TOO_LARGE);
        }
    }

    @Test
    void writesNestedValuesInRecordBatchesOfTheirSize() throws Exception {
        try (ActorKit nested = ActorKit.of(rig.actor("select [repeat('x', 1000)] as t from range(2000)"))
                .start()) {
            assertThat(batches(arrow(nested, "arrow", Map.of()))).isGreaterThan(5);
        }
    }

    private static int batches(Content content) throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(content.bytes()), allocator)) {
            int batches = 0;
            while (reader.loadNextBatch()) {
                batches++;
            }
            return batches;
        }
    }

    @Test
    void givesManyQueriesTheirResultsWhole() throws Exception {
        try (ActorKit names = ActorKit.of(rig.actor(
                        "-- @param n bigint", "-- @max-rows 3", "select query_id, unnest(range(n)) as i from inputs"))
                .start()) {
            List<Reply> replies = names.replies("arrow", List.of(Map.of("n", 2), Map.of("n", 4)));
            assertThat(read(replies.get(0).content())).isEqualTo("i Int(64, true) = 0\n2 rows");
            assertThat(replies.get(1).failure().orElseThrow().code()).isEqualTo(ErrorCode.TOO_LARGE);
        }
    }
}
