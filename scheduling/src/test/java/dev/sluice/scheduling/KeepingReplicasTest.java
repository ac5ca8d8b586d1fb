package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** While several classes want more than there is, a replica stays with the class that it served; times in milliseconds. */
class KeepingReplicasTest {

    private static final double HASTY = 40;
    private static final double PATIENT = 300;

    @Test
    void aReplicaWhoseLongBatchEndsStaysWithThePatient() {
        Rig rig = overloaded(0.5);

        Map<Object, Boolean> lastWasPatient = new HashMap<>();
        int stayed = 0;
        int all = 0;
        for (Batch batch : rig.batches) {
            TrackedReplica replica = batch.replica();
            if (replica == null) {
                continue;
            }
            boolean patient = isPatient(batch.get(0));
            Boolean before = lastWasPatient.put(replica.id(), patient);
            if (patient && before != null) {
                all++;
                stayed += before ? 1 : 0;
            }
        }
        assertThat(all).isGreaterThan(20);
        assertThat((double) stayed / all)
                .as("of the patient batches, on a replica whose last was one")
                .isGreaterThan(0.8);
    }

    @Test
    void nobodyKeepsMoreThanItsShareFromOthers() {
        Rig rig = overloaded(0.2);

        // Each class asks for several times the four replicas: half of their time is its part.
        double hasty = time(rig, false);
        double patient = time(rig, true);
        assertThat(hasty / (hasty + patient)).isBetween(0.35, 0.65);
        assertThat(rig.late).isEmpty();
    }

    @Test
    void aReplicaThatLeavesIsHeldByNobody() {
        MethodPlan plan = new MethodPlan(TestQuery.METHOD, 8, 0);
        FairShares shares = Admission.classShares();
        Fleet fleet = new Fleet();
        ClassBacklog backlog = new ClassBacklog(List.of(plan), SchedulerContract.AMPLE, fleet.profile(), shares);
        ClassQueue hasty = backlog.queueFor(TestQuery.due(1, 30_000_000, 0));
        ClassQueue patient = backlog.queueFor(TestQuery.due(2, 300_000_000, 0));
        TrackedReplica replica = fleet.join(0, 0);

        replica.serves(hasty);
        assertThat(hasty.held).isEqualTo(1);
        replica.serves(patient);
        assertThat(hasty.held).isZero();
        assertThat(patient.held).isEqualTo(1);
        fleet.leave(replica);
        assertThat(patient.held).isZero();
    }

    /** Four replicas, α = 1 and β = 5; a hasty and two patient queries each time that so much has gone by. */
    private static Rig overloaded(double every) {
        Rig rig = new Rig(4, 256, Rig.linear(1, 5)).warm(256);
        ask(rig, every, 1_000);
        rig.forget();
        ask(rig, every, 3_000);
        return rig;
    }

    private static void ask(Rig rig, double every, double millis) {
        for (double at = 0; at < millis; at += every) {
            rig.ask(HASTY);
            rig.ask(PATIENT);
            rig.ask(PATIENT);
            rig.advance(every);
        }
    }

    private static double time(Rig rig, boolean patient) {
        List<Batch> batches = new ArrayList<>(rig.batches);
        batches.removeIf(batch -> isPatient(batch.get(0)) != patient);
        return batches.stream().mapToDouble(batch -> batch.size() + 5).sum();
    }

    private static boolean isPatient(Queued query) {
        return query.deadlineNanos() - query.arrivedNanos() > Rig.nanos(100) - Rig.nanos(0);
    }
}
