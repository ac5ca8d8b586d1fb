package dev.sluice.examples.preparation;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Cuts sound into what the model silero-vad takes one after the other: 512 samples each, with the 64 before them in front. */
@Actor(
        value = "sound-chunks",
        idempotent = true,
        description = "a WAV file, 16 kHz mono: its chunks, as silero-vad takes them")
public class SoundChunks {

    private static final int CHUNK = 512;
    private static final int BEFORE = 64;
    private static final int RATE = 16_000;
    private static final float LOUDEST = 32_768;

    /** @return rows of 576 samples from -1 to 1; zeros before the start and after the end */
    public List<float[]> call(Content wav) {
        ByteBuffer samples = samples(wav.bytes());
        int count = samples.remaining() / Short.BYTES;
        List<float[]> chunks = new ArrayList<>();
        for (int start = 0; start < count; start += CHUNK) {
            float[] chunk = new float[BEFORE + CHUNK];
            for (int i = 0; i < chunk.length; i++) {
                int at = start - BEFORE + i;
                chunk[i] = at >= 0 && at < count ? samples.getShort(at * Short.BYTES) / LOUDEST : 0;
            }
            chunks.add(chunk);
        }
        return chunks;
    }

    private static ByteBuffer samples(byte[] wav) {
        try (AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
            AudioFormat format = sound.getFormat();
            if (format.getSampleRate() != RATE || format.getChannels() != 1 || format.getSampleSizeInBits() != 16) {
                throw refused("it is " + format + ", and 16 bits, mono, 16 kHz are read");
            }
            return ByteBuffer.wrap(sound.readAllBytes())
                    .order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        } catch (UnsupportedAudioFileException | IOException e) {
            throw refused("this is no WAV file");
        }
    }

    private static QueryException refused(String why) {
        return new QueryException(ErrorCode.INVALID_INPUT, "The sound cannot be read: " + why + ".");
    }
}
