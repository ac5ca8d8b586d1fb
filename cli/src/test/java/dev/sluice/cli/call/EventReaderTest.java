package dev.sluice.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReaderTest {

    @Test
    void readsNamesAndDataOverSeveralLinesAndPassesOverComments() throws IOException {
        assertThat(read(": alive\n\nevent: item\ndata: a\ndata: b\nid: 7\n\nevent:x\n\ndata:c\n\n"))
                .containsExactly(new EventReader.Event("item", "a\nb"), new EventReader.Event("message", "c"));
    }

    @Test
    void doesNotCountAnEventThatTheEndCutsShort() throws IOException {
        assertThat(read("data: 1\n\ndata: 2")).containsExactly(new EventReader.Event("message", "1"));
    }

    @Test
    void givesAnEventBeforeTheNextIsThere() throws IOException {
        PipedOutputStream server = new PipedOutputStream();
        EventReader reader = new EventReader(new PipedInputStream(server));

        server.write("data: 1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        server.flush();

        assertThat(reader.next()).isEqualTo(new EventReader.Event("message", "1"));
        server.close();
        assertThat(reader.next()).isNull();
    }

    private static List<EventReader.Event> read(String stream) throws IOException {
        InputStream bytes = new java.io.ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8));
        EventReader reader = new EventReader(bytes);
        List<EventReader.Event> events = new ArrayList<>();
        for (EventReader.Event event = reader.next(); event != null; event = reader.next()) {
            events.add(event);
        }
        return events;
    }
}
