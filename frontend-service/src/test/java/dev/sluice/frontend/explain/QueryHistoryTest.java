package dev.sluice.frontend.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QueryHistoryTest {

    private final AtomicLong now = new AtomicLong();
    private final QueryHistory history = new QueryHistory(2, now::get);

    @Test
    void findsTheNewestOfAnIdAndASlowOneThatIsNoneOfTheLast() {
        history.ended(Ended.query("twice", 100, 1));
        history.ended(Ended.query("twice", 50, 2));
        assertThat(history.find("twice")).map(EndedQuery::totalNanos).hasValue(50L);
        history.ended(Ended.query("x", 1, 3));
        history.ended(Ended.query("y", 1, 4));
        assertThat(history.last(null, 10)).extracting(EndedQuery::id).containsExactly("y", "x");
        assertThat(history.find("twice")).map(EndedQuery::totalNanos).hasValue(50L);
        assertThat(history.find("never")).isEmpty();
    }

    @Test
    void showsThoseOfOneActorAndSoManyAtMost() {
        history.ended(Ended.query("a", "adder", 1, 1, null));
        history.ended(Ended.query("b", "echo", 2, 2, null));
        assertThat(history.last("adder", 10)).extracting(EndedQuery::id).containsExactly("a");
        assertThat(history.slowest("adder", 10)).extracting(EndedQuery::id).containsExactly("a");
        assertThat(history.slowest(null, 1)).extracting(EndedQuery::id).containsExactly("b");
        assertThat(history.last(null, 0)).isEmpty();
    }
}
