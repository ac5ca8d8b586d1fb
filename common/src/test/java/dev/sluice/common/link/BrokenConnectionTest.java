package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BrokenConnectionTest {

    @Test
    void endsABrokenConnectionBelowHttp2WithoutAWord() {
        EmbeddedChannel connection =
                new EmbeddedChannel(Http2FrameCodecBuilder.forServer().build(), BrokenConnection.INSTANCE);
        connection.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        connection.checkException();
        connection.runPendingTasks();
        assertThat(connection.isOpen()).isFalse();
        connection.finishAndReleaseAll();
    }

    @Test
    void leavesToOthersWhatIsNoBrokenConnectionOfALink() {
        EmbeddedChannel http1 = new EmbeddedChannel(BrokenConnection.INSTANCE);
        http1.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        assertThatThrownBy(http1::checkException).isInstanceOf(IOException.class);
        assertThat(http1.isOpen()).isTrue();
        http1.finishAndReleaseAll();

        EmbeddedChannel fault =
                new EmbeddedChannel(Http2FrameCodecBuilder.forServer().build(), BrokenConnection.INSTANCE);
        fault.pipeline().fireExceptionCaught(new IllegalStateException("a fault"));
        assertThatThrownBy(fault::checkException).isInstanceOf(IllegalStateException.class);
        fault.finishAndReleaseAll();
    }
}
