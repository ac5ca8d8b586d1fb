package dev.sluice.frontend.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.Secret;
import dev.sluice.frontend.access.SecretHash;
import dev.sluice.frontend.access.Tenant;
import dev.sluice.frontend.access.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class KeysFileTest {

    private static final String FIRST = """
            keys:
              - name: nightly
                tenant: acme
                # of "abc"
                sha256: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
                actors: [vadder, team-*]
              - name: ops
                key: the key of operators
                operator: true
            """;

    @TempDir
    Path folder;

    private final KeyRing ring = new KeyRing(new Tenants(Map.of(), Tenant.FREE));
    private KeysFile file;

    @BeforeEach
    void write() throws IOException {
        write(FIRST);
        KeySettings inSettings =
                new KeySettings("fixed", null, new Secret("the key in settings"), null, List.of("*"), false);
        file = new KeysFile(path(), List.of(inSettings), ring);
    }

    private Path path() {
        return folder.resolve("keys.yaml");
    }

    private void write(String text) throws IOException {
        Files.writeString(path(), text);
    }

    private @Nullable Caller caller(String key) {
        return ring.caller(SecretHash.of(new Secret(key)));
    }

    @Test
    void hasKeysBesideThoseOfTheSettings() {
        file.load();

        assertThat(caller("abc").name()).isEqualTo("nightly");
        assertThat(caller("abc").rights().mayCall("team-7")).isTrue();
        assertThat(caller("abc").rights().mayCall("else")).isFalse();
        assertThat(caller("the key of operators").rights().operator()).isTrue();
        assertThat(caller("the key in settings").name()).isEqualTo("fixed");
    }

    @Test
    void isReadAgainWhenItChanges() throws IOException {
        file.load();
        write("keys: [{name: other, key: another key 0123}]");

        lookTwice();

        assertThat(caller("abc")).isNull();
        assertThat(caller("another key 0123").name()).isEqualTo("other");
        assertThat(caller("the key in settings").name()).isEqualTo("fixed");
    }

    private void lookTwice() {
        file.look();
        file.look();
    }

    /** Half of a file may make sense too. */
    @Test
    void isNotTakenWhileItIsBeingWritten() throws IOException {
        file.load();
        String next = FIRST.replace("nightly", "daily");

        write(next.substring(0, next.indexOf("  - name: ops")));
        file.look();
        assertThat(caller("the key of operators")).isNotNull();

        write(next);
        file.look();
        assertThat(caller("abc").name()).isEqualTo("nightly");
        file.look();
        assertThat(caller("abc").name()).isEqualTo("daily");
        assertThat(caller("the key of operators")).isNotNull();
    }

    @Test
    void anEmptyListTakesAllBack() throws IOException {
        file.load();
        write("keys: []");
        lookTwice();
        assertThat(caller("abc")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys: hush-hush-hush-hush",
                "keys: [{name: one, key: hush}]",
                "keys: [{name: one}]",
                "keys: [{key: hush-hush-hush-hush}]",
                "keys: [{name: one, sha256: hush}]",
                "keys: [{name: 'a b', key: hush-hush-hush-hush}]",
                "keys: [{name: one, key: hush-hush-hush-hush, operator: hush}]",
                "keys: [{name: one, key: hush-hush-hush-hush, actor: [vadder]}]",
                "keys: [{name: one, kye: hush-hush-hush-hush}]",
                "keys: [hush-hush: [",
                "keys: [{name: a, key: hush-hush-hush-hush}, {name: b, key: hush-hush-hush-hush}]",
                "\tkeys: hush",
                "keys: 'hush-hush-hush-hush'",
                // what is left of one that was cut off, or is another file
                "",
                "keys:",
                "kees: []",
                "- {name: one, key: hush-hush-hush-hush}",
            })
    void whatMakesNoSenseChangesNothingAndIsSaidOnceWithoutTheKey(String text, CapturedOutput output)
            throws IOException {
        file.load();
        write(text);

        lookTwice();
        lookTwice();

        assertThat(caller("abc").name()).isEqualTo("nightly");
        assertThat(output.getAll()).containsOnlyOnce("those before stay good").doesNotContain("hush");
        assertThatThrownBy(file::load).isInstanceOf(SettingRefused.class).hasMessageNotContaining("hush");

        write(FIRST.replace("nightly", "daily"));
        lookTwice();
        assertThat(caller("abc").name()).isEqualTo("daily");
    }

    /** It would be good for any actor, or be counted for a tenant that has no limits. */
    @ParameterizedTest
    @CsvSource({"'actor: [vadder]', keys[0].actor[0]", "tennant: acme, keys[0].tennant"})
    void doesNotLeaveOutWhatIsMisspelt(String misspelt, String named) throws IOException {
        write("keys: [{name: one, key: hush-hush-hush-hush, " + misspelt + "}]");
        assertThatThrownBy(file::load)
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("says what no key has: " + named + ".");
        assertThat(caller("hush-hush-hush-hush")).isNull();
    }

    @Test
    void thatIsNotThereStopsTheStart() throws IOException {
        Files.delete(path());
        assertThatThrownBy(file::load)
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("keys.yaml")
                .hasMessageContaining("cannot be read");
        file.look();
        assertThat(caller("the key in settings")).as("nothing was loaded").isNull();
    }
}
