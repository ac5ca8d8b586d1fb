package dev.sluice.benchmarks.tiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.platform.PlatformException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final String PAGE = """
            # HELP sluice_queries_accepted_total Queries that were accepted
            # TYPE sluice_queries_accepted_total counter
            sluice_queries_accepted_total{node="frontend-0"} 12.0
            sluice_queries_total{actor="a{b}",outcome="answered"} 7.0
            sluice_queries_total{actor="c",outcome="answered"} 1.0
            sluice_queries_total{actor="c",outcome="failed"} 1.0
            sluice_queries_total{actor="c",outcome="shed"} 1.0
            sluice_queries_total{actor="c",outcome="expired"} 1.0
            sluice_queries_ended_total{outcome="answered"} 8.0
            sluice_queries_ended_total{outcome="failed"} 1.0
            sluice_queries_ended_total{outcome="shed"} 1.0
            sluice_queries_ended_total{outcome="expired"} 1.0
            sluice_queries_ended_total{outcome="cancelled"} 0.0
            sluice_link_inflight 1.0
            jvm_memory_used_bytes{area="heap",id="Eden Space"} 1048576.0
            jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 2097152.0
            jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 5.0E7
            sluice_memory_direct_used_bytes 524288.0
            jvm_threads_live_threads 31.0
            process_files_open_files 40.0
            """;

    private final MetricsPage page = MetricsPage.read("the page", PAGE);

    @Test
    void addsUpWhatHasTheTags() {
        assertThat(page.sum("sluice_queries_total")).isEqualTo(11);
        assertThat(page.sum("sluice_queries_total", "actor=\"c\"", "outcome=\"failed\""))
                .isEqualTo(1);
        assertThat(page.sum("nothing")).isZero();
        assertThat(page.series()).isEqualTo(18);
    }

    @Test
    void whatIsRequiredHasToBeThere() {
        assertThat(page.required("sluice_queries_total", "outcome=\"answered\""))
                .isEqualTo(8);
        assertThatThrownBy(() -> page.required("sluice_querys_total", "actor=\"c\""))
                .isInstanceOf(PlatformException.class)
                .hasMessage("the page has no series sluice_querys_total with the tags [actor=\"c\"].");
    }

    @Test
    void aPageWithoutTheLedgersSeriesIsNoLedger() {
        for (String series :
                List.of("sluice_queries_accepted_total", "sluice_queries_ended_total", "sluice_link_inflight")) {
            MetricsPage renamed = MetricsPage.read("the page", PAGE.replace(series, "other"));

            assertThatThrownBy(() -> Ledger.of(renamed)).hasMessageContaining("has no series " + series);
        }
    }

    @Test
    void aFrontendThatServedNobodyHasALedger() {
        MetricsPage fresh = MetricsPage.read("", """
                sluice_queries_accepted_total 0.0
                sluice_queries_ended_total{outcome="answered"} 0.0
                sluice_link_inflight 0.0
                """);

        assertThat(Ledger.of(fresh)).isEqualTo(Ledger.EMPTY);
    }

    @Test
    void isALedger() {
        Ledger ledger = Ledger.of(page);

        assertThat(ledger).isEqualTo(new Ledger(12, 8, 1, 1, 1, 0, 1));
        assertThat(ledger.missing()).isZero();
        assertThat(ledger.plus(ledger)).isEqualTo(new Ledger(24, 16, 2, 2, 2, 0, 2));
        assertThat(ledger.since(new Ledger(10, 7, 1, 1, 1, 0, 0))).isEqualTo(new Ledger(2, 1, 0, 0, 0, 0, 1));
    }

    @Test
    void aQueryWithoutAnOutcomeIsMissing() {
        assertThat(new Ledger(12, 8, 1, 1, 1, 0, 0).missing()).isEqualTo(1);
        assertThat(new Ledger(12, 8, 1, 1, 1, 0, 0).unaccounted()).isEqualTo(1);
    }

    @Test
    void aQueryThatEndedTwiceDoesNotMakeUpForOneInFlight() {
        // What a frontend has in flight is what it accepted less what ended: its own sum is always right.
        assertThat(new Ledger(12, 13, 0, 0, 0, 0, -1).unaccounted()).isEqualTo(1);
        assertThat(new Ledger(12, 12, 0, 0, 0, 0, -1).unaccounted()).isEqualTo(2);
    }

    @Test
    void tellsWhatAProcessHolds() {
        assertThat(Vitals.of(page, 100 << 20)).isEqualTo(new Vitals(3, 0.5, 100, 31, 40, 18));
    }
}
