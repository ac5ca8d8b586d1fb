package dev.sluice.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final String JSON = "{\"input\": [1, 2.5, \"a b\"], \"slo_ms\": 100}";

    @Test
    void theSameSeedMakesTheSameChanges() {
        Changes one = new Changes(7);
        Changes other = new Changes(7);
        for (int i = 0; i < 1_000; i++) {
            assertThat(one.json(JSON)).isEqualTo(other.json(JSON));
        }
    }

    @Test
    void nearlyAllAreDifferentFromEachOtherAndFromWhatTheyWere() {
        Changes changes = new Changes(7);
        Set<List<Byte>> all = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(boxed(changes.bytes(Changes.utf8(JSON))));
        }
        all.remove(boxed(Changes.utf8(JSON)));
        assertThat(all.size()).isGreaterThan(800);
    }

    @Test
    void nothingIsChangedIntoSomethingToo() {
        Changes changes = new Changes(7);
        boolean something = false;
        for (int i = 0; i < 100; i++) {
            something |= changes.bytes(new byte[0]).length > 0;
        }
        assertThat(something).isTrue();
    }

    @Test
    void aLineOfAHeadStaysOneLine() {
        Changes changes = new Changes(7);
        for (int i = 0; i < 1_000; i++) {
            assertThat(changes.line("text/event-stream, a b")).matches("[!-~]*");
        }
    }

    @Test
    void aRequestStaysOneRequest() {
        Changes changes = new Changes(7);
        HttpRequestText valid =
                HttpRequestText.of("POST", "/vadder", JSON, "Content-Type: application/json", "Sluice-Id: q-1");
        for (int i = 0; i < 1_000; i++) {
            HttpRequestText changed = valid.changed(changes);
            String text = new String(changed.bytes("h:1"), StandardCharsets.ISO_8859_1);
            String head = text.substring(0, text.indexOf("\r\n\r\n"));
            assertThat(head.split("\r\n")).hasSize(5);
            assertThat(head).startsWith("POST /").contains("Content-Length: " + changed.body().length);
            assertThat(changed.change()).isNotEqualTo(HttpRequestText.Change.NONE);
        }
    }

    @Test
    void tellsWhatIsNoAddress() {
        assertThat(HttpRequestText.of("GET", "/control/v1/events?actor=a", "").hasAddress())
                .isTrue();
        assertThat(HttpRequestText.of("GET", "/control/v1/replicas>", "").hasAddress())
                .isFalse();
        assertThat(HttpRequestText.of("GET", "/%zz", "").hasAddress()).isFalse();
    }

    private static List<Byte> boxed(byte[] bytes) {
        Byte[] boxed = new Byte[bytes.length];
        Arrays.setAll(boxed, i -> bytes[i]);
        return List.of(boxed);
    }
}
