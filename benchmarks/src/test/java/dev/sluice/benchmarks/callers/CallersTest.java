package dev.sluice.benchmarks.callers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.callers.FakeFrontend.Said;
import dev.sluice.benchmarks.load.Arrivals;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallersTest {

    /** Nobody has to be this late, however slow the machine. */
    private static final int SLO_MILLIS = 60_000;

    private static final int QUERIES = 20;

    @Test
    void everyQueryHasOneOutcome() throws IOException {
        try (FakeFrontend frontend = FakeFrontend.thatAdds()) {
            Account account = afterAll(frontend);

            assertThat(account.missing()).isZero();
            assertThat(account.count(End.ANSWERED)).isEqualTo(account.sent()).isEqualTo(QUERIES);
            assertThat(account.attainment()).isEqualTo(1);
            assertThat(account.firstWords()).isEmpty();
        }
    }

    @Test
    void turnToTheNextFrontendWhereAConnectionBreaks() throws IOException {
        try (FakeFrontend breaking = new FakeFrontend(input -> new Said(0, ""));
                FakeFrontend other = FakeFrontend.thatAdds()) {
            Account account = afterAll(breaking, other);

            assertThat(account.unanswered()).isZero();
            assertThat(account.turns()).isGreaterThanOrEqualTo(breaking.queries());
            assertThat(breaking.queries()).isPositive();
        }
    }

    @Test
    void giveUpOnceTheirTimeHasPassedAndNobodyIsThere() throws IOException {
        try (FakeFrontend breaking = new FakeFrontend(input -> new Said(0, ""));
                Callers callers = Callers.start(List.of(breaking.url()), List.of(1), new Few())) {
            breaking.awaitQueries(1);
            Account account = callers.end();

            assertThat(account.count(End.GIVEN_UP)).isEqualTo(account.sent()).isPositive();
            assertThat(account.firstWords()).startsWith("GIVEN_UP no reply");
        }
    }

    @Test
    void tellApartHowQueriesEnd() throws IOException {
        List<Said> script = List.of(
                new Said(503, "{\"code\": \"UNAVAILABLE\"}"),
                new Said(504, "{\"code\": \"EXPIRED\"}"),
                new Said(500, "{\"code\": \"FAILED\"}"),
                new Said(500, "{\"code\": \"LOST\"}"),
                new Said(200, "{\"result\": -1}"));
        try (FakeFrontend frontend = new FakeFrontend(input -> script.get((int) (input % script.size())))) {
            Account account = afterAll(frontend);

            assertThat(Arrays.stream(End.values()).mapToLong(account::count).sum())
                    .isEqualTo(account.sent());
            assertThat(account.count(End.ANSWERED)).isZero();
            assertThat(account.count(End.REFUSED)).isPositive();
            assertThat(account.count(End.EXPIRED)).isPositive();
            assertThat(account.count(End.LOST)).isPositive();
            // A wrong answer is no answer.
            assertThat(account.count(End.FAILED)).isGreaterThan(account.count(End.LOST));
            // Of whichever came first.
            assertThat(account.firstWords())
                    .matches(
                            "(REFUSED 503 .*UNAVAILABLE|EXPIRED 504 .*EXPIRED|FAILED 500 .*FAILED|LOST 500 .*LOST|FAILED 200 .*-1).*");
        }
    }

    private static Account afterAll(FakeFrontend... frontends) throws IOException {
        try (Callers callers = start(frontends)) {
            frontends[frontends.length - 1].awaitQueries(QUERIES);
            return callers.end();
        }
    }

    private static Callers start(FakeFrontend... frontends) {
        List<URI> urls = Arrays.stream(frontends).map(FakeFrontend::url).toList();
        return Callers.start(urls, List.of(SLO_MILLIS), new Few());
    }

    /** All at once, but for a nanosecond, so that one is the first; then none any more: no machine can be too slow for that. */
    private static final class Few implements Arrivals {

        private int left = QUERIES;

        @Override
        public boolean due(long now) {
            return left > 0;
        }

        @Override
        public long take(long now) {
            left--;
            return now + QUERIES - left;
        }

        @Override
        public long untilDue(long now) {
            return Long.MAX_VALUE;
        }
    }
}
