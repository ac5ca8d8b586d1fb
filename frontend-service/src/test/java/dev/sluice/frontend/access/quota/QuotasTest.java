package dev.sluice.frontend.access.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.access.ActorPatterns;
import dev.sluice.frontend.access.Quota;
import dev.sluice.frontend.access.Tenant;
import dev.sluice.frontend.access.Tenants;
import io.github.bucket4j.TimeMeter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuotasTest {

    /** Time by hand. */
    private static final class HandTime implements TimeMeter {

        private long nanos;

        void passMillis(long millis) {
            nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    private final HandTime time = new HandTime();

    private Quotas quotas(@Nullable Quota ofAcme, @Nullable Quota ofOthers) {
        return new Quotas(new Tenants(Map.of("acme", tenant(ofAcme)), tenant(ofOthers)), time);
    }

    private static Tenant tenant(@Nullable Quota quota) {
        return new Tenant(ActorPatterns.ANY, quota);
    }

    private static int taken(Quotas quotas, String tenant, int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) {
            taken += quotas.take(tenant) == null ? 1 : 0;
        }
        return taken;
    }

    @Test
    void allowsABurstAndThenAsManyAsComeBackWithTime() {
        Quotas quotas = quotas(new Quota(10, 5), null);

        assertThat(taken(quotas, "acme", 8)).isEqualTo(5);
        time.passMillis(300);
        assertThat(taken(quotas, "acme", 8)).isEqualTo(3);
        time.passMillis(60_000);
        assertThat(taken(quotas, "acme", 8)).as("no more than a burst is saved").isEqualTo(5);
    }

    @Test
    void saysWhenToTryAgain() {
        Quotas quotas = quotas(new Quota(0.5, 1), null);
        quotas.take("acme");
        time.passMillis(500);

        Failure refusal = quotas.take("acme");

        assertThat(refusal.code()).isEqualTo(ErrorCode.QUOTA);
        assertThat(refusal.message()).contains("the tenant acme", "0.5 queries a second", "bursts of 1");
        assertThat(refusal.retryAfterMillis()).isBetween(1_500L, 1_501L);
        time.passMillis(refusal.retryAfterMillis());
        assertThat(quotas.take("acme")).isNull();
    }

    @Test
    void whoAsksTooMuchTakesNothingFromOthers() {
        Quotas quotas = quotas(new Quota(1, 1), new Quota(1, 2));

        assertThat(taken(quotas, "acme", 100)).isEqualTo(1);
        assertThat(taken(quotas, "umbrella", 100)).isEqualTo(2);
        assertThat(taken(quotas, "initech", 100)).isEqualTo(2);
    }

    @Test
    void aTenantThatIsListedWithoutAQuotaHasNoneOfOthersEither() {
        Quotas quotas = quotas(null, new Quota(1, 1));

        assertThat(taken(quotas, "acme", 1_000)).isEqualTo(1_000);
        assertThat(taken(quotas, "umbrella", 1_000)).isEqualTo(1);
    }

    @Test
    void oneThatRefusesCountsNothing() {
        Quotas quotas = quotas(new Quota(10, 1), null);
        assertThat(taken(quotas, "acme", 1_000)).isEqualTo(1);
        time.passMillis(100);
        assertThat(taken(quotas, "acme", 1)).as("what was refused is not owed").isEqualTo(1);
    }

    @Test
    void aTenantThatPausesStillOwesWhatItTook() {
        Quotas quotas = quotas(null, new Quota(10, 100));
        assertThat(taken(quotas, "umbrella", 200)).isEqualTo(100);
        for (int i = 0; i < 5; i++) {
            time.passMillis(9_900);
            quotas.take("another");
            assertThat(taken(quotas, "umbrella", 200)).as("it is not full yet").isEqualTo(99);
        }
    }

    @Test
    void tenantsThatAskNoMoreTakeNoMemory() {
        OtherBuckets buckets = new OtherBuckets(new Quota(10, 1), time);
        for (int i = 0; i < OtherBuckets.MOST; i++) {
            buckets.of("tenant-" + i).take();
        }
        assertThat(buckets.size()).isEqualTo(OtherBuckets.MOST);
        time.passMillis(100);
        buckets.of("one more");
        time.passMillis(100);
        buckets.of("one more");
        assertThat(buckets.size()).isEqualTo(1);
    }

    /** Else whoever names a new tenant with each query has no quota, and takes all memory. */
    @Test
    void tenantsBeyondSoManyShareOneQuota() {
        Quotas quotas = quotas(new Quota(1, 1), new Quota(1, 3));
        assertThat(taken(quotas, "umbrella", 5)).isEqualTo(3);
        for (int i = 1; i < OtherBuckets.MOST; i++) {
            quotas.take("tenant-" + i);
        }

        int taken = 0;
        for (int i = 0; i < 100; i++) {
            taken += taken(quotas, "late-" + i, 1);
        }
        assertThat(taken).isEqualTo(3);
        assertThat(quotas.take("late-0").message()).contains("all tenants beyond the 100000");
        assertThat(taken(quotas, "umbrella", 5))
                .as("it has its own still, which is empty")
                .isZero();
        assertThat(taken(quotas, "tenant-1", 5)).as("and so has this").isEqualTo(2);
        assertThat(taken(quotas, "acme", 1)).as("one that is listed").isEqualTo(1);

        time.passMillis(3_000);
        assertThat(taken(quotas, "late-1", 5)).isEqualTo(3);
        time.passMillis(3_000);
        assertThat(taken(quotas, "late-1", 5)).isEqualTo(3);
        assertThat(taken(quotas, "late-2", 5)).as("there is room again").isEqualTo(3);
    }

    @Test
    void oftenAndSeldomAreCountedAlike() {
        Quotas often = quotas(new Quota(3_000_000, 3), null);
        assertThat(taken(often, "acme", 10)).isEqualTo(3);
        time.passMillis(1);
        assertThat(taken(often, "acme", 10)).isEqualTo(3);

        Quotas seldom = quotas(new Quota(0.001, 1), null);
        assertThat(taken(seldom, "acme", 10)).isEqualTo(1);
        time.passMillis(999_000);
        assertThat(taken(seldom, "acme", 10)).isZero();
        time.passMillis(1_000);
        assertThat(taken(seldom, "acme", 10)).isEqualTo(1);
    }
}
