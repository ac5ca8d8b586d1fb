package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At any time of a monotonic clock, also where it overflows. */
class RecentMapTest {

    private static final int SPAN = 100;
    private static final int MOST = 10;

    private static RecentMap<Integer, String> map(long start) {
        return new RecentMap<>(SPAN, MOST, start);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -150, 0, Long.MAX_VALUE - 150})
    void forgetsWhatNobodyAskedForInTwiceTheTime(long start) {
        RecentMap<Integer, String> map = map(start);
        map.put(1, "one", start);
        assertThat(map.get(1, start + SPAN - 1)).isEqualTo("one");
        map.put(2, "two", start + SPAN);
        map.put(3, "three", start + 2 * SPAN);
        assertThat(map.size()).isEqualTo(2);
        assertThat(map.get(1, start + 2 * SPAN)).isNull();
        assertThat(map.get(2, start + 2 * SPAN)).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -150, 0, Long.MAX_VALUE - 150})
    void keepsWhatIsAskedForWithinTheTimeHoweverLong(long start) {
        RecentMap<Integer, String> map = map(start);
        map.put(1, "one", start);
        for (long at = start; at != start + 50 * SPAN; at += SPAN) {
            assertThat(map.get(1, at)).isEqualTo("one");
        }
        assertThat(map.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -150, 0, Long.MAX_VALUE - 150})
    void forgetsAllOnceNobodyAskedForAnythingInTwiceTheTime(long start) {
        RecentMap<Integer, String> map = map(start);
        map.put(1, "one", start);
        assertThat(map.get(2, start + 2 * SPAN)).isNull();
        assertThat(map.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -150, 0, Long.MAX_VALUE - 150})
    void hasNeverMoreThanItsTwoGenerationsAndKeepsWhatIsAskedFor(long start) {
        RecentMap<Integer, String> map = map(start);
        map.put(-1, "asked for", start);
        for (int i = 0; i < 1_000; i++) {
            map.put(i, "new", start);
            map.get(i / 2, start);
            assertThat(map.get(-1, start)).isEqualTo("asked for");
            assertThat(map.size()).isLessThanOrEqualTo(2 * MOST);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -150, 0, Long.MAX_VALUE - 150})
    void hasOneValueOfEachKeyWhicheverGenerationItIsOf(long start) {
        RecentMap<Integer, String> map = map(start);
        assertThat(map.putIfAbsent(1, "one", start)).isEqualTo("one");
        assertThat(map.putIfAbsent(1, "another", start + SPAN)).isEqualTo("one");
        map.put(1, "another", start + 2 * SPAN - 1);
        assertThat(map.get(1, start + 2 * SPAN)).isEqualTo("another");
        map.remove(1);
        assertThat(map.get(1, start + 2 * SPAN)).isNull();
    }
}
