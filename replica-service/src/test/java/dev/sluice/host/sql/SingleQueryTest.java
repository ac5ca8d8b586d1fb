package dev.sluice.host.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.ActorKit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that run once for each query, as callers see them. */
@Timeout(120)
class SingleQueryTest {

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

    @Test
    void answersWithRowsOrColumns() throws Exception {
        try (ActorKit orders = serve(
                "-- The first orders of a customer.",
                "-- @param customer bigint",
                "-- @param most bigint = 2",
                "select id, name, amount from orders where customer = :customer order by id limit :most")) {
            assertThat(orders.call(Map.of("customer", 7)).toString())
                    .isEqualTo("[{\"id\":7,\"name\":\"order 7\",\"amount\":10.5},"
                            + "{\"id\":17,\"name\":\"order 17\",\"amount\":25.5}]");
            assertThat(orders.call("columns", Map.of("customer", 7, "most", 1)).toString())
                    .isEqualTo("{\"id\":[7],\"name\":[\"order 7\"],\"amount\":[10.5]}");
            assertThat(orders.call(Map.of("customer", 77)).toString()).isEqualTo("[]");
            assertThat(orders.call("columns", Map.of("customer", 77)).toString())
                    .isEqualTo("{\"id\":[],\"name\":[],\"amount\":[]}");
        }
    }

    @Test
    void saysWhatItIs() throws Exception {
        try (ActorKit orders = serve(
                "-- Orders of a day.",
                "-- @param day date",
                "-- @format columns",
                "-- @slo 250ms",
                "select id from orders where day = :day")) {
            assertThat(orders.descriptor().description()).isEqualTo("Orders of a day.");
            assertThat(orders.descriptor().idempotent()).isTrue();
            assertThat(orders.descriptor().sloMillis()).isEqualTo(250);
            assertThat(orders.descriptor().methods())
                    .extracting(MethodDescriptor::name)
                    .containsExactly("call", "rows", "columns", "arrow");
            assertThat(orders.descriptor().methods().get(0).inputType()).isEqualTo("{day: date}");
            assertThat(orders.call(Map.of("day", "2026-01-28")).get("id")).hasSize(35);
        }
    }

    @Test
    void readsTheFilesOfTheDataFolderAsViews() throws Exception {
        try (ActorKit cities = serve("select name from cities order by id")) {
            assertThat(cities.call("columns", Map.of()).get("name").toString()).isEqualTo("[\"Bonn\",\"Ulm\"]");
        }
        try (ActorKit notes = serve("select tags from notes")) {
            assertThat(notes.call(Map.of()).toString()).isEqualTo("[{\"tags\":[\"a\",\"b\"]}]");
        }
        try (ActorKit readings = serve("select sum(reading) as s from readings")) {
            assertThat(readings.call(Map.of()).toString()).isEqualTo("[{\"s\":3}]");
        }
        try (ActorKit parts = serve("select max(reading) as m, max(year) as y from parts")) {
            assertThat(parts.call(Map.of()).toString()).isEqualTo("[{\"m\":2,\"y\":2026}]");
        }
    }

    @Test
    void writesEveryTypeInJson() throws Exception {
        try (ActorKit types = serve("select true as a, 1::tinyint as b, 9223372036854775807 as c, 1.5::float as d,"
                + " 'nan'::double as e, 12.75::decimal(9,2) as f, date '2026-01-02' as g,"
                + " timestamp '2026-01-02 03:04:05.6' as h, timestamptz '2026-01-02 03:04:05+00' as i,"
                + " 'ab'::blob as j, [1, null] as k, {'x': 1, 'y': ['z']} as l, map {'m': 1} as m,"
                + " 18446744073709551615::ubigint as n, null as o, 'ü\"' as p, interval 3 day as q,"
                + " uuid '00000000-0000-0000-0000-000000000001' as r, time '10:11:12' as s")) {
            assertThat(types.call(Map.of()).get(0).toString())
                    .isEqualTo("{\"a\":true,\"b\":1,\"c\":9223372036854775807,\"d\":1.5,\"e\":\"NaN\",\"f\":12.75,"
                            + "\"g\":\"2026-01-02\",\"h\":\"2026-01-02T03:04:05.600\",\"i\":\"2026-01-02T03:04:05Z\","
                            + "\"j\":\"YWI=\",\"k\":[1,null],\"l\":{\"x\":1,\"y\":[\"z\"]},\"m\":{\"m\":1},"
                            + "\"n\":18446744073709551615,\"o\":null,\"p\":\"ü\\\"\",\"q\":\"3 days\","
                            + "\"r\":\"00000000-0000-0000-0000-000000000001\",\"s\":\"10:11:12\"}");
        }
    }

    @Test
    void takesParametersOfEveryType() throws Exception {
        try (ActorKit types = serve(
                "-- @param a boolean",
                "-- @param b integer",
                "-- @param c bigint",
                "-- @param d double",
                "-- @param e decimal(9, 2)",
                "-- @param f varchar = null",
                "-- @param g date",
                "-- @param h timestamp",
                "select :a as a, :b as b, :c as c, :d as d, :e as e, :f as f, :g as g, :h as h")) {
            Map<String, Object> input = new HashMap<>(Map.of(
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
                    "2026-02-28 12:00:00"));
            assertThat(types.call(input).get(0).toString())
                    .isEqualTo("{\"a\":true,\"b\":-1,\"c\":-9223372036854775808,\"d\":1.0E300,\"e\":1.25,\"f\":null,"
                            + "\"g\":\"2026-02-28\",\"h\":\"2026-02-28T12:00\"}");
            input.put("f", "");
            assertThat(types.call(input).get(0).get("f").asString()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; drop table orders; --",
                "' or '1'='1",
                "x' union select password from read_csv('../secret.csv') --",
                "\\'; copy orders to '/tmp/x'; --",
                "$$; attach 'x'; $$",
                "\u2019 or 1=1",
                "?",
                ":name"
            })
    void takesWhateverATextSaysForAText(String hostile) throws Exception {
        try (ActorKit orders = serve(
                "-- @param name varchar", "select :name as given, count(*) as n from orders where name = :name")) {
            assertThat(orders.call(Map.of("name", hostile)).get(0).get("given").asString())
                    .isEqualTo(hostile);
            assertThat(orders.call(Map.of("name", hostile)).get(0).get("n").asInt())
                    .isZero();
            assertThat(orders.call(Map.of("name", "order 7")).get(0).get("n").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void refusesInputsThatAreNotItsParameters() throws Exception {
        try (ActorKit orders = serve(
                "-- @param customer integer",
                "-- @param since date = null",
                "select id from orders where customer = :customer and day >= coalesce(:since, day)")) {
            for (Object input : List.of(
                    List.of(1),
                    7,
                    Map.of(),
                    Map.of("customer", "7"),
                    Map.of("customer", 1.5),
                    Map.of("customer", 5_000_000_000L),
                    Collections.singletonMap("customer", null),
                    Map.of("customer", Double.NaN),
                    Map.of("customer", 7, "since", "yesterday"),
                    Map.of("customer", 7, "until", "2026-01-01"),
                    Map.of("customer", Map.of("$gt", 0)))) {
                QueryException refused = catchThrowableOfType(QueryException.class, () -> orders.call(input));
                assertThat(refused).as("%s", input).isNotNull();
                assertThat(refused.failure().code()).as("%s", input).isEqualTo(ErrorCode.INVALID_INPUT);
                assertThat(refused).hasMessageContaining("{customer: integer, since?: date}");
            }
            assertThat(orders.call(Map.of("customer", 7))).hasSize(100);
        }
    }

    @Test
    void takesJsonInBareBytesAndNoOtherMediaType() throws Exception {
        try (ActorKit orders = serve("-- @param id bigint", "select name from orders where id = :id")) {
            byte[] json = "{\"id\": 7}".getBytes(StandardCharsets.UTF_8);
            assertThat(orders.call(json).toString()).isEqualTo("[{\"name\":\"order 7\"}]");
            for (Content wrong : List.of(
                    new Content(json, "image/png"),
                    new Content(Arrays.copyOf(json, 5), "application/json"),
                    new Content(new byte[0], "application/json"),
                    new Content("[".repeat(100_000).getBytes(StandardCharsets.UTF_8), "application/json"),
                    new Content("{\"id\": 1, \"id\": 2}".getBytes(StandardCharsets.UTF_8), "application/json"),
                    new Content("{\"id\": 1e999999999}".getBytes(StandardCharsets.UTF_8), "application/json"),
                    new Content(new byte[] {(byte) 0xFF, 0, 1}, "application/octet-stream"))) {
                QueryException refused = catchThrowableOfType(QueryException.class, () -> orders.call(wrong));
                assertThat(refused).as("%s", wrong.mediaType()).isNotNull();
                assertThat(refused.failure().code()).isEqualTo(ErrorCode.INVALID_INPUT);
            }
        }
    }

    @Test
    void keepsEveryDigitOfADecimal() throws Exception {
        String digits = "12345678901234567890.123456789012345678";
        try (ActorKit exact = serve(
                "-- @param a decimal(38, 18)",
                "-- @param b decimal(38, 18) = " + digits,
                "-- @param c double",
                "select :a::varchar as a, :b::varchar as b, :c as c")) {
            Content json = new Content(
                    ("{\"a\": " + digits + ", \"c\": 0.1}").getBytes(StandardCharsets.UTF_8), "application/json");
            assertThat(exact.call(json).toString())
                    .isEqualTo("[{\"a\":\"" + digits + "\",\"b\":\"" + digits + "\",\"c\":0.1}]");
        }
    }

    @Test
    void failsAQueryThatTheDatabaseRefusesAndGoesOn() throws Exception {
        try (ActorKit orders = serve("-- @param text varchar", "select cast(:text as integer) as number")) {
            QueryException failed =
                    catchThrowableOfType(QueryException.class, () -> orders.call(Map.of("text", "seven")));
            assertThat(failed.failure().code()).isEqualTo(ErrorCode.FAILED);
            assertThat(failed).hasMessageContaining("Could not convert string 'seven' to INT32");
            assertThat(orders.call(Map.of("text", "7")).get(0).get("number").asInt())
                    .isEqualTo(7);
        }
    }

    @Test
    void refusesResultsBeyondTheLimitsOfItsFile() throws Exception {
        try (ActorKit orders =
                serve("-- @param n bigint", "-- @max-rows 100", "select id from orders order by id limit :n")) {
            assertThat(orders.call(Map.of("n", 100))).hasSize(100);
            QueryException refused = catchThrowableOfType(QueryException.class, () -> orders.call(Map.of("n", 101)));
            assertThat(refused.failure().code()).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(refused).hasMessageContaining("more than 100 rows").hasMessageContaining("@max-rows");
        }
        try (ActorKit texts = serve("-- @param n integer", "-- @max-bytes 1KB", "select repeat('x', :n) as t")) {
            assertThat(texts.call(Map.of("n", 1000))).hasSize(1);
            for (String method : List.of("rows", "columns")) {
                QueryException refused =
                        catchThrowableOfType(QueryException.class, () -> texts.call(method, Map.of("n", 1025)));
                assertThat(refused.failure().code()).as(method).isEqualTo(ErrorCode.TOO_LARGE);
            }
        }
    }

    @Test
    void interruptsAQueryThatTakesLongerThanItsFileAllows() throws Exception {
        try (ActorKit endless = serve(
                "-- @param n bigint",
                "-- @timeout 3s",
                "select sum(a.range * b.range) as s from range(:n) a, range(:n) b")) {
            QueryException expired =
                    catchThrowableOfType(QueryException.class, () -> endless.call(Map.of("n", 1_000_000)));
            assertThat(expired.failure().code()).isEqualTo(ErrorCode.EXPIRED);
            assertThat(endless.call(Map.of("n", 2)).get(0).get("s").asInt()).isEqualTo(1);
        }
    }
}
