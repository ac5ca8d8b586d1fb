package dev.sluice.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.link.LinkProbe;
import dev.sluice.common.link.LinkProbe.Heard;
import dev.sluice.common.wire.Role;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkTalkTest {

    private static final byte[] QUERY = LinkFrames.OPENER;

    @Test
    void tellsWhatIsOwed() {
        LinkTalk talk = LinkTalk.of(QUERY);

        assertThat(talk.queries()).isEqualTo(Map.of(LinkProbe.OPENER, "42"));
        assertThat(talk.answers()).isEqualTo(1);
        assertThat(talk.isAnswered(heard(Map.of()))).isFalse();
        assertThat(talk.isAnswered(heard(Map.of(LinkProbe.OPENER, new byte[] {'4', '2'}))))
                .isTrue();
    }

    @Test
    void tellsAWrongResult() {
        LinkTalk talk = LinkTalk.of(QUERY);

        assertThat(talk.wrongResult(heard(Map.of(LinkProbe.OPENER, new byte[] {'4', '2'}))))
                .isEmpty();
        assertThat(talk.wrongResult(heard(Map.of(LinkProbe.OPENER, new byte[] {'4'}))))
                .contains("is 4 and not 42");
    }

    @Test
    void tellsDamageFromWhatIsNotComplete() {
        byte[] tooLong = QUERY.clone();
        tooLong[0] = (byte) 0xFF;

        assertThat(LinkTalk.of(tooLong).damaged()).isTrue();
        assertThat(LinkTalk.of(Arrays.copyOf(QUERY, QUERY.length - 1)).damaged())
                .isFalse();
    }

    @Test
    void allThatIsValidIsOwedAnswers() {
        Changes changes = new Changes(1);
        for (int i = 0; i < 200; i++) {
            LinkTalk talk = LinkTalk.of(LinkFrames.valid(i % 2 == 0 ? Role.FRONTEND : Role.HOST, changes));
            assertThat(talk.damaged()).isFalse();
            assertThat(talk.answers()).isPositive();
            assertThat(talk.queries().values()).allMatch("42"::equals);
        }
    }

    private static Heard heard(Map<Long, byte[]> results) {
        return new Heard(null, results, Map.of(), Set.of());
    }
}
