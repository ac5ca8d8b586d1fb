package dev.sluice.host.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.ActorKit;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Results as Arrow, read by Arrow's own reader. */
@Timeout(120)
class ArrowResultTest {

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
        assertThat(content.mediaType()).isEqualTo("application/vnd.apache.arrow.stream");
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

    private static Content arrow(ActorKit actor, Map<String, ?> input) {
        return Objects.requireNonNull(actor.call("arrow", input, Content.class));
    }

    @Test
    void writesEveryTypeInArrow() throws Exception {
        try (ActorKit types = ActorKit.of(rig.actor("select true as a, 1::tinyint as b, 9223372036854775807 as c,"
                        + " 1.5::float as d, 2.5::double as e, 12.50::decimal(9,2) as f, date '2026-01-02' as g,"
                        + " timestamp '2026-01-02 03:04:05.6' as h, timestamptz '2026-01-02 03:04:05+00' as i,"
                        + " [1, null] as k, {'x': 1} as l, sum(7::bigint) as m, null as n, 'ü' as o"))
                .start()) {
            assertThat(read(arrow(types, Map.of()))).isEqualTo("""
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
    void writesManyRowsInSeveralRecordBatchesAndNoneInNone() throws Exception {
        try (ActorKit numbers = ActorKit.of(
                        rig.actor("-- @param n bigint", "-- @format arrow", "select range as i from range(:n)"))
                .start()) {
            assertThat(read(arrow(numbers, Map.of("n", 10_000)))).isEqualTo("i Int(64, true) = 0\n10000 rows");
            assertThat(read(arrow(numbers, Map.of("n", 0)))).isEqualTo("0 rows");
            assertThat(Objects.requireNonNull(numbers.call(Map.of("n", 1), Content.class))
                            .mediaType())
                    .isEqualTo("application/vnd.apache.arrow.stream");
        }
    }
}
