package dev.sluice.host.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** SQL files, asked with tensors: one for each parameter, and one for each column of the result. */
@Timeout(120)
class TensorQueryTest {

    private static final String TYPES = "select :flag as flag, :id as id, :small as small, :ratio as ratio,"
            + " cast(:ratio as real) as narrow, :price as price, :name as name, :day as day, :at as at,"
            + " [1, 2] as list, encode('raw') as bytes";

    @TempDir
    private Path folder;

    private SqlFolderRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = SqlFolderRig.in(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private ActorKit kit(String... lines) throws Exception {
        return ActorKit.of(rig.actor(lines)).start();
    }

    /** Single quotes stand for double ones. */
    private static Content request(String members) {
        byte[] body = ("{" + members.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8);
        return new Content(body, "application/octet-stream;json-length=" + body.length);
    }

    private static Content inputs(String... each) {
        return request("'inputs': [" + String.join(",", each) + "]");
    }

    private static String input(String name, String type, int rows, String data) {
        return "{'name': '" + name + "', 'datatype': '" + type + "', 'shape': [" + rows + "], 'data': " + data + "}";
    }

    private static Reply ask(ActorKit kit, Content request) {
        return kit.replies("call", List.of(request)).get(0);
    }

    /** The data of an output, after its type and shape. */
    private static String output(Reply reply, String name) {
        for (JsonNode output : reply.value().path("outputs")) {
            if (output.path("name").asString().equals(name)) {
                return output.path("datatype").asString() + output.path("shape") + " " + output.path("data");
            }
        }
        throw new AssertionError(name + " is not in " + reply.value());
    }

    private static Failure failure(Reply reply) {
        return reply.failure().orElseThrow();
    }

    private ActorKit types() throws Exception {
        return kit(
                "-- @param flag boolean",
                "-- @param id bigint",
                "-- @param small integer = 7",
                "-- @param ratio double",
                "-- @param price decimal(8, 2)",
                "-- @param name varchar = null",
                "-- @param day date",
                "-- @param at timestamp",
                TYPES);
    }

    private static Content ofAllTypes(String price, String more) {
        return request("'id': 'mine', 'inputs': [" + input("flag", "BOOL", 1, "[true]") + ","
                + input("id", "INT64", 1, "[9007199254740993]") + "," + input("ratio", "FP64", 1, "[0.5]") + ","
                + input("price", "BYTES", 1, "['" + price + "']") + "," + input("day", "BYTES", 1, "['2026-01-31']")
                + "," + input("at", "BYTES", 1, "['2026-01-31T12:00:00']") + "," + input("name", "BYTES", 1, "['']")
                + "]" + more);
    }

    @Test
    void takesAndGivesEachTypeAsItself() throws Exception {
        try (ActorKit types = types()) {
            assertThat(types.descriptor()
                            .methods()
                            .get(0)
                            .tensors()
                            .orElseThrow()
                            .toString())
                    .isEqualTo("TensorSignature[inputs=[flag BOOL[1], id INT64[1], small INT32[1], ratio FP64[1],"
                            + " price BYTES[1], name BYTES[1], day BYTES[1], at BYTES[1]], outputs=[flag BOOL[-1],"
                            + " id INT64[-1], small INT32[-1], ratio FP64[-1], narrow FP32[-1], price BYTES[-1],"
                            + " name BYTES[-1], day BYTES[-1], at BYTES[-1], list BYTES[-1], bytes BYTES[-1]]]");
            Reply reply = ask(types, ofAllTypes("12.5", ""));
            assertThat(reply.failure()).isEmpty();
            assertThat(output(reply, "flag")).isEqualTo("BOOL[1] [true]");
            assertThat(output(reply, "id")).isEqualTo("INT64[1] [9007199254740993]");
            assertThat(output(reply, "small")).isEqualTo("INT32[1] [7]");
            assertThat(output(reply, "ratio")).isEqualTo("FP64[1] [0.5]");
            assertThat(output(reply, "narrow")).isEqualTo("FP32[1] [0.5]");
            assertThat(output(reply, "price")).isEqualTo("BYTES[1] [\"12.50\"]");
            assertThat(output(reply, "name")).isEqualTo("BYTES[1] [\"\"]");
            assertThat(output(reply, "day")).isEqualTo("BYTES[1] [\"2026-01-31\"]");
            assertThat(output(reply, "at")).isEqualTo("BYTES[1] [\"2026-01-31T12:00\"]");
            assertThat(output(reply, "list")).isEqualTo("BYTES[1] [\"[1,2]\"]");
            assertThat(output(reply, "bytes")).isEqualTo("BYTES[1] [\"raw\"]");
            assertThat(reply.value().path("id").asString()).isEqualTo("mine");
            assertThat(reply.value().path("model_name").asString()).isEqualTo("q");
        }
    }

    @Test
    void givesTheOutputsThatAreAskedForInTheirFormAndOrder() throws Exception {
        try (ActorKit types = types()) {
            Reply reply = types.replies(
                            "rows",
                            List.of(ofAllTypes(
                                    "1",
                                    ", 'outputs': [{'name': 'ratio', 'parameters': {'binary_data': true}},"
                                            + " {'name': 'flag'}]")))
                    .get(0);
            Content content = reply.content();
            int length = Integer.parseInt(content.mediaType().replaceFirst(".*json-length=", ""));
            String json = new String(content.bytes(), 0, length, StandardCharsets.UTF_8);
            assertThat(json)
                    .isEqualTo("{\"model_name\":\"q:rows\",\"model_version\":\"1\",\"id\":\"mine\",\"outputs\":["
                            + "{\"name\":\"ratio\",\"datatype\":\"FP64\",\"shape\":[1],\"parameters\":{\"binary_data_size\":8}},"
                            + "{\"name\":\"flag\",\"datatype\":\"BOOL\",\"shape\":[1],\"data\":[true]}]}");
            assertThat(ByteBuffer.wrap(content.bytes(), length, 8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getDouble())
                    .isEqualTo(0.5);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1234567.5 | '' | at most 6 digits before the point and 2 after it",
                "no number | '' | at most 6 digits before the point and 2 after it",
                "1e1000000000 | '' | at most 6 digits before the point and 2 after it",
                "1 | , 'outputs': [{'name': 'other'}] | no output 'other'",
            })
    void refusesValuesThatNoParameterTakes(String price, String more, String why) throws Exception {
        try (ActorKit types = types()) {
            Failure failure = failure(ask(types, ofAllTypes(price, more.equals("''") ? "" : more)));
            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(failure.message()).contains(why);
        }
    }

    @Test
    void refusesOtherTensorsThanTheParameters() throws Exception {
        try (ActorKit one =
                kit("-- @param id bigint", "-- @param name varchar = \"x\"", "select :id as id, :name as n")) {
            assertThat(failure(ask(one, inputs())).message())
                    .isEqualTo("The input 'id' is missing: expected id INT64[1].");
            assertThat(failure(ask(one, inputs(input("id", "INT64", 1, "[1]"), input("x", "INT64", 1, "[1]"))))
                            .message())
                    .contains("The model has no input 'x'", "id INT64[1]", "name BYTES[1]");
            assertThat(failure(ask(one, inputs(input("id", "INT32", 1, "[1]")))).message())
                    .isEqualTo("The input 'id' is INT64[1], and INT32[1] was given.");
            assertThat(failure(ask(one, inputs(input("id", "INT64", 2, "[1, 2]"))))
                            .code())
                    .isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(failure(ask(
                                    one,
                                    inputs(input("id", "INT64", 1, "[1]"), input("name", "BYTES", 1, "['\\u0000']"))))
                            .message())
                    .contains("and should be a text");
        }
    }

    @Test
    void hasPlacesForWhatIsNoValueInFractionsAlone() throws Exception {
        try (ActorKit nulls = kit(
                "-- @param id bigint",
                "select cast(null as double) as ratio, id from orders" + " where orders.id < :id order by id")) {
            Reply binary = ask(
                    nulls,
                    request("'inputs': [" + input("id", "INT64", 1, "[2]")
                            + "], 'parameters': {'binary_data_output': true}"));
            byte[] bytes = binary.content().bytes();
            assertThat(ByteBuffer.wrap(bytes, bytes.length - 32, 8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getDouble())
                    .isNaN();
            assertThat(failure(ask(nulls, inputs(input("id", "INT64", 1, "[2]"))))
                            .message())
                    .contains("JSON has no such number: ask for binary data");
            Reply none = ask(nulls, inputs(input("id", "INT64", 1, "[0]")));
            assertThat(output(none, "ratio")).isEqualTo("FP64[0] []");
        }
        try (ActorKit nulls = kit("select cast(null as integer) as n")) {
            Failure failure = failure(ask(nulls, inputs()));
            assertThat(failure.code()).isEqualTo(ErrorCode.FAILED);
            assertThat(failure.message()).contains("the column 'n' has no value (null)", "coalesce");
        }
    }

    private ActorKit counts() throws Exception {
        return kit(
                "-- @param customer bigint",
                "-- @param least bigint = 0",
                "-- @max-batch-size 4",
                "select query_id, count(*) as n, min(case customer when 5 then error('five') when 8 then null else '' end) as e"
                        + " from inputs join orders using (customer) where id >= least"
                        + " group by query_id order by query_id desc");
    }

    /** The kit says so where a query ends twice. */
    @Test
    void endsAQueryOnceWhoseFirstRowHasNoPlaceInATensor() throws Exception {
        try (ActorKit counts = kit(
                "-- @param customer bigint",
                "-- @max-batch-size 4",
                "select query_id, case customer when 1 then null else count(*) end as n"
                        + " from inputs join orders using (customer) group by query_id, customer")) {
            List<Reply> replies = counts.replies(
                    "call",
                    List.of(
                            inputs(input("customer", "INT64", 2, "[1, 2]")),
                            inputs(input("customer", "INT64", 2, "[3, 4]"))));
            assertThat(failure(replies.get(0)).code()).isEqualTo(ErrorCode.FAILED);
            assertThat(output(replies.get(1), "n")).isEqualTo("INT64[2] [100,100]");
        }
    }

    @Test
    void runsManyRowsInPartsBesideOthers() throws Exception {
        try (ActorKit counts = kit(
                "-- @param customer bigint",
                "-- @max-batch-size 4",
                "select query_id, count(*) as n from inputs join orders using (customer) group by query_id")) {
            assertThat(counts.descriptor()
                            .methods()
                            .get(0)
                            .tensors()
                            .orElseThrow()
                            .toString())
                    .isEqualTo("TensorSignature[inputs=[customer INT64[-1]],"
                            + " outputs=[query_id INT64[-1], n INT64[-1]]]");
            List<Reply> replies = counts.replies(
                    "call",
                    List.of(
                            request("'inputs': 1"),
                            inputs(input("customer", "INT64", 9, "[1, 2, 77, 4, 5, 6, 7, 8, 9]")),
                            Map.of("customer", 2),
                            inputs(input("customer", "INT64", 1, "[3]")),
                            inputs(input("customer", "INT64", 0, "[]"))));
            assertThat(failure(replies.get(0)).code()).isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(output(replies.get(1), "query_id")).isEqualTo("INT64[8] [0,1,3,4,5,6,7,8]");
            assertThat(output(replies.get(1), "n")).isEqualTo("INT64[8] [100,100,100,100,100,100,100,100]");
            assertThat(replies.get(2).value().toString()).isEqualTo("[{\"n\":100}]");
            assertThat(output(replies.get(3), "query_id")).isEqualTo("INT64[1] [0]");
            assertThat(output(replies.get(4), "n")).isEqualTo("INT64[0] []");
        }
    }

    @Test
    void saysWhichRowTheDatabaseRefusesAndLeavesTheNeighboursAlone() throws Exception {
        try (ActorKit counts = counts()) {
            List<Reply> replies = counts.replies(
                    "call",
                    List.of(
                            inputs(input("customer", "INT64", 7, "[1, 2, 3, 4, 6, 5, 7]")),
                            Map.of("customer", 2),
                            inputs(input("customer", "INT64", 2, "[3, 8]"), input("least", "INT64", 2, "[0, 500]")),
                            inputs(input("customer", "INT64", 2, "[3, 4]"), input("least", "INT64", 1, "[0]"))));
            assertThat(failure(replies.get(0)).code()).isEqualTo(ErrorCode.FAILED);
            assertThat(failure(replies.get(0)).message()).startsWith("Row 5: ").contains("five");
            assertThat(replies.get(1).value().path(0).path("n").asInt()).isEqualTo(100);
            assertThat(failure(replies.get(2)).message()).startsWith("Row 1: ").contains("the column 'e'");
            assertThat(failure(replies.get(3)).message())
                    .isEqualTo("The input 'customer' has 2 rows, and 'least' has 1: send as many of each.");
        }
    }

    @Test
    void hasNoTensorsWhereItStreams() throws Exception {
        try (ActorKit one = kit("select 1 as n")) {
            assertThat(one.descriptor().method("arrow").orElseThrow().tensors()).isEmpty();
            assertThat(one.stream("arrow", inputs())
                            .then()
                            .materialize()
                            .block()
                            .getThrowable())
                    .hasMessageContaining("ask q:rows with them");
        }
    }
}
