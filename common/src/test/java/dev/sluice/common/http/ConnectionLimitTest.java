package dev.sluice.common.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {

    private final ConnectionLimit limit = new ConnectionLimit(2);
    private final EmbeddedChannel listening = new EmbeddedChannel(limit);
    private final EmbeddedChannel another = new EmbeddedChannel(limit);

    @Test
    void closesWhatIsTooMuch() {
        List<Channel> connections = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            EmbeddedChannel connection = new EmbeddedChannel();
            connections.add(connection);
            (i == 1 ? another : listening).writeInbound(connection);
        }

        assertThat(connections).extracting(Channel::isOpen).containsExactly(true, true, false, false, false);
        assertThat(listening.inboundMessages()).containsExactly(connections.get(0));
        assertThat(another.inboundMessages()).containsExactly(connections.get(1));
        assertThat(limit.open()).isEqualTo(2);
        assertThat(limit.refused()).isEqualTo(3);
    }

    @Test
    void takesAnotherForEachThatCloses() {
        for (int i = 0; i < 5; i++) {
            EmbeddedChannel connection = new EmbeddedChannel();
            listening.writeInbound(connection);
            assertThat(connection.isOpen()).isTrue();
            connection.close();
        }

        assertThat(limit.open()).isZero();
        assertThat(limit.refused()).isZero();
    }
}
