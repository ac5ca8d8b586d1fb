package dev.sluice.examples.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.examples.ticket.TicketKinds.Kind;
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
}
