package dev.sluice.host.sql.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFileTest {

    private static final SqlFile.Limits DEFAULTS = new SqlFile.Limits(1000, 1_000_000, null);

    @TempDir
    private Path folder;

    private final List<String> broken = new ArrayList<>();

    private List<SqlFile> read(String text) throws Exception {
        Files.writeString(folder.resolve("q.sql"), text.replace(" / ", "\n"));
        return new SqlFolder(folder, DEFAULTS).read((name, why) -> broken.add(why));
    }

    @Test
    void readsEverythingThatAHeaderSays() throws Exception {
        SqlFile file = read("""
                -- Orders of a customer,
                -- newest first.
                --
                -- @param customer bigint
                -- @param since timestamp = "2026-01-01T00:00:00"
                -- @param name varchar = null
                -- @source shop
                -- @format arrow
                -- @timeout 2s
                -- @slo 100ms
                -- @max-rows 5
                -- @max-bytes 4KB
                -- @example {"customer": 1}

                select 1 where :customer > 0 and now() > :since and :name is null;
                """).get(0);
        assertThat(file.name()).isEqualTo("q");
        assertThat(file.version()).isEqualTo("1");
        assertThat(file.description()).isEqualTo("Orders of a customer, newest first.");
        assertThat(file.inputType()).isEqualTo("{customer: bigint, since?: timestamp, name?: varchar}");
        assertThat(file.source()).isEqualTo("shop");
        assertThat(file.format()).isEqualTo(Format.ARROW);
        assertThat(file.limits()).isEqualTo(new SqlFile.Limits(5, 4096, Duration.ofSeconds(2)));
        assertThat(file.slo()).isEqualTo(Duration.ofMillis(100));
        assertThat(file.example()).isEqualTo("{\"customer\": 1}");
        assertThat(file.statement().prepared(file.parameters()))
                .isEqualTo("select 1 where cast(? as bigint) > 0 and now() > cast(? as timestamp)"
                        + " and cast(? as varchar) is null");
    }

    @Test
    void readsVersionsOfOneActorInAFolder() throws Exception {
        Files.createDirectories(folder.resolve("orders"));
        Files.writeString(folder.resolve("orders/1.sql"), "select 1");
        Files.writeString(folder.resolve("orders/2.sql"), "select 2");
        assertThat(read("select 3"))
                .extracting(SqlFile::name, SqlFile::version)
                .containsExactly(tuple("orders", "1"), tuple("orders", "2"), tuple("q", "1"));
    }

    @Test
    void takesNothingForAParameterThatStandsInATextANameOrAComment() throws Exception {
        SqlFile file = read("select ':a' || ':b''s :c', \":d\", $$ :e $$, $x$ ; :f $x$, e'\\':g', 1::bigint, [1: 2]"
                        + " -- :h ; \n /* :i ; */ ;")
                .get(0);
        assertThat(broken).isEmpty();
        assertThat(file.statement().names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 as a$b$; commit; delete from orders; select 1 as c$b$",
                "select 1 as a$$; commit; select 1 as c$$",
                "select 1 as \u00d7$b$; commit; select 1 as c$b$",
                "select 1 as a1$b$; commit; select 1 as c$b$"
            })
    void takesNoNameWithADollarForTheBeginningOfAText(String sql) throws Exception {
        assertThat(read(sql)).isEmpty();
        assertThat(broken).singleElement().asString().contains("more than one statement");
    }

    @Test
    void putsInputsInFrontOfTheStatement() throws Exception {
        assertThat(read("select * from inputs").get(0).statement().over("R"))
                .isEqualTo("with inputs as (R)\nselect * from inputs");
        assertThat(read("WITH a as (select 1) select * from a join INPUTS on true")
                        .get(0)
                        .statement()
                        .over("R"))
                .isEqualTo("WITH inputs as (R),  a as (select 1) select * from a join INPUTS on true");
        assertThat(read("with recursive a as (select 1) from inputs")
                        .get(0)
                        .statement()
                        .over("R"))
                .isEqualTo("with recursive inputs as (R),  a as (select 1) from inputs");
        assertThat(read("select inputs from t").get(0).statement().readsInputs())
                .isFalse();
        assertThat(read("select 'from inputs'").get(0).statement().readsInputs())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | There is no statement",
                "-- only a header | There is no statement",
                "-- @limit 5 / select 1 | q.sql:1: @limit is unknown",
                "-- @slo 1s / -- @slo 2s / select 1 | q.sql:2: @slo is there twice",
                "-- @param a / select :a | Write a name and a type",
                "-- @param a money / select :a | of the type 'money'. Write one of: boolean",
                "-- @param a bigint = x / select :a | 'x' is not JSON",
                "-- @param a bigint = \"x\" / select :a | should be a whole number of 64 bits",
                "-- @param a bigint / -- @param a date / select :a | a second parameter 'a'",
                "-- @param a bigint / select 1 | does not use the parameter 'a'",
                "-- @param a bigint / select :b, :a | a parameter :b that no @param declares",
                "-- @param a bigint / select :a from inputs | write inputs.a rather than :a",
                "-- @max-batch-size 4 / select 1 | does not read the relation inputs",
                "-- @max-rows 0 / select 1 | @max-rows is '0'",
                "-- @max-rows 99999999999999999999 / select 1 | Write a number from 1",
                "-- @max-bytes many / select 1 | Write a size, as 4MB",
                "-- @timeout 0s / select 1 | a time from 1ms",
                "-- @timeout soon / select 1 | Write a time, as 250ms",
                "-- @format xml / select 1 | Write rows, columns or arrow",
                "-- @example {a / select 1 | is not JSON",
                "select ? | name its parameters",
                "select $1 | name its parameters",
                "select 'x | A quotation is not closed",
                "select $$x | A quotation is not closed",
                "select /* x | A comment is not closed",
                "select /* /* */ 1 | within a comment",
                "select 1; select 2 | more than one statement"
            })
    void saysWhatIsWrongWithAFile(String text, String why) throws Exception {
        assertThat(read(text)).isEmpty();
        assertThat(broken).singleElement().asString().contains("q.sql").contains(why);
    }

    @Test
    void leavesOutWhatIsNoTextAndNoName() throws Exception {
        Files.write(folder.resolve("a.sql"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        Files.write(folder.resolve("b.sql"), new byte[2 * 1024 * 1024]);
        Files.writeString(folder.resolve("actuator.sql"), "select 1");
        Files.writeString(folder.resolve("readme.txt"), "no query");
        assertThat(read("select 1")).extracting(SqlFile::name).containsExactly("q");
        assertThat(broken)
                .hasSize(3)
                .anySatisfy(why -> assertThat(why).contains("a.sql is no text in UTF-8"))
                .anySatisfy(why -> assertThat(why).contains("b.sql has more than 1 MiB"))
                .anySatisfy(why -> assertThat(why).contains("reserved"));
    }
}
