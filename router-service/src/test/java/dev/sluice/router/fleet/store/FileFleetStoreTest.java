package dev.sluice.router.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.router.fleet.store.FleetStore.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

class FileFleetStoreTest extends FleetStoreContract {

    private static final String GOOD = """
            {"format": 1, "id": "an id", "revision": 7,
             "entries": {"a": {"revision": 7, "json": "{}"}, "b": {"revision": 2, "json": null}}}
            """;

    @TempDir
    private Path temporary;

    private Path folder;
    private FileFleetStore store;

    @BeforeEach
    void open() {
        folder = temporary.resolve("made/on/demand");
        store = new FileFleetStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    FleetStore store() {
        return store;
    }

    private void reopen() {
        store.close();
        store = new FileFleetStore(folder);
    }

    private SettingRefused refused() {
        SettingRefused refused = catchThrowableOfType(SettingRefused.class, () -> new FileFleetStore(folder));
        assertThat(refused).isNotNull();
        assertThat(refused).hasMessageContaining(folder.toString());
        return refused;
    }

    @Test
    void isTheSameAfterARestart() {
        String id = id(store);
        long a = write("a", "{\"\u00fc\":1}", 0);
        long b = write("b", null, 0);
        reopen();
        assertThat(id(store)).isEqualTo(id);
        assertThat(load()).isEqualTo(Map.of("a", new Entry(a, "{\"\u00fc\":1}"), "b", new Entry(b, null)));
        assertThat(write("a", "2", a)).isGreaterThan(b);
        assertThat(store.isShared()).isFalse();
    }

    @Test
    void isAnotherStoreInAnotherFolder() {
        try (FileFleetStore other = new FileFleetStore(temporary.resolve("other"))) {
            assertThat(id(other)).isNotEqualTo(id(store));
        }
    }

    @Test
    void leavesNothingBesideItsFile() throws IOException {
        write("a", "1", 0);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("fleet.json", "fleet.lock");
        }
    }

    @Test
    void readsTheFormatThatItHasAlwaysHad() throws IOException {
        store.close();
        Files.writeString(folder.resolve("fleet.json"), GOOD);
        store = new FileFleetStore(folder);
        assertThat(id(store)).isEqualTo("an id");
        assertThat(load()).isEqualTo(Map.of("a", new Entry(7, "{}"), "b", new Entry(2, null)));
        assertThat(write("b", "1", 2)).isEqualTo(8);
    }

    @Test
    void takesNoNoticeOfAWriteThatDidNotEnd() throws IOException {
        long a = write("a", "1", 0);
        store.close();
        Files.writeString(folder.resolve("fleet.json.draft"), "{\"form");
        store = new FileFleetStore(folder);
        assertThat(load()).isEqualTo(Map.of("a", new Entry(a, "1")));
        write("a", "2", a);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "nonsense",
                "{\"format\": 1, \"id\": \"an id\", \"revision\": 7, \"entries\": {\"a\": {\"revis",
                "{\"format\": 1, \"id\": \"an id\", \"revision\": 7}",
                "{\"format\": 1, \"id\": \"\", \"revision\": 7, \"entries\": {}}",
                "{\"format\": 1, \"revision\": 7, \"entries\": {}}",
                "{\"format\": 2, \"id\": \"an id\", \"revision\": 7, \"entries\": {}}",
                "{\"format\": 1, \"id\": \"an id\", \"revision\": 1, \"entries\": {\"a\": {\"revision\": 2}}}",
                "{\"format\": 1, \"id\": \"an id\", \"revision\": 7, \"entries\": {\"a\": {\"revision\": 0}}}",
                "{\"format\": 1, \"id\": \"an id\", \"revision\": 7, \"entries\": {\"a\": null}}",
                "{\"format\": 1, \"id\": \"an id\", \"revision\": 7, \"entries\": {}} more"
            })
    void doesNotStartWithADamagedFile(String content) throws IOException {
        store.close();
        Files.writeString(folder.resolve("fleet.json"), content);
        SettingRefused refused = refused();
        assertThat(refused).hasMessageContaining("fleet.json").hasMessageContaining("is damaged: ");
        assertThat(refused.action()).contains("copy").contains("move it away");
        Files.writeString(folder.resolve("fleet.json"), GOOD);
        store = new FileFleetStore(folder);
    }

    @Test
    void doesNotStartInAFolderThatIsTaken() {
        SettingRefused refused = refused();
        assertThat(refused).hasMessageContaining("in use by another router");
        assertThat(refused.action()).contains("sluice.fleet.dir").contains("sluice.fleet.store=redis");
    }

    @Test
    void doesNotStartWhereItsFolderCannotBe() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> new FileFleetStore(file.resolve("fleet")))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void saysThatAWriteFailedAndGoesOnFromWhatIsOnTheDisk() throws IOException {
        long a = write("a", "1", 0);
        Path inTheWay = Files.createDirectory(folder.resolve("fleet.json.draft"));
        assertThatThrownBy(() -> write("a", "2", a))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("fleet.json");
        assertThat(load()).isEqualTo(Map.of("a", new Entry(a, "1")));
        Files.delete(inTheWay);
        long again = write("a", "3", a);
        reopen();
        assertThat(load()).isEqualTo(Map.of("a", new Entry(again, "3")));
    }

    @Test
    void finishesAWriteThatNobodyWaitsForAnyMore() {
        Flux.range(0, 20)
                .flatMap(i -> store.write("k" + i, "1", 0).timeout(Duration.ZERO))
                .onErrorComplete()
                .blockLast(LONG);
        reopen();
        assertThat(load()).isNotEmpty();
        load().values().forEach(entry -> assertThat(entry.json()).isEqualTo("1"));
    }

    @Test
    void refusesWritesOnceItIsClosed() {
        store.close();
        assertThatThrownBy(() -> write("a", "1", 0)).isInstanceOf(StoreUnavailable.class);
    }
}
