package dev.sluice.examples.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.examples.ticket.Customers.Customer;
import dev.sluice.examples.ticket.TicketKinds.Kind;
import dev.sluice.sdk.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketTest {

    @Test
    void keepsWordsAlone() {
        assertThat(new Cleaner().call(new String[] {"<b>My</b> parcel #12 isn't HERE: a@b.c!", ""}))
                .containsExactly("my parcel isn't here", "");
    }

    @Test
    void tellsWhatAMessageIsAbout() {
        assertThat(new TicketKinds().call(List.of("i was charged twice please refund", "hello", "late refund refund")))
                .containsExactly(new Kind("billing", 1), new Kind("other", 0), new Kind("billing", 2.0 / 3));
    }

    @Test
    void knowsItsCustomersAndNoOthers() {
        assertThat(new Customers().call(List.of(2L, 0L)))
                .containsExactly(
                        Result.ok(new Customer(2, "business", 2)),
                        Result.failed("There is no customer 0: write a number from 1 to 10000."));
    }
}
