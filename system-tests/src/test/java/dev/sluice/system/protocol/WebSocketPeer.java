package dev.sluice.system.protocol;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket of the JDK's client. */
final class WebSocketPeer implements AutoCloseable, WebSocket.Listener {

    private static final long PATIENCE_SECONDS = 180;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What came: a text, bytes, or how the socket was closed. */
    sealed interface Event {}

    record Text(String text) implements Event {}

    record Bytes(byte[] bytes) implements Event {}

    record Closed(int code) implements Event {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final WebSocket socket;

    WebSocketPeer(URI frontend, String path) {
        URI address = URI.create("ws://127.0.0.1:" + frontend.getPort() + path);
        socket = HTTP.newWebSocketBuilder().buildAsync(address, this).join();
    }

    WebSocketPeer send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    WebSocketPeer sendBinary(String header, byte[] payload) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(4 + json.length + payload.length)
                .putInt(json.length)
                .put(json)
                .put(payload);
        socket.sendBinary(message.flip(), true).join();
        return this;
    }

    Event next() {
        try {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("Nothing came for " + PATIENCE_SECONDS + " s.");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    String text() {
        Event event = next();
        if (event instanceof Text message) {
            return message.text();
        }
        throw new AssertionError("No text came, but " + event);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(text());
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            events.add(new Text(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        bytes.writeBytes(part);
        if (last) {
            events.add(new Bytes(bytes.toByteArray()));
            bytes.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        events.add(new Closed(code));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        events.add(new Closed(-1));
    }

    /** Without a word. */
    @Override
    public void close() {
        socket.abort();
    }
}
