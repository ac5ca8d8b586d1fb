package dev.sluice.common.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wire format, byte for byte: a change of it shows here. {@code ./mvnw test -pl common -Dtest=GoldenFramesTest
 * -Dsluice.golden.write=true} writes the files anew; new frames come that way, frames that are there already must not change.
 */
class GoldenFramesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final int BYTES_PER_LINE = 32;

    static Set<String> names() {
        return GoldenFrames.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void encodesAsTheGoldenFileSays(String name) throws IOException {
        Frame frame = GoldenFrames.all().get(name);
        ByteBuf bytes = Unpooled.buffer();
        FrameEncoder.encode(frame, bytes);
        String written = "# " + FrameText.of(frame) + "\n"
                + ByteBufUtil.hexDump(bytes).replaceAll("(.{" + 2 * BYTES_PER_LINE + "})(?=.)", "$1\n") + "\n";
        if (Boolean.getBoolean("sluice.golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file(name), written);
        }
        assertThat(written).isEqualTo(Files.readString(file(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void decodesTheGoldenFile(String name) throws IOException {
        List<String> decoded = new ArrayList<>();
        try (FrameDecoder decoder = new FrameDecoder(Unpooled.buffer().alloc())) {
            decoder.feed(golden(name), frame -> decoded.add(FrameText.of(frame)));
        }
        assertThat(decoded).containsExactly(FrameText.of(GoldenFrames.all().get(name)));
    }

    @Test
    void leavesNoGoldenFileWithoutItsFrame() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            Set<String> there = files.map(file -> file.getFileName().toString().replace(".hex", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(there).isEqualTo(new TreeSet<>(names()));
        }
    }

    @Test
    void holdsEveryTypeOfFrame() {
        Set<Class<?>> held =
                GoldenFrames.all().values().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(held).containsExactlyInAnyOrder(Frame.class.getPermittedSubclasses());
    }

    private static Path file(String name) {
        return GOLDEN.resolve(name + ".hex");
    }

    private static ByteBuf golden(String name) throws IOException {
        String hex = Files.readString(file(name), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining());
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
