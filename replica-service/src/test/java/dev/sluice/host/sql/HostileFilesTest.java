package dev.sluice.host.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.sdk.test.ActorKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose statements write, or reach for what is none of theirs: refused, and nothing is done of it. */
@Timeout(120)
class HostileFilesTest {

    /** Here, or by the database: it only reads, is locked, and takes no other statement within one. */
    private static final String REFUSED = "The statement is refused: Only SELECT|The statement writes"
            + "|There is more than one statement|is attached in read-only mode|the configuration has been locked"
            + "|Expected a single SELECT statement|data-modifying statement must be at the top level";

    @TempDir
    private Path folder;

    private SqlFolderRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = SqlFolderRig.in(folder);
        Files.createSymbolicLink(folder.resolve("data/link.csv"), folder.resolve("secret.csv"));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    /** With FOLDER for where everything lies. */
    private Throwable refusal(String sql) {
        return catchThrowable(() -> {
            try (ActorKit actor = ActorKit.of(rig.actor(sql.replace("FOLDER", folder.toString())))
                    .start()) {
                actor.call(Map.of());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table orders",
                "delete from orders returning id",
                "update orders set name = 'x' returning id",
                "insert into orders (id) values (1) returning id",
                "create table t as select 1",
                "create temp table t as select 1",
                "with gone as (delete from orders returning id) select * from gone",
                "copy orders to 'FOLDER/data/out.csv'",
                "copy (select 1) to 'FOLDER/data/out.csv'",
                "export database 'FOLDER/data/out'",
                "attach 'FOLDER/data/other.db'",
                "install httpfs",
                "load 'FOLDER/x.duckdb_extension'",
                "set enable_external_access = true",
                "reset lock_configuration",
                "pragma database_list",
                "call enable_logging()",
                "checkpoint",
                "begin",
                "explain analyze select 1",
                "prepare p as select 1",
                "select 1; drop table orders",
                "select 1; select 2",
                "select 1;; select 2",
                "select /* ; */ 1 ; /* */ select 2",
                "select nextval('numbers')",
                "select * from enable_logging(storage = 'file', storage_path = 'FOLDER/data/log')",
                "select * from query('drop table orders')",
                "select * from query('with gone as (delete from orders returning id) select * from gone')"
            })
    void refusesWhatWrites(String sql) throws Exception {
        assertThat(refusal(sql)).hasMessageFindingMatch(REFUSED);
        try (ActorKit count = ActorKit.of(rig.actor("select count(*) as n, max(name) as name from orders"))
                .start()) {
            assertThat(count.call(Map.of()).toString()).isEqualTo("[{\"n\":1000,\"name\":\"order 999\"}]");
        }
        try (var files = Files.list(folder.resolve("data"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "sub",
                            "parts",
                            "damaged.parquet",
                            "link.csv",
                            "cities.csv",
                            "notes.json",
                            "readings.parquet");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from read_csv('FOLDER/secret.csv')",
                "select * from 'FOLDER/secret.csv'",
                "select * from read_text('FOLDER/data/../secret.csv')",
                "select * from read_text('FOLDER/data/sub/../../secret.csv')",
                "select * from read_blob('FOLDER/data/link.csv')",
                "select * from read_text('/proc/self/environ')",
                "select * from read_text('file:///etc/passwd')",
                "select * from glob('FOLDER/*')",
                "select * from sniff_csv('FOLDER/secret.csv')",
                "select * from parquet_metadata('FOLDER/secret.csv')",
                "select * from read_csv('http://127.0.0.1:1/x.csv')",
                "select * from query('select * from read_text(''FOLDER/secret.csv'')')",
                "select * from query_table('FOLDER/secret.csv')",
                "select * from json_execute_serialized_sql(json_serialize_sql("
                        + "'select * from read_text(''FOLDER/secret.csv'')'))",
                "select * from sqlite_scan('FOLDER/shop.db', 't')"
            })
    void refusesFilesOutsideOfTheDataFolder(String sql) throws Exception {
        Throwable refusal = refusal(sql);
        assertThat(refusal)
                .hasMessageFindingMatch("file system operations are disabled by configuration|is not in the catalog");
        assertThat(String.valueOf(refusal.getMessage())).doesNotContain("swordfish");
    }

    @Test
    void readsAFileOfTheDataFolderByItsPath() throws Exception {
        assertThat(refusal("select * from read_csv('FOLDER/data/cities.csv')")).isNull();
    }

    @Test
    void refusesABatchedFileThatClosesItsRelation() {
        assertThat(refusal("select query_id from inputs); drop table orders; --"))
                .hasMessageContaining("more than one statement");
        assertThat(refusal("select query_id from inputs) select 1"))
                .hasMessageContaining("The statement cannot be read");
    }
}
